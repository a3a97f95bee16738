import { describe, expect, it, onTestFinished } from 'vitest';

import {
  isAuthenticationError,
  isForbiddenError,
  isNotFoundError,
  isUnavailableError,
  type CaseClient,
  type CaseListQuery,
} from '../../src/index.js';
import { aClosure, aNewNote } from '../support/app.js';
import { aWorld, eventually, watch } from './world.js';

const newest: CaseListQuery = { status: 'open', count: true };

/** Events are heard, so that nothing fetched from now on needs to be fetched again. */
async function live({ events }: CaseClient): Promise<void> {
  onTestFinished(events.subscribe(() => {}));
  await eventually(() => expect(events.getState()).toBe('live'));
}

describe('live queries', () => {
  it('make one request for two observers of one case, and one more makes none', async () => {
    const { tenant, clientOf } = await aWorld();
    const { id, subject } = await tenant.aCase();
    const { client, asked } = clientOf('agent');
    await live(client);
    const one = watch(client.queries.case(id));
    const other = watch(client.queries.case(id));
    await eventually(() => expect(other.state.status).toBe('ready'));
    const third = watch(client.queries.case(id));
    expect([one, other, third].map(({ state }) => state.data?.subject)).toEqual([subject, subject, subject]);
    expect(asked).toEqual([`GET /v1/cases/${id}`]);
  });

  it('take the same question in other words for the same', async () => {
    const { tenant, clientOf } = await aWorld();
    await tenant.aCase();
    const { client, asked } = clientOf('agent');
    await live(client);
    const one = watch(client.queries.cases({ status: ['open'], type: ['technical', 'billing'], q: '' }));
    watch(client.queries.cases({ type: ['billing', 'technical'], status: 'open', sort: undefined }));
    await eventually(() => expect(one.state.status).toBe('ready'));
    expect(asked).toHaveLength(1);
  });

  it('change together after a write: the case, its row, its history', async () => {
    const { tenant, clientOf } = await aWorld();
    const read = await tenant.aCase();
    const { client } = clientOf('agent');
    const [one, other] = [watch(client.queries.case(read.id)), watch(client.queries.case(read.id))];
    const list = watch(client.queries.cases(newest));
    const timeline = watch(client.queries.timeline(read.id));
    await eventually(() =>
      expect([one, list, timeline].map(({ state }) => state.status)).toEqual(Array(3).fill('ready')),
    );

    const changed = await client.cases.update(read.id, { subject: 'Charged three times' }, read);
    expect(one.state.data).toEqual(changed);
    expect(other.state.data).toBe(one.state.data);
    expect(list.state.data?.items[0]?.subject).toBe('Charged three times');
    await eventually(() => expect(timeline.state.data?.items[0]?.kind).toBe('change'));

    await client.cases.close(read.id, aClosure(), changed);
    expect(other.state.data?.status).toBe('closed');
    await eventually(() => expect(list.state.data).toMatchObject({ items: [], total: 0 }));
  });

  it('never show an answer that was given before a write', async () => {
    const { tenant, clientOf } = await aWorld();
    const read = await tenant.aCase();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let slow = false;
    const { client } = clientOf('agent', async (request) => {
      const late = slow && request.method === 'GET' && request.url.endsWith(read.id);
      const response = await fetch(request);
      if (late) await held;
      return response;
    });
    const shown = watch(client.queries.case(read.id));
    await eventually(() => expect(shown.state.status).toBe('ready'));
    slow = true;
    void client.queries.case(read.id).refetch();
    await eventually(() => expect(shown.state.refreshing).toBe(true));
    slow = false;
    await client.cases.update(read.id, { priority: 'high' }, read);
    release();
    await eventually(() => expect(shown.state.refreshing).toBe(false));
    expect(shown.states.map(({ data }) => data?.priority)).not.toContain(undefined);
    expect(shown.state.data?.priority).toBe('high');
    expect(
      shown.states.filter(({ data }) => data?.priority === 'normal' && data.version !== read.version),
    ).toEqual([]);
  });

  it('show what somebody else does, as it happens', async () => {
    const { tenant, clientOf } = await aWorld();
    const { id } = await tenant.aCase();
    const { client } = clientOf('agent');
    const timeline = watch(client.queries.timeline(id));
    const list = watch(client.queries.cases(newest));
    await eventually(() => expect(client.events.getState()).toBe('live'));
    await eventually(() => expect(list.state.status).toBe('ready'));
    await tenant.aNote(id, aNewNote({ text: 'From another desk.' }), tenant.otherAgent);
    await tenant.aCase({ subject: 'Another case' }, tenant.otherAgent);
    await eventually(() => expect(timeline.state.data?.items[0]?.text).toBe('From another desk.'));
    await eventually(() => expect(list.state.data?.items[0]?.subject).toBe('Another case'));
    const first = list.states.findIndex(({ data }) => data !== undefined);
    expect(list.states.slice(first).every(({ data }) => data !== undefined)).toBe(true);
  });

  it('ask for a list at most once a second while much happens', async () => {
    const { tenant, clientOf } = await aWorld();
    const { id } = await tenant.aCase();
    const { client, asked } = clientOf('agent');
    const list = watch(client.queries.cases(newest));
    await eventually(() => expect(client.events.getState()).toBe('live'));
    await eventually(() => expect(list.state.status).toBe('ready'));
    asked.length = 0;
    const started = performance.now();
    for (let index = 0; index < 15; index++)
      await tenant.aNote(id, { text: `Note ${index}`, visibility: 'public' });
    await eventually(() => expect(list.state.data?.items[0]?.replyCount).toBe(15));
    expect(asked.length).toBeLessThanOrEqual(2 + (performance.now() - started) / 1_000);
  });

  it('grow by a page, are kept whole by a refresh, and a record stands once', async () => {
    const { tenant, clientOf } = await aWorld();
    for (let index = 0; index < 5; index++) await tenant.aCase({ subject: `Case ${index}` });
    const { client } = clientOf('agent');
    const query = client.queries.cases({ limit: 2, sort: 'number' });
    const list = watch(query);
    await eventually(() => expect(list.state.hasNext).toBe(true));
    await Promise.all([query.fetchNext(), query.fetchNext()]);
    expect(list.state.data?.items).toHaveLength(4);
    const refreshed = query.refetch();
    await query.fetchNext();
    await refreshed;
    expect(list.state).toMatchObject({ hasNext: false, fetchingNext: false, refreshing: false });
    expect(list.state.data?.items.map(({ subject }) => subject)).toEqual(
      [0, 1, 2, 3, 4].map((n) => `Case ${n}`),
    );
    expect(list.states.some(({ fetchingNext }) => fetchingNext)).toBe(true);
  });

  it('read a list that has grown long anew in few requests, as far as it was read', async () => {
    const { tenant, clientOf } = await aWorld();
    await Promise.all(Array.from({ length: 13 }, () => tenant.aCase()));
    const { client, asked } = clientOf('agent');
    const query = client.queries.cases({ limit: 3, sort: 'number' });
    const list = watch(query);
    await eventually(() => expect(list.state.status).toBe('ready'));
    for (const _page of [2, 3]) await query.fetchNext();
    const shown = list.state.data?.items.map(({ id }) => id);
    expect(shown).toHaveLength(9);

    for (const _time of [1, 2]) {
      asked.length = 0;
      await query.refetch();
      expect(asked).toEqual(['GET /v1/cases?limit=9&sort=number']);
      expect(list.state.data?.items.map(({ id }) => id)).toEqual(shown);
      expect(list.state.hasNext).toBe(true);
    }
    asked.length = 0;
    await Promise.all([query.refetch(), query.fetchNext()]);
    expect(asked).toHaveLength(2);
    expect(list.state.data?.items).toHaveLength(12);
    await query.fetchNext();
    expect(list.state.data?.items).toHaveLength(13);
    expect(list.state.hasNext).toBe(false);
  });

  it('keep what they show when a refresh fails, and say so', async () => {
    const { tenant, clientOf } = await aWorld();
    const { id } = await tenant.aCase();
    let down = false;
    const { client } = clientOf('agent', async (request) =>
      down ? Response.json({}, { status: 503, headers: { 'retry-after': '0' } }) : fetch(request),
    );
    const query = client.queries.case(id);
    const shown = watch(query);
    await eventually(() => expect(shown.state.status).toBe('ready'));
    down = true;
    await query.refetch();
    expect(shown.state.status).toBe('ready');
    expect(isUnavailableError(shown.state.error)).toBe(true);
    down = false;
    await query.refetch();
    expect(shown.state.error).toBeUndefined();
  });

  it('ask anew after a failure, not content with a request that was under way before', async () => {
    const { tenant, clientOf } = await aWorld();
    const { id } = await tenant.aCase();
    const refusal = () =>
      Response.json(
        { type: 'about:blank', title: 'Out of order', status: 501, code: 'capability_missing' },
        { status: 501 },
      );
    let refuseLate = () => {};
    const late = new Promise<Response>((resolve) => (refuseLate = () => resolve(refusal())));
    const refusals = [Promise.resolve(refusal()), late];
    const { client, asked } = clientOf('agent', (request) =>
      request.url.endsWith(id) ? (refusals.shift() ?? fetch(request)) : fetch(request),
    );
    await live(client);
    const query = client.queries.case(id);
    const shown = watch(query);
    await eventually(() => expect(shown.state.status).toBe('failed'));
    watch(query);
    await eventually(() => expect(asked).toHaveLength(2));
    const again = query.refetch();
    refuseLate();
    await again;
    expect(shown.state.status).toBe('ready');
  });

  it('E-404 take away at once what has become hidden: the case, its history, its row', async () => {
    const { tenant, clientOf } = await aWorld();
    const read = await tenant.aCase({ departmentId: 'dept_care' });
    const { client } = clientOf('otherAgent');
    const shown = watch(client.queries.case(read.id));
    const timeline = watch(client.queries.timeline(read.id));
    const list = watch(client.queries.cases(newest));
    await eventually(() => expect(list.state.data?.items).toHaveLength(1));
    await eventually(() => expect(client.events.getState()).toBe('live'));
    const moved = await tenant.administrator.patch(
      `/v1/cases/${read.id}`,
      { departmentId: 'dept_network' },
      { version: read.version },
    );
    expect(moved.status).toBe(200);
    await eventually(() => expect(isNotFoundError(shown.state.error)).toBe(true));
    expect(shown.state).toMatchObject({ status: 'failed', data: undefined });
    await eventually(() => expect(timeline.state).toMatchObject({ status: 'failed', data: undefined }));
    await eventually(() => expect(list.state.data).toMatchObject({ items: [], total: 0 }));
  });

  it('E-FORB show nothing to whom cases are refused', async () => {
    const { clientOf } = await aWorld();
    const list = watch(clientOf('finance').client.queries.cases());
    await eventually(() => expect(list.state.status).toBe('failed'));
    expect(isForbiddenError(list.state.error)).toBe(true);
  });
});

