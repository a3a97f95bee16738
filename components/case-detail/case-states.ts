import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import {
  isAuthenticationError,
  isForbiddenError,
  isGoneError,
  isNotFoundError,
  type CaseError,
  type GoneError,
} from '../../src/errors.js';
import type { Verdict } from '../../src/contract/common.js';
import { renderForbidden } from '../shared/forbidden.js';
import { failureText } from '../shared/failure.js';
import { formatInstant } from '../shared/format.js';
import { icon } from '../shared/icons.js';

/** No case is chosen, or none may be. */
export function renderEmpty(listCases: Verdict | undefined): TemplateResult {
  if (listCases?.allowed === false) return renderForbidden(listCases);
  return html`<slot name="empty">
    <div class="message" part="message">
      ${icon('inbox')}
      <strong>${msg('No case chosen', { id: 'case-detail.empty' })}</strong>
      <p>${msg('Choose a case from the list to read it here.', { id: 'case-detail.empty.hint' })}</p>
    </div>
  </slot>`;
}

/** The shape of a case while it is read. */
export function renderSkeleton(): TemplateResult {
  return html`<div class="waiting" part="loading">
    <p class="visually-hidden" role="status">${msg('Loading the case…', { id: 'case-detail.loading' })}</p>
    <div aria-hidden="true">
      <span class="skeleton pill-shape"></span>
      <span class="skeleton title"></span>
      <div class="facts">
        ${[0, 1, 2, 3, 4, 5].map(
          () => html`<div><span class="skeleton name"></span><span class="skeleton value"></span></div>`,
        )}
      </div>
      <span class="skeleton card"></span>
      <span class="skeleton card"></span>
    </div>
  </div>`;
}

/** Whether the reader may no longer see the case: then not even what was shown before. */
export function isLost(error: CaseError | undefined): boolean {
  return isUnavailable(error) || isForbiddenError(error);
}

// Absent and hidden are told alike (E-404).
function isUnavailable(error: CaseError | undefined): boolean {
  return isNotFoundError(error) || isGoneError(error);
}

/** Why there is no case to show, and what can be done. */
export function renderFailure(
  error: CaseError | undefined,
  retry: () => void,
  back: TemplateResult,
): TemplateResult {
  if (isGoneError(error))
    return message(
      'inbox',
      msg('This case is no longer there', { id: 'case-detail.gone' }),
      goneText(error),
      back,
    );
  if (isUnavailable(error))
    return message(
      'inbox',
      msg('This case is not available', { id: 'case-detail.unavailable' }),
      failureText(error),
      back,
    );
  if (isForbiddenError(error))
    return message(
      'lock',
      msg('You may not see this case', { id: 'case-detail.forbidden' }),
      failureText(error),
      back,
    );
  return message(
    'alert',
    msg('The case could not be loaded', { id: 'case-detail.failed' }),
    failureText(error),
    back,
    isAuthenticationError(error) ? undefined : retry,
  );
}

/** Who ended it and when, as far as that is told (E-GONE). */
function goneText(error: GoneError): string {
  const who = error.by?.name;
  const when = formatInstant(error.at);
  return who && when
    ? msg(str`Removed by ${who}, ${when}.`, { id: 'case-detail.gone.by' })
    : msg('It was removed meanwhile.', { id: 'case-detail.gone.hint' });
}

function message(
  name: 'inbox' | 'lock' | 'alert',
  title: string,
  text: string,
  back: TemplateResult,
  retry?: () => void,
): TemplateResult {
  return html`<div class="bar">${back}</div>
    <div class="message" part="message" role="alert">
      ${icon(name)}
      <strong>${title}</strong>
      <p>${text}</p>
      ${
        retry
          ? html`<button class="button" type="button" @click=${retry}>
              ${msg('Try again', { id: 'case-detail.retry' })}
            </button>`
          : nothing
      }
    </div>`;
}
