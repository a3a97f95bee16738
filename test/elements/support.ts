import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import { nothing, type TemplateResult } from 'lit';

import '../../components/case-provider/case-provider.js';
import type { CaseProvider } from '../../components/case-provider/case-provider.element.js';
import type { ImportedCase, SeedCase, SeedData } from '../../server/engine/import-types.js';
import { createCaseClient, type CaseClient } from '../../src/client/client.js';
import type { Case, NewCase } from '../../src/contract/cases.js';
import { sampleCustomers, type SamplePerson } from '../support/sample-tenant.js';
import { waitUntil } from './wait-until.js';

/** A tenant of one test's own, with the accounts and people of `sample-tenant.ts`. */
export interface TestTenant {
  readonly tenant: string;
  readonly tokens: Readonly<Record<SamplePerson, string>>;
  readonly customers: typeof sampleCustomers;
  /** Where its server is. */
  readonly baseUrl: string;
  /** Loads more into it. */
  seed(data: SeedData, imported?: readonly ImportedCase[]): Promise<void>;
  /** A client of its own for somebody, as another browser would have it. */
  clientFor(who: SamplePerson): CaseClient;
}

let seeded = 0;

/** A case as a test needs it: says only what matters. Raised by Mara for Pia at Aldermill, unless told. */
export function aCase(over: Partial<SeedCase> = {}): SeedCase {
  return {
    externalReference: `T-${++seeded}`,
    customerId: sampleCustomers.aldermill,
    requesterId: 'person_pia',
    subject: 'Charged twice in October',
    description: 'Two debits of the same amount.',
    type: 'billing',
    priority: 'normal',
    contactMethod: 'phone',
    createdBy: 'person_mara',
    createdAt: '2025-02-10T09:12:00Z',
    ...over,
  };
}

/** What closes a seeded case. */
export const closed: NonNullable<SeedCase['entries']> = [
  {
    kind: 'closure',
    by: 'person_tomas',
    at: '2025-02-11T10:00:00Z',
    reason: 'resolved',
    text: 'Refunded and told so.',
  },
];

/** What a new case must say, beside what matters to the test. */
export function aNewCase(over: Partial<NewCase> = {}): NewCase {
  return {
    customerId: sampleCustomers.aldermill,
    subject: 'Charged twice in October',
    description: 'Two debits of the same amount.',
    type: 'billing',
    contactMethod: 'phone',
    ...over,
  };
}

const clients: CaseClient[] = [];

/** Where the server is that tells people what happens; see `wtr-app.ts`. */
export const tellingUrl = `${location.origin}/test/telling`;

/** Makes a tenant of the test's own; `true` loads the sample cases. */
export async function aTenant(
  cases: readonly SeedCase[] | boolean = [],
  baseUrl = location.origin,
): Promise<TestTenant> {
  const answer = await post(`${baseUrl}/test/tenant`, {
    cases: cases === true,
    ...(Array.isArray(cases) && cases.length > 0 && { seed: { cases } }),
  });
  const made = (await answer.json()) as Pick<TestTenant, 'tenant' | 'tokens' | 'customers'>;
  return {
    ...made,
    baseUrl,
    seed: async (data, imported) => {
      await post(`${baseUrl}/test/seed`, { tenant: made.tenant, data, ...(imported && { cases: imported }) });
    },
    clientFor: (who) => aClient(made.tokens[who], undefined, baseUrl),
  };
}

/** A token of somebody who is not among the sample people. */
export async function aToken(claims: Readonly<Record<string, unknown>>): Promise<string> {
  const answer = await post('/test/token', { claims });
  return ((await answer.json()) as { token: string }).token;
}

/** A client that goes away with the test. `fetch` lets a test listen to requests, or cut the line. */
export function aClient(
  token: string,
  fetch?: (request: Request) => Promise<Response>,
  baseUrl = location.origin,
): CaseClient {
  const client = createCaseClient({
    baseUrl,
    getToken: () => token,
    ...(fetch && { fetch }),
  });
  clients.push(client);
  return client;
}

/** Lets go of every client and of what fixtures keep open. Call it in `afterEach`. */
export function disposeClients(): void {
  for (const client of clients.splice(0)) client.dispose();
}

/** How a provider is set up for a test. */
export interface ProviderOptions {
  readonly tenant: TestTenant;
  /** Who is signed in: the customer service agent unless told. */
  readonly as?: SamplePerson;
  readonly theme?: 'light' | 'dark';
  /** Sees every request, and answers it. */
  readonly fetch?: (request: Request) => Promise<Response>;
  readonly width?: 'phone' | 'wide';
}

/** Puts elements inside a provider into the page. */
export async function aProvider(
  { tenant, as = 'agent', theme, fetch, width }: ProviderOptions,
  content: TemplateResult,
): Promise<CaseProvider> {
  const client = aClient(tenant.tokens[as], fetch, tenant.baseUrl);
  const frame = await fixture<HTMLElement>(html`
    <div>
      <case-provider .client=${client} theme=${theme ?? nothing}>${content}</case-provider>
    </div>
  `);
  frame.style.inlineSize = width === 'phone' ? '320px' : width === 'wide' ? '1200px' : '';
  frame.style.backgroundColor = theme === 'dark' ? '#0f1216' : '';
  const provider = frame.querySelector('case-provider');
  expect(provider?.shadowRoot, 'the provider is registered').to.exist;
  return provider as CaseProvider;
}

/** Every element below a node, through shadow roots, as a person meets them. */
export function everything(root: Node): Element[] {
  const found: Element[] = [];
  addBelow(root as ParentNode, found);
  return found;
}