describe('logout', () => {
  it('takes everything off the screen and drops what is answered late', async () => {
    const { tenant, clientOf } = await aWorld();
    const { id } = await tenant.aCase();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let slow = false;
    // Deaf to the signal: the answer does arrive.
    const { client, asked } = clientOf('agent', async ({ url, headers, method }) => {
      const response = await fetch(url, { headers, method });
      if (slow) await held;
      return response;
    });
    await live(client);
    const query = client.queries.case(id);
    const shown = watch(query);
    await eventually(() => expect(shown.state.status).toBe('ready'));
    slow = true;
    void query.refetch();
    await eventually(() => expect(asked).toHaveLength(2));
    await client.logout();
    expect(shown.state.data).toBeUndefined();
    release();
    await eventually(() => expect(isAuthenticationError(shown.state.error)).toBe(true));
    await expect(client.cases.get(id)).rejects.toSatisfy(isAuthenticationError);
    expect(client.events.getState()).toBe('offline');
    expect(asked).toHaveLength(2);
    const after = shown.states.findIndex(({ data }) => data === undefined);
    expect(shown.states.slice(after).every(({ data }) => data === undefined)).toBe(true);
  });

  it('is ended by another token: what is subscribed is read anew as the new person', async () => {
    const { tenant, clientOf } = await aWorld();
    await tenant.aCase();
    const { client } = clientOf('agent');
    const session = watch(client.queries.session());
    await eventually(() => expect(session.state.data?.actor.name).toBe('Mara Lindqvist'));
    await client.logout();
    client.update({ getToken: () => tenant.customer.token });
    await eventually(() => expect(session.state.data?.actor.name).toBe('Pia Moreau'));
    client.update({ getToken: () => tenant.outsider.token });
    expect(session.state.data).toBeUndefined();
    await eventually(() => expect(session.state.data?.actor.name).toBe('Nora Quist'));
    await eventually(() => expect(client.events.getState()).toBe('live'));
  });
});
