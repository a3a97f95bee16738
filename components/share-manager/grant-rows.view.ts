import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import type { Grant } from '../../src/contract/grants.js';
import { caseIcon } from '../shared/case-icons.js';
import { renderSelect } from '../shared/fields.js';
import { formatMoment, initials } from '../shared/format.js';
import { icon } from '../shared/icons.js';
import { personName } from '../shared/person.js';
import { renderExpiry } from './adding.view.js';
import { describeExpiry } from './expiry.js';
import type { GrantEdit, GrantRows } from './grant-rows.js';
import { levelsOf, type ShareScope } from './share-unit.js';
import { groupLabel, headCount, kindOrder, levelLimits, sharingRefusal } from './share-words.js';
import { levelLabel } from '../shared/level-words.js';

/** When somebody opened the case last, by their id. */
export type Receipts = ReadonlyMap<string, string>;

/** What the list is drawn with. */
export interface RowsView {
  readonly scope: ShareScope;
  /** `undefined` where the reader is not told. */
  readonly receipts: Receipts | undefined;
  readonly onNotify: (grant: Grant) => void;
}

/** Everybody who has access, group after group. */
export function renderRows(rows: GrantRows, view: RowsView): TemplateResult {
  const { items } = view.scope.list;
  const known: readonly string[] = kindOrder;
  const groups = [
    ...kindOrder.map((kind) => [kind, items.filter(({ grantee }) => grantee.kind === kind)] as const),
    ['others', items.filter(({ grantee }) => !known.includes(grantee.kind))] as const,
  ].filter(([, grants]) => grants.length > 0);
  if (groups.length === 0)
    return html`<p class="hint empty">${msg('Shared with nobody yet.', { id: 'share.empty' })}</p>`;
  return html`${groups.map(
    ([kind, grants]) =>
      html`<div class="group" role="group" aria-labelledby="group-${kind}">
        <h3 id="group-${kind}">${groupLabel(kind, view.scope.session.actor.kind)}</h3>
        <ul>
          ${repeat(
            grants,
            ({ id }) => id,
            (grant) => renderRow(grant, rows, view),
          )}
        </ul>
      </div>`,
  )}`;
}

function renderRow(grant: Grant, rows: GrantRows, view: RowsView): TemplateResult {
  const { id, grantee, level } = grant;
  const name = nameOf(grant);
  return html`<li part="grant" class="grant" data-grant=${id}>
    <span class="avatar ${grantee.kind}" aria-hidden="true">${initials(name)}</span>
    <div class="who">
      <strong dir="auto">${name}</strong>
      ${grantee.people === undefined ? nothing : html`<span class="hint">${headCount(grantee.people)}</span>`}
    </div>
    <span class="pill">${levelLabel(level)}</span>
    ${renderControls(grant, rows, view)}
    <p class="hint about">${renderAbout(grant, rows, view)}</p>
    ${rows.edit?.id === id ? renderEdit(rows.edit, grant, rows, view) : nothing}
    ${rows.asking === id ? renderQuestion(name, rows) : nothing}
  </li>`;
}

function renderControls({ id, ...grant }: Grant, rows: GrantRows, { scope }: RowsView): TemplateResult {
  const { revoke, changeLevel, changeExpiry } = grant.permissions;
  const name = nameOf({ id, ...grant });
  const refusal = revoke && !revoke.allowed ? sharingRefusal(revoke, scope.requester) : undefined;
  return html`<span class="controls">
    ${
      changeLevel?.allowed || changeExpiry?.allowed
        ? html`<button
            class="button quiet icon"
            type="button"
            aria-label=${msg(str`Change the access of ${name}`, { id: 'share.change' })}
            aria-expanded=${rows.edit?.id === id}
            @click=${() => (rows.edit?.id === id ? rows.close() : rows.open(id))}
          >
            ${caseIcon('edit')}
          </button>`
        : nothing
    }
    ${
      revoke?.allowed
        ? html`<button
            class="button quiet icon"
            type="button"
            data-action="remove"
            aria-label=${msg(str`Remove ${name}`, { id: 'share.remove' })}
            @click=${() => rows.ask(id)}
          >
            ${icon('close')}
          </button>`
        : refusal
          ? html`<span class="locked" title=${refusal}
              >${icon('lock')}<span class="visually-hidden">${refusal}</span></span
            >`
          : nothing
    }
  </span>`;
}

