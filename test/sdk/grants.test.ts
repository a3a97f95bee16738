import { expect, it } from 'vitest';

import {
  isConflictError,
  isForbiddenError,
  isGoneError,
  isNotFoundError,
  isValidationError,
} from '../../src/index.js';
import { aWorld, eventually, watch } from './world.js';

const LEO = { kind: 'person', id: 'person_leo' } as const;

it('cases are shared, shown live to both sides, and taken back', async () => {
  const { tenant, clientOf } = await aWorld();
  const { client: pia } = clientOf('customer');
  const { client: leo } = clientOf('colleague');
  const record = await tenant.aCase({}, tenant.customer);
  const [granted, list] = [watch(pia.queries.grants(record.id)), watch(leo.queries.cases())];
  await eventually(() => expect([granted.state.status, list.state.status]).toEqual(['ready', 'ready']));
  expect(granted.state.data).toMatchObject({ items: [], share: { person: { allowed: true } } });
  expect(list.state.data?.items).toEqual([]);

  const { items } = await pia.grants.candidates({ caseId: record.id, kind: 'person', q: 'leo' });
  expect(items).toMatchObject([{ ...LEO, name: 'Leo Aske', grantId: null }]);
  const { items: grants } = await pia.grants.add(record.id, { grantees: [LEO] });
  const [grant] = grants;
  if (!grant) throw new Error('There is no grant.');
  await eventually(() => {
    expect(granted.state.data?.items).toEqual(grants);
    expect(list.state.data?.items.map(({ id }) => id)).toEqual([record.id]);
  });

  // What Leo has open goes as soon as it is no longer his to see.
  const open = watch(leo.queries.case(record.id));
  const others = watch(leo.queries.grants(record.id));
  await eventually(() => expect([open.state.status, others.state.status]).toEqual(['ready', 'ready']));
  await pia.grants.remove(grant.id);
  await eventually(() => {
    expect(granted.state.data?.items).toEqual([]);
    expect(list.state.data?.items).toEqual([]);
    expect([open.state.status, others.state.status]).toEqual(['failed', 'failed']);
    expect([open.state.data, others.state.data]).toEqual([undefined, undefined]);
  });
  const gone = await pia.grants.remove(grant.id).catch((error: unknown) => error);
  expect(isGoneError(gone) && gone.by?.name).toBe('Pia Moreau');
});

it('every bad name, lost race and missing right comes as its own error', async () => {
  const { tenant, clientOf } = await aWorld();
  const { client: pia } = clientOf('customer');
  const { client: mara } = clientOf('agent');
  const record = await tenant.aCase();
  const bad = await pia.grants
    .add(record.id, { grantees: [LEO, { kind: 'person', id: 'person_nora' }] })
    .catch((error: unknown) => error);
  expect(isValidationError(bad) && bad.errors).toMatchObject([
    { field: 'grantees.1.id', code: 'principal_out_of_scope' },
  ]);
  const foreign = await mara.grants.add(record.id, { grantees: [LEO] }).catch((error: unknown) => error);
  expect(isForbiddenError(foreign) && foreign.rule).toBe('only_submitter_may_share');

  await tenant.aNote(record.id, { visibility: 'public' });
  const quist = { grantees: [{ kind: 'customer', id: 'cust_quist' } as const] };
  const caution = await mara.grants.add(record.id, quist).catch((error: unknown) => error);
  expect(isConflictError(caution) && [caution.code, caution.current]).toEqual([
    'history_disclosure_unconfirmed',
    expect.objectContaining({ count: 1, recipients: ['Pia Moreau'] }),
  ]);
  const { items } = await mara.grants.add(record.id, { ...quist, includeHistory: true });
  const [grant] = items;
  if (!grant) throw new Error('There is no grant.');
  const changed = await mara.grants.update(grant.id, { expiresAt: '2099-01-01' }, grant);
  const late = await mara.grants
    .update(grant.id, { expiresAt: null }, grant)
    .catch((error: unknown) => error);
  expect(isConflictError(late) && late.current).toEqual(changed);
  const query = { caseId: record.id, kind: 'customer', limit: 2 } as const;
  const first = await mara.grants.candidates({ ...query, count: true });
  const second = await mara.grants.candidates({ ...query, cursor: first.next ?? undefined });
  const all = [...first.items, ...second.items].map(({ name }) => name);
  expect([first.total, second.next]).toEqual([3, null]);
  expect(all).toEqual(['Aldermill Bakery', 'Harbour Dental', 'Quist & Daughters']);
});

it('who opened a case is said once it is opened, shown live, and gone with the right to see it', async () => {
  const { tenant, clientOf } = await aWorld();
  const { client: pia } = clientOf('customer');
  const { client: leo } = clientOf('colleague');
  const record = await tenant.aCase({}, tenant.customer);
  const { items } = await pia.grants.add(record.id, { grantees: [LEO] });
  await leo.receipts.record(record.id);
  await leo.receipts.record(record.id);
  const seen = watch(pia.queries.receipts(record.id));
  await eventually(() => expect(seen.state.data?.items).toMatchObject([{ person: { name: 'Leo Aske' } }]));
  expect(await pia.receipts.list(record.id)).toEqual(seen.state.data);
  const refused = await leo.receipts.list(record.id).catch((error: unknown) => error);
  expect(isForbiddenError(refused) && refused.rule).toBe('cases.not-granted');
  await pia.grants.remove(items[0]?.id ?? '');
  const lost = await leo.receipts.record(record.id).catch((error: unknown) => error);
  expect(isNotFoundError(lost)).toBe(true);
});

it('a case is seen with the eyes of another, and forwarded within the house', async () => {
  const { tenant, clientOf } = await aWorld();
  const { client: mara } = clientOf('agent');
  const record = await tenant.aCase();
  const note = await mara.cases.forward(record.id, { to: 'tomas@larkwell.example', text: 'Have a look.' });
  expect(note).toMatchObject({ visibility: 'internal', text: 'Have a look.' });
  const outside = await mara.cases
    .forward(record.id, { to: 'x@elsewhere.example', text: 'Have a look.' })
    .catch((error: unknown) => error);
  expect(isValidationError(outside) && outside.errors).toMatchObject([
    { field: 'to', code: 'external_recipient' },
  ]);
  const preview = await mara.grants.preview({ caseId: record.id, kind: 'customer', id: 'cust_quist' });
  expect(preview).toMatchObject({
    case: { id: record.id },
    visible: { notes: 0 },
    hidden: { internalNotes: 1 },
    warnings: ['cross_organisation'],
  });
});
