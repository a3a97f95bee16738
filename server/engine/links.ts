import { sql, type RawBuilder } from 'kysely';

import { linkLimits as limits, type CaseLink } from '../../src/contract/cases.js';
import { toJson } from './context.js';
import { isStorable } from '../input/text.js';
import type { FieldErrors } from '../input/validation.js';

const typeShape = /^[a-z][a-z0-9-]*$/;

/** Each object once, in the order given; the last label of one counts. */
export function checkLinks(
  value: readonly CaseLink[],
  fields: FieldErrors,
): { type: string; id: string; label?: string }[] {
  const links = new Map<string, { type: string; id: string; label?: string }>();
  for (const [index, given] of value.entries()) {
    const at = `links.${index}`;
    const type = fields.line(`${at}.type`, given.type, limits.type, true);
    if (type !== '' && !typeShape.test(type))
      fields.add(`${at}.type`, 'invalid', 'Lower-case letters, digits and hyphens, as in credit-note.');
    const id = fields.line(`${at}.id`, given.id, limits.id, true);
    const label = fields.line(`${at}.label`, given.label, limits.label, false);
    links.set(`${type}:${id}`, { type, id, ...(label !== '' && { label }) });
  }
  if (links.size > limits.links)
    fields.add('links', 'too_many', `At most ${limits.links} links.`, limits.links);
  return [...links.values()];
}

/** Its members in one order, whatever the order they were stored in. */
export function plainLink({ type, id, label }: CaseLink): CaseLink {
  return { type, id, ...(label !== undefined && { label }) };
}

/** The link that a filter names, as `invoice:INV-1`; `null` when it names none. */
export function linkOf(text: string): Pick<CaseLink, 'type' | 'id'> | null {
  const [, type = '', id = ''] = /^([^:]*):(.+)$/s.exec(text) ?? [];
  return typeShape.test(type) && id.trim() !== '' && isStorable(id) ? { type, id: id.trim() } : null;
}

/** The condition on `cases as c` that leaves those linked to one of these objects, for the index of links. */
export function linkedTo(texts: readonly string[]): RawBuilder<boolean> {
  const each = texts.flatMap((text) => {
    const link = linkOf(text);
    return link ? [sql`c.links @> ${toJson([link])}::jsonb`] : [];
  });
  return each.length === 0
    ? sql<boolean>`false`
    : sql<boolean>`(c.links <> '[]'::jsonb and (${sql.join(each, sql` or `)}))`;
}
