import type { CaseList } from '../../components/case-list/case-list.element.js';
import type { CaseClient } from '../../src/client/client.js';
import type { NewView, View } from '../../src/contract/views.js';
import {
  aCase,
  aTenant,
  closed,
  deepFocus,
  find,
  findAll,
  nameOf,
  textOf,
  untilFound,
  type TestTenant,
} from './support.js';
import { waitUntil } from './wait-until.js';

/** Open cases tagged refund, as a view. */
export const refunds: NewView = {
  name: 'Refunds',
  filters: { status: ['open'], tag: ['refund'] },
  sort: 'deadline',
  columns: ['number', 'subject', 'tags'],
};
/** What shares a view with customer service. */
export const forService: Pick<NewView, 'visibility'> = {
  visibility: { kind: 'roles', roles: ['customer-service'] },
};

/** Two refunds, one of them closed, and a case besides. */
export async function withRefunds(): Promise<TestTenant> {
  return aTenant([
    aCase({ subject: 'Refund wanted', tags: ['refund'] }),
    aCase({ subject: 'Refund done', tags: ['refund'], entries: closed }),
    aCase({ subject: 'Line is down' }),
  ]);
}

/** Every event of a name that reaches the page. */
export function collect(list: CaseList): string[] {
  const said: string[] = [];
  list.addEventListener('view-change', ({ detail }) => said.push(`view ${detail.viewId ?? 'none'}`));
  list.addEventListener('filters-change', ({ detail }) => said.push(`filters ${detail.filters}`));
  return said;
}

/** The button of the views says which one is shown, and whether the list still stands as it was saved. */
export const viewsButton = (list: CaseList) => untilFound(list, 'button', /^(View: .*|Views)( changed)?$/);

/** Opens the menu of views, and waits until it can be used. */
export async function openViews(list: CaseList): Promise<void> {
  (await viewsButton(list)).click();
  await untilFound(list, 'menuitem', 'Save as a new view…');
  await waitUntil(() => !find(list, 'menuitem', 'Loading…'), 'the views arrive');
  await waitUntil(() => deepFocus().getAttribute('role')?.startsWith('menuitem'), 'the menu takes the focus');
}

/** The names in the open menu, as they are read out. */
export const offered = (list: CaseList) => findAll(list, 'menuitemradio').map(nameOf);

/** What can be done in the open menu. */
export const actions = (list: CaseList) => findAll(list, 'menuitem').map(nameOf);

export async function chooseView(list: CaseList, name: string | RegExp): Promise<void> {
  await openViews(list);
  (await untilFound(list, 'menuitemradio', name)).click();
}

export async function act(list: CaseList, name: string): Promise<void> {
  await openViews(list);
  (await untilFound(list, 'menuitem', name)).click();
}

/** Waits until the button says so. */
export async function untilView(list: CaseList, says: string): Promise<void> {
  await waitUntil(
    () => findAll(list, 'button').some((button) => textOf(button) === says),
    `the button never said ${says}`,
  );
}

/** What a client finds kept. */
export async function kept(client: CaseClient): Promise<View[]> {
  return (await client.views.list({ limit: 100 })).items;
}
