import type * as z from 'zod/mini';

import type { CallContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { requireTenant } from '../identities.js';
import { createVendorClient, jsonOf, type VendorRequest } from '../vendor-client.js';
import type { RequestTrackerSetup } from './options.js';
import { createSessions, type RtSession } from './sessions.js';

export const vendor = 'Request Tracker';

/** Most rows Request Tracker puts on one page. */
export const pageSize = 100;

/** A Request Tracker, asked as whoever calls. */
export interface Tracker {
  /** Who the caller is there. */
  session(context: CallContext): Promise<RtSession>;
  /** Any answer below 500, as it came. */
  send(request: VendorRequest, context: CallContext): Promise<Response>;
  /** A record, or `not_found` for what is not there or not for the caller. */
  read<T extends z.ZodMiniType>(
    schema: T,
    path: string,
    query: Readonly<Record<string, string | readonly string[]>>,
    context: CallContext,
  ): Promise<z.infer<T>>;
  /** What a search finds: conditions as JSON, which reads and changes nothing. */
  search<T extends z.ZodMiniType>(
    schema: T,
    path: string,
    conditions: unknown,
    query: Readonly<Record<string, string | readonly string[]>>,
    context: CallContext,
  ): Promise<z.infer<T>>;
}

/** Speaks REST 2.0 with the session of the actor, and signs in once more where the session is gone. */
export function createTracker(setup: RequestTrackerSetup): Tracker {
  const client = createVendorClient({
    baseUrl: setup.baseUrl,
    name: vendor,
    fetch: setup.fetch,
    timeoutMs: setup.timeoutMs,
  });
  const sessions = createSessions(setup, client);

  function session({ actor }: CallContext): Promise<RtSession> {
    requireTenant(actor, setup.tenant);
    return sessions.of(actor);
  }

  async function send(request: VendorRequest, context: CallContext): Promise<Response> {
    const ask = async ({ cookie }: RtSession) =>
      client({
        ...request,
        path: `/REST/2.0${request.path}`,
        headers: { ...request.headers, cookie },
        signal: context.signal,
      });
    const open = await session(context);
    const answer = await ask(open);
    // A session that has ended is sent to the page to sign in.
    if (answer.status !== 401 && answer.status !== 302) return answer;
    await answer.body?.cancel();
    await sessions.forget(context.actor, open);
    const again = await ask(await session(context));
    if (again.status !== 401 && again.status !== 302) return again;
    await again.body?.cancel();
    throw new BackendError('unavailable', { detail: `${vendor} keeps no session open.` });
  }

  async function parsed<T extends z.ZodMiniType>(schema: T, answer: Response): Promise<z.infer<T>> {
    if (answer.status === 404 || answer.status === 403) {
      await answer.body?.cancel();
      throw new BackendError('not_found');
    }
    const body = await jsonOf(answer, vendor);
    const found = answer.status === 200 ? schema.safeParse(body) : undefined;
    if (!found?.success) {
      throw new BackendError('unavailable', {
        detail: `${vendor} answered a reading with ${answer.status} and what it should not hold.`,
      });
    }
    return found.data;
  }

  return {
    session,
    send,
    read: async (schema, path, query, context) =>
      parsed(schema, await send({ path, query: paramsOf(query) }, context)),
    search: async (schema, path, conditions, query, context) =>
      parsed(
        schema,
        await send(
          { method: 'POST', path, query: paramsOf(query), json: conditions, repeatable: true },
          context,
        ),
      ),
  };
}

function paramsOf(query: Readonly<Record<string, string | readonly string[]>>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of typeof value === 'string' ? [value] : value) params.append(name, each);
  }
  return params;
}
