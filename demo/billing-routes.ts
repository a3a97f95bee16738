import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import * as z from 'zod/mini';

import { RefundRefused, type BillingLedger } from './billing.js';
import { claimsOf } from './cast.js';

const newRefund = z.strictObject({
  customerId: z.string(),
  cents: z.int().check(z.positive()),
  reason: z.string().check(z.minLength(1), z.maxLength(200)),
});

/** The roles that may give money back. */
const refunders = ['finance', 'system-administrator'];

/**
 * The billing system of Larkwell Fibre, below `/demo/billing`: what Casement knows nothing of. The host's action calls it;
 * money moves here alone. `ownId` tells who is meant where the case system calls a customer otherwise.
 */
export function billingRoutes(
  ledger: BillingLedger,
  stopping: AbortSignal,
  ownId: (id: string) => string = (id) => id,
): Hono {
  const routes = new Hono();
  routes.get('/', (context) => {
    const lines = ledger.lines(ownId(context.req.query('customer') ?? ''));
    context.header('Cache-Control', 'no-store');
    if (!lines) return context.json({ message: 'There is no such customer.' }, 404);
    return context.json(lines);
  });

  // A real host takes the person from its session.
  routes.post('/refunds', async (context) => {
    const claims = claimsOf(context.req.query('as') ?? '');
    if (!claims?.roles.some((role) => refunders.includes(role)))
      return context.json({ message: 'Only Finance may refund.' }, 403);
    const key = context.req.header('Idempotency-Key');
    if (!key) return context.json({ message: 'A refund needs a key, so that it is given once.' }, 400);
    const given = newRefund.safeParse(await context.req.json().catch(() => undefined));
    const wanted = given.data && { ...given.data, customerId: ownId(given.data.customerId) };
    if (!wanted || !ledger.lines(wanted.customerId))
      return context.json({ message: 'A refund needs a customer, an amount and a reason.' }, 422);
    try {
      return context.json(await ledger.refund(wanted, claims.name, `${claims.sub} ${key}`), 201);
    } catch (error) {
      if (error instanceof RefundRefused) return context.json({ message: error.message }, error.status);
      throw error;
    }
  });

  // Tells an open account page that something changed in it.
  routes.get('/events', (context) =>
    streamSSE(context, async (stream) => {
      const customer = ownId(context.req.query('customer') ?? '');
      const ended = new Promise<void>((resolve) => {
        stream.onAbort(resolve);
        stopping.addEventListener('abort', () => resolve(), { once: true });
        if (stopping.aborted) resolve();
      });
      const unsubscribe = ledger.subscribe((customerId) => {
        if (customerId === customer) void stream.writeSSE({ event: 'change', data: customerId });
      });
      await stream.writeSSE({ event: 'open', data: '' });
      await ended;
      unsubscribe();
    }),
  );
  return routes;
}
