/** A place in the outbox: the writing transaction, then the order within. */
export interface Position {
  readonly xid: string;
  readonly seq: number;
}

export const BEGINNING: Position = { xid: '0', seq: 0 };

export function formatPosition({ xid, seq }: Position): string {
  return `${xid}-${seq}`;
}

/** `null` for what no stream has ever sent. */
export function parsePosition(text: string): Position | null {
  const match = /^(\d{1,19})-(\d{1,15})$/.exec(text);
  return match?.[1] === undefined ? null : { xid: match[1], seq: Number(match[2]) };
}

export function isAfter(a: Position, b: Position): boolean {
  const [left, right] = [BigInt(a.xid), BigInt(b.xid)];
  return left === right ? a.seq > b.seq : left > right;
}
