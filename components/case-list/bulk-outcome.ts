import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { BulkAction } from '../../src/contract/bulk.js';
import type { CaseSummary } from '../../src/contract/cases.js';
import { failureText } from '../shared/failure.js';
import type { FormSubmission } from '../shared/form-submission.js';
import { icon } from '../shared/icons.js';
import { formatNumber } from '../shared/locale.js';
import type { Outcome } from './bulk-dialog.js';
import type { BulkRun } from './bulk-run.js';
import { outcomeText, problemText, progressText } from './bulk-words.js';

/** What the outcome shows, and where it leads. */
export interface OutcomeView {
  readonly header: TemplateResult;
  readonly refused: Outcome['refused'];
  /** The cases as they were when they were sent. */
  readonly known: ReadonlyMap<string, CaseSummary>;
  /** How many are still selected: refused or not sent, and still in the list. */
  readonly left: number;
  readonly onOpen: (caseId: string) => void;
  readonly onKeep: () => void;
  readonly onRetry: () => void;
  readonly onDone: () => void;
}

/** What became of the cases where not all went well: the refused ones, each with its reason and a way to it. */
export function renderOutcome(view: OutcomeView): TemplateResult {
  const { header, refused, known, left } = view;
  return html`<div class="outcome">
    ${header}
    <div class="body">
      ${
        refused.length > 0
          ? html`<ul class="refusals" aria-label=${msg('Refused', { id: 'bulk.refusals' })}>
              ${refused.map((result) => renderRefusal(result, known.get(result.id), view))}
            </ul>`
          : nothing
      }
    </div>
    <footer role="presentation">
      <div class="actions">
        ${
          left > 0
            ? html`<button class="button" type="button" @click=${view.onKeep}>
                  ${msg(str`Keep ${formatNumber(left)} selected`, { id: 'bulk.keep' })}
                </button>
                <button class="button" type="button" @click=${view.onRetry}>
                  ${msg('Try again', { id: 'action.retry' })}
                </button>`
            : nothing
        }
        <button class="button primary" type="button" @click=${view.onDone}>
          ${msg('Done', { id: 'bulk.done' })}
        </button>
      </div>
    </footer>
  </div>`;
}

function renderRefusal(
  { id, problem }: Outcome['refused'][number],
  item: CaseSummary | undefined,
  { onOpen }: OutcomeView,
): TemplateResult {
  // What the reader may no longer see is named by its number alone.
  const hidden = problem.code === 'not_found';
  const subject = item?.subject || msg('(no subject)', { id: 'case-list.no-subject' });
  return html`<li>
    ${
      hidden
        ? html`<span class="what">#${item?.number}</span>`
        : html`<button class="what" type="button" @click=${() => onOpen(id)}>
            <span class="number">#${item?.number}</span> <bdi>${subject}</bdi>
          </button>`
    }
    <span class="why">${problemText(problem)}</span>
  </li>`;
}

/** What is known to be done although the rest failed, and the way to go on. */
export function renderBrokenOff(
  action: BulkAction,
  { failure, busy }: FormSubmission,
  { done, refused }: Pick<Outcome, 'done' | 'refused'>,
): TemplateResult {
  const known = { done: done.length, refused: refused.length, unsent: 0 };
  return html`<div class="banner critical" role="alert">
    ${icon('alert')}
    <p class="grow">
      ${known.done + known.refused > 0 ? html`<strong>${outcomeText(action, known)}.</strong>` : nothing}
      ${failureText(failure)}
    </p>
    <button class="button" type="submit" aria-busy=${busy}>
      ${msg('Retry', { id: 'action.retry.send' })}
    </button>
  </div>`;
}

/** How far a run of several calls is. */
export function renderProgress({ results, total }: BulkRun): TemplateResult {
  return html`<progress max=${total} value=${results.length} aria-hidden="true"></progress>
    <span>${progressText(results.length, total)}</span>`;
}
