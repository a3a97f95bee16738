import { msg, str } from '@lit/localize';

import { notADateText, requiredText, tooLongText, type FieldErrors, type Sentence } from '../field-errors.js';
import { isDate } from '../format.js';
import { formatNumber, plural } from '../locale.js';
import type { ActionSchema, FieldSchema } from './schema-types.js';

/** One field as the form shows it. */
export interface ActionField {
  readonly name: string;
  readonly kind: 'text' | 'lines' | 'date' | 'choice' | 'number' | 'flag';
  readonly label: string;
  readonly hint: string | undefined;
  readonly required: boolean;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly limits: Limits;
  readonly initial: FieldValue;
}

interface Limits {
  readonly whole?: boolean;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly exclusiveMinimum?: number | undefined;
  readonly exclusiveMaximum?: number | undefined;
  readonly multipleOf?: number | undefined;
}

/** What a field holds while it is being filled in: a text, also of a number, or a tick. */
export type FieldValue = string | boolean;
export type FormValues = Readonly<Record<string, FieldValue>>;

const longestLine = 200;
const known = new Set([
  'type',
  'title',
  'description',
  'default',
  'enum',
  'oneOf',
  'format',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
]);

/**
 * The fields of a schema.
 *
 * @throws {TypeError} The schema asks for what a form cannot show; a rule that was left out would not be kept.
 */
export function fieldsOf({ properties, required = [] }: ActionSchema): readonly ActionField[] {
  for (const name of required)
    if (!Object.hasOwn(properties, name)) throw new TypeError(`"${name}" is required, but is no property.`);
  return Object.entries(properties).map(([name, schema]) => toField(name, schema, required.includes(name)));
}

function toField(name: string, schema: FieldSchema, required: boolean): ActionField {
  const strange = Object.keys(schema).find((key) => !known.has(key));
  if (strange) throw new TypeError(`"${strange}" of "${name}" cannot be shown in a form.`);
  const options = optionsOf(schema);
  const common = {
    name,
    label: schema.title ?? name,
    hint: schema.description,
    required,
    options,
    limits: schema as Limits,
    initial: schema.default === undefined ? '' : String(schema.default),
  };
  switch (schema.type) {
    case 'boolean':
      return { ...common, kind: 'flag', initial: schema.default === true };
    case 'number':
    case 'integer':
      return { ...common, kind: 'number', limits: { ...schema, whole: schema.type === 'integer' } };
    case 'string': {
      if ('enum' in schema || 'oneOf' in schema) return { ...common, kind: 'choice' };
      if (!('format' in schema)) {
        const long = (schema.maxLength ?? 0) > longestLine;
        return { ...common, kind: long ? 'lines' : 'text' };
      }
      if (schema.format === 'date') return { ...common, kind: 'date' };
      throw new TypeError(`The format "${String(schema.format)}" of "${name}" is not known.`);
    }
    default:
      throw new TypeError(`"${name}" has no type that a form can show.`);
  }
}

function optionsOf(schema: FieldSchema): ActionField['options'] {
  if ('enum' in schema) return schema.enum.map((value) => ({ value, label: value }));
  if ('oneOf' in schema) return schema.oneOf.map((one) => ({ value: one.const, label: one.title }));
  return [];
}

/** What the form begins with. A value of the host that does not fit its field is left out. */
export function startingValues(
  fields: readonly ActionField[],
  prefill: Readonly<Record<string, unknown>> = {},
): FormValues {
  return Object.fromEntries(
    fields.map(({ name, kind, initial }) => {
      const given = prefill[name];
      if (kind === 'flag') return [name, typeof given === 'boolean' ? given : initial];
      return [name, typeof given === 'string' || typeof given === 'number' ? String(given) : initial];
    }),
  );
}

/** Everything that is wrong, by field. `unread`: the fields whose text the browser could not read as a value. */
export function checkFields(
  fields: readonly ActionField[],
  values: FormValues,
  unread: ReadonlySet<string>,
): FieldErrors {
  const errors: Record<string, Sentence> = {};
  for (const field of fields) {
    const wrong = unread.has(field.name) ? unreadText(field) : wrongText(field, values[field.name] ?? '');
    if (wrong) errors[field.name] = wrong;
  }
  return errors;
}

