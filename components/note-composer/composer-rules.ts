import { msg, str } from '@lit/localize';

import { caseStatuses, type Case } from '../../src/contract/cases.js';
import type { NoteVisibility } from '../../src/contract/notes.js';
import type { Session } from '../../src/contract/session.js';
import { refusalText } from '../shared/verdict.js';

/** What the verdicts of a case let its reader write. */
export interface ComposerRules {
  /** `closed`: nothing may be added until the case is open again. `refused`: nothing may be added, see `reason`. */
  readonly state: 'write' | 'closed' | 'refused';
  readonly reason?: string | undefined;
  readonly agent: boolean;
  /** Why not, by audience; an audience that is offered and allowed has no entry. */
  readonly refusals: Readonly<Partial<Record<NoteVisibility, string>>>;
  /** The audiences to offer, allowed or not. */
  readonly audiences: readonly NoteVisibility[];
  readonly attach: boolean;
  readonly attachReason?: string | undefined;
  readonly reopen: boolean;
}

/** Reads the verdicts; nothing is re-derived here, and an absent verdict is a refusal. */
export function composerRules(record: Case, session: Session): ComposerRules {
  const { permissions } = record;
  const agent = session.actor.kind === 'agent';
  const audiences: NoteVisibility[] =
    agent && session.capabilities.internalNotes ? ['public', 'internal'] : ['public'];
  const refusals: Partial<Record<NoteVisibility, string>> = {};
  if (!permissions.reply?.allowed) refusals.public = refusalText(permissions.reply);
  if (!permissions.addInternalNote?.allowed) refusals.internal = refusalText(permissions.addInternalNote);
  const known = caseStatuses.some((status) => status === record.status);
  const any = audiences.some((audience) => !refusals[audience]);
  const attach = session.capabilities.attachments && permissions.attach?.allowed === true;
  const base = {
    agent,
    refusals,
    audiences,
    attach,
    attachReason: !attach && session.capabilities.attachments ? refusalText(permissions.attach) : undefined,
    reopen: known && permissions.reopen?.allowed === true,
  };
  if (!known)
    return {
      ...base,
      state: 'refused',
      reason: msg(str`Nothing can be added while the status is “${record.status}”.`, {
        id: 'note-composer.unknown-status',
      }),
    };
  if (any) return { ...base, state: 'write' };
  if (record.status === 'closed') return { ...base, state: 'closed' };
  return { ...base, state: 'refused', reason: refusals[audiences[0] ?? 'public'] };
}

/**
 * Who will read the note: while nothing is written, whom the writer may write for. What is written stays for those it was
 * written for, even where that is no longer allowed: it never reaches others unasked (DE-09).
 */
export function audienceOf(
  { visibility, text }: { readonly visibility: NoteVisibility; readonly text: string },
  { audiences, refusals }: Pick<ComposerRules, 'audiences' | 'refusals'>,
): NoteVisibility {
  if (text.trim() !== '' && audiences.includes(visibility)) return visibility;
  const allowed = audiences.filter((audience) => !refusals[audience]);
  return allowed.includes(visibility) ? visibility : (allowed[0] ?? audiences[0] ?? 'public');
}
