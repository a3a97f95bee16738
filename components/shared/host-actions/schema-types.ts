interface Described {
  /** The label of the field; its name when absent. */
  readonly title?: string;
  /** Stands below the field. */
  readonly description?: string;
}

/** A text: of one line, of several where it may be longer than 200 characters. */
export interface TextSchema extends Described {
  readonly type: 'string';
  readonly default?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** A calendar date, `YYYY-MM-DD`. */
export interface DateSchema extends Described {
  readonly type: 'string';
  readonly format: 'date';
  readonly default?: string;
}

/** One of a list. `oneOf` gives each a name of its own. */
export type ChoiceSchema = Described & { readonly type: 'string'; readonly default?: string } & (
    | { readonly enum: readonly string[] }
    | { readonly oneOf: readonly { readonly const: string; readonly title: string }[] }
  );

/** A number, or a whole one. */
export interface NumberSchema extends Described {
  readonly type: 'number' | 'integer';
  readonly default?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  /** `0.01` for an amount in cents. */
  readonly multipleOf?: number;
}

/** A box to tick. */
export interface FlagSchema extends Described {
  readonly type: 'boolean';
  readonly default?: boolean;
}

/** One field of an action. */
export type FieldSchema = TextSchema | DateSchema | ChoiceSchema | NumberSchema | FlagSchema;

/** What an action asks for: as much of JSON Schema as a form can show. Fields stand in the order of `properties`. */
export interface ActionSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
}

type ValueOf<F> = F extends { readonly enum: readonly (infer E)[] }
  ? E
  : F extends { readonly oneOf: readonly { readonly const: infer C }[] }
    ? C
    : F extends { readonly type: 'boolean' }
      ? boolean
      : F extends { readonly type: 'number' | 'integer' }
        ? number
        : string;

/** The names that must be filled in; a tick is always an answer. */
type Given<S extends ActionSchema> =
  | (S extends { readonly required: readonly (infer R)[] } ? R : never)
  | {
      [K in keyof S['properties']]: S['properties'][K] extends { readonly type: 'boolean' } ? K : never;
    }[keyof S['properties']];

/** What a form of this schema holds: what is not required is absent when it is left empty. */
export type ActionValues<S extends ActionSchema> = {
  readonly [K in keyof S['properties'] as K extends Given<S> ? K : never]: ValueOf<S['properties'][K]>;
} & {
  readonly [K in keyof S['properties'] as K extends Given<S> ? never : K]?: ValueOf<S['properties'][K]>;
};
