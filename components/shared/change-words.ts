import { msg, str } from '@lit/localize';

import type { CaseClient } from '../../src/client/client.js';
import type { Case } from '../../src/contract/cases.js';
import { isConflictError } from '../../src/errors.js';
import { failureText } from './failure.js';
import { formatInstant, formatTime, toLocalDate } from './format.js';
import { formatList } from './locale.js';

/** Who moved a case, and when. */
export interface Move {
  readonly by: string | undefined;
  readonly at: string | undefined;
}

/** Who changed the fields of a case last: the record does not say, its history does. */
export async function lastMove(client: CaseClient, caseId: string): Promise<Move> {
  try {
    const { items } = await client.cases.timeline(caseId, { limit: 10 });
    const entry = items.find(({ kind }) => kind === 'change' || kind === 'closure' || kind === 'reopening');
    return { by: entry?.by?.name, at: entry?.at ?? undefined };
  } catch {
    // Only the name is missing then: that the case moved is said all the same.
    return { by: undefined, at: undefined };
  }
}

/** The change of status that is in force, with who made it. */
export function statusMove({ status, closure, reopening }: Case): Move {
  const change = status === 'closed' ? closure : reopening;
  return { by: change?.by?.name, at: change?.at ?? undefined };
}

/** "Luca Moretti closed this case at 10:51." */
export function statusMoveText(status: string, move: Move): string {
  const who = nameOf(move);
  const when = momentText(move.at);
  if (status === 'closed') return msg(str`${who} closed this case ${when}.`, { id: 'panel.moved.closed' });
  return msg(str`${who} reopened this case ${when}.`, { id: 'panel.moved.reopened' });
}

/** "Luca Moretti changed this case at 10:51." */
export function changeMoveText(move: Move): string {
  const who = nameOf(move);
  const when = momentText(move.at);
  return msg(str`${who} changed this case ${when}.`, { id: 'panel.moved.changed' });
}

/** "Luca Moretti changed Priority and Type at 10:51." */
export function fieldsMoveText(fields: readonly string[], move: Move): string {
  const who = nameOf(move);
  const when = momentText(move.at);
  const names = formatList(fields);
  return msg(str`${who} changed ${names} ${when}.`, { id: 'panel.moved.fields' });
}

/** Why a write was refused, with who and when where somebody was faster (E-CONF). */
export function refusedText(error: unknown): string {
  if (!isConflictError(error)) return failureText(error);
  const move: Move = { by: error.by?.name, at: error.at ?? undefined };
  if (error.code === 'case_closed') return statusMoveText('closed', move);
  if (error.code === 'case_open') return statusMoveText('open', move);
  if (error.code === 'version_conflict') return changeMoveText(move);
  return failureText(error);
}

function nameOf({ by }: Move): string {
  return by ?? msg('Somebody', { id: 'panel.moved.somebody' });
}

function momentText(at: string | undefined): string {
  const shown = formatInstant(at);
  if (!at || !shown) return msg('meanwhile', { id: 'moment.meanwhile' });
  const moment = new Date(at);
  if (toLocalDate(moment) !== toLocalDate(new Date())) return msg(str`on ${shown}`, { id: 'moment.on' });
  return msg(str`at ${formatTime(moment)}`, { id: 'moment.at' });
}
