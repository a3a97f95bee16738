import { waitUntil as waitUntilWithin } from '@open-wc/testing';

import type { CaseList } from '../../components/case-list/case-list.element.js';
import type { BulkInput } from '../../src/contract/bulk.js';
import { findAll, textOf, untilFound } from './support.js';
import { waitUntil } from './wait-until.js';

export const boxes = (list: CaseList) => findAll<HTMLInputElement>(list, 'checkbox', /^Select #/);
export const headBox = (list: CaseList) =>
  untilFound<HTMLInputElement>(list, 'checkbox', /^Select (all|the) .*shown$/);

/** The checkbox of the case with this subject. */
export const boxOf = (list: CaseList, subject: string) =>
  untilFound<HTMLInputElement>(list, 'checkbox', new RegExp(`^Select #\\d+ ${subject}$`));

export const picked = (list: CaseList) =>
  boxes(list)
    .filter(({ checked }) => checked)
    .map((box) => (box.getAttribute('aria-label') ?? '').replace(/^Select #\d+ /, ''));

/** What the toolbar says about how many. */
export const countOf = (list: CaseList) => textOf(list.shadowRoot?.querySelector('[part=count]') ?? list);

export async function untilCount(list: CaseList, text: string): Promise<void> {
  await waitUntil(() => countOf(list) === text, `the count is never “${text}”`);
}

/** What a screen reader was told last, outside of the toolbar. */
export const said = (list: CaseList) =>
  textOf(list.shadowRoot?.querySelector('section > [role=status]') ?? list);

/** Clicks like a mouse: a click of a program counts as one of the keyboard. */
export function click(element: Element, options: MouseEventInit = {}): void {
  element.dispatchEvent(
    new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, detail: 1, ...options }),
  );
}

export async function select(list: CaseList, ...names: readonly string[]): Promise<void> {
  for (const name of names) click(await boxOf(list, name));
  await waitUntil(() => names.every((name) => picked(list).includes(name)), 'selected');
}

/** Lets a test look at every bulk call, hold it, or cut the line before or after the server has answered. */
export function aLine() {
  const calls: { readonly key: string | null; readonly body: BulkInput }[] = [];
  const line = {
    calls,
    meet: (_call: number, pass: () => Promise<Response>): Promise<Response> => pass(),
    fetch: async (request: Request): Promise<Response> => {
      if (new URL(request.url).pathname !== '/v1/cases/bulk') return fetch(request);
      const body = (await request.clone().json()) as BulkInput;
      calls.push({ key: request.headers.get('idempotency-key'), body });
      return line.meet(calls.length, () => fetch(request));
    },
  };
  return line;
}

export const cut = () => Promise.reject(new TypeError('The line was cut.'));

/** Waits for what follows many writes, or the retries of a broken line: longer than for a single answer. */
export function untilWritten(root: Element, text: string): Promise<void> {
  return waitUntilWithin(() => textOf(root).includes(text), `never said ${text}`, { timeout: 55_000 });
}
