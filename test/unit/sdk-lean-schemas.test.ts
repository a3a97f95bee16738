import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';

import { caseEventSchema } from '../../src/contract/events.js';
import { problemSchema } from '../../src/contract/problem.js';
import { routes, type Route } from '../../src/contract/routes.js';
import * as lean from '../../src/http/lean-schemas.js';

type Definition = z.core.$ZodTypes['_zod']['def'];

function definitionOf(schema: z.core.$ZodType): Definition {
  return (schema as z.core.$ZodTypes)._zod.def;
}

function each<T>(shape: z.core.$ZodShape, make: (schema: z.core.$ZodType) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, make(schema)]));
}

function valuesOf(entries: z.core.util.EnumLike): string[] {
  return Object.values(entries).map(String);
}

/** The same schema, made by the reader of the bundles. */
function toLean(schema: z.core.$ZodType): lean.Schema<unknown> {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'string':
      return lean.string();
    case 'number':
      return lean.number();
    case 'boolean':
      return lean.boolean();
    case 'unknown':
      return lean.unknown();
    case 'enum':
      return lean.enum(valuesOf(definition.entries));
    case 'array':
      return lean.array(toLean(definition.element));
    case 'optional':
      return lean.optional(toLean(definition.innerType));
    case 'nullable':
      return lean.nullable(toLean(definition.innerType));
    case 'record':
      return lean.record(lean.string(), toLean(definition.valueType));
    case 'union':
      return lean.union(definition.options.map(toLean));
    case 'object':
      return lean.object(each(definition.shape, toLean));
    default:
      throw new Error(`An answer uses ${definition.type}, which the reader of the bundles does not know.`);
  }
}

const anything = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, maxDepth: 2 }),
  fc.constantFrom(undefined, null, NaN, Infinity, '', '__proto__', [], {}),
);

/** Values a schema takes, with something else in a place or two. */
function nearly(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 60, arbitrary: matching(schema) }, { weight: 1, arbitrary: anything });
}

function matching(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'string':
      return fc.string();
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'unknown':
      return anything;
    case 'enum':
      return fc.constantFrom(...valuesOf(definition.entries));
    case 'array':
      return fc.array(nearly(definition.element), { maxLength: 2 });
    case 'optional':
      return fc.option(nearly(definition.innerType), { nil: undefined });
    case 'nullable':
      return fc.option(nearly(definition.innerType), { nil: null });
    case 'record':
      return fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), nearly(definition.valueType), {
        maxKeys: 2,
      });
    case 'union':
      return fc.oneof(...definition.options.map(matching));
    case 'object': {
      const known = Object.keys(definition.shape);
      return fc
        .tuple(
          fc.record(each(definition.shape, nearly)),
          fc.dictionary(fc.string(), anything, { maxKeys: 1 }),
          fc.oneof(
            { weight: 20, arbitrary: fc.constant([]) },
            { weight: 1, arbitrary: fc.subarray(known, { maxLength: 1 }) },
          ),
        )
        .map(([record, more, missing]) => {
          const object: Record<string, unknown> = { ...more, ...record };
          for (const key of missing) delete object[key];
          return object;
        });
    }
    default:
      throw new Error(`No values for ${definition.type}.`);
  }
}

const answers: [string, z.core.$ZodType][] = Object.entries<Route>(routes)
  .flatMap<[string, z.core.$ZodType]>(([id, { answer }]) => (answer ? [[`the answer of ${id}`, answer]] : []))
  .concat([
    ['a problem', problemSchema],
    ['an event', caseEventSchema],
  ]);

describe('the reader of answers in the bundles', () => {
  it.each(answers)('takes and refuses the same as zod: %s', (_, schema) => {
    const seen = { taken: 0, refused: 0 };
    const leanSchema = toLean(schema);
    fc.assert(
      fc.property(nearly(schema), (value) => {
        const expected = z.safeParse(schema, value);
        const { success, data } = leanSchema.safeParse(value);
        expect({ success, data }).toStrictEqual({ success: expected.success, data: expected.data });
        seen[success ? 'taken' : 'refused'] += 1;
      }),
      { numRuns: 150, seed: 7 },
    );
    expect(seen.taken, 'matching values among those tried').toBeGreaterThan(0);
    expect(seen.refused, 'other values among those tried').toBeGreaterThan(0);
  });

  it('reads what a form kept, whose schemas extend others', () => {
    const note = z.object({ text: z.string(), count: z.number() });
    const leanNote = lean.object({ text: lean.string(), count: lean.number() });
    const stored = z.extend(note, { count: z.optional(z.number()) });
    const leanStored = lean.extend(leanNote, { count: lean.optional(lean.number()) });
    for (const value of [
      { text: 'a' },
      { text: 'a', count: 1 },
      { text: 'a', count: undefined },
      { count: 1 },
    ])
      expect(lean.safeParse(leanStored, value).data).toStrictEqual(z.safeParse(stored, value).data);
  });

  it('lets what may be missing be missing, in either order of optional and nullable', () => {
    const leanSchema = lean.object({ at: lean.nullable(lean.optional(lean.string())) });
    const schema = z.object({ at: z.nullable(z.optional(z.string())) });
    for (const value of [{}, { at: null }, { at: 'x' }, { at: 1 }])
      expect(leanSchema.safeParse(value).data).toStrictEqual(z.safeParse(schema, value).data);
  });

  it('says where an answer does not match', () => {
    const page = lean.object({ items: lean.array(lean.object({ name: lean.string() })) });
    const { error } = page.safeParse({ items: [{ name: 'Ada' }, { name: 3 }] });
    expect(String(error)).toBe('TypeError: answer.items.1.name is not a string.');
  });
});
