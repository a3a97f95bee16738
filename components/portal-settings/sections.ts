import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import { noticeLocales } from '../../src/contract/notices.js';
import {
  departmentMaskFields,
  portalFeatures,
  portalFields,
  portalScopes,
} from '../../src/contract/portal.js';
import { grantLevels } from '../../src/contract/grants.js';
import { failureText } from '../shared/failure.js';
import { renderInput, renderSelect } from '../shared/fields.js';
import { renderLines } from '../shared/lazy-part.js';
import { roleLabel, rolesToOffer } from '../shared/roles.js';
import type { SectionView } from '../shared/settings/settings-page.js';
import { renderMatrix, renderSwitch, renderTicks, type Tick } from '../shared/settings/checks.js';
import type { KnownDepartments } from '../shared/settings/known-departments.js';
import { previewSentences } from './portal-preview.js';
import {
  maskLevels,
  sorted,
  withName,
  type DepartmentNotices,
  type MaskLevel,
  type PortalField,
  type PortalValues,
} from './portal-values.js';
import {
  candidateScopeLabel,
  candidateScopes,
  caseDetailLabel,
  featureLabel,
  languageLabel,
  noticeLabel,
  portalFieldLabel,
  scopeChoice,
} from './portal-words.js';
import { levelLabel } from '../shared/level-words.js';

type View = SectionView<PortalValues>;

/** What customers see and may do (CU-21 to CU-26), with what comes of it in plain sentences. */
export function renderPortal(view: View): TemplateResult {
  const { edit, session, onChange } = view;
  const { values } = edit;
  const { portal } = session.capabilities;
  return html`<div class="options">
    ${renderSwitch({
      ...common(view, 'open'),
      hint: msg('Otherwise nothing of what stands below is shown to anybody.', { id: 'portal.open.hint' }),
      checked: values.open,
      onChange: (open) => onChange({ open }),
    })}
    <div class="preview" role="region" aria-labelledby="preview-title" aria-live="polite">
      <h4 id="preview-title">${msg('What comes of it', { id: 'portal.preview' })}</h4>
      ${previewSentences(values).map((sentence) => html`<p>${sentence}</p>`)}
    </div>
    ${
      portal
        ? [
            renderTicks({
              ...group(view, 'scope'),
              ticks: withUnknown(portal.scopes, values.scope).map((id) => ({
                id,
                label: scopeChoice(id),
                fixed: id === 'own',
                hint: scopeHint(id),
              })),
              chosen: values.scope,
              onChange: toggle(view, 'scope', portalScopes),
            }),
            renderTicks({
              ...group(view, 'features'),
              hint: msg('What is not ticked is not offered to them, and refused.', {
                id: 'portal.features.hint',
              }),
              ticks: portal.features.map((id) => ({ id, label: featureLabel(id) })),
              chosen: values.features,
              onChange: toggle(view, 'features', portalFeatures),
            }),
            renderTicks({
              ...group(view, 'fields'),
              hint: msg('What is not ticked is in nothing that is sent to them.', {
                id: 'portal.fields.hint',
              }),
              ticks: withUnknown(portal.fields, values.fields).map((id) => ({
                id,
                label: caseDetailLabel(id),
              })),
              chosen: values.fields,
              onChange: toggle(view, 'fields', portalFields),
            }),
          ]
        : nothing
    }
  </div>`;
}

function scopeHint(scope: string): string | undefined {
  switch (scope) {
    case 'own':
      return msg('Always, while they see any.', { id: 'portal.scope.own.hint' });
    case 'organisation':
      return msg('Who has no organisation sees only their own.', { id: 'portal.scope.organisation.hint' });
    default:
      return (portalScopes as readonly string[]).includes(scope)
        ? undefined
        : msg('Not known here. While it is ticked, customers see only their own cases.', {
            id: 'portal.scope.unknown',
          });
  }
}

