import type { LitElement } from 'lit';

import type { CaseSummary } from '../../src/contract/cases.js';

/** The row to go to from the one at `place`: the next one, a screen further, or an end; none for other keys. */
export function rowForKey(
  event: KeyboardEvent,
  { place, count, page }: { readonly place: number; readonly count: number; readonly page: number },
): number | undefined {
  if (place < 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
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
  const place = rows.findIndex((row) => row === event.target);
  const page = place < 0 ? 1 : rowsOnScreen(event.target as Element);
  const target = rowForKey(event, { place, count: rows.length, page });
  if (target === undefined) return;
  event.preventDefault();
  rows[target]?.focus();
}

/** Whoever stood on a row that leaves goes on at the row that takes its place. Called while the rows still stand. */
export function keepFocus(host: LitElement, leaving: readonly CaseSummary[]): void {
  const focused = host.shadowRoot?.activeElement;
  const id = focused instanceof HTMLElement ? focused.dataset['case'] : undefined;
  if (!id || !leaving.some((row) => row.id === id)) return;
  const buttons = () => [...host.renderRoot.querySelectorAll<HTMLElement>('[data-case]')];
  const place = buttons().findIndex((button) => button === focused);
  void host.updateComplete.then(() => {
    const left = buttons();
    (left[Math.min(place, left.length - 1)] ?? host.renderRoot.querySelector<HTMLElement>('button'))?.focus();
  });
}