/** From whom, since when, until when, what it leaves out, who has viewed it, and whether they know. */
function renderAbout(grant: Grant, rows: GrantRows, { receipts, onNotify }: RowsView): TemplateResult {
  const { grantee, givenBy, givenAt, expiresAt, level, notified, permissions } = grant;
  const who = personName(givenBy);
  const when = formatMoment(givenAt);
  const end = describeExpiry(expiresAt);
  const viewed = grantee.kind === 'person' ? receipts?.get(grantee.id) : undefined;
  const seen = receipts && grantee.kind === 'person';
  const parts = [
    when
      ? msg(str`Shared by ${who}, ${when}`, { id: 'share.by.at' })
      : msg(str`Shared by ${who}`, { id: 'share.by' }),
    end && html`<span class=${end.soon ? 'soon' : ''}>${end.text}</span>`,
    end?.soon &&
      permissions['changeExpiry']?.allowed &&
      html`<button class="link" type="button" data-action="renew" @click=${() => void rows.renew(grant)}>
        ${msg('Renew for 30 days', { id: 'share.renew' })}
      </button>`,
    levelLimits(level),
    seen &&
      (viewed === undefined
        ? msg('not viewed yet', { id: 'share.not-viewed' })
        : html`<span class="viewed"
            >${caseIcon('eye')}
            ${msg(str`viewed ${formatMoment(viewed) ?? ''}`, { id: 'share.viewed' })}</span
          >`),
    notified === 'failed' &&
      html`<span class="soon">${msg('not notified', { id: 'share.not-notified' })}</span>
        <button class="link" type="button" data-action="notify" @click=${() => onNotify(grant)}>
          ${msg('Try again', { id: 'action.retry' })}
        </button>`,
    notified === 'pending' && msg('message on its way', { id: 'share.notified.pending' }),
  ].filter(Boolean);
  return html`${parts.map((part, index) => html`${index > 0 ? ' · ' : nothing}${part}`)}`;
}

function renderEdit(edit: GrantEdit, grant: Grant, rows: GrantRows, { scope }: RowsView): TemplateResult {
  const { changeLevel, changeExpiry } = grant.permissions;
  const levels = levelsOf(scope.session, grant.grantee.kind);
  const name = nameOf(grant);
  const refusal =
    changeLevel && !changeLevel.allowed && levels.length > 1
      ? sharingRefusal(changeLevel, scope.requester)
      : undefined;
  const end = describeExpiry(grant.expiresAt);
  return html`<form
    class="edit"
    novalidate
    @submit=${(event: Event) => {
      event.preventDefault();
      void rows.save();
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      rows.close();
    }}
  >
    ${
      changeLevel?.allowed && levels.length > 1
        ? renderSelect({
            name: 'edit-level',
            label: msg(str`Level of ${name}`, { id: 'share.level-of' }),
            value: edit.level,
            options: levels.map((value) => ({ value, label: levelLabel(value) })),
            onChange: (level) => rows.set({ level }),
          })
        : nothing
    }
    ${
      changeExpiry?.allowed
        ? renderExpiry({
            name: 'edit-expiry',
            choice: edit.expiry,
            kept: end?.text,
            error: edit.error?.(),
            onChange: (change) => rows.set({ expiry: { ...edit.expiry, ...change } }),
          })
        : nothing
    }
    ${refusal ? html`<p class="hint">${icon('lock')} ${refusal}</p>` : nothing}
    <div class="actions">
      <button class="button quiet" type="button" @click=${() => rows.close()}>
        ${msg('Cancel', { id: 'action.cancel' })}
      </button>
      <button class="button primary" type="submit" data-action="save" aria-busy=${rows.busy}>
        ${rows.busy ? msg('Saving…', { id: 'action.saving' }) : msg('Save', { id: 'action.save' })}
      </button>
    </div>
  </form>`;
}

function renderQuestion(name: string, rows: GrantRows): TemplateResult {
  return html`<div
    class="banner caution question"
    role="alertdialog"
    aria-labelledby="question-title"
    aria-describedby="question-text"
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      rows.close();
    }}
  >
    <p class="grow">
      <strong id="question-title">${msg(str`Remove ${name}?`, { id: 'share.remove.title' })}</strong>
      <span id="question-text"
        >${msg('Access ends at once. What is already written stays.', { id: 'share.remove.text' })}</span
      >
    </p>
    <button class="button" type="button" data-keep @click=${() => rows.close()}>
      ${msg('Keep', { id: 'share.remove.keep' })}
    </button>
    <button
      class="button danger"
      type="button"
      data-action="confirm"
      aria-busy=${rows.busy}
      @click=${() => void rows.confirm()}
    >
      ${msg('Remove', { id: 'share.remove.confirm' })}
    </button>
  </div>`;
}

/** Whom to name: somebody who has left is a "former user". */
function nameOf({ grantee }: Grant): string {
  return grantee.former ? personName(null) : grantee.name;
}
