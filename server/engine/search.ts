import { sql, type RawBuilder } from 'kysely';

import { wordsOf } from '../input/text.js';

// A control character stands in no word: no text of a record can put it among another tenant's.
const TENANT_MARK = '\u0001';

/** The words of a record together with its tenant's mark, so that one index serves tenant and words. */
export function searchLexemes(tenant: string, text: string): string[] {
  return [tenantLexeme(tenant), ...wordsOf(text)];
}

/** `searchLexemes` as a value for a `search` column. */
export function searchVector(tenant: string, text: string): RawBuilder<unknown> {
  return sql`array_to_tsvector(${searchLexemes(tenant, text)}::text[])`;
}

/**
 * The conditions under which a record matches what somebody typed: every term separated by blanks must.
 *
 * A plain word matches the beginnings of words. A term with other characters is a literal: its words must be there, and
 * `text` must contain it as it stands, whatever its case. Nothing typed is ever a wildcard or an operator.
 */
export function searchConditions(
  tenant: string,
  typed: string,
  column: RawBuilder<unknown>,
  text: RawBuilder<unknown>,
): RawBuilder<boolean>[] {
  const terms = typed.trim().split(/\s+/u).filter(Boolean);
  const words = [...new Set(terms.flatMap(wordsOf))];
  const literals = terms.filter((term) => !/^[\p{L}\p{M}\p{N}]+$/u.test(term));
  const conditions: RawBuilder<boolean>[] = [];
  if (words.length > 0) {
    const query = [quote(tenantLexeme(tenant)), ...words.map((word) => `${quote(word)}:*`)].join(' & ');
    conditions.push(sql<boolean>`${column} @@ ${query}::tsquery`);
  }
  for (const literal of literals) {
    conditions.push(sql<boolean>`position(lower(${literal}::text) in lower(${text})) > 0`);
  }
  return conditions;
}

function tenantLexeme(tenant: string): string {
  return TENANT_MARK + tenant.slice(0, 200);
}

function quote(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
