import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { BillingLedger, RefundRefused } from '../../demo/billing.js';

describe('the books of the demonstration', () => {
  let folder: string;
  let ledger: BillingLedger;
  const refund = { customerId: 'c-1018', cents: 5_490, reason: 'Service failure' };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'casement-books-'));
    ledger = await BillingLedger.open(join(folder, 'books.json'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives a refund once for a key, and still knows it when opened again', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => ledger.refund(refund, 'Lena Moss', 'key')));
    expect(answers).toEqual([{ id: 'RF-1001' }, { id: 'RF-1001' }, { id: 'RF-1001' }]);

    const again = await BillingLedger.open(join(folder, 'books.json'));
    expect(await again.refund(refund, 'Lena Moss', 'key')).toEqual({ id: 'RF-1001' });
    expect(again.lines('c-1018')?.filter(({ kind }) => kind === 'refund')).toEqual([
      expect.objectContaining({ id: 'RF-1001', cents: -5_490, label: 'Service failure · Lena Moss' }),
    ]);
  });

  it('refuses a key that belongs to another refund', async () => {
    await ledger.refund(refund, 'Lena Moss', 'key');
    await expect(ledger.refund({ ...refund, cents: 1 }, 'Lena Moss', 'key')).rejects.toMatchObject({
      status: 409,
    });
  });

  it('never gives back more than was paid, however many ask at once', async () => {
    const asked = Array.from({ length: 8 }, (_, at) => ledger.refund(refund, 'Lena Moss', `key ${at}`));
    const results = await Promise.allSettled(asked);
    // Three months were paid.
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(
      results.filter((result) => result.status === 'rejected' && result.reason instanceof RefundRefused),
    ).toHaveLength(5);
    expect(ledger.refundable('c-1018')).toBe(0);
  });

  it('tells whoever listens which customer something was booked for', async () => {
    const told: string[] = [];
    const unsubscribe = ledger.subscribe((customerId) => told.push(customerId));
    await ledger.refund(refund, 'Lena Moss', 'one');
    unsubscribe();
    await ledger.refund(refund, 'Lena Moss', 'two');
    expect(told).toEqual(['c-1018']);
  });
});
