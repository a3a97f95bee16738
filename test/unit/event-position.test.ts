import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatPosition, isAfter, parsePosition } from '../../server/engine/events/position.js';

describe('a position in the outbox', () => {
  it('comes after another as their numbers do, however long', () => {
    const number = fc.oneof(fc.bigInt(0n, 2n ** 63n), fc.bigInt(0n, 120n));
    const place = fc.record({ xid: number, seq: fc.nat(3) });
    fc.assert(
      fc.property(place, place, (a, b) => {
        const position = ({ xid, seq }: typeof a) => ({ xid: String(xid), seq });
        expect(isAfter(position(a), position(b))).toBe(a.xid === b.xid ? a.seq > b.seq : a.xid > b.xid);
      }),
    );
  });

  it('is the same however many zeros a client puts before it', () => {
    const position = parsePosition('000123-04');
    expect(position).toEqual({ xid: '123', seq: 4 });
    expect(position && formatPosition(position)).toBe('123-4');
    expect(parsePosition('000-0')).toEqual({ xid: '0', seq: 0 });
  });
});
