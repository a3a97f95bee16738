import { msg, str } from '@lit/localize';

import type { Choice, ChoiceList, Settings } from '../../src/contract/settings.js';

/** What to show for a listed value: its label, marked when retired (CC-08); the raw value when the list does not know it. */
export function choiceLabel(settings: Settings | undefined, list: ChoiceList, id: string): string {
  const choice = settings?.[list].find((candidate) => candidate.id === id);
  if (!choice) return id;
  return choice.retired ? msg(str`${choice.label} (retired)`, { id: 'choice.retired' }) : choice.label;
}

/** The values that may be chosen anew, and the current one even when retired, so that leaving it alone changes nothing. */
export function choosable(
  settings: Settings | undefined,
  list: ChoiceList,
  current?: string | null,
): readonly Choice[] {
  return settings?.[list].filter((choice) => !choice.retired || choice.id === current) ?? [];
}

/** Where a priority stands among the others: an arrow beside its name says it without colour. */
export function priorityMark(settings: Settings | undefined, id: string): '▲' | '▼' | '' {
  const active = settings?.priorities.filter((choice) => !choice.retired) ?? [];
  const normal = settings?.defaultPriority ?? active[Math.floor(active.length / 2)]?.id;
  const rank = active.findIndex((choice) => choice.id === id);
  const middle = active.findIndex((choice) => choice.id === normal);
  if (rank === -1 || middle === -1 || rank === middle) return '';
  return rank < middle ? '▲' : '▼';
}

/** A status in words; one that the domain does not know is shown raw (CC-16). */
export function statusLabel(status: string): string {
  if (status === 'open') return msg('Open', { id: 'status.open' });
  if (status === 'closed') return msg('Closed', { id: 'status.closed' });
  return status;
}
