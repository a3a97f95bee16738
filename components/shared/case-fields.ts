import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';

import type { ChoiceList, Settings } from '../../src/contract/settings.js';
import type { CaseField, CaseValues } from './case-values.js';
import { choiceLabel, choosable } from './choices.js';
import type { FieldErrors } from './field-errors.js';
import { renderInput, renderSelect, renderTextarea, type FieldView } from './fields.js';
import type { TagInput } from './tag-input.js';

/** What the fields of a case need to be drawn. */
export interface CaseFieldsView {
  readonly settings: Settings;
  readonly values: CaseValues;
  /** What is stored: a retired value stays choosable where it already stands. */
  readonly stored?: CaseValues | undefined;
  readonly fields: readonly CaseField[];
  readonly required: readonly string[];
  readonly errors: FieldErrors;
  /** The field for tags, which keeps what is half typed into it. */
  readonly tagInput: TagInput;
  /** Draws the field for the project, where there is one. */
  readonly renderProject?: ((view: FieldView) => unknown) | undefined;
  /** Draws the field for links, where there is one. */
  readonly renderLinks?: ((view: FieldView) => unknown) | undefined;
  /** Given what changed alone: several fields may change before the next drawing, as when a browser fills them in. */
  readonly onChange: (change: Partial<CaseValues>) => void;
}

/** The name of a field, alike wherever it is shown. */
export function caseFieldLabel(field: CaseField): string {
  switch (field) {
    case 'subject':
      return msg('Subject', { id: 'case.subject' });
    case 'type':
      return msg('Type', { id: 'case.type' });
    case 'priority':
      return msg('Priority', { id: 'case.priority' });
    case 'contactMethod':
      return msg('Contact method', { id: 'case.contact-method' });
    case 'deadline':
      return msg('Deadline', { id: 'case.deadline' });
    case 'description':
      return msg('Description', { id: 'case.description' });
    case 'tags':
      return msg('Tags', { id: 'case.tags' });
    case 'project':
      return msg('Project', { id: 'project.choose' });
    case 'links':
      return msg('Linked', { id: 'case.links' });
  }
}

/** The list of the settings that a field chooses from, where it does. */
export const choiceListOf: Partial<Record<CaseField, ChoiceList>> = {
  type: 'caseTypes',
  priority: 'priorities',
  contactMethod: 'contactMethods',
};

/** The fields of a case, with the same labels, marks and errors in every form (CC-27, CC-49). */
export function renderCaseFields(view: CaseFieldsView): TemplateResult {
  return html`<div class="fields">${view.fields.map((field) => renderCaseField(field, view))}</div>`;
}

function renderCaseField(field: CaseField, view: CaseFieldsView): unknown {
  const { settings, values, stored, required, errors, onChange } = view;
  const common = {
    name: field,
    label: caseFieldLabel(field),
    required: required.includes(field),
    error: errors[field]?.(),
  };
  const change = (value: string) => onChange({ [field]: value });
  switch (field) {
    case 'subject':
      return renderInput({ ...common, wide: true, value: values.subject, onChange: change });
    case 'deadline':
      return renderInput({ ...common, type: 'date', value: values.deadline, onChange: change });
    case 'description':
      return renderTextarea({
        ...common,
        wide: true,
        value: values.description,
        limit: settings.limits.description,
        onChange: change,
      });
    case 'project':
      return view.renderProject?.({ ...common, wide: true });
    case 'links':
      return view.renderLinks?.({ ...common, wide: true });
    case 'tags':
      return view.tagInput.render({
        ...common,
        wide: true,
        hint: msg('Press Enter or a comma after each tag.', { id: 'tags.hint' }),
        tags: values.tags,
        limits: settings.limits,
        onChange: (tags) => onChange({ tags }),
      });
    default: {
      const list = choiceListOf[field] ?? 'caseTypes';
      return renderSelect({
        ...common,
        value: values[field],
        placeholder: choicePlaceholder(field, common.required),
        options: optionsOf(settings, list, stored?.[field] ?? values[field]),
        onChange: change,
      });
    }
  }
}

function choicePlaceholder(field: CaseField, required: boolean): string {
  if (!required) return msg('None', { id: 'field.none' });
  switch (field) {
    case 'type':
      return msg('Choose a type', { id: 'case.type.choose' });
    case 'priority':
      return msg('Choose a priority', { id: 'case.priority.choose' });
    default:
      return msg('Choose a method', { id: 'case.contact-method.choose' });
  }
}

/** The entries of a list that may be chosen, and the stored one even when retired or unknown (CC-08). */
export function optionsOf(settings: Settings, list: ChoiceList, stored?: string) {
  const options = choosable(settings, list, stored).map(({ id }) => ({
    value: id,
    label: choiceLabel(settings, list, id),
  }));
  if (stored && !options.some(({ value }) => value === stored))
    options.push({ value: stored, label: stored });
  return options;
}

/** Whether a date is half typed: the browser then answers an empty value, which must not pass for "none". */
export function hasUnfinishedDate(root: ParentNode): boolean {
  return root.querySelector<HTMLInputElement>('#deadline')?.validity.badInput ?? false;
}

/** Empties a date that is half typed. Its value is empty already, so drawing the form anew would leave the half. */
export function clearUnfinishedDate(root: ParentNode): void {
  const date = root.querySelector<HTMLInputElement>('#deadline');
  if (date?.validity.badInput) date.value = '';
}