/** Who shares with whom, and what is kept of it. */
export function renderSharing(view: View, departments: KnownDepartments): TemplateResult {
  const { edit, session, onChange } = view;
  const { values } = edit;
  const levels = session.capabilities.sharing?.levels['department'] ?? grantLevels.department;
  return html`<div class="options wide-options">
    <h4>${msg('Departments', { id: 'share.group.departments' })}</h4>
    ${renderTicks({
      ...group(view, 'departmentRoles'),
      hint: msg(
        'Agents of the department that a case belongs to, who have one of these roles. None: nobody shares.',
        {
          id: 'portal.roles.hint',
        },
      ),
      ticks: rolesToOffer([], values.departmentRoles).map((id) => ({ id, label: roleLabel(id) })),
      chosen: values.departmentRoles,
      onChange: toggle(view, 'departmentRoles', []),
    })}
    ${renderSelect({
      ...common(view, 'departmentLevel'),
      value: values.departmentLevel,
      options: withUnknown(levels, [values.departmentLevel]).map((value) => ({
        value,
        label: levelLabel(value),
      })),
      hint: msg('What a department gets unless another level is chosen.', { id: 'portal.level.hint' }),
      onChange: (departmentLevel) => onChange({ departmentLevel }),
    })}
    ${renderDepartmentLevels(view, departments, levels)}
    <h4>${msg('Co-workers', { id: 'portal.coworkers' })}</h4>
    ${renderSelect({
      ...common(view, 'candidateScope'),
      value: values.candidateScope,
      options: withUnknown(candidateScopes, [values.candidateScope]).map((value) => ({
        value,
        label: candidateScopeLabel(value),
      })),
      hint: msg('With whom a customer can share a case of their own.', { id: 'portal.candidates.hint' }),
      onChange: (candidateScope) => onChange({ candidateScope }),
    })}
    ${renderSwitch({
      ...common(view, 'allowSelfLeave'),
      hint: msg('Otherwise only who shared it with them ends their access.', {
        id: 'portal.self-leave.hint',
      }),
      checked: values.allowSelfLeave,
      onChange: (allowSelfLeave) => onChange({ allowSelfLeave }),
    })}
    ${renderSwitch({
      ...common(view, 'ccAllowed'),
      hint: msg('Otherwise the list of those it is shared with is the only list of who reads along.', {
        id: 'portal.cc.hint',
      }),
      checked: values.ccAllowed,
      onChange: (ccAllowed) => onChange({ ccAllowed }),
    })}
    <h4>${msg('Organisations', { id: 'share.group.organisations' })}</h4>
    ${renderSwitch({
      ...common(view, 'organisations'),
      hint: msg('Who joins an organisation sees what is shared with it, who leaves it no longer does.', {
        id: 'portal.organisations.hint',
      }),
      checked: values.organisations,
      onChange: (organisations) => onChange({ organisations }),
    })}
    <h4>${msg('Receipts and reminders', { id: 'portal.receipts.title' })}</h4>
    ${renderSwitch({
      ...common(view, 'receipts'),
      hint: msg('Who submitted a case then sees who has opened it, and when.', {
        id: 'portal.receipts.hint',
      }),
      checked: values.receipts,
      onChange: (receipts) => onChange({ receipts }),
    })}
    <div class="short">
      ${renderInput({
        ...common(view, 'receiptDays'),
        value: values.receiptDays,
        disabled: !values.receipts,
        hint: msg('Empty: for good.', { id: 'portal.receipt-days.hint' }),
        onChange: (receiptDays) => onChange({ receiptDays }),
      })}
      ${renderInput({
        ...common(view, 'expiryReminderDays'),
        value: values.expiryReminderDays,
        hint: msg('Empty: nobody is reminded.', { id: 'portal.expiry-days.hint' }),
        onChange: (expiryReminderDays) => onChange({ expiryReminderDays }),
      })}
    </div>
  </div>`;
}

function renderDepartmentLevels(
  view: View,
  departments: KnownDepartments,
  levels: readonly string[],
): TemplateResult {
  const { edit, onChange } = view;
  const rows = departments.list(Object.keys(edit.values.departmentLevels)).map(toTick);
  const levelsOf = (id: string) => edit.values.departmentLevels[id] ?? levels;
  return html`<fieldset class="checks">
    <legend class="label">${portalFieldLabel('departmentLevels')}</legend>
    <p class="hint">
      ${msg('A department without a tick can be given no case.', { id: 'portal.levels.hint' })}
    </p>
    ${renderRows(view, departments, rows, () =>
      renderMatrix({
        name: 'departmentLevels',
        rowsLabel: msg('Department', { id: 'case.department' }),
        rows,
        columns: levels.map((id) => ({ id, label: levelLabel(id) })),
        error: errorOf(view, 'departmentLevels'),
        isChecked: (id, level) => levelsOf(id).includes(level),
        labelOf: (row, column) => `${row.label}: ${column.label}`,
        onChange: (id, level, ticked) => {
          const { [id]: _, ...others } = edit.values.departmentLevels;
          const now = withName(levelsOf(id), level, ticked, levels);
          const all = levels.every((each) => now.includes(each));
          onChange({ departmentLevels: all ? others : sorted({ ...others, [id]: now }) });
        },
      }),
    )}
  </fieldset>`;
}

