import type * as z from 'zod/mini';

import type { CaseBackend } from '../backend.js';
import { PlainError } from '../embedded/plain-error.js';
import { mistakeAt, mistakesOf, type Origin } from './config-mistakes.js';
import type { Finding } from './finding.js';
import { BrokenJson, readJson, type JsonPath } from './json-lines.js';
import { putInSecrets, type SecretSources } from './secrets.js';

/** The kinds of case system that are not our engine. */
export const foreignKinds = ['request-tracker', 'zoho-desk', 'mapped-rest'] as const;
export type ForeignKind = (typeof foreignKinds)[number];

/** Every kind the configuration can name. */
export const backendKinds = ['engine', ...foreignKinds] as const;

/** Where a foreign backend is configured. */
export interface BackendSource {
  readonly kind: ForeignKind;
  /** What the file is called in messages. */
  readonly name: string;
  readonly text: string;
  /** What leads to the configuration within the file: nothing, or `backend`. */
  readonly at: JsonPath;
}

/** What opening a backend stands on. */
export interface BackendTools {
  readonly secrets: SecretSources;
  /** In place of the global one. */
  readonly fetch?: typeof fetch | undefined;
}

/** A foreign backend as it is configured: not connected to anything yet. */
export interface ForeignChoice {
  readonly kind: ForeignKind;
  /** Where its cases are, for people; no secret. */
  readonly where: string;
  /** Where it is reached. */
  readonly address: string;
  open(): CaseBackend;
  /** Tries connection, rights and mapping, and says in plain words what it found. */
  check(): Promise<readonly Finding[]>;
}

/** Everything that is wrong with the configuration of a backend. */
export class BackendMistakes extends PlainError {
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.mistakes = mistakes;
  }
}

/** What an adapter's folder gives. */
interface Adapter<T> {
  readonly schema: z.ZodMiniType<T>;
  readonly create: (options: T & Injected) => CaseBackend;
  readonly check: (options: T & Injected) => Promise<readonly Finding[]>;
}

interface Injected {
  readonly fetch?: typeof fetch | undefined;
}

type Addressed = { readonly baseUrl: string };

/** Only the adapter that was chosen is loaded. */
const adapters: Readonly<Record<ForeignKind, () => Promise<Adapter<Addressed>>>> = {
  async 'request-tracker'() {
    const found = await import('./request-tracker/index.js');
    return adapter({
      schema: found.requestTrackerOptionsSchema,
      create: found.createRequestTrackerBackend,
      check: found.checkRequestTracker,
    });
  },
  async 'zoho-desk'() {
    const found = await import('./zoho-desk/index.js');
    return adapter({
      schema: found.zohoDeskOptionsSchema,
      create: found.createZohoDeskBackend,
      check: found.checkZohoDesk,
    });
  },
  async 'mapped-rest'() {
    const found = await import('./mapped-rest/index.js');
    return adapter({
      schema: found.mappedRestOptionsSchema,
      create: found.createMappedRestBackend,
      check: found.checkMappedRest,
    });
  },
};

/**
 * Reads how a foreign backend is configured, and loads its adapter.
 *
 * @throws {BackendMistakes} naming every mistake at once, each with its line, and no secret.
 */
export async function chooseBackend(source: BackendSource, tools: BackendTools): Promise<ForeignChoice> {
  const { schema, create, check } = await adapters[source.kind]();
  const options = { ...optionsOf(source, schema, tools.secrets), ...(tools.fetch && { fetch: tools.fetch }) };
  const { origin, pathname } = new URL(options.baseUrl);
  const address = `${origin}${pathname.replace(/\/+$/, '')}`;
  return {
    kind: source.kind,
    address,
    where: `${names[source.kind]} at ${address}`,
    open: () => create(options),
    check: () => check(options),
  };
}

const names: Readonly<Record<ForeignKind, string>> = {
  'request-tracker': 'Request Tracker',
  'zoho-desk': 'Zoho Desk',
  'mapped-rest': 'the mapped API',
};

function optionsOf<T>(source: BackendSource, schema: z.ZodMiniType<T>, secrets: SecretSources): T {
  const origin = originOf(source);
  const given = valueAt(origin.document.value, source.at);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new BackendMistakes([
      mistakeAt(origin, [], 'One JSON object is needed that configures the backend.'),
    ]);
  }
  const { kind, $schema: _, ...rest } = given as Record<string, unknown>;
  const { value, missing } = putInSecrets(rest, secrets);
  const mistakes = missing.map(({ path, words }) => mistakeAt(origin, path, words));
  if (kind !== undefined && kind !== source.kind) {
    mistakes.push(
      mistakeAt(origin, ['kind'], `This configures another kind of backend than ${source.kind}.`),
    );
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const silent = new Set(missing.map(({ path }) => path.join('\n')));
    const others = parsed.error.issues.filter(({ path }) => !silent.has(path.join('\n')));
    mistakes.push(...mistakesOf(others, origin, namesIn(schema)));
  }
  if (mistakes.length > 0 || !parsed.success) throw new BackendMistakes(mistakes);
  return parsed.data;
}

function originOf({ name, text, at }: BackendSource): Origin {
  try {
    return { name, document: readJson(text), at };
  } catch (error) {
    if (!(error instanceof BrokenJson)) throw error;
    throw new BackendMistakes([`${name} is not JSON: look at line ${error.line}.`]);
  }
}

function valueAt(value: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>((found, part) => (found as Record<string | number, unknown>)[part], value);
}

/** The names a schema knows, anywhere in it: what a mistyped one was probably meant to be. */
function namesIn(schema: unknown, seen = new Set<unknown>()): string[] {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return [];
  seen.add(schema);
  const def = (schema as { _zod?: { def?: Record<string, unknown> } })._zod?.def;
  if (!def) return [];
  const shape = (def['shape'] ?? {}) as Record<string, unknown>;
  const options = (def['options'] ?? []) as unknown[];
  const inner = [def['innerType'], def['element'], def['valueType'], def['in'], ...options];
  return [
    ...Object.keys(shape),
    ...[...Object.values(shape), ...inner].flatMap((each) => namesIn(each, seen)),
  ];
}

/** Keeps the three parts of an adapter to one type of options, which nobody outside sees. */
function adapter<T extends Addressed>(parts: Adapter<T>): Adapter<Addressed> {
  return parts as unknown as Adapter<Addressed>;
}
