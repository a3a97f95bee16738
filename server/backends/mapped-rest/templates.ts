/** What may stand for a placeholder, in the form the API wants; what is `undefined` is left out. */
export type Slots = Readonly<Record<string, unknown>>;

const whole = /^\{(\w+)\}$/;
const each = /\{(\w+)\}/g;

/** The placeholders in a template, a text or any JSON. */
export function placeholdersIn(template: unknown): string[] {
  if (typeof template === 'string') return [...template.matchAll(each)].map(([, name]) => name ?? '');
  if (typeof template !== 'object' || template === null) return [];
  return Object.values(template).flatMap(placeholdersIn);
}

/** A path with its placeholders filled and encoded; `undefined` where one of them has no value. */
export function fillPath(path: string, slots: Slots): string | undefined {
  return filled(path, slots, encodeURIComponent);
}

/** A text with its placeholders filled; `undefined` where one of them has no value. */
export function fillText(template: string, slots: Slots): string | undefined {
  return filled(template, slots, (text) => text);
}

function filled(template: string, slots: Slots, encode: (text: string) => string): string | undefined {
  let lacks = false;
  const text = template.replace(each, (_, name: string) => {
    const value = slots[name];
    if (value === undefined || value === null) lacks = true;
    return encode(Array.isArray(value) ? value.join(',') : textOf(value));
  });
  return lacks ? undefined : text;
}

/**
 * A body: a text that is nothing but a placeholder becomes its value, whatever that is. What has no value is left out, with
 * the objects that hold nothing else; `null` is a value.
 */
export function fillBody(template: unknown, slots: Slots): unknown {
  if (typeof template === 'string') {
    const name = whole.exec(template)?.[1];
    return name === undefined ? fillText(template, slots) : slots[name];
  }
  if (Array.isArray(template)) {
    return template.map((part) => fillBody(part, slots)).filter((part) => part !== undefined);
  }
  if (typeof template !== 'object' || template === null) return template;
  const entries = Object.entries(template).map(([name, part]) => [name, fillBody(part, slots)] as const);
  const given = entries.filter(([, part]) => part !== undefined);
  return given.length === 0 && entries.length > 0 ? undefined : Object.fromEntries(given);
}

/** A query: a parameter whose placeholder holds a list is repeated, or joined by commas. */
export function fillQuery(
  template: Readonly<Record<string, string>>,
  slots: Slots,
  lists: 'single' | 'repeat' | 'comma' = 'single',
): URLSearchParams {
  const query = new URLSearchParams();
  for (const [parameter, text] of Object.entries(template)) {
    const name = whole.exec(text)?.[1];
    const value = name === undefined ? fillText(text, slots) : slots[name];
    if (value === undefined || value === null) continue;
    const values = Array.isArray(value) ? (value as unknown[]).map(textOf) : [textOf(value)];
    if (lists === 'comma') query.append(parameter, values.join(','));
    else for (const one of values) query.append(parameter, one);
  }
  return query;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : String(value);
}
