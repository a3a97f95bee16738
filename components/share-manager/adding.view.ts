import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';

import type { Candidate, GranteeKind } from '../../src/contract/grants.js';
import { caseIcon } from '../shared/case-icons.js';
import { renderInput, renderSelect } from '../shared/fields.js';
import { localToday } from '../shared/format.js';
import { icon } from '../shared/icons.js';
import { plural } from '../shared/locale.js';
import type { Adding, Chosen } from './adding.js';
import { expiryOptions, type ExpiryChoice } from './expiry.js';
import { keyOf, levelsOf, type ShareScope } from './share-unit.js';
import { headCount, kindLabel, levelLimits, liveMembership } from './share-words.js';
import { levelLabel } from '../shared/level-words.js';

/** What the form is drawn with. */
export interface AddingView {
  readonly scope: ShareScope;
  /** The kinds that may be added. */
  readonly kinds: readonly GranteeKind[];
  readonly onPreview: () => void;
}

/** The form that shares with several at once. */
export function renderAdding(adding: Adding, { scope, kinds, onPreview }: AddingView): TemplateResult {
  const { picker, submission, chosen } = adding;
  const { errors, busy } = submission;
  const wrong = chosen.filter(({ candidate }) => errors[keyOf(candidate)]);
  const fieldError = errors['grantees']?.() ?? (wrong.length > 0 ? wrongNames(wrong.length) : undefined);
  return html`<form part="form" class="adding" novalidate @submit=${adding.onSubmit}>
    ${picker.render({
      name: 'grantees',
      label: addLabel(kinds),
      error: fieldError,
      placeholder: msg('Type a name', { id: 'bulk.assignee.placeholder' }),
      listLabel: msg('Who can be added', { id: 'share.candidates' }),
      none: msg('Nobody to choose matches.', { id: 'share.candidates.none' }),
      renderRecord: (candidate) => renderCandidate(candidate, adding),
      chips: renderChips(adding),
      onBackspace: () => adding.removeLast(),
    })}
    ${
      wrong.length > 0
        ? html`<ul class="name-errors">
            ${wrong.map(
              ({ candidate }) =>
                html`<li class="error">
                  ${icon('alert')}<span><bdi>${candidate.name}</bdi>: ${errors[keyOf(candidate)]?.()}</span>
                </li>`,
            )}
          </ul>`
        : nothing
    }
    ${adding.unreachable.length > 0 ? renderPortalOnly(adding) : nothing}
    <p class="visually-hidden" role="status">${announcement(adding)}</p>
    ${renderLines(adding, scope)}
    <div class="foot">
      ${renderExpiry({
        name: 'expiry',
        choice: adding.expiry,
        error: errors['expiry']?.(),
        onChange: (change) => adding.setExpiry(change),
      })}
      <div class="actions">
        ${
          scope.unit.preview
            ? html`<button class="button" type="button" data-action="preview" @click=${onPreview}>
                ${caseIcon('eye')} ${msg('Preview', { id: 'share.preview' })}
              </button>`
            : nothing
        }
        <button class="button primary" type="submit" data-action="share" aria-busy=${busy}>
          ${busy ? msg('Sharing…', { id: 'share.sharing' }) : msg('Share', { id: 'share.share' })}
        </button>
      </div>
    </div>
  </form>`;
}

/** CU-04: each customer whom no e-mail reaches has the case in the portal, if that is chosen for them. */
function renderPortalOnly(adding: Adding): TemplateResult {
  return html`<div class="portal-only">
    ${repeat(
      adding.unreachable,
      ({ candidate }) => keyOf(candidate),
      ({ candidate }) =>
        html`<label class="choice">
          <input
            type="checkbox"
            aria-describedby="portal-only-hint"
            .checked=${live(adding.isPortalOnly(candidate))}
            @change=${(event: Event) =>
              adding.setPortalOnly(keyOf(candidate), (event.target as HTMLInputElement).checked)}
          />
          <span
            >${msg(str`Share with ${candidate.name} in the portal only`, { id: 'share.portal-only' })}</span
          >
        </label>`,
    )}
    <p class="hint" id="portal-only-hint">
      ${msg('Without e-mails: what is new is there to read in the portal.', {
        id: 'share.portal-only.hint',
      })}
    </p>
  </div>`;
}

/** Until when: a way to say it, and the day where one is to be chosen. */
export function renderExpiry(view: {
  readonly name: string;
  readonly choice: ExpiryChoice;
  readonly kept?: string | undefined;
  readonly error?: string | undefined;
  readonly onChange: (change: Partial<ExpiryChoice>) => void;
}): TemplateResult {
  const { name, choice, kept, error, onChange } = view;
  const isDay = choice.preset === 'date';
  return html`<div class="expiry">
    ${renderSelect({
      name,
      label: msg('Access lasts', { id: 'share.expiry' }),
      value: choice.preset,
      options: expiryOptions(kept),
      ...(!isDay && { error }),
      onChange: (value) => {
        const preset = value as ExpiryChoice['preset'];
        onChange({ preset, ...(preset === 'date' && choice.date === '' && { date: localToday() }) });
      },
    })}
    ${
      isDay
        ? renderInput({
            name: `${name}-date`,
            type: 'date',
            label: msg('Last day', { id: 'share.expiry.last-day' }),
            value: choice.date,
            error,
            onChange: (date) => onChange({ date }),
          })
        : nothing
    }
  </div>`;
}

