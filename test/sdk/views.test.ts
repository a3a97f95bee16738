import { expect, it } from 'vitest';

import { isConflictError, isForbiddenError, isNotFoundError } from '../../src/index.js';
import { aWorld, eventually, watch } from './world.js';

it('views are kept, shown live, changed and removed', async () => {
  const { clientOf } = await aWorld();
  const { client } = clientOf('administrator');
  const { client: sales } = clientOf('otherAgent');
  const [mine, theirs] = [watch(client.queries.views()), watch(sales.queries.views())];
  await eventually(() => expect([mine.state.status, theirs.state.status]).toEqual(['ready', 'ready']));

  const made = await client.views.create({
    name: 'Refunds',
    filters: { status: ['open'], tag: ['refund', 'credit'] },
    visibility: { kind: 'roles', roles: ['sales-agent'] },
  });
  expect(made.filters).toEqual({ status: 'open', tag: ['refund', 'credit'] });
  await eventually(() => {
    expect(mine.state.data?.items.map(({ name }) => name)).toEqual(['Refunds']);
    expect(theirs.state.data?.items.map(({ name }) => name)).toEqual(['Refunds']);
  });
  expect(await sales.views.get(made.id)).toMatchObject({ permissions: { edit: { allowed: false } } });
  const refused = await sales.views.delete(made.id, made).catch((error: unknown) => error);
  expect(isForbiddenError(refused) && refused.rule).toBe('views.share');

  const changed = await client.views.update(made.id, { name: 'Refunds, open' }, made);
  const stale = await client.views.delete(made.id, made).catch((error: unknown) => error);
  expect(isConflictError(stale) && stale.code).toBe('version_conflict');
  const all: string[] = [];
  for await (const { name } of client.views.listAll({ limit: 1 })) all.push(name);
  expect(all).toEqual(['Refunds, open']);

  await client.views.delete(made.id, changed);
  await eventually(() => {
    expect(mine.state.data?.items).toEqual([]);
    expect(theirs.state.data?.items).toEqual([]);
  });
  const gone = await client.views.get(made.id).catch((error: unknown) => error);
  expect(isNotFoundError(gone)).toBe(true);
});
