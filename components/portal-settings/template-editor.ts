import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { repeat } from 'lit/directives/repeat.js';

import { noticePlaceholders } from '../../src/contract/notice-placeholders.js';
import { noticeEvents, noticeLocales, type NoticeTemplate } from '../../src/contract/notices.js';
import { renderInput, renderSelect, renderTextarea } from '../shared/fields.js';
import { icon } from '../shared/icons.js';
import type { SectionView } from '../shared/settings/settings-page.js';
import type { KnownDepartments } from '../shared/settings/known-departments.js';
import type { PortalValues } from './portal-values.js';
import { languageLabel, noticeLabel, portalFieldLabel } from './portal-words.js';
import { renderTemplatePreview } from './template-preview.js';
import {
  newTemplate,
  templateError,
  templateKey,
  templateLimits,
  templateTexts,
  type TemplatePlace,
  type TemplateText,
} from './templates.js';

type View = SectionView<PortalValues>;

/** Words of one's own in the place of the usual ones, by event, language and department (DE-33). */
export class TemplateEditor {
  readonly #host: LitElement;
  readonly #departments: KnownDepartments;
  #open: string | undefined;
  #place: TemplatePlace = { department: null, event: 'share', locale: 'en' };
  #field: TemplateText = 'text';

  constructor(host: LitElement, departments: KnownDepartments) {
    this.#host = host;
    this.#departments = departments;
  }

  render(view: View): TemplateResult {
    const { templates } = view.edit.values;
    return html`<h4>${portalFieldLabel('templates')}</h4>
      <p class="hint">
        ${msg('Where there are none, the usual words are sent.', { id: 'portal.templates.hint' })}
      </p>
      ${
        templates.length === 0
          ? nothing
          : html`<ul class="values templates">
              ${repeat(templates, templateKey, (template) => this.#renderTemplate(view, template))}
            </ul>`
      }
      ${this.#renderAdd(view)}`;
  }

  #renderTemplate(view: View, template: NoticeTemplate): TemplateResult {
    const key = templateKey(template);
    const { errors } = view.edit.submission;
    const wrong = templateTexts.some((part) => errors[templateError(template, part)]);
    // What is wrong is seen, whichever was open.
    const open = wrong || this.#open === key;
    const name = this.#nameOf(template);
    return html`<li class="template" data-id=${key}>
      <div class="value">
        <span class="name" dir="auto">${name}</span>
        <span class="tools">
          <button
            class="button quiet"
            type="button"
            data-control="toggle"
            aria-expanded=${open}
            aria-label=${open ? closeLabel(name) : editLabel(name)}
            @click=${() => this.#toggle(open ? undefined : key)}
          >
            ${open ? msg('Close', { id: 'action.close' }) : msg('Edit', { id: 'portal.template.edit' })}
          </button>
          <button
            class="button quiet"
            type="button"
            aria-label=${msg(str`Use the usual words again: ${name}`, { id: 'portal.template.remove-of' })}
            @click=${() => this.#remove(view, key, name)}
          >
            ${msg('Usual words', { id: 'portal.template.remove' })}
          </button>
        </span>
      </div>
      ${open ? this.#renderEditor(view, template) : nothing}
    </li>`;
  }

  #renderEditor(view: View, template: NoticeTemplate): TemplateResult {
    const key = templateKey(template);
    const at = view.edit.values.templates.findIndex((each) => templateKey(each) === key);
    const field = (part: TemplateText) => ({
      name: `template-${at}-${part}`,
      value: template[part] ?? '',
      error: view.edit.submission.errors[templateError(template, part)]?.(),
      onChange: (text: string) => this.#write(view, key, part, text),
    });
    return html`<div class="editor" @focusin=${this.#onFocus}>
      ${renderInput({
        ...field('subject'),
        label: msg('Subject', { id: 'case.subject' }),
        required: true,
      })}
      ${renderTextarea({
        ...field('text'),
        label: msg('Text', { id: 'portal.template.text' }),
        required: true,
        limit: templateLimits.text,
      })}
      ${renderInput({
        ...field('sms'),
        label: msg('Short text for telephones', { id: 'portal.template.sms' }),
        hint: msg('Empty: the usual one.', { id: 'portal.template.sms.hint' }),
      })}
      <div class="placeholders" role="group" aria-labelledby="placeholders-${at}">
        <p class="hint" id="placeholders-${at}">
          ${msg('Put into the text, and filled in when it is sent:', { id: 'portal.template.placeholders' })}
        </p>
        ${Object.keys(noticePlaceholders[template.event]).map(
          (name) =>
            html`<button class="button quiet" type="button" @click=${() => this.#insert(view, key, at, name)}>
              <bdi>{{${name}}}</bdi>
            </button>`,
        )}
      </div>
      ${renderTemplatePreview(template, view)}
    </div>`;
  }

  #renderAdd(view: View): TemplateResult {
    const { templates } = view.edit.values;
    const place = this.#place;
    const taken = templates.some((each) => templateKey(each) === templateKey(place));
    const departments = this.#departments.list([]);
    const set = (change: Partial<TemplatePlace>) => {
      this.#place = { ...place, ...change };
      this.#host.requestUpdate();
    };
    return html`<fieldset class="checks add-template">
      <legend class="label">${msg('Write own words', { id: 'portal.template.add' })}</legend>
      <div class="fields">
        ${renderSelect({
          name: 'template-event',
          label: msg('When', { id: 'portal.template.event' }),
          value: place.event,
          options: noticeEvents.map((value) => ({ value, label: noticeLabel(value) })),
          onChange: (value) => set({ event: value as TemplatePlace['event'] }),
        })}
        ${renderSelect({
          name: 'template-locale',
          label: msg('Language', { id: 'portal.template.locale' }),
          value: place.locale,
          options: noticeLocales.map((value) => ({ value, label: languageLabel(value) })),
          onChange: (value) => set({ locale: value as TemplatePlace['locale'] }),
        })}
        ${renderSelect({
          name: 'template-department',
          label: msg('Department', { id: 'case.department' }),
          value: place.department ?? '',
          placeholder: allDepartments(),
          options: departments.map(({ id, name }) => ({ value: id, label: name })),
          onChange: (value) => set({ department: value || null }),
        })}
      </div>
      <button
        class="button"
        type="button"
        data-action="add"
        aria-disabled=${ifDefined(taken ? 'true' : undefined)}
        aria-describedby=${ifDefined(taken ? 'template-taken' : undefined)}
        @click=${() => (taken ? undefined : this.#add(view))}
      >
        ${icon('add')} ${msg('Write own words', { id: 'portal.template.add' })}
      </button>
      ${
        taken
          ? html`<p class="hint" id="template-taken">
              ${msg('They are in the list above already.', { id: 'portal.template.taken' })}
            </p>`
          : nothing
      }
    </fieldset>`;
  }

