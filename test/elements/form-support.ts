import { fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';

import '../../components/case-provider/case-provider.js';
import { createCaseClient, type CaseClient } from '../../src/client/client.js';
import type { Case, NewCase } from '../../src/contract/cases.js';
import type { SamplePerson } from '../support/sample-tenant.js';
import { waitUntil } from './wait-until.js';

/** A tenant of the test's own, with the accounts and people of `sample-tenant.ts`. */
export interface Tenant {
  readonly tenant: string;
  readonly tokens: Readonly<Record<SamplePerson, string>>;
  readonly customers: { readonly aldermill: string; readonly quist: string; readonly harbour: string };
}

export async function aTenant(): Promise<Tenant> {
  const response = await fetch('/test/tenant', { method: 'POST', body: '{}' });
  return (await response.json()) as Tenant;
}

/** A client over the real network that notes its writes, and can be cut off. */
export interface Line {
  readonly client: CaseClient;
  /** Method and path of every request that writes, in order. */
  readonly writes: string[];
  /** While set, writes do not arrive. */
  cut: boolean;
  /** While set, writes arrive and their answers do not. */
  mute: boolean;
}

export function aLine({ tokens }: Tenant, who: SamplePerson): Line {
  const writes: string[] = [];
  const line = {
    writes,
    cut: false,
    mute: false,
    client: createCaseClient({
      baseUrl: '/',
      getToken: () => tokens[who],
      fetch: async (request) => {
        if (request.method !== 'GET') {
          writes.push(`${request.method} ${new URL(request.url).pathname}`);
          if (line.cut) throw new TypeError('Failed to fetch');
        }
        const answer = await fetch(request);
        if (line.mute && request.method !== 'GET') throw new TypeError('Failed to fetch');
        return answer;
      },
    }),
  };
  return line;
}

/** An open case of the first account, made by the agent. */
export async function aCase(tenant: Tenant, changes: Partial<NewCase> = {}): Promise<Case> {
  const { client } = aLine(tenant, 'agent');
  const created = await client.cases.create({
    customerId: tenant.customers.aldermill,
    subject: 'Charged twice in October',
    description: 'Two debits on the same day.',
    type: 'billing',
    contactMethod: 'phone',
    priority: 'normal',
    deadline: '2030-05-04',
    tags: ['refund', 'october'],
    ...changes,
  });
  client.dispose();
  return created;
}

/** The element of `template` inside a provider with this client. */
export async function inProvider<T extends Element>(
  { client }: Line,
  template: TemplateResult,
  theme: 'light' | 'dark' = 'light',
): Promise<T> {
  const provider = await fixture(
    html`<case-provider .client=${client} theme=${theme}>${template}</case-provider>`,
  );
  const element = provider.firstElementChild;
  if (!element?.shadowRoot) throw new Error('The element is not defined.');
  return element as T;
}

/** Finds in the element's own shadow root; fails when there is none. */
export function find<T extends HTMLElement = HTMLElement>(element: Element, selector: string): T {
  const found = element.shadowRoot?.querySelector<T>(selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
}

export function has(element: Element, selector: string): boolean {
  return element.shadowRoot?.querySelector(selector) !== null;
}

export function textOf(element: Element): string {
  return (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ');
}

/** Waits until the element says `text`. */
export async function untilText(element: Element, text: string): Promise<void> {
  await waitUntil(() => textOf(element).includes(text), `It never said “${text}”: ${textOf(element)}`);
}

/** Waits until the element has something. */
export async function until(element: Element, selector: string): Promise<void> {
  await waitUntil(() => has(element, selector), `There never was ${selector}: ${textOf(element)}`);
}

/** Types or chooses, as a person does: the value, then the events. */
export function fill(element: Element, name: string, value: string): void {
  const control = find<HTMLInputElement>(element, `[name=${name}]`);
  control.value = value;
  control.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  if (control.localName === 'select') control.dispatchEvent(new Event('change', { bubbles: true }));
}

export function valueOf(element: Element, name: string): string {
  return find<HTMLInputElement>(element, `[name=${name}]`).value;
}

export function press(element: Element, action: string): void {
  find(element, `[data-action=${action}]`).click();
}

export function key(target: EventTarget, name: string, more: KeyboardEventInit = {}): void {
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true, cancelable: true, ...more }),
  );
}

/** What stands under a field, as its `aria-describedby` links it. */
export function errorUnder(element: Element, name: string): string {
  const control = find(element, `[name=${name}]`);
  const ids = control.getAttribute('aria-describedby')?.split(' ') ?? [];
  const id = ids.find((candidate) => candidate.endsWith('-error'));
  return id ? (find(element, `[id="${id}"]`).textContent ?? '').trim() : '';
}

/** Waits for an event of that name. */
export function heard<T extends keyof HTMLElementEventMap>(
  element: EventTarget,
  name: T,
): Promise<HTMLElementEventMap[T]> {
  return new Promise((resolve) =>
    element.addEventListener(name, (event) => resolve(event as HTMLElementEventMap[T]), { once: true }),
  );
}

/** Whether anything in the element is wider than its room. */
export function overflows(element: Element): boolean {
  const box = find(element, 'dialog, section');
  const body = find(element, '.body');
  return box.scrollWidth > box.clientWidth || body.scrollWidth > body.clientWidth;
}