function addBelow(parent: ParentNode, found: Element[]): void {
  if (parent instanceof Element && parent.shadowRoot) addBelow(parent.shadowRoot, found);
  for (let child = parent.firstElementChild; child; child = child.nextElementSibling) {
    found.push(child);
    addBelow(child, found);
  }
}

/** What is written below a node, through shadow roots and slots, without what is hidden. */
export function textOf(root: Node): string {
  return visibleText(root).replace(/\s+/g, ' ').trim();
}

function visibleText(node: Node): string {
  if (node instanceof Text) return node.data;
  if (node instanceof Element) {
    if (['STYLE', 'SCRIPT', 'TEMPLATE'].includes(node.tagName)) return '';
    const { display, visibility } = getComputedStyle(node);
    if (display === 'none' || visibility === 'hidden') return '';
    if (node instanceof HTMLSlotElement && node.assignedNodes().length > 0)
      return node.assignedNodes().map(visibleText).join('');
    if (node.shadowRoot) return `${visibleText(node.shadowRoot)} `;
    const inline = display.startsWith('inline') && !/flex|grid|block|table/.test(display);
    const inside = Array.from(node.childNodes).map(visibleText).join('');
    return inline ? inside : ` ${inside} `;
  }
  return Array.from(node.childNodes).map(visibleText).join('');
}

const roles: Readonly<Record<string, string>> = {
  alert: '[role=alert]',
  alertdialog: '[role=alertdialog]',
  button: 'button, [role=button], summary',
  checkbox: 'input[type=checkbox]',
  columnheader: 'th',
  combobox: 'select, [role=combobox]',
  dialog: 'dialog, [role=dialog]',
  heading: 'h1, h2, h3, h4, h5, h6',
  link: 'a[href]',
  menuitem: '[role=menuitem]',
  menuitemcheckbox: '[role=menuitemcheckbox]',
  menuitemradio: '[role=menuitemradio]',
  option: 'option, [role=option]',
  radio: 'input[type=radio]',
  region: 'section[aria-label], [role=region]',
  row: 'tbody tr',
  searchbox: 'input[type=search]',
  status: '[role=status]',
  tab: '[role=tab]',
  textbox: 'input:not([type=checkbox], [type=radio], [type=search], [type=file], [type=hidden]), textarea',
};

/** What an element is called by those who cannot see it, as far as these elements need it. */
export function nameOf(element: Element): string {
  const scope = element.getRootNode() as ParentNode;
  const labelledBy = element.getAttribute('aria-labelledby');
  if (labelledBy)
    return labelledBy
      .split(' ')
      .map((id) => textOf(scope.querySelector(`#${id}`) ?? document.createTextNode('')))
      .join(' ');
  const label = element.getAttribute('aria-label');
  if (label !== null) return label;
  const labels =
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
      ? [...(element.labels ?? [])]
      : [];
  return labels.length > 0 ? labels.map(textOf).join(' ') : textOf(element);
}

function isShown(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}

/** Every visible element of a role, and of a name where one is given, through shadow roots. */
export function findAll<T extends HTMLElement = HTMLElement>(
  root: Node,
  role: keyof typeof roles,
  name?: string | RegExp,
): T[] {
  const selector = roles[role] ?? '';
  return everything(root).filter((element): element is T => {
    if (!element.matches(selector) || !isShown(element)) return false;
    if (name === undefined) return true;
    return typeof name === 'string' ? nameOf(element) === name : name.test(nameOf(element));
  });
}

/** The one visible element of a role and name, or `undefined`. */
export function find<T extends HTMLElement = HTMLElement>(
  root: Node,
  role: keyof typeof roles,
  name?: string | RegExp,
): T | undefined {
  return findAll<T>(root, role, name)[0];
}

/** Waits for an element of a role and name. */
export async function untilFound<T extends HTMLElement = HTMLElement>(
  root: Node,
  role: keyof typeof roles,
  name?: string | RegExp,
): Promise<T> {
  await waitUntil(() => find(root, role, name), `no ${role} ${String(name ?? '')}`);
  return find<T>(root, role, name) as T;
}

/** Waits until a text can be read. */
export async function untilText(root: Node, text: string | RegExp): Promise<void> {
  await waitUntil(
    () => (typeof text === 'string' ? textOf(root).includes(text) : text.test(textOf(root))),
    `never said ${String(text)}`,
  );
}

/** Waits until a text can no longer be read. */
export async function untilNoText(root: Node, text: string): Promise<void> {
  await waitUntil(() => !textOf(root).includes(text), `still says ${text}`);
}

/** Types into a field as a person would: the value, and the events that come with it. */
export function type(field: HTMLElement, value: string): void {
  (field as HTMLInputElement).value = value;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Presses a key on whatever has the focus, or on an element. */
export function press(key: string, on: Element = deepFocus()): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true });
  on.dispatchEvent(event);
  return event;
}

/** What has the focus, through shadow roots. */
export function deepFocus(): Element {
  let focused: Element = document.activeElement ?? document.body;
  while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused;
}

/** Waits for the next event of a name that reaches the page. */
export function nextEvent<T extends Event>(target: EventTarget, name: string): Promise<T> {
  return new Promise((resolve) =>
    target.addEventListener(name, (event) => resolve(event as T), { once: true }),
  );
}

/** Closes a case as somebody else, in another browser. */
export async function closeElsewhere(tenant: TestTenant, caseId: string): Promise<Case> {
  const client = tenant.clientFor('administrator');
  const { version } = await client.cases.get(caseId);
  return client.cases.close(caseId, { reason: 'resolved', note: 'Done.' }, { version });
}

/** Lets everything that is already due happen, so that a test can say that nothing did. */
export async function settled(): Promise<void> {
  await aTimeout(0);
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

async function post(path: string, body: object): Promise<Response> {
  const answer = await fetch(path, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}
