/** What a column of the table can show. */
export const inboxColumns = ['case', 'customer', 'inbox', 'from', 'sent', 'due', 'owner', 'actions'] as const;
/** A column of the table. */
export type InboxColumn = (typeof inboxColumns)[number];

const usual: readonly InboxColumn[] = ['case', 'customer', 'due', 'owner', 'actions'];

/** Reads the names a host wrote, in its order, each once, and what of them is no column (IB-05). */
export function readInboxColumns(text: string): {
  readonly columns: readonly InboxColumn[];
  readonly unknown: readonly string[];
} {
  const names = [...new Set(text.split(/[\s,]+/).filter(Boolean))];
  const known = names.filter((name): name is InboxColumn => inboxColumns.some((column) => column === name));
  return {
    columns: complete(known),
    unknown: names.filter((name) => !known.some((column) => column === name)),
  };
}

/** What an entry is about and what can be done with it always show: without them it is no table to work. */
function complete(columns: readonly InboxColumn[]): readonly InboxColumn[] {
  if (columns.length === 0) return usual;
  const begun: readonly InboxColumn[] = columns.includes('case') ? columns : ['case', ...columns];
  return begun.includes('actions') ? begun : [...begun, 'actions'];
}
