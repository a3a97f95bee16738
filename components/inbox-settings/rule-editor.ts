import { msg, str } from '@lit/localize';
import { html, nothing, svg, type LitElement, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { repeat } from 'lit/directives/repeat.js';

import { failureText } from '../shared/failure.js';
import { renderInput, renderSelect, renderTextarea } from '../shared/fields.js';
import { drawIcon, icon } from '../shared/icons.js';
import { messageLimit } from '../shared/inbox/hand-over.js';
import { formatNumber } from '../shared/locale.js';
import { renderTicks, type Tick } from '../shared/settings/checks.js';
import type { KnownDepartments } from '../shared/settings/known-departments.js';
import type { Deed, SectionView } from '../shared/settings/settings-page.js';
import type { KnownInboxes } from './known-inboxes.js';
import { needsDays, ruleError } from './rule-checks.js';
import {
  newRule,
  ruleConditions,
  rulesLimit,
  type RuleCondition,
  type RulesValues,
  type RuleValue,
} from './rule-values.js';
import { conditionLabel, conditionValue, ruleName, ruleSentence, type Names } from './rule-words.js';

type View = SectionView<RulesValues>;

const upShape = svg`<path d="M8 13V3.5M3.5 8 8 3.5 12.5 8"/>`;
const downShape = svg`<path d="M8 3v9.5M3.5 8 8 12.5 12.5 8"/>`;

/** What is put into an inbox by itself: a list of rules, the first that holds counts. */
export class RuleEditor {
  readonly #host: LitElement;
  readonly #inboxes: KnownInboxes;
  readonly #departments: KnownDepartments;
  readonly #names: Names;
  readonly #open = new Set<string>();

  constructor(host: LitElement, inboxes: KnownInboxes, departments: KnownDepartments, names: Names) {
    this.#host = host;
    this.#inboxes = inboxes;
    this.#departments = departments;
    this.#names = names;
  }

  render(view: View): TemplateResult {
    const { rules } = view.edit.values;
    return html`<p class="hint">
        ${msg(
          'A case is put into an inbox when it is added, or when a change makes a rule hold. The first rule that holds counts; a case that waits in an inbox already stays there.',
          { id: 'inbox-settings.rules.hint' },
        )}
      </p>
      ${
        rules.length === 0
          ? html`<p class="none">
              ${msg('No rules: cases are put into inboxes by hand.', { id: 'inbox-settings.rules.none' })}
            </p>`
          : html`<ol class="values rules" aria-label=${msg('Rules', { id: 'inbox-settings.rules' })}>
              ${repeat(
                rules,
                ({ id }) => id,
                (rule, index) => this.#renderRule(view, rule, index),
              )}
            </ol>`
      }
      ${
        rules.length < rulesLimit
          ? html`<button class="button" type="button" data-action="add" @click=${() => this.#add(view)}>
              ${icon('add')} ${msg('Add rule', { id: 'inbox-settings.rules.add' })}
            </button>`
          : nothing
      }`;
  }

  #renderRule(view: View, rule: RuleValue, index: number): TemplateResult {
    const { edit, settings } = view;
    const { id } = rule;
    const wrong = Object.keys(edit.submission.errors).some((error) => error.startsWith(`rules.${id}.`));
    const open = wrong || this.#open.has(id);
    const name = ruleName(index);
    const last = index === edit.values.rules.length - 1;
    return html`<li class="value rule" data-id=${id}>
      <div class="name">
        <button
          class="button quiet sentence"
          type="button"
          data-control="toggle"
          aria-expanded=${open ? 'true' : 'false'}
          aria-controls=${ifDefined(open ? `rule-${index}` : undefined)}
          @click=${() => this.#toggle(id, !open)}
        >
          <span
            ><span class="hint">${name}</span>
            <bdi>${ruleSentence(rule, withTyped(settings, edit.values), this.#names)}</bdi></span
          >
        </button>
      </div>
      <div class="tools">
        ${this.#renderMove(view, rule, { index, by: -1, stop: index === 0, control: 'up' })}
        ${this.#renderMove(view, rule, { index, by: 1, stop: last, control: 'down' })}
        <button
          class="button quiet end"
          type="button"
          data-control="remove"
          aria-label=${msg(str`Remove ${name}`, { id: 'settings.value.remove-of' })}
          @click=${() => this.#remove(view, rule, index)}
        >
          ${msg('Remove', { id: 'settings.value.remove' })}
        </button>
      </div>
      ${
        open
          ? html`<div class="editor" id="rule-${index}" role="group" aria-label=${name}>
              ${this.#renderFields(view, rule)}
            </div>`
          : nothing
      }
    </li>`;
  }

  #renderMove(
    view: View,
    rule: RuleValue,
    to: {
      readonly index: number;
      readonly by: -1 | 1;
      readonly stop: boolean;
      readonly control: 'up' | 'down';
    },
  ): TemplateResult {
    const name = ruleName(to.index);
    return html`<button
      class="button quiet icon"
      type="button"
      data-control=${to.control}
      aria-label=${
        to.control === 'up'
          ? msg(str`Move ${name} up`, { id: 'settings.value.up' })
          : msg(str`Move ${name} down`, { id: 'settings.value.down' })
      }
      aria-disabled=${ifDefined(to.stop ? 'true' : undefined)}
      @click=${() => (to.stop ? undefined : this.#move(view, rule, to.index, to.by, to.control))}
    >
      ${drawIcon(to.control === 'up' ? upShape : downShape)}
    </button>`;
  }

  #renderFields(view: View, rule: RuleValue): TemplateResult {
    const { edit, client } = view;
    const { values, submission } = edit;
    const { id, inboxId, dueType, dueInDays, message } = rule;
    const errorOf = (field: keyof RuleValue) => submission.errors[ruleError(id, field)]?.();
    const field = (name: keyof RuleValue) => ({ name: `${name}-${id}`, error: errorOf(name) });
    return html`<p class="hint">
        ${msg(
          'The rule holds for a case with one of the ticked values in each group. A group without a tick asks nothing.',
          {
            id: 'inbox-settings.rule.when.hint',
          },
        )}
      </p>
      ${
        this.#departments.error
          ? html`<div class="message" role="alert">
              <p>${failureText(this.#departments.error)}</p>
              <button class="button" type="button" @click=${() => void this.#departments.read(client)}>
                ${msg('Try again', { id: 'action.retry' })}
              </button>
            </div>`
          : nothing
      }
      <div class="fields">
        ${ruleConditions.map((condition) => {
          const ticks = this.#ticks(view, rule, condition);
          return ticks.length === 0
            ? nothing
            : renderTicks({
                name: `${condition}-${id}`,
                legend: conditionLabel(condition),
                error: errorOf(condition),
                ticks,
                chosen: rule[condition],
                onChange: (value, ticked) =>
                  this.#change(view, id, condition, {
                    [condition]: ticked
                      ? [...rule[condition], value]
                      : rule[condition].filter((each) => each !== value),
                  }),
              });
        })}
      </div>
      <div class="fields">
        ${renderSelect({
          ...field('inboxId'),
          label: msg('Inbox', { id: 'inbox.field.inbox' }),
          required: true,
          value: inboxId,
          placeholder: msg('Choose an inbox', { id: 'inbox-settings.rule.choose' }),
          options: this.#inboxOptions(inboxId),
          onChange: (value) => this.#change(view, id, 'inboxId', { inboxId: value }),
        })}
        ${renderSelect({
          ...field('dueType'),
          label: msg('Due type', { id: 'inbox.field.due-type' }),
          value: dueType,
          placeholder: msg('Nothing is due', { id: 'inbox.field.due-type.none' }),
          options: dueTypeOptions(values, dueType),
          onChange: (value) => {
            const change = { dueType: value };
            const dated = needsDays({ ...rule, ...change }, values);
            this.#change(view, id, 'dueType', { ...change, ...(!dated && { dueInDays: '' }) });
          },
        })}
        ${
          needsDays(rule, values) || dueInDays || errorOf('dueInDays')
            ? renderInput({
                ...field('dueInDays'),
                label: msg('Due after, in days', { id: 'inbox-settings.rule.due-in' }),
                required: true,
                value: dueInDays,
                onChange: (value) => this.#change(view, id, 'dueInDays', { dueInDays: value }),
              })
            : nothing
        }
      </div>
      ${renderTextarea({
        ...field('message'),
        label: msg('Message', { id: 'inbox.field.message' }),
        wide: true,
        value: message,
        limit: messageLimit,
        onChange: (value) => this.#change(view, id, 'message', { message: value }),
      })}`;
  }

  #ticks({ settings }: View, rule: RuleValue, condition: RuleCondition): readonly Tick[] {
    const chosen = rule[condition];
    const list = condition === 'type' ? settings.caseTypes : settings.priorities;
    const known =
      condition === 'departmentId'
        ? this.#departments.list(chosen).map(({ id }) => id)
        : list.filter(({ id, retired }) => !retired || chosen.includes(id)).map(({ id }) => id);
    return [...new Set([...known, ...chosen])].map((id) => ({
      id,
      label: conditionValue(condition, id, settings, this.#names),
    }));
  }

  #inboxOptions(current: string): readonly { readonly value: string; readonly label: string }[] {
    const inboxes = this.#inboxes.items ?? [];
    const offered = inboxes.filter(({ id, retired }) => !retired || id === current);
    const missing = current && !inboxes.some(({ id }) => id === current);
    return [
      ...offered.map(({ id, name, retired }) => ({
        value: id,
        label: retired ? msg(str`${name} (retired)`, { id: 'choice.retired' }) : name,
      })),
      ...(missing ? [{ value: current, label: current }] : []),
    ];
  }

  #toggle(id: string, open: boolean): void {
    if (open) this.#open.add(id);
    else this.#open.delete(id);
    this.#host.requestUpdate();
  }

  #add({ onChange, edit }: View): void {
    const rule = newRule();
    this.#open.add(rule.id);
    onChange({ rules: [...edit.values.rules, rule] }, { focus: { id: rule.id, control: 'toggle' } });
  }

  #remove({ onChange, edit }: View, rule: RuleValue, index: number): void {
    const { rules } = edit.values;
    const next = rules[index + 1] ?? rules[index - 1];
    const name = ruleName(index);
    onChange(
      { rules: rules.filter(({ id }) => id !== rule.id) },
      {
        said: msg(str`${name} was removed.`, { id: 'settings.said.removed' }),
        focus: { id: next?.id, control: 'toggle' },
      },
    );
  }

  #move({ onChange, edit }: View, rule: RuleValue, index: number, by: -1 | 1, control: 'up' | 'down'): void {
    const others = edit.values.rules.filter(({ id }) => id !== rule.id);
    const to = index + by;
    const name = ruleName(index);
    const place = formatNumber(to + 1);
    const count = formatNumber(edit.values.rules.length);
    onChange(
      { rules: [...others.slice(0, to), rule, ...others.slice(to)] },
      {
        said: msg(str`${name} is now ${place} of ${count}.`, { id: 'settings.said.moved' }),
        focus: { id: rule.id, control },
      },
    );
  }

  #change({ onChange, edit }: View, id: string, field: keyof RuleValue, change: Partial<RuleValue>): void {
    const deed: Deed = { touched: ruleError(id, field) };
    onChange(
      { rules: edit.values.rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)) },
      deed,
    );
    // What was wrong is open, and stays so once it is put right.
    this.#open.add(id);
  }
}

/** The settings with the due types as they are typed. */
function withTyped(settings: View['settings'], { dueTypes }: RulesValues): View['settings'] {
  return {
    ...settings,
    dueTypes: dueTypes.map((value) => ({ ...value, dateRequired: value.dateRequired === true })),
  };
}

function dueTypeOptions({ dueTypes }: RulesValues, current: string) {
  const offered = dueTypes.filter(
    ({ id, label, retired }) => id === current || (!retired && label.trim() !== ''),
  );
  const missing = current && !dueTypes.some(({ id }) => id === current);
  return [
    ...offered.map(({ id, label, retired }) => ({
      value: id,
      label: retired ? msg(str`${label} (retired)`, { id: 'choice.retired' }) : label,
    })),
    ...(missing ? [{ value: current, label: current }] : []),
  ];
}
