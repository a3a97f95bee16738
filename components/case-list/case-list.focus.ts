import type { LitElement } from 'lit';

import type { CaseSummary } from '../../src/contract/cases.js';

/** Up and Down go from row to row. */
export function moveBetweenRows(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[data-case]')];
  const next = rows[rows.findIndex((row) => row === event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
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
