import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

import { requirableFields } from '../../src/contract/settings.js';
import { caseFieldLabel } from '../shared/case-fields.js';
import type { FieldErrors } from '../shared/field-errors.js';
import { renderInput, renderSelect } from '../shared/fields.js';
import { icon } from '../shared/icons.js';
import { formatList } from '../shared/locale.js';
import { hasRetiredDefault, type SettingsValues } from './settings-values.js';
import { fieldLabel, scopeLabel } from './settings-words.js';

/** What the fields beside the lists are given. */
export interface OptionsView {
  readonly values: SettingsValues;
  readonly errors: FieldErrors;
  readonly onChange: (change: Partial<SettingsValues>) => void;
  readonly onRequire: (name: string, required: boolean) => void;
}

// Ids may be any text: what stands for none must not be one of them.
const none = 'none';
const idPrefix = 'id:';

/** Which priority a new case starts with; one that is retired leaves it empty and says so (CC-28). */
export function renderDefaultPriority({ values, errors, onChange }: OptionsView): TemplateResult {
  const retired = hasRetiredDefault(values);
  const { defaultPriority, priorities } = values;
  const active = priorities.filter((value) => !value.retired && value.label.trim());
  const value = retired ? '' : defaultPriority === null ? none : idPrefix + defaultPriority;
  return html`<div class="default">
    ${renderSelect({
      name: 'defaultPriority',
      label: fieldLabel('defaultPriority'),
      value,
      error: errors['defaultPriority']?.(),
      hint: retired ? retiredDefaultHint(values) : undefined,
      ...(retired && { placeholder: msg('Choose a priority', { id: 'settings.default.choose' }) }),
      options: [
        { value: none, label: msg('None: whoever adds the case chooses', { id: 'settings.default.none' }) },
        ...active.map(({ id, label }) => ({ value: idPrefix + id, label })),
      ],
      onChange: (chosen) =>
        onChange({ defaultPriority: chosen === none ? null : chosen.slice(idPrefix.length) }),
    })}
  </div>`;
}

function retiredDefaultHint({ defaultPriority, priorities }: SettingsValues): TemplateResult {
  const label = priorities.find(({ id }) => id === defaultPriority)?.label ?? defaultPriority ?? '';
  return html`<span class="warning"
    >${icon('alert')}<span
      >${msg(
        str`“${label}”, the priority of new cases until now, is retired: they start without one. Choose another.`,
        { id: 'settings.default.retired' },
      )}</span
    ></span
  >`;
}

/** Which fields a new case must have (CC-27). */
export function renderRequiredFields({ values, onRequire }: OptionsView): TemplateResult {
  return html`<fieldset class="checks" aria-describedby="required-hint">
    <legend class="visually-hidden">${fieldLabel('requiredFields')}</legend>
    <p class="hint" id="required-hint">
      ${msg('What is ticked must be filled in before a case can be added, and is marked with *.', {
        id: 'settings.required-fields.hint',
      })}
    </p>
    ${requirableFields.map(
      (name) =>
        html`<label class="check">
          <input
            type="checkbox"
            name="required-${name}"
            .checked=${live(values.requiredFields.includes(name))}
            @change=${(event: Event) => onRequire(name, (event.target as HTMLInputElement).checked)}
          />
          ${caseFieldLabel(name)}
        </label>`,
    )}
  </fieldset>`;
}

/** The switches: the portal, replies to closed cases, when a deadline is soon. */
export function renderSwitches({ values, errors, onChange }: OptionsView): TemplateResult {
  const { portalScope } = values;
  const known = portalScope === 'own' || portalScope === 'none';
  return html`<div class="options">
    ${renderSelect({
      name: 'portalScope',
      label: fieldLabel('portalScope'),
      value: portalScope,
      error: errors['portalScope']?.(),
      hint: known
        ? undefined
        : msg('This choice is not known here: customers see no cases.', {
            id: 'settings.portal-scope.unknown',
          }),
      options: ['own', 'none', ...(known ? [] : [portalScope])].map((value) => ({
        value,
        label: scopeLabel(value),
      })),
      onChange: (value) => onChange({ portalScope: value }),
    })}
    <div class="switch">
      <label class="check">
        <input
          type="checkbox"
          name="reopenOnCustomerReply"
          aria-describedby="reopen-hint"
          .checked=${live(values.reopenOnCustomerReply)}
          @change=${(event: Event) =>
            onChange({ reopenOnCustomerReply: (event.target as HTMLInputElement).checked })}
        />
        ${fieldLabel('reopenOnCustomerReply')}
      </label>
      <p class="hint" id="reopen-hint">
        ${msg('Otherwise customers cannot answer a closed case.', { id: 'settings.reopen-on-reply.hint' })}
      </p>
    </div>
    <div class="short">
      ${renderInput({
        name: 'dueSoonDays',
        label: fieldLabel('dueSoonDays'),
        value: values.dueSoonDays,
        required: true,
        error: errors['dueSoonDays']?.(),
        hint: msg('A deadline this many days ahead, or fewer, counts as soon.', {
          id: 'settings.due-soon.hint',
        }),
        onChange: (value) => onChange({ dueSoonDays: value }),
      })}
    </div>
  </div>`;
}

/** The same for whoever may only read them. */
export function renderOptionsReadOnly(
  fields: readonly (
    | 'defaultPriority'
    | 'requiredFields'
    | 'reopenOnCustomerReply'
    | 'portalScope'
    | 'dueSoonDays'
  )[],
  values: SettingsValues,
): TemplateResult {
  const noneText = msg('None', { id: 'settings.none' });
  const text = {
    defaultPriority: () =>
      hasRetiredDefault(values)
        ? retiredDefaultHint(values)
        : (values.priorities.find(({ id }) => id === values.defaultPriority)?.label ?? noneText),
    requiredFields: () =>
      formatList(
        requirableFields.filter((name) => values.requiredFields.includes(name)).map(caseFieldLabel),
      ) || noneText,
    reopenOnCustomerReply: () =>
      values.reopenOnCustomerReply ? msg('Yes', { id: 'settings.yes' }) : msg('No', { id: 'settings.no' }),
    portalScope: () => scopeLabel(values.portalScope),
    dueSoonDays: () => values.dueSoonDays,
  };
  return html`<dl>
    ${fields.map(
      (field) =>
        html`<div>
          <dt class="label">${fieldLabel(field)}</dt>
          <dd dir="auto">${text[field]() ?? nothing}</dd>
        </div>`,
    )}
  </dl>`;
}
