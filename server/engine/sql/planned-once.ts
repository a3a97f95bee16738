import { sql } from 'kysely';

const mark = '/* planned once */';

/**
 * Stands before or behind the first word of a statement that is asked often and answered by the same plan whatever its
 * values: PostgreSQL then reads and plans it once for each connection, which otherwise takes as long as answering it.
 */
export const plannedOnce = sql.raw(mark);

// As many statements as one connection keeps.
const most = 200;

/** The names under which one process has such statements kept; `undefined` for all others. */
export function createStatementNames(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    if (!text.slice(0, 40).includes(mark)) return undefined;
    const known = names.get(text);
    if (known !== undefined || names.size >= most) return known;
    const name = `casement_${names.size + 1}`;
    names.set(text, name);
    return name;
  };
}
