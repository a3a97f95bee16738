import { expect, html } from '@open-wc/testing';

import '../../components/share-manager/share-manager.js';
import type { ShareManager } from '../../components/share-manager/share-manager.element.js';
import type { Case } from '../../src/contract/cases.js';
import type { GranteeKind, NewGrantee } from '../../src/contract/grants.js';
import { moreToShareWith } from '../support/sharing.js';
import {
  aCase,
  aProvider,
  aTenant,
  find,
  findAll,
  press,
  textOf,
  type,
  untilFound,
  untilText,
  type ProviderOptions,
  type TestTenant,
} from './support.js';

/** A tenant with people, departments and organisations to share with, where all kinds of sharing are switched on. */
export async function aSharingTenant(baseUrl?: string): Promise<TestTenant> {
  const tenant = await aTenant([], baseUrl);
  await tenant.seed(moreToShareWith);
  const { settings } = tenant.clientFor('administrator');
  const { version } = await settings.get();
  const sharing = { departmentRoles: ['customer-service'], organisations: true };
  await settings.update({ sharing }, { version });
  return tenant;
}

/** A case that Pia of Aldermill submitted, in the care department; `entries` are its notes. */
export async function aSharedCase(
  tenant: TestTenant,
  entries: Parameters<typeof aCase>[0] = {},
): Promise<Case> {
  await tenant.seed({ cases: [aCase({ departmentId: 'dept_care', ...entries })] });
  const client = tenant.clientFor('administrator');
  const [newest] = (await client.cases.list({ sort: '-number', limit: 1 })).items;
  return client.cases.get(newest?.id ?? '');
}

/** Shares as somebody else, in another browser. */
export async function shareAs(
  tenant: TestTenant,
  who: 'agent' | 'customer',
  caseId: string,
  ...grantees: readonly NewGrantee[]
) {
  const client = tenant.clientFor(who);
  const { items } = await client.grants.add(caseId, { grantees: [...grantees], includeHistory: true });
  return { client, items };
}

export const one = (kind: GranteeKind, id: string, level?: string): NewGrantee => ({
  kind,
  id,
  ...(level && { level }),
});

/** The element on a page, once it shows who has access. */
export async function aShareManager(
  tenant: TestTenant,
  caseId: string,
  options: Partial<ProviderOptions> = {},
): Promise<ShareManager> {
  const provider = await aProvider(
    { tenant, width: 'wide', ...options },
    html`<share-manager case-id=${caseId}></share-manager>`,
  );
  const element = provider.querySelector('share-manager') as ShareManager;
  expect(element.shadowRoot, 'the element is registered').to.exist;
  await untilText(element, /case #\d+/);
  await untilText(element, /Shared|Nobody|nobody/);
  return element;
}

/** The element for a project, once it shows who follows it. */
export async function aProjectManager(tenant: TestTenant, projectId: string): Promise<ShareManager> {
  const provider = await aProvider(
    { tenant, width: 'wide' },
    html`<share-manager project-id=${projectId}></share-manager>`,
  );
  const element = provider.querySelector('share-manager') as ShareManager;
  await untilText(element, 'Shared with nobody yet.');
  return element;
}

/** Cuts the stream of changes, so that an element learns nothing but what it asks for. */
export function withoutEvents(request: Request): Promise<Response> {
  if (new URL(request.url).pathname !== '/v1/events') return fetch(request);
  return new Promise((_, reject) =>
    request.signal.addEventListener('abort', () => reject(request.signal.reason as Error)),
  );
}

/** Types a name and takes the one who is offered under it, by the keyboard. */
export async function choose(element: ShareManager, name: string): Promise<void> {
  const field = await untilFound(element, 'combobox', /^Add /);
  field.focus();
  type(field, name);
  await untilFound(element, 'option', new RegExp(`^${name}`));
  press('ArrowDown', field);
  await element.updateComplete;
  press('Enter', field);
  await element.updateComplete;
}

export async function click(element: ShareManager, name: string | RegExp): Promise<void> {
  (await untilFound(element, 'button', name)).click();
  await element.updateComplete;
}

/** Chooses in a list. */
export async function select(element: ShareManager, name: string, value: string): Promise<void> {
  const list = await untilFound<HTMLSelectElement>(element, 'combobox', name);
  list.value = value;
  list.dispatchEvent(new Event('change', { bubbles: true }));
  await element.updateComplete;
}

/** The line of one who has access. */
export function lineOf(element: ShareManager, name: string): HTMLElement | undefined {
  const lines = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('[part=grant]') ?? [])];
  return lines.find((line) => textOf(line.querySelector('strong') as Node) === name);
}

/** The names of those who are chosen and not shared with yet. */
export const chips = (element: ShareManager) =>
  [...(element.shadowRoot?.querySelectorAll('.tag span') ?? [])].map(textOf);

export const canAdd = (element: ShareManager) => find(element, 'combobox', /^Add /) !== undefined;

export const removals = (element: ShareManager) => findAll(element, 'button', /^Remove /).length;
