import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { Case } from '../../src/contract/cases.js';
import { isGoneError, isNotFoundError, type CaseError } from '../../src/errors.js';
import { failureText } from '../shared/failure.js';
import { formatMoment } from '../shared/format.js';
import { caseIcon } from '../shared/case-icons.js';
import { icon } from '../shared/icons.js';
import { personName } from '../shared/person.js';
import type { ComposerRules } from './composer-rules.js';

/** The composer's shape while the case is read. */
export function renderSkeleton(): TemplateResult {
  return html`<div class="waiting" aria-hidden="true">
    <span class="skeleton line"></span>
    <span class="skeleton box"></span>
  </div>`;
}

/** That there is no case to write on; which of the reasons it is says no more than the case itself would (E-404). */
export function renderUnavailable(error: CaseError, retry: () => void): TemplateResult {
  return html`<div class="notice" part="message" role="alert">
    ${icon('alert')}
    <p class="grow">${failureText(error)}</p>
    ${
      isNotFoundError(error) || isGoneError(error)
        ? nothing
        : html`<button class="button" type="button" @click=${retry}>
            ${msg('Try again', { id: 'note-composer.retry' })}
          </button>`
    }
  </div>`;
}

/** Why nothing may be written (E-FORB). `kept`: something was, before the right went. */
export function renderRefused({ reason }: ComposerRules, kept: boolean): TemplateResult {
  return html`<p class="notice" part="message">
    ${icon('lock')}
    <span class="grow"
      >${reason}
      ${kept ? html` ${msg('Your text is kept here.', { id: 'note-composer.kept' })}` : nothing}</span
    >
  </p>`;
}

/** That the case is closed, and what can be done about it (CC-37, decision 4). */
export function renderClosed(view: {
  readonly record: Case;
  readonly rules: ComposerRules;
  readonly kept: boolean;
  readonly reopen: () => void;
}): TemplateResult {
  const { record, rules, kept, reopen } = view;
  return html`<div class="notice" part="message">
    ${icon('lock')}
    <p class="grow">
      ${kept ? closedMeanwhile(record) : msg('This case is closed.', { id: 'note-composer.closed' })}
      ${
        rules.agent
          ? nothing
          : msg('If it is not solved, start a new case or get in touch with support.', {
              id: 'note-composer.closed.customer',
            })
      }
    </p>
    ${
      rules.reopen
        ? html`<button class="button" @click=${reopen}>
            ${caseIcon('reopen')}${msg('Reopen case', { id: 'note-composer.reopen' })}
          </button>`
        : nothing
    }
  </div>`;
}

function closedMeanwhile({ closure }: Case): string {
  if (!closure?.by)
    return msg('This case was closed meanwhile, so the note was not added. Your text is kept here.', {
      id: 'note-composer.closed.meanwhile',
    });
  const who = personName(closure.by);
  const when = formatMoment(closure.at) ?? msg('unknown date', { id: 'date.unknown' });
  return msg(str`${who} closed this case (${when}). The note was not added; your text is kept here.`, {
    id: 'note-composer.closed.meanwhile.by',
  });
}
