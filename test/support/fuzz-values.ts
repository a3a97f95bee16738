import fc, { type Arbitrary } from 'fast-check';

import type { JsonSchema } from '../../server/openapi/types.js';
import { injectionCorpus, unstorableTexts } from './injection-corpus.js';

/** Values that exist, by the name of the field or parameter that takes them. */
export type KnownValues = Readonly<Record<string, readonly string[]>>;

/** Any text: short and long, in every script, and the ones that try to be more than text. */
export const texts: Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 3, arbitrary: fc.constantFrom(...injectionCorpus) },
  { weight: 1, arbitrary: fc.constantFrom(...unstorableTexts) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '\t\n', '\u00A0', '0', '-1', '1e400', 'null') },
);

const huge = fc
  .tuple(
    fc.constantFrom('x', '長', '👩‍👩‍👧‍👦', '\\', '"', ' ', 'a ', '\u0301'),
    fc.constantFrom(201, 4_001, 20_001, 100_001),
  )
  .map(([unit, length]) => unit.repeat(Math.ceil(length / unit.length)));

/** Any value JSON can say, and what only looks like one. */
export const wrongValues: Arbitrary<unknown> = fc.oneof(
  texts,
  huge,
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    0.5,
    1e21,
    Number.MAX_SAFE_INTEGER,
    -0,
    [],
    {},
    [[]],
    [null],
  ),
  fc.constantFrom<unknown>(
    { toString: 1 },
    { length: -1 },
    { then: 'x' },
    { toJSON: 'x' },
    { valueOf: null },
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.array(texts, { minLength: 40, maxLength: 60 }),
);

/** Values for a whole body: the example of the document with a thing or two changed, or anything its schema accepts. */
export function bodiesOf(
  schema: JsonSchema,
  schemas: Record<string, JsonSchema>,
  known: KnownValues,
): Arbitrary<unknown> {
  const values = valuesOf(schema, schemas, known);
  const name = typeof schema['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) : undefined;
  const [example] = (schemas[name ?? '']?.['examples'] ?? []) as object[];
  if (example === undefined) return values;
  const changed = fc.tuple(values, fc.nat({ max: 2 }), fc.nat()).map(([value, count, from]) => {
    const entries = Object.entries(value as object);
    const start = entries.length === 0 ? 0 : from % entries.length;
    return { ...example, ...Object.fromEntries(entries.slice(start, start + count)) };
  });
  return fc.oneof({ weight: 2, arbitrary: changed }, { weight: 1, arbitrary: values });
}

/** Values a schema of the document accepts, known ones above all. */
export function valuesOf(
  schema: JsonSchema,
  schemas: Record<string, JsonSchema>,
  known: KnownValues,
  name = '',
): Arbitrary<unknown> {
  const { $ref, anyOf, items, properties, type } = schema as {
    $ref?: string;
    anyOf?: JsonSchema[];
    items?: JsonSchema;
    properties?: Record<string, JsonSchema>;
    type?: string | string[];
  };
  const inner = (part: JsonSchema, partName: string) => valuesOf(part, schemas, known, partName);
  if ($ref !== undefined) return inner(schemas[$ref.split('/').at(-1) ?? ''] ?? {}, name);
  if (anyOf !== undefined) return fc.oneof(...anyOf.map((part) => inner(part, name)));
  if ('enum' in schema) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if (Array.isArray(type)) return fc.oneof(...type.map((one) => inner({ ...schema, type: one }, name)));
  switch (type) {
    case 'string':
      return stringsOf(schema, known[name]);
    case 'integer':
    case 'number':
      return fc.integer({
        min: (schema['minimum'] as number | undefined) ?? -1000,
        max: (schema['maximum'] as number | undefined) ?? 1000,
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(inner(items ?? {}, name.replace(/s$/, '')), { maxLength: 4 });
    case 'object': {
      const parts = Object.entries(properties ?? {}).map(([key, part]) => [key, inner(part, key)] as const);
      return fc.record(Object.fromEntries(parts), {
        requiredKeys: (schema['required'] as string[] | undefined) ?? [],
        noNullPrototype: true,
      });
    }
    default:
      return wrongValues;
  }
}

const dates = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

function stringsOf(schema: JsonSchema, known: readonly string[] = []): Arbitrary<string> {
  if (schema['format'] === 'date') return dates.map((text) => text.slice(0, 10));
  if (schema['format'] === 'date-time') return dates;
  const min = (schema['minLength'] as number | undefined) ?? 0;
  const max = (schema['maxLength'] as number | undefined) ?? 1_000_000;
  const any = texts.map((text) => text.slice(0, max).padEnd(min, 'x'));
  if (known.length === 0) return any;
  return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: any });
}

/** The places of a JSON value, as paths of keys. */
function placesOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((part, index) => [index, part] as [number, unknown])
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, part]) => placesOf(part, [...path, key]))];
}

/** The value with one place changed: replaced, left out, or with one key more. */
export function oneThingOff(valid: Arbitrary<unknown>): Arbitrary<unknown> {
  const extraKey = fc.constantFrom(
    'extra',
    'id',
    'tenant',
    'by',
    'permissions',
    'constructor',
    'toString',
    '',
  );
  return fc
    .tuple(valid, fc.nat(), fc.constantFrom('replace', 'drop', 'add'), wrongValues, extraKey)
    .map(([value, at, how, wrong, key]) => {
      const copy: unknown = structuredClone(value);
      const places = placesOf(copy);
      const place = places[at % places.length] ?? [];
      const last = place.at(-1);
      let owner: unknown = copy;
      for (const step of place.slice(0, -1)) owner = (owner as Record<string | number, unknown>)[step];
      if (last === undefined || typeof owner !== 'object' || owner === null) {
        return how === 'add' && typeof copy === 'object' && copy !== null ? { ...copy, [key]: wrong } : wrong;
      }
      const record = owner as Record<string | number, unknown>;
      if (how === 'replace') Object.assign(record, { [last]: wrong });
      else if (how === 'add') Object.assign(record, { [key]: wrong });
      else if (Array.isArray(owner)) owner.splice(Number(last), 1);
      else Reflect.deleteProperty(record, last);
      return copy;
    });
}
