import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { customers } from './sample-data/customers.js';

/** A line of a customer's account at Larkwell; amounts in cents, money that went back to the customer below zero. */
export interface LedgerLine {
  readonly id: string;
  readonly kind: 'payment' | 'refund';
  /** A date, `2026-11-01`. */
  readonly on: string;
  readonly label: string;
  readonly cents: number;
}

/** A refund to be given. */
export interface NewRefund {
  readonly customerId: string;
  readonly cents: number;
  readonly reason: string;
}

interface KeptRefund extends NewRefund {
  readonly id: string;
  readonly key: string;
  readonly on: string;
  readonly by: string;
}

/** Why a refund was not given, in a sentence for whoever asked for it. */
export class RefundRefused extends Error {
  readonly status: 409 | 422;

  constructor(status: 409 | 422, message: string) {
    super(message);
    this.status = status;
  }
}

/** What was paid in so many months can be given back. */
const months = 3;

/**
 * The books of Larkwell Fibre, as little of them as the demonstration needs: what each customer paid lately, and the
 * refunds given, which are kept in a file.
 */
export class BillingLedger {
  readonly #file: string;
  readonly #refunds: KeptRefund[];
  readonly #listeners = new Set<(customerId: string) => void>();
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(file: string, refunds: KeptRefund[]) {
    this.#file = file;
    this.#refunds = refunds;
  }

  static async open(file: string): Promise<BillingLedger> {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '[]';
      throw error;
    });
    return new BillingLedger(file, JSON.parse(text) as KeptRefund[]);
  }

  /** What was paid and given back, the latest first; `undefined` for no customer of ours. */
  lines(customerId: string, now = new Date()): readonly LedgerLine[] | undefined {
    const customer = customers.find(({ id }) => id === customerId);
    if (!customer) return undefined;
    const payments = Array.from({ length: customer.paidMonths ?? months }, (_, back): LedgerLine => {
      const month = new Date(Date.UTC(now.getFullYear(), now.getMonth() - back, 1));
      const on = month.toISOString().slice(0, 10);
      return {
        id: `${customer.number}-${on.slice(0, 7)}`,
        kind: 'payment',
        on,
        label: customer.plan,
        cents: customer.monthly,
      };
    });
    const refunds = this.#refunds
      .filter((refund) => refund.customerId === customerId)
      .map(({ id, on, reason, cents, by }): LedgerLine => {
        return { id, kind: 'refund', on, label: `${reason} · ${by}`, cents: -cents };
      });
    return [...refunds.reverse(), ...payments].sort((a, b) => b.on.localeCompare(a.on));
  }

  /** What can still be given back, in cents. */
  refundable(customerId: string): number {
    return (this.lines(customerId) ?? []).reduce((sum, { cents }) => sum + cents, 0);
  }

  /**
   * Gives money back, once for a key however often it is asked.
   *
   * @throws {RefundRefused} More than was paid, or the key belongs to another refund.
   */
  refund(refund: NewRefund, by: string, key: string): Promise<{ readonly id: string }> {
    // One after another, so that two cannot both give back the last cent.
    const answer = this.#writing.then(() => this.#give(refund, by, key));
    this.#writing = answer.catch(() => undefined);
    return answer;
  }

  /** Calls back whenever something changes in a customer's account. */
  subscribe(listener: (customerId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #give({ customerId, cents, reason }: NewRefund, by: string, key: string) {
    const before = this.#refunds.find((refund) => refund.key === key);
    if (before) {
      const same = before.customerId === customerId && before.cents === cents && before.reason === reason;
      if (!same) throw new RefundRefused(409, 'This key belongs to another refund.');
      return { id: before.id };
    }
    const most = this.refundable(customerId);
    if (cents > most)
      throw new RefundRefused(
        422,
        `Only ${(most / 100).toFixed(2)} € of what was paid can still be refunded.`,
      );
    const id = `RF-${1001 + this.#refunds.length}`;
    const on = new Date().toISOString().slice(0, 10);
    const refund: KeptRefund = { id, key, on, customerId, cents, reason, by };
    await this.#keep([...this.#refunds, refund]);
    this.#refunds.push(refund);
    for (const listener of this.#listeners) listener(customerId);
    return { id };
  }

  /** Whole or not at all: a file half written would be no books. */
  async #keep(refunds: readonly KeptRefund[]): Promise<void> {
    const draft = `${this.#file}.new`;
    await mkdir(dirname(this.#file), { recursive: true });
    await writeFile(draft, JSON.stringify(refunds, null, 2));
    await rename(draft, this.#file);
  }
}
