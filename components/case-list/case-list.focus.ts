import type { LitElement } from 'lit';

import type { CaseSummary } from '../../src/contract/cases.js';

/** The case of the row that an element stands in. */
export function caseOf(element: Element | null | undefined): string | undefined {
  return element?.closest('tr, li')?.querySelector<HTMLElement>('[data-case]')?.dataset['case'];
}

/** What takes the focus in another row: a checkbox for who comes from one, else the way to the case. */
export function controlLike(from: Element, row: Element | null | undefined): HTMLElement | null | undefined {
  const box = from instanceof HTMLInputElement && row?.closest('tr')?.querySelector<HTMLElement>('input');
  return box || row?.closest('tr, li')?.querySelector<HTMLElement>('[data-case]');
}

/** The row to go to from the one at `place`: the next one, a screen further, or an end; none for other keys. */
export function rowForKey(
  event: KeyboardEvent,
  { place, count, page }: { readonly place: number; readonly count: number; readonly page: number },
): number | undefined {
  if (place < 0 || event.altKey || event.ctrlKey || event.metaKey) return undefined;
  // With Shift a range is selected on the way, from a checkbox.
  if (event.shiftKey && !(event.target instanceof HTMLInputElement)) return undefined;
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: place + 1,
    ArrowUp: place - 1,
    PageDown: place + page,
    PageUp: place - page,
    Home: 0,
    End: count - 1,
  };
  const target = targets[event.key];
  return target === undefined ? undefined : Math.min(Math.max(target, 0), count - 1);
}

/** How many rows like this one the reader sees at once. */
export function rowsOnScreen(row: Element): number {
  const height = row.closest('tr, li')?.getBoundingClientRect().height || 1;
  const room = Math.min(row.closest('.scroll')?.clientHeight ?? innerHeight, innerHeight);
  return Math.max(1, Math.floor(room / height) - 1);
}

/** Up and Down go from row to row, Page Up and Page Down a screen further, Home and End to the ends. */
export function moveBetweenRows(event: KeyboardEvent): void {
  const rows = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[data-case]')];
  const from = event.target as Element;
  const place = rows.findIndex((row) => row.dataset['case'] === caseOf(from));
  const page = place < 0 ? 1 : rowsOnScreen(from);
  const target = rowForKey(event, { place, count: rows.length, page });
  if (target === undefined) return;
  event.preventDefault();
  controlLike(from, rows[target])?.focus();
}

/** Whoever stood on a row that leaves goes on at the row that takes its place. Called while the rows still stand. */
export function keepFocus(host: LitElement, leaving: readonly CaseSummary[]): void {
  const focused = host.shadowRoot?.activeElement;
  const id = caseOf(focused);
  if (!focused || !id || !leaving.some((row) => row.id === id)) return;
  const buttons = () => [...host.renderRoot.querySelectorAll<HTMLElement>('[data-case]')];
  const place = buttons().findIndex((button) => button.dataset['case'] === id);
  void host.updateComplete.then(() => {
    const left = buttons();
    const next = left[Math.min(place, left.length - 1)];
    (controlLike(focused, next) ?? host.renderRoot.querySelector<HTMLElement>('button'))?.focus();
  });
}
