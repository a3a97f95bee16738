import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { inject } from 'vitest';

/** Something the manifest names and describes. */
export interface Described {
  readonly name: string;
  readonly description?: string;
}

/** An element as the published manifest has it. */
export interface ManifestElement extends Described {
  readonly tagName: string;
  /** Used by other elements alone. */
  readonly internal?: boolean;
  /** The module of its class. */
  readonly path: string;
  readonly attributes?: readonly (Described & { readonly fieldName: string })[];
  readonly members?: readonly (Described & { readonly kind: 'field' | 'method' })[];
  readonly events?: readonly (Described & {
    readonly type: { readonly text: string };
    readonly detail: { readonly text: string };
    readonly bubbles: boolean;
    readonly composed: boolean;
    readonly cancelable: boolean;
  })[];
  readonly slots?: readonly Described[];
  readonly cssParts?: readonly Described[];
  readonly cssProperties?: readonly Described[];
}

interface Manifest {
  readonly modules: readonly {
    readonly path: string;
    readonly declarations: readonly (ManifestElement & { readonly customElement?: boolean })[];
    readonly exports: readonly { readonly kind: string; readonly name: string }[];
  }[];
}

async function readManifest(): Promise<Manifest> {
  const file = join(inject('consumer').folder, 'node_modules/casement/dist/custom-elements.json');
  return JSON.parse(await readFile(file, 'utf8')) as Manifest;
}

/** The elements of the published manifest. */
export async function readElements(): Promise<readonly ManifestElement[]> {
  const { modules } = await readManifest();
  return modules.flatMap(({ path, declarations }) =>
    declarations.filter(({ customElement }) => customElement).map((element) => ({ ...element, path })),
  );
}

/** The tags that the modules of the published manifest define. */
export async function readDefinitions(): Promise<readonly string[]> {
  const { modules } = await readManifest();
  return modules.flatMap(({ exports }) =>
    exports.filter(({ kind }) => kind === 'custom-element-definition').map(({ name }) => name),
  );
}

/** The name of a handler in React and Vue: `onCaseSelect` for `case-select`. */
export function handlerName(event: string): string {
  return `on-${event}`.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
