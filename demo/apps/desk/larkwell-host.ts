import type { CaseHost, HostAction } from 'casement/elements';
import type { Visitor } from '../../pages/strip.js';
import type { Words } from './words.js';

const refundSchema = ({ amount, reason, failure, twice, goodwill }: Words) =>
  ({
    type: 'object',
    properties: {
      amount: { type: 'number', title: amount, minimum: 0.01, multipleOf: 0.01 },
      reason: {
        type: 'string',
        title: reason,
        oneOf: [
          { const: 'Service failure', title: failure },
          { const: 'Charged twice', title: twice },
          { const: 'Goodwill', title: goodwill },
        ],
      },
    },
    required: ['amount', 'reason'],
  }) as const;

interface Line {
  readonly kind: 'payment' | 'refund';
  readonly cents: number;
}

/** Gives money back in Larkwell's own billing; Casement shows the form and writes down what became of it. */
function refund(visitor: Visitor, words: Words): HostAction<ReturnType<typeof refundSchema>> {
  return {
    id: 'refund',
    label: `${words.refund}…`,
    description: words.explained,
    schema: refundSchema(words),
    mayPropose({ roles, entry }) {
      if (roles.includes('system-administrator')) return true;
      if (!roles.includes('finance')) return false;
      return entry ? true : { allowed: false, reason: words.takeFirst };
    },
    async prefill({ case: { customer } }) {
      if (!customer) return {};
      const answer = await fetch(`/demo/billing?customer=${encodeURIComponent(customer.id)}`);
      if (!answer.ok) return {};
      const last = ((await answer.json()) as Line[]).find(({ kind }) => kind === 'payment');
      return last ? { amount: last.cents / 100 } : {};
    },
    async run({ amount, reason }, { case: { customer }, idempotencyKey, signal }) {
      const answer = await fetch(`/demo/billing/refunds?as=${encodeURIComponent(visitor.id)}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey },
        body: JSON.stringify({ customerId: customer?.id, cents: Math.round(amount * 100), reason }),
        signal,
      });
      if (answer.status >= 500) throw new Error(`Billing answered ${answer.status}.`);
      const said = (await answer.json()) as { readonly id?: string; readonly message?: string };
      if (!answer.ok) return { ok: false, message: said.message ?? words.refused };
      return { message: words.refunded.replace('{amount}', `${amount.toFixed(2)} €`), reference: said.id };
    },
  };
}

/** What the desk brings along for the elements: what it can do, and the objects of Larkwell that cases are linked to. */
export function larkwellHost(visitor: Visitor, words: Words): CaseHost {
  return {
    actions: [refund(visitor, words)],
    linkTypes: [{ type: 'invoice', label: words.invoice }],
  };
}
