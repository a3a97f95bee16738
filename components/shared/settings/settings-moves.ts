import { msg, str } from '@lit/localize';

import { formatInstant, formatTime, toLocalDate } from '../format.js';
import { formatList } from '../locale.js';

/** Who changed the settings, and when. */
export interface Move {
  readonly by: string | undefined;
  readonly at: string | undefined;
}

/** `fields` by their names: "Iris Vahl changed Case types and Priorities at 10:51." */
export function fieldsMoveText(fields: readonly string[], { by, at }: Move): string {
  const who = by ?? msg('Somebody', { id: 'panel.moved.somebody' });
  const when = momentText(at);
  const names = formatList(fields);
  return msg(str`${who} changed ${names} ${when}.`, { id: 'panel.moved.fields' });
}

/** "Iris Vahl saved the settings at 10:51." */
export function savedMoveText({ by, at }: Move): string {
  const who = by ?? msg('Somebody', { id: 'panel.moved.somebody' });
  const when = momentText(at);
  return msg(str`${who} saved the settings ${when}.`, { id: 'settings.moved' });
}

function momentText(at: string | undefined): string {
  const shown = formatInstant(at);
  if (!at || !shown) return msg('meanwhile', { id: 'moment.meanwhile' });
  const moment = new Date(at);
  if (toLocalDate(moment) !== toLocalDate(new Date())) return msg(str`on ${shown}`, { id: 'moment.on' });
  return msg(str`at ${formatTime(moment)}`, { id: 'moment.at' });
}