/** What is kept from departments below the full level (DE-12). */
export function renderMasks(view: View): TemplateResult {
  const { edit, session, onChange } = view;
  const fields = session.capabilities.portal?.masks ?? [];
  const known = withUnknown(
    fields,
    maskLevels.flatMap((level) => edit.values.masks[level]),
  );
  return html`<p class="hint">
      ${msg(
        'What is ticked is hidden from departments that were given a case at this level. At the full level nothing is hidden.',
        { id: 'portal.masks.hint' },
      )}
    </p>
    ${renderMatrix({
      name: 'masks',
      rowsLabel: msg('Field', { id: 'portal.field' }),
      rows: known.map((id) => ({ id, label: caseDetailLabel(id) })),
      columns: maskLevels.map((id) => ({ id, label: levelLabel(id) })),
      error: errorOf(view, 'masks'),
      isChecked: (field, level) => edit.values.masks[level as MaskLevel].includes(field),
      labelOf: (row, column) =>
        msg(str`Hide ${row.label} at the level ${column.label}`, { id: 'portal.masks.tick' }),
      onChange: (field, level, ticked) => {
        const { masks } = edit.values;
        const now = withName(masks[level as MaskLevel], field, ticked, departmentMaskFields);
        onChange({ masks: { ...masks, [level]: now } });
      },
    })}`;
}

/** Which departments are told of what (DE-31), and how notices are sent. */
export function renderNotices(view: View, departments: KnownDepartments): TemplateResult {
  const { edit, onChange } = view;
  const { values } = edit;
  const rows = departments.list(Object.keys(values.told)).map(toTick);
  const toldOf = (id: string): DepartmentNotices => values.told[id] ?? { onShare: false, onReply: false };
  const kinds = { onShare: noticeLabel('share'), onReply: noticeLabel('reply') };
  return html`<fieldset class="checks">
      <legend class="label">${portalFieldLabel('told')}</legend>
      <p class="hint">
        ${msg('All agents of a department that is ticked, as far as they may see the case.', {
          id: 'portal.told.hint',
        })}
      </p>
      ${renderRows(view, departments, rows, () =>
        renderMatrix({
          name: 'told',
          rowsLabel: msg('Department', { id: 'case.department' }),
          rows,
          columns: [
            { id: 'onShare', label: kinds.onShare },
            { id: 'onReply', label: kinds.onReply },
          ],
          error: errorOf(view, 'told'),
          isChecked: (id, kind) => toldOf(id)[kind as keyof DepartmentNotices],
          labelOf: (row, column) => `${row.label}: ${column.label}`,
          onChange: (id, kind, ticked) =>
            onChange({ told: sorted({ ...edit.values.told, [id]: { ...toldOf(id), [kind]: ticked } }) }),
        }),
      )}
    </fieldset>
    <div class="options">
      ${renderSelect({
        ...common(view, 'noticeLocale'),
        value: values.noticeLocale,
        hint: msg('For people whose own language is not known.', { id: 'portal.notice-locale.hint' }),
        options: withUnknown(noticeLocales, [values.noticeLocale]).map((value) => ({
          value,
          label: languageLabel(value),
        })),
        onChange: (noticeLocale) => onChange({ noticeLocale }),
      })}
      ${renderInput({
        ...common(view, 'webhook'),
        value: values.webhook,
        hint: msg('Each notice is sent there too, signed. Empty: nowhere.', { id: 'portal.webhook.hint' }),
        onChange: (webhook) => onChange({ webhook }),
      })}
    </div>`;
}

/** A table of the departments, once they are known. */
function renderRows(
  { client }: View,
  departments: KnownDepartments,
  rows: readonly Tick[],
  render: () => TemplateResult,
): unknown {
  if (departments.error)
    return html`<div class="message" role="alert">
      <p>${failureText(departments.error)}</p>
      <button class="button" type="button" @click=${() => void departments.read(client)}>
        ${msg('Try again', { id: 'action.retry' })}
      </button>
    </div>`;
  if (departments.reading) return renderLines();
  return rows.length > 0
    ? render()
    : html`<p class="none">
        ${msg('No agent belongs to a department.', { id: 'portal.departments.none' })}
      </p>`;
}

function toTick({ id, name }: { readonly id: string; readonly name: string }): Tick {
  return { id, label: name };
}

/** What can be chosen, and what is stored though it cannot. */
function withUnknown(known: readonly string[], stored: readonly string[]): readonly string[] {
  return [...new Set([...known, ...stored])];
}

function toggle(
  view: View,
  field: 'scope' | 'features' | 'fields' | 'departmentRoles',
  order: readonly string[],
) {
  return (name: string, ticked: boolean) =>
    view.onChange({ [field]: withName(view.edit.values[field], name, ticked, order) });
}

function common(view: View, field: PortalField) {
  return { name: field, label: portalFieldLabel(field), error: errorOf(view, field) };
}

function group(view: View, field: PortalField) {
  return { name: field, legend: portalFieldLabel(field), error: errorOf(view, field) };
}

function errorOf({ edit }: View, field: PortalField): string | undefined {
  return edit.submission.errors[field]?.();
}
