import type { JsonPath } from './json-lines.js';

/** Where secrets come from: each answers `undefined` for what is not there. */
export interface SecretSources {
  env(name: string): string | undefined;
  file(path: string): string | undefined;
}

/** A configuration whose secrets were put in, and which of them could not be. */
export interface WithSecrets {
  readonly value: unknown;
  readonly missing: readonly { readonly path: JsonPath; readonly words: string }[];
}

/**
 * Puts the secrets into a configuration: `{ "env": "NAME" }` and `{ "file": "path" }` stand for a text each, wherever a text may
 * stand. What the configuration says of bodies to be sent is left alone: a field there may be called `file`.
 */
export function putInSecrets(given: unknown, sources: SecretSources): WithSecrets {
  const missing: { path: JsonPath; words: string }[] = [];

  function filled(value: unknown, path: JsonPath): unknown {
    if (Array.isArray(value)) return value.map((each, place) => filled(each, [...path, place]));
    if (typeof value !== 'object' || value === null) return value;
    const [only, ...others] = Object.entries(value) as [string, unknown][];
    if (only && others.length === 0 && typeof only[1] === 'string') {
      const [kind, name] = only;
      if (kind === 'env') return found(sources.env(name), path, `The environment has no ${name}.`);
      if (kind === 'file') return found(sources.file(name), path, `${name} cannot be read, or is empty.`);
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        name === 'body' ? (each as unknown) : filled(each, [...path, name]),
      ]),
    );
  }

  function found(text: string | undefined, path: JsonPath, words: string): string {
    const secret = text?.trim() ?? '';
    if (secret === '') missing.push({ path, words });
    return secret;
  }

  return { value: filled(given, []), missing };
}
