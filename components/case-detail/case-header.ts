import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { Case, StatusChange } from '../../src/contract/cases.js';
import type { Settings } from '../../src/contract/settings.js';
import { choiceLabel } from '../shared/choices.js';
import { formatMoment } from '../shared/format.js';
import { caseIcon } from '../shared/case-icons.js';
import { icon } from '../shared/icons.js';
import { personName } from '../shared/person.js';
import { autolink } from './autolink.js';
import { renderFacts } from './case-facts.js';
import { isKnownStatus, type PanelSection, type Pencils } from './case-rules.js';

/** What the head of a case shows and does. */
export interface HeaderView {
  readonly record: Case;
  readonly settings: Settings | undefined;
  readonly pencils: Pencils;
  readonly back: () => void;
  readonly open: (section: PanelSection) => void;
  /** What sharing adds to the bar, and who is in. */
  readonly actions?: unknown;
  readonly people?: unknown;
  /** What the page around brings to the case. */
  readonly host?: unknown;
}

/** Status, subject, facts, and why a case was closed or opened again. */
export function renderHeader(view: HeaderView): TemplateResult {
  const { record, settings, pencils, back, open, actions, people, host } = view;
  return html`<header part="header" role="presentation">
    <div class="bar">
      ${renderBack(back)} ${renderStatus(record)} ${renderStatusPencil(record, pencils.status, open)}
      ${actions}
    </div>
    <h2 tabindex="-1"><bdi>${record.subject}</bdi></h2>
    <p class="hint identity">
      <span>#${record.number}</span>${record.customer && html` · <bdi>${record.customer.name}</bdi>`}
    </p>
    ${people} ${renderFacts(record, settings)} ${host}
    ${isKnownStatus(record) ? nothing : renderUnknownStatus(record)} ${renderStatusChange(record, settings)}
  </header>`;
}

/** The way back to the list, shown where the detail is narrow. */
export function renderBack(back: () => void): TemplateResult {
  const label = msg('Back to the list', { id: 'case-detail.back' });
  return html`<button
    class="button quiet icon back"
    type="button"
    part="back"
    aria-label=${label}
    title=${label}
    @click=${back}
  >
    ${caseIcon('back')}
  </button>`;
}

/** A small pencil that opens the edit panel; nothing without the right (CC-31, CC-39). */
export function renderPencil(
  section: PanelSection | undefined,
  label: string,
  open: (section: PanelSection) => void,
): TemplateResult | typeof nothing {
  if (!section) return nothing;
  return html`<button
    class="button quiet icon"
    type="button"
    aria-label=${label}
    aria-haspopup="dialog"
    title=${label}
    @click=${() => open(section)}
  >
    ${caseIcon('edit')}
  </button>`;
}

// In words: how a case is closed must be found by whoever has never closed one, on a phone too.
function renderStatusPencil(
  { status }: Case,
  section: PanelSection | undefined,
  open: (section: PanelSection) => void,
): TemplateResult | typeof nothing {
  if (!section) return nothing;
  return html`<button class="button quiet" type="button" aria-haspopup="dialog" @click=${() => open(section)}>
    ${caseIcon('edit')}${
      status === 'closed'
        ? msg('Reopen case', { id: 'case-detail.reopen' })
        : msg('Close case', { id: 'case-detail.close' })
    }
  </button>`;
}

function renderStatus({ status }: Case): TemplateResult {
  const prefix = html`<span class="visually-hidden">${msg('Status:', { id: 'case-detail.status' })} </span>`;
  if (status === 'open')
    return html`<span class="pill positive status-open" part="status"
      >${prefix}${msg('OPEN', { id: 'status.mark.open' })}</span
    >`;
  if (status === 'closed')
    return html`<span class="pill status-closed" part="status"
      >${prefix}${msg('CLOSED', { id: 'status.mark.closed' })}</span
    >`;
  return html`<span class="pill caution" part="status">${prefix}<bdi>${status}</bdi></span>`;
}

function renderUnknownStatus({ status }: Case): TemplateResult {
  return html`<p class="banner caution">
    ${icon('alert')}
    <span class="grow"
      >${msg(str`The status “${status}” is not known here, so this case can only be read.`, {
        id: 'case-detail.unknown-status',
      })}</span
    >
  </p>`;
}

function renderStatusChange(
  { closure, reopening }: Case,
  settings: Settings | undefined,
): TemplateResult | typeof nothing {
  if (closure)
    return renderReason(closure, {
      name: 'lock',
      title: msg('Closed', { id: 'case-detail.closed' }),
      reason: choiceLabel(settings, 'closureReasons', closure.reason),
    });
  if (reopening)
    return renderReason(reopening, {
      name: 'reopen',
      title: msg('Reopened', { id: 'case-detail.reopened' }),
      reason: choiceLabel(settings, 'reopenReasons', reopening.reason),
    });
  return nothing;
}

function renderReason(
  { note, by, at }: StatusChange,
  { name, title, reason }: { name: 'lock' | 'reopen'; title: string; reason: string },
): TemplateResult {
  const when = formatMoment(at) ?? msg('unknown date', { id: 'date.unknown' });
  return html`<div class="banner reason" part="reason">
    ${name === 'lock' ? icon('lock') : caseIcon('reopen')}
    <div class="grow">
      <p>
        <strong>${title}: <bdi>${reason}</bdi></strong> <span class="hint">${personName(by)} · ${when}</span>
      </p>
      ${note ? html`<p class="text" dir="auto">${autolink(note)}</p>` : nothing}
    </div>
  </div>`;
}