function unreadText({ kind }: ActionField): Sentence {
  return kind === 'date' ? notADateText : notANumberText;
}

function wrongText(field: ActionField, value: FieldValue): Sentence | undefined {
  if (typeof value === 'boolean') return undefined;
  const { kind, required, options, limits } = field;
  if (value.trim() === '') return required ? () => requiredText('') : undefined;
  switch (kind) {
    case 'date':
      return isDate(value) ? undefined : notADateText;
    case 'number':
      return wrongNumber(limits, Number(value));
    case 'choice':
      return options.some((option) => option.value === value)
        ? undefined
        : () => msg('Choose one of the list.', { id: 'host-action.choose' });
    default: {
      const { minLength = 0, maxLength = Infinity } = limits;
      if (value.length > maxLength) return () => tooLongText(maxLength);
      return value.length < minLength
        ? () =>
            plural(
              minLength,
              msg('one {Write at least # character.} other {Write at least # characters.}', {
                id: 'host-action.too-short',
              }),
            )
        : undefined;
    }
  }
}

function wrongNumber(limits: Limits, value: number): Sentence | undefined {
  const { whole, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = limits;
  if (!Number.isFinite(value)) return notANumberText;
  if (whole && !Number.isInteger(value))
    return () => msg('Enter a whole number.', { id: 'host-action.whole' });
  if (minimum !== undefined && value < minimum)
    return () => msg(str`Enter ${exact(minimum)} or more.`, { id: 'host-action.minimum' });
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    return () => msg(str`Enter more than ${exact(exclusiveMinimum)}.`, { id: 'host-action.above' });
  if (maximum !== undefined && value > maximum)
    return () => msg(str`Enter ${exact(maximum)} or less.`, { id: 'host-action.maximum' });
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum)
    return () => msg(str`Enter less than ${exact(exclusiveMaximum)}.`, { id: 'host-action.below' });
  if (multipleOf !== undefined && !isMultiple(value, multipleOf))
    return () => msg(str`Enter it in steps of ${exact(multipleOf)}.`, { id: 'host-action.step' });
  return undefined;
}

/** 19.99 is 1999 steps of 0.01, whatever binary fractions make of it. */
function isMultiple(value: number, step: number): boolean {
  const steps = value / step;
  return Math.abs(steps - Math.round(steps)) <= Math.abs(steps) * Number.EPSILON * 4;
}

/** With every digit that it has: a limit of 0.0001 is not 0. */
function exact(value: number): string {
  const digits = /\.(\d+)$/.exec(value.toFixed(12).replace(/0+$/, ''))?.[1]?.length ?? 0;
  return digits > 3
    ? new Intl.NumberFormat(undefined, { maximumFractionDigits: digits }).format(value)
    : formatNumber(value);
}

function notANumberText(): string {
  return msg('This is not a number.', { id: 'host-action.not-a-number' });
}

/** What `run` is given: what was left empty is absent. */
export function valuesOf(
  fields: readonly ActionField[],
  values: FormValues,
): Record<string, string | number | boolean> {
  const entries = fields.flatMap(({ name, kind }): [string, string | number | boolean][] => {
    const value = values[name] ?? '';
    if (typeof value === 'boolean') return [[name, value]];
    if (value.trim() === '') return [];
    return [[name, kind === 'number' ? Number(value) : value]];
  });
  return Object.fromEntries(entries);
}

/** The values in lines, as the note on the case has them: in plain signs, for every reader the same. */
export function valuesInLines(fields: readonly ActionField[], values: FormValues): string[] {
  return fields.flatMap(({ name, label, options, kind }) => {
    const value = values[name] ?? '';
    if (value === '' || (kind === 'flag' && value === false)) return [];
    if (kind === 'flag') return [`${label}: ✓`];
    return [`${label}: ${options.find((option) => option.value === value)?.label ?? String(value)}`];
  });
}
