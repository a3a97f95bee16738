/** A place in the outbox: the writing transaction, as a number without leading zeros, then the order within. */
export interface Position {
  readonly xid: string;
  readonly seq: number;
}

export const BEGINNING: Position = { xid: '0', seq: 0 };

const MINUTE = 60_000;

/**
 * The beginning of an outbox that is empty at `time`: before every row, for no transaction has the number 0, with the
 * minute in the place of the order, so that one sees later how old it is.
 */
export function beginningAt(time: Date): Position {
  return { xid: BEGINNING.xid, seq: Math.floor(time.getTime() / MINUTE) * MINUTE };
}

export function formatPosition({ xid, seq }: Position): string {
  return `${xid}-${seq}`;
}

/** `null` for what no stream has ever sent. */
export function parsePosition(text: string): Position | null {
  const match = /^(\d{1,19})-(\d{1,15})$/.exec(text);
  return match?.[1] === undefined ? null : { xid: BigInt(match[1]).toString(), seq: Number(match[2]) };
}

export function isAfter(a: Position, b: Position): boolean {
  if (a.xid === b.xid) return a.seq > b.seq;
  // Too large for a number, and asked for each reader of each event: digits compare without being parsed.
  return a.xid.length === b.xid.length ? a.xid > b.xid : a.xid.length > b.xid.length;
}
