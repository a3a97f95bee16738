import { expect, html } from '@open-wc/testing';

import '../../components/case-list/case-list.js';
import type { CaseList } from '../../components/case-list/case-list.element.js';
import {
  aProvider,
  deepFocus,
  findAll,
  textOf,
  untilFound,
  type ProviderOptions,
  type TestTenant,
} from './support.js';
import { waitUntil } from './wait-until.js';

export type Options = Partial<Omit<ProviderOptions, 'tenant'>> & {
  readonly filters?: string;
  readonly customer?: string;
  readonly view?: string;
};

export async function aList(tenant: TestTenant, { filters = '', customer, view, ...options }: Options = {}) {
  const provider = await aProvider(
    { tenant, as: 'administrator', ...options },
    html`<case-list .filterState=${filters} .viewId=${view} .customerId=${customer}></case-list>`,
  );
  const list = provider.querySelector('case-list') as CaseList;
  expect(list.shadowRoot, 'the list is registered').to.exist;
  return { provider, list };
}

export async function aWidget(tenant: TestTenant, { customer, ...options }: Options = {}) {
  const provider = await aProvider(
    { tenant, ...options },
    html`<case-list compact customer-id=${customer ?? tenant.customers.aldermill}></case-list>`,
  );
  const list = provider.querySelector('case-list') as CaseList;
  expect(list.shadowRoot, 'the list is registered').to.exist;
  return { provider, list };
}

/** Passes every request on, and remembers those for cases. */
export function listening() {
  const asked: URL[] = [];
  return {
    asked,
    fetch: (request: Request) => {
      const url = new URL(request.url);
      if (url.pathname === '/v1/cases') asked.push(url);
      return fetch(request);
    },
  };
}

export async function openFilter(list: CaseList, name: string): Promise<HTMLElement> {
  (await untilFound(list, 'button', new RegExp(`^${name}`))).click();
  const panel = await untilFound(list, 'dialog', name);
  await waitUntil(() => panel.contains(deepFocus()), 'the panel takes the focus');
  return panel;
}

export const subjects = (list: CaseList) =>
  findAll(list, 'row').map((row) => textOf(row.querySelector('.subject') ?? row));
