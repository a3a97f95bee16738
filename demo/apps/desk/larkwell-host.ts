import type { CaseHost, HostAction } from 'casement/elements';
import type { Visitor } from '../../pages/strip.js';

const refundSchema = {
  type: 'object',
  properties: {
    amount: { type: 'number', title: 'Amount in €', minimum: 0.01, multipleOf: 0.01 },
    reason: {
      type: 'string',
      title: 'Reason',
      oneOf: [
        { const: 'Service failure', title: 'Service failure' },
        { const: 'Charged twice', title: 'Charged twice' },
        { const: 'Goodwill', title: 'Goodwill' },
      ],
    },
  },
  required: ['amount', 'reason'],
} as const;

interface Line {
  readonly kind: 'payment' | 'refund';
  readonly cents: number;
}

/** Gives money back in Larkwell's own billing; Casement shows the form and writes down what became of it. */
function refund(visitor: Visitor): HostAction<typeof refundSchema> {
  return {
    id: 'refund',
    label: 'Refund…',
    description: 'Goes back the way it was paid, and stands on the customer’s account at once.',
    schema: refundSchema,
    mayPropose({ roles, entry }) {
      if (roles.includes('system-administrator')) return true;
      if (!roles.includes('finance')) return false;
      return entry
        ? true
        : { allowed: false, reason: 'Take the inbox message first: it is its owner who refunds.' };
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
      if (!answer.ok) return { ok: false, message: said.message ?? 'Billing refused the refund.' };
      return { message: `Refunded ${amount.toFixed(2)} €`, reference: said.id };
    },
  };
}

/** What the desk brings along for the elements: what it can do, and the objects of Larkwell that cases are linked to. */
export function larkwellHost(visitor: Visitor): CaseHost {
  return {
    actions: [refund(visitor)],
    linkTypes: [{ type: 'invoice', label: 'Invoice' }],
  };
}
