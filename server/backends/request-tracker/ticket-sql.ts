/**
 * A text as TicketSQL reads it: in single quotes, where a backslash and a quote are written with a backslash before them. What
 * stands in them can end neither the text nor the condition.
 */
export function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/**
 * A condition that a field holds just this text. Request Tracker reads some texts as more than a text, even in quotes: the name
 * of a custom field (`CF.…`), and words such as `__CurrentUser__`. No record is called so, and none is found by them.
 */
export function equals(field: string, text: string): string {
  const isMore = /^CF\./i.test(text) || /^__\w+__$/.test(text);
  return isMore || text === '' ? nothing : `${field} = ${quoted(text)}`;
}

/** A condition that a field holds a text somewhere in it; `%` and `_` in it are letters like others. */
export function contains(field: string, text: string): string {
  // The mark in front matches anything, and keeps the text from being read as the name of a custom field.
  return `${field} LIKE ${quoted(`%${text.replace(/[\\%_]/g, '\\$&')}`)}`;
}

/** The name of a custom field in a condition. Braces would end it, so none may stand in one. */
export function customField(name: string): string {
  return `CF.{${name.replace(/[{}'"\\]/g, '')}}`;
}

/** Conditions of which every one must hold. */
export function every(...conditions: readonly (string | undefined)[]): string {
  const given = conditions.filter((condition) => condition !== undefined);
  return given.map((condition) => `(${condition})`).join(' AND ');
}

/** Conditions of which one must hold; nothing is found without any. */
export function some(conditions: readonly string[]): string {
  return conditions.length === 0 ? nothing : conditions.map((condition) => `(${condition})`).join(' OR ');
}

/** A condition that no ticket meets. */
export const nothing = 'id = 0';

/** A moment as TicketSQL reads it. */
export function moment(instant: string): string {
  return quoted(`${instant.slice(0, 19).replace('T', ' ')} UTC`);
}
