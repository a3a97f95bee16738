/**
 * As much of `zod/mini` as reading an answer takes.
 *
 * The bundles put it in the place of zod (`rollup.config.mjs`), whose checks, pipes and asynchronous parsing no page
 * ever runs; everything else imports zod itself. A test compares the two over every answer of the contract.
 */
type Read<T> = (value: unknown, at: string) => T;

type Shape = Readonly<Record<string, Schema<unknown>>>;

type Outcome<T> = { readonly data?: T; readonly success: boolean; readonly error?: unknown };

class Schema<T> {
  readonly read: Read<T>;
  /** Whether the key it stands at may be missing. */
  readonly optional: boolean;
  readonly shape: Shape;

  constructor(read: Read<T>, optional = false, shape: Shape = {}) {
    this.read = read;
    this.optional = optional;
    this.shape = shape;
  }

  safeParse(value: unknown): Outcome<T> {
    try {
      return { success: true, data: this.read(value, 'answer') };
    } catch (error) {
      return { success: false, error };
    }
  }
}

export type { Schema };

function refuse(at: string, expected: string): never {
  throw new TypeError(`${at} is not ${expected}.`);
}

function must<T>(is: (value: unknown) => boolean, expected: string): Read<T> {
  return (value, at) => (is(value) ? (value as T) : refuse(at, expected));
}

const readString = must<string>((value) => typeof value === 'string', 'a string');
const readNumber = must<number>(Number.isFinite, 'a number');
const readBoolean = must<boolean>((value) => typeof value === 'boolean', 'a boolean');
const readArray = must<unknown[]>(Array.isArray, 'an array');
const readObject = must<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'an object',
);

export function string(): Schema<string> {
  return new Schema(readString);
}

export function number(): Schema<number> {
  return new Schema(readNumber);
}

export function boolean(): Schema<boolean> {
  return new Schema(readBoolean);
}

export function unknown(): Schema<unknown> {
  return new Schema((value) => value);
}

function oneOf<T extends string>(values: readonly T[]): Schema<T> {
  return new Schema(must((value) => values.includes(value as T), `one of ${values.join(', ')}`));
}

export { oneOf as enum };

export function array<T>(item: Schema<T>): Schema<T[]> {
  return new Schema((value, at) =>
    Array.from(readArray(value, at), (each, index) => item.read(each, `${at}.${index}`)),
  );
}

export function optional<T>({ read, shape }: Schema<T>): Schema<T | undefined> {
  return new Schema((value, at) => (value === undefined ? value : read(value, at)), true, shape);
}

export function nullable<T>({ read, optional, shape }: Schema<T>): Schema<T | null> {
  return new Schema((value, at) => (value === null ? value : read(value, at)), optional, shape);
}

/** Keys it does not know are left out: a server may say more than this page understands. */
export function object(shape: Shape): Schema<Record<string, unknown>> {
  return new Schema(
    (value, at) => {
      const given = readObject(value, at);
      const result: Record<string, unknown> = {};
      for (const [key, schema] of Object.entries(shape))
        if (key in given) result[key] = schema.read(given[key], `${at}.${key}`);
        else if (!schema.optional) refuse(`${at}.${key}`, 'there');
      return result;
    },
    false,
    shape,
  );
}

export function extend({ shape }: Schema<unknown>, more: Shape): Schema<Record<string, unknown>> {
  return object({ ...shape, ...more });
}

/** The first that reads the value. */
export function union(options: readonly Schema<unknown>[]): Schema<unknown> {
  return new Schema((value, at) => {
    for (const option of options) {
      const { success, data } = option.safeParse(value);
      if (success) return data;
    }
    return refuse(at, 'of any kind known here');
  });
}

export function record<T>(key: Schema<string>, item: Schema<T>): Schema<Record<string, T>> {
  return new Schema((value, at) => {
    const result: Record<string, T> = {};
    for (const [name, each] of Object.entries(readObject(value, at)))
      // Assigned, it would become the prototype.
      if (name !== '__proto__') result[key.read(name, at)] = item.read(each, `${at}.${name}`);
    return result;
  });
}

export function safeParse<T>(schema: Schema<T>, value: unknown): Outcome<T> {
  return schema.safeParse(value);
}