  #add({ edit, onChange }: View): void {
    const template = newTemplate(this.#place);
    this.#open = templateKey(template);
    onChange(
      { templates: [...edit.values.templates, template] },
      { focus: { id: this.#open, control: 'toggle' } },
    );
  }

  #remove({ edit, onChange }: View, key: string, name: string): void {
    onChange(
      { templates: edit.values.templates.filter((each) => templateKey(each) !== key) },
      {
        said: msg(str`The usual words are used again: ${name}.`, { id: 'portal.template.removed' }),
        focus: { id: undefined, control: 'toggle' },
      },
    );
  }

  #write({ edit, onChange }: View, key: string, part: TemplateText, text: string): void {
    const templates = edit.values.templates.map((each) => {
      if (templateKey(each) !== key) return each;
      const { sms, ...rest } = each;
      const short = part === 'sms' ? text : sms;
      return { ...rest, ...(part !== 'sms' && { [part]: text }), ...(short && { sms: short }) };
    });
    onChange({ templates }, { touched: `templates.${key}.${part}` });
  }

  /** Puts a placeholder where the cursor stands, or stood. */
  #insert(view: View, key: string, at: number, name: string): void {
    const field = this.#control(at);
    if (!field) return;
    const { value, selectionStart, selectionEnd } = field;
    const start = selectionStart ?? value.length;
    const put = `{{${name}}}`;
    const text = value.slice(0, start) + put + value.slice(selectionEnd ?? start);
    this.#write(view, key, this.#field, text);
    void this.#host.updateComplete.then(() => {
      field.focus();
      field.setSelectionRange(start + put.length, start + put.length);
    });
  }

  #control(at: number): HTMLInputElement | HTMLTextAreaElement | null {
    return this.#host.renderRoot.querySelector(`#template-${at}-${this.#field}`);
  }

  readonly #onFocus = ({ target }: Event): void => {
    const part = templateTexts.find((each) => (target as Element).id.endsWith(`-${each}`));
    if (part) this.#field = part;
  };

  #toggle(key: string | undefined): void {
    this.#open = key;
    this.#field = 'text';
    this.#host.requestUpdate();
  }

  #nameOf({ event, locale, department }: NoticeTemplate): string {
    const where = department === null ? allDepartments() : this.#departments.nameOf(department);
    return [noticeLabel(event), languageLabel(locale), where].join(' · ');
  }
}

function allDepartments(): string {
  return msg('All others', { id: 'portal.template.all' });
}

function editLabel(name: string): string {
  return msg(str`Edit ${name}`, { id: 'portal.template.edit-of' });
}

function closeLabel(name: string): string {
  return msg(str`Close ${name}`, { id: 'portal.template.close-of' });
}