/** What the field is called, by whom it takes. */
function addLabel(kinds: readonly GranteeKind[]): string {
  const has = (kind: GranteeKind) => kinds.includes(kind);
  if (has('person')) return msg('Add co-workers', { id: 'share.add.people' });
  if (!has('department'))
    return has('organisation')
      ? msg('Add customers or organisations', { id: 'share.add.customers-organisations' })
      : msg('Add customers', { id: 'share.add.customers' });
  if (!has('customer')) return msg('Add departments', { id: 'share.add.departments' });
  return has('organisation')
    ? msg('Add departments, customers or organisations', { id: 'share.add.all' })
    : msg('Add departments or customers', { id: 'share.add.departments-customers' });
}

function wrongNames(count: number): string {
  return plural(
    count,
    msg(
      'one {One name cannot be added. Nothing was shared.} other {# names cannot be added. Nothing was shared.}',
      {
        id: 'share.wrong-names',
      },
    ),
  );
}

function renderChips(adding: Adding): TemplateResult {
  const { chosen, submission } = adding;
  if (chosen.length === 0) return html``;
  return html`<ul aria-label=${msg('Chosen', { id: 'share.chosen.list' })}>
    ${repeat(
      chosen,
      ({ candidate }) => keyOf(candidate),
      ({ candidate }) => {
        const key = keyOf(candidate);
        return html`<li class=${submission.errors[key] ? 'tag over' : 'tag'}>
          <span dir="auto">${candidate.name}</span>
          <button
            type="button"
            aria-label=${msg(str`Do not add ${candidate.name}`, { id: 'share.chosen.remove' })}
            @click=${(event: Event) => {
              const field = (event.currentTarget as Element).closest('.tags')?.querySelector('input');
              adding.remove(key);
              field?.focus();
            }}
          >
            ${icon('close')}
          </button>
        </li>`;
      },
    )}
  </ul>`;
}

function renderCandidate(candidate: Candidate, adding: Adding): TemplateResult {
  const { kind, name, people, organisation, customer, grantId } = candidate;
  const isChosen = adding.chosen.some((one) => keyOf(one.candidate) === keyOf(candidate));
  const detail = [
    kindLabel(kind),
    people === undefined ? '' : headCount(people),
    kind === 'person' ? customer?.name : organisation?.name,
    grantId !== null
      ? msg('has access', { id: 'share.candidate.has' })
      : isChosen
        ? msg('chosen', { id: 'share.candidate.chosen' })
        : '',
  ];
  return html`<span class="name" dir="auto">${name}</span>
    <span class="hint" dir="auto">${detail.filter(Boolean).join(' · ')}</span>`;
}

/** What is said of each who was chosen: a level to choose where there are several, and how many an organisation is. */
function renderLines(adding: Adding, { session }: ShareScope): TemplateResult | typeof nothing {
  const lines = adding.chosen.filter(
    ({ candidate: { kind } }) => levelsOf(session, kind).length > 1 || kind === 'organisation',
  );
  if (lines.length === 0) return nothing;
  return html`<ul class="lines-of" aria-label=${msg('Levels', { id: 'share.levels' })}>
    ${repeat(
      lines,
      ({ candidate }) => keyOf(candidate),
      (one, index) => renderLine(one, index, adding, levelsOf(session, one.candidate.kind)),
    )}
  </ul>`;
}

function renderLine(
  { candidate, level }: Chosen,
  index: number,
  adding: Adding,
  levels: readonly string[],
): TemplateResult {
  const { kind, name, people } = candidate;
  const key = keyOf(candidate);
  const error = adding.submission.errors[`level ${key}`]?.();
  return html`<li class="line">
    <div class="grow">
      <strong dir="auto">${name}</strong>
      <span class="hint"
        >${[kindLabel(kind), people === undefined ? '' : headCount(people), levelLimits(level ?? '')]
          .filter(Boolean)
          .join(' · ')}</span
      >
      ${kind === 'organisation' ? html`<p class="hint">${liveMembership()}</p>` : nothing}
    </div>
    ${
      levels.length > 1
        ? renderSelect({
            name: `level-${index}`,
            label: msg(str`Level of ${name}`, { id: 'share.level-of' }),
            value: level ?? '',
            options: levels.map((value) => ({ value, label: levelLabel(value) })),
            error,
            onChange: (value) => adding.setLevel(key, value),
          })
        : nothing
    }
  </li>`;
}

/** What is read out while names are typed and chosen. */
function announcement({ notice, picker }: Adding): string {
  const offered = picker.offered?.length;
  return offered === undefined || offered === 0
    ? (notice?.() ?? '')
    : plural(
        offered,
        msg('one {# name to choose.} other {# names to choose.}', { id: 'share.candidates.count' }),
      );
}
