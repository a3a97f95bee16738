import { msg } from '@lit/localize';
import { html, nothing, type LitElement } from 'lit';

import type { Settings } from '../../src/contract/settings.js';
import { ConfigWarningEvent } from '../shared/config-warning.events.js';
import { renderListEditor, renderListReadOnly } from '../shared/settings/list-editor.js';
import { hasAdditions, isList, listNames, withTheirAdditions } from '../shared/settings/list-values.js';
import { SettingsBody, type SettingsLink } from '../shared/settings/settings-body.js';
import type { SettingsModel } from '../shared/settings/settings-model.js';
import type { SectionView, SettingsPage } from '../shared/settings/settings-page.js';
import { changeSentences } from './settings-changes-words.js';
import { checkSettings, fieldPlace } from './settings-checks.js';
import {
  renderDefaultPriority,
  renderOptionsReadOnly,
  renderRequiredFields,
  renderSwitches,
} from './settings-options.js';
import {
  changeBetween,
  hasRetiredDefault,
  parseSettingsValues,
  settingsFields,
  valuesOf,
  withRequired,
  type SettingsField,
  type SettingsValues,
} from './settings-values.js';
import { fieldLabel } from './settings-words.js';

const sectionNames = [...listNames, 'newCase', 'rules'] as const;
type SectionName = (typeof sectionNames)[number];

/** What stands in a `<case-settings>`. */
export type CaseSettingsBody = SettingsBody<SettingsValues, SectionName>;

const model: SettingsModel<SettingsValues> = {
  draft: { caseId: null, kind: 'settings' },
  fields: settingsFields,
  valuesOf,
  parse: parseSettingsValues,
  check: checkSettings,
  place: fieldPlace,
  changeBetween,
  keepMine: (field, base, theirs, mine) =>
    isList(field) ? { ...mine, [field]: withTheirAdditions(base[field], theirs[field], mine[field]) } : mine,
  additions: (field, base, theirs) => isList(field) && hasAdditions(base[field], theirs[field]),
  label: fieldLabel,
  sentences: changeSentences,
};

/** The content of `<case-settings>`, fetched when it first shows. */
export function createBody(link: SettingsLink): CaseSettingsBody {
  return new SettingsBody(createPage(), link);
}

function createPage(): SettingsPage<SettingsValues, SectionName> {
  let warnedOf: string | null = null;
  return {
    model,
    title: () => msg('Settings', { id: 'settings.title' }),
    sections: sectionNames,
    sectionLabel,
    sectionOf,
    renderSection,
    renderReadOnly,
    /** Tells the host of a default priority that cannot be used, once for each (CC-28). */
    follow: (settings, host) => {
      const warnOf = hasRetiredDefault(settings) ? settings.defaultPriority : null;
      if (warnOf === warnedOf) return;
      warnedOf = warnOf;
      if (warnOf !== null) warn(host, warnOf);
    },
  };
}

function warn(host: LitElement, defaultPriority: string): void {
  host.dispatchEvent(
    new ConfigWarningEvent(
      'retired_default_priority',
      `The default priority "${defaultPriority}" is retired or unknown; new cases start without one.`,
    ),
  );
}

function sectionLabel(name: SectionName): string {
  switch (name) {
    case 'newCase':
      return msg('Mandatory fields', { id: 'settings.section.new-case' });
    case 'rules':
      return msg('Portal and deadlines', { id: 'settings.section.rules' });
    default:
      return fieldLabel(name);
  }
}

/** Where a list or switch is edited. */
function sectionOf(field: SettingsField): SectionName {
  switch (field) {
    case 'defaultPriority':
      return 'priorities';
    case 'requiredFields':
      return 'newCase';
    case 'reopenOnCustomerReply':
    case 'portalScope':
    case 'dueSoonDays':
      return 'rules';
    default:
      return field;
  }
}

function renderSection(section: SectionName, { edit, onChange }: SectionView<SettingsValues>): unknown {
  const { values, submission } = edit;
  const { errors } = submission;
  const options = {
    values,
    errors,
    onChange,
    onRequire: (name: string, required: boolean) =>
      onChange({ requiredFields: withRequired(edit.values, name, required) }),
  };
  if (section === 'newCase') return renderRequiredFields(options);
  if (section === 'rules') return renderSwitches(options);
  return html`${renderListEditor({
    list: section,
    values: values[section],
    stored: new Set(edit.base[section].map(({ id }) => id)),
    errors,
    onChange: (change, deed) => onChange({ [section]: change(edit.values[section]) }, deed),
  })}
  ${section === 'priorities' ? renderDefaultPriority(options) : nothing}`;
}

/** One part for whoever may only read it. */
function renderReadOnly(section: SectionName, settings: Settings): unknown {
  const values = valuesOf(settings);
  if (section === 'newCase') return renderOptionsReadOnly(['requiredFields'], values);
  if (section === 'rules')
    return renderOptionsReadOnly(['portalScope', 'reopenOnCustomerReply', 'dueSoonDays'], values);
  return html`${renderListReadOnly(section, values[section])}
  ${section === 'priorities' ? renderOptionsReadOnly(['defaultPriority'], values) : nothing}`;
}
