import { msg } from '@lit/localize';
import { html, type LitElement } from 'lit';

import { handOverErrorText } from '../shared/inbox/hand-over.js';
import { renderSwitch } from '../shared/settings/checks.js';
import { KnownDepartments } from '../shared/settings/known-departments.js';
import { renderListEditor } from '../shared/settings/list-editor.js';
import { hasAdditions, withTheirAdditions } from '../shared/settings/list-values.js';
import { SettingsBody, type SettingsLink } from '../shared/settings/settings-body.js';
import type { SettingsModel } from '../shared/settings/settings-model.js';
import type { SectionView, SettingsPage } from '../shared/settings/settings-page.js';
import { InboxDialog } from './inbox-dialog.js';
import { InboxList } from './inbox-list.js';
import { InboxChangeEvent } from './inbox-settings.events.js';
import { inboxesRefusal } from './inbox-refusal.js';
import { styles } from './inbox-settings.styles.js';
import { KnownInboxes } from './known-inboxes.js';
import { renderRuleProblems } from './rule-problems.js';
import { RuleEditor } from './rule-editor.js';
import { checkValues, fieldPlace } from './rule-checks.js';
import {
  changeBetween,
  parseValues,
  rulesFields,
  valuesOf,
  type RulesField,
  type RulesValues,
} from './rule-values.js';
import { rulesFieldLabel, rulesSentences, toldLabel, type Names } from './rule-words.js';

const sections = ['inboxes', 'rules', 'dueTypes', 'working'] as const;
type Section = (typeof sections)[number];

/** What stands in an `<inbox-settings>`. */
export type InboxSettingsBody = SettingsBody<RulesValues, Section>;

/** The content of `<inbox-settings>`, fetched when it first shows. */
export function createBody(link: SettingsLink): InboxSettingsBody {
  return new SettingsBody(createPage(link), link);
}

function createPage({ host, client }: SettingsLink): SettingsPage<RulesValues, Section> {
  const inboxes = new KnownInboxes(host, client);
  const departments = new KnownDepartments(host);
  const names: Names = {
    inbox: (id) => inboxes.nameOf(id),
    department: (id) => departments.nameOf(id),
  };
  const rules = new RuleEditor(host, inboxes, departments, names);
  const list = new InboxList(host, inboxes, (from, inbox) => dialog.open(from, inbox));
  const dialog = new InboxDialog({
    host,
    client,
    saved: ({ id, name }, made) => {
      list.saved(name, made);
      announce(host, id);
    },
  });
  return {
    model: createModel(names),
    title: () => msg('Inboxes', { id: 'inbox-settings.title' }),
    styles,
    sections,
    sectionLabel,
    sectionOf,
    toldLabel,
    refusal: inboxesRefusal,
    unsaved: () => dialog.unsaved,
    follow: () => {
      inboxes.follow();
      const from = client();
      if (from) dialog.follow(from, inboxes.items);
    },
    renderBeside: ({ client: from, settings }) => dialog.render(from, settings),
    renderSection: (section, view) => {
      departments.follow(view.client);
      switch (section) {
        case 'inboxes':
          return list.render(view.client);
        case 'rules':
          return html`${renderRuleProblems(view, inboxes)} ${rules.render(view)}`;
        case 'dueTypes':
          return renderDueTypes(view);
        case 'working':
          return renderWorking(view);
      }
    },
  };
}

function createModel(names: Names): SettingsModel<RulesValues> {
  return {
    draft: { caseId: null, kind: 'inboxes' },
    fields: rulesFields,
    valuesOf,
    parse: parseValues,
    check: checkValues,
    place: fieldPlace,
    say: handOverErrorText,
    changeBetween,
    keepMine: (field, base, theirs, mine) =>
      field === 'dueTypes'
        ? { ...mine, dueTypes: withTheirAdditions(base.dueTypes, theirs.dueTypes, mine.dueTypes) }
        : mine,
    additions: (field, base, theirs) => field === 'dueTypes' && hasAdditions(base.dueTypes, theirs.dueTypes),
    label: rulesFieldLabel,
    sentences: (field, from, to, settings) => rulesSentences(field, from, to, settings, names),
  };
}

function announce(host: LitElement, inboxId: string): void {
  const event = new InboxChangeEvent(inboxId);
  host.dispatchEvent(event);
}

function sectionLabel(section: Section): string {
  switch (section) {
    case 'inboxes':
      return msg('Inboxes', { id: 'inbox-settings.title' });
    case 'working':
      return msg('Working', { id: 'inbox-settings.section.working' });
    default:
      return rulesFieldLabel(section);
  }
}

/** Where something is decided. */
function sectionOf(field: RulesField): Section {
  return field === 'dueTypes' || field === 'rules' ? field : 'working';
}

function renderDueTypes({ edit, onChange }: SectionView<RulesValues>): unknown {
  return renderListEditor({
    list: 'dueTypes',
    values: edit.values.dueTypes,
    stored: new Set(edit.base.dueTypes.map(({ id }) => id)),
    errors: edit.submission.errors,
    onChange: (change, deed) => onChange({ dueTypes: change(edit.values.dueTypes) }, deed),
  });
}

function renderWorking({ edit, onChange }: SectionView<RulesValues>): unknown {
  const { values, submission } = edit;
  const { errors } = submission;
  return html`<div class="options">
    ${renderSwitch({
      name: 'requireOwnership',
      label: rulesFieldLabel('requireOwnership'),
      hint: msg('Otherwise whoever may read it can complete what nobody has taken.', {
        id: 'inbox-settings.ownership.hint',
      }),
      error: errors['requireOwnership']?.(),
      checked: values.requireOwnership,
      onChange: (requireOwnership) => onChange({ requireOwnership }),
    })}
    ${renderSwitch({
      name: 'severalAtOnce',
      label: rulesFieldLabel('severalAtOnce'),
      hint: msg('Otherwise a case that waits in an inbox cannot be put into another before that is done.', {
        id: 'inbox-settings.several.hint',
      }),
      error: errors['severalAtOnce']?.(),
      checked: values.severalAtOnce,
      onChange: (severalAtOnce) => onChange({ severalAtOnce }),
    })}
  </div>`;
}
