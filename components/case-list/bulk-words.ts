import { msg, str } from '@lit/localize';

import type { BulkAction } from '../../src/contract/bulk.js';
import type { CaseSummary } from '../../src/contract/cases.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Capabilities } from '../../src/contract/session.js';
import { changeMoveText, statusMoveText } from '../shared/change-words.js';
import { fieldErrorText } from '../shared/field-errors.js';
import { formatNumber, plural } from '../shared/locale.js';
import { ruleText } from '../shared/localization.js';
import { refusalText } from '../shared/verdict.js';

// What the verdict on a case is called that an action needs.
const verdicts = { close: 'close', reopen: 'reopen', tag: 'edit', assign: 'assign' } as const;

/** Whether a case, as last heard of, allows an action. */
export function allows(action: BulkAction, { permissions }: CaseSummary): boolean {
  return permissions[verdicts[action]]?.allowed === true;
}

/** The actions the backend has; a missing capability hides its control. */
export function actionsOf({ closeCases, editCases, tags }: Capabilities): readonly BulkAction[] {
  return [
    ...(closeCases ? (['close', 'reopen'] as const) : []),
    ...(editCases && tags ? (['tag'] as const) : []),
    ...(editCases ? (['assign'] as const) : []),
  ];
}

/** Why none of the cases allows an action; `undefined` where one does. */
export function refusalForAll(action: BulkAction, cases: readonly CaseSummary[]): string | undefined {
  const [first] = cases;
  if (!first || cases.some((item) => allows(action, item))) return undefined;
  const verdict = (cases.find(({ status }) => status === 'open') ?? first).permissions[verdicts[action]];
  if (verdict?.rule === 'case.closed')
    return action === 'close'
      ? msg('What you selected is closed already.', { id: 'bulk.refusal.closed' })
      : msg('What you selected is closed. Reopen it first.', { id: 'bulk.refusal.reopen-first' });
  if (verdict?.rule === 'case.open')
    return msg('What you selected is open already.', { id: 'bulk.refusal.open' });
  return refusalText(verdict);
}

/** What the button says that opens the dialog of an action. */
export function actionLabel(action: BulkAction): string {
  switch (action) {
    case 'close':
      return msg('Close…', { id: 'bulk.close' });
    case 'reopen':
      return msg('Reopen…', { id: 'bulk.reopen' });
    case 'tag':
      return msg('Tag…', { id: 'bulk.tag' });
    case 'assign':
      return msg('Assign…', { id: 'bulk.assign' });
  }
}

/** What is about to be done, to how many: the title of the dialog, and what its button says. */
export function taskText(action: BulkAction, count: number): string {
  switch (action) {
    case 'close':
      return plural(count, msg('one {Close # case} other {Close # cases}', { id: 'bulk.close.title' }));
    case 'reopen':
      return plural(count, msg('one {Reopen # case} other {Reopen # cases}', { id: 'bulk.reopen.title' }));
    case 'tag':
      return plural(count, msg('one {Tag # case} other {Tag # cases}', { id: 'bulk.tag.title' }));
    case 'assign':
      return plural(count, msg('one {Assign # case} other {Assign # cases}', { id: 'bulk.assign.title' }));
  }
}

/** What was done, to how many: "12 closed". */
export function doneText(action: BulkAction, count: number): string {
  switch (action) {
    case 'close':
      return plural(count, msg('one {# closed} other {# closed}', { id: 'bulk.close.done' }));
    case 'reopen':
      return plural(count, msg('one {# reopened} other {# reopened}', { id: 'bulk.reopen.done' }));
    case 'tag':
      return plural(count, msg('one {# tagged} other {# tagged}', { id: 'bulk.tag.done' }));
    case 'assign':
      return plural(count, msg('one {# assigned} other {# assigned}', { id: 'bulk.assign.done' }));
  }
}

/** What became of everything: "12 closed, 2 refused, 100 not sent"; what there is none of is left out. */
export function outcomeText(
  action: BulkAction,
  { done, refused, unsent }: { readonly done: number; readonly refused: number; readonly unsent: number },
): string {
  const parts = [
    doneText(action, done),
    refused > 0
      ? plural(refused, msg('one {# refused} other {# refused}', { id: 'bulk.refused' }))
      : undefined,
    unsent > 0
      ? plural(unsent, msg('one {# not sent} other {# not sent}', { id: 'bulk.unsent' }))
      : undefined,
  ].filter((part) => part !== undefined);
  return parts.reduce((text, part) => msg(str`${text}, ${part}`, { id: 'bulk.outcome' }));
}

/** How far a run of several calls is. */
export function progressText(sent: number, total: number): string {
  const part = formatNumber(sent);
  return plural(
    total,
    msg(str`one {${part} of # answered} other {${part} of # answered}`, { id: 'bulk.progress' }),
  );
}

/** That all went well, once the dialog has closed. */
export function allDoneText(action: BulkAction, count: number): string {
  switch (action) {
    case 'close':
      return plural(count, msg('one {# case closed.} other {# cases closed.}', { id: 'bulk.close.all' }));
    case 'reopen':
      return plural(
        count,
        msg('one {# case reopened.} other {# cases reopened.}', { id: 'bulk.reopen.all' }),
      );
    case 'tag':
      return plural(count, msg('one {# case tagged.} other {# cases tagged.}', { id: 'bulk.tag.all' }));
    case 'assign':
      return plural(
        count,
        msg('one {# case assigned.} other {# cases assigned.}', { id: 'bulk.assign.all' }),
      );
  }
}

/** How many of the selected cases allow it, where not all do. */
export function partlyText(action: BulkAction, cases: readonly CaseSummary[]): string | undefined {
  const fitting = cases.filter((item) => allows(action, item)).length;
  if (fitting === cases.length) return undefined;
  const part = formatNumber(fitting);
  return plural(
    cases.length,
    msg(
      str`one {${part} of # selected case allows this. What does not stays as it is and is named afterwards.} other {${part} of # selected cases allow this. The others stay as they are and are named afterwards.}`,
      { id: 'bulk.partly' },
    ),
  );
}

/** Why one case was refused, with who and when where somebody was faster. */
export function problemText(problem: Problem): string {
  const move = { by: problem.by?.name, at: problem.at ?? undefined };
  switch (problem.code) {
    case 'case_closed':
      return statusMoveText('closed', move);
    case 'case_open':
      return statusMoveText('open', move);
    case 'version_conflict':
      return changeMoveText(move);
    case 'not_found':
      return msg('This is not available. It may have been removed, or it is not shared with you.', {
        id: 'failure.not-found',
      });
    case 'validation_failed':
      return problem.errors?.[0] ? fieldErrorText(problem.errors[0]) : problem.title;
    default:
      return ruleText(problem.rule) ?? problem.detail ?? problem.title;
  }
}
