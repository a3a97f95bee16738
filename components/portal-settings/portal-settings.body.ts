import { msg } from '@lit/localize';
import { html, type LitElement } from 'lit';

import { SettingsBody, type SettingsLink } from '../shared/settings/settings-body.js';
import type { SectionView, SettingsPage } from '../shared/settings/settings-page.js';
import { KnownDepartments } from '../shared/settings/known-departments.js';
import { createPortalModel, toldLabel } from './portal-model.js';
import { wideningSentences } from './portal-preview.js';
import { styles } from './portal-settings.styles.js';
import { fieldOfSetting, type PortalField, type PortalValues } from './portal-values.js';
import { portalFieldLabel } from './portal-words.js';
import { ProblemTeller, renderProblems } from './problems.js';
import { renderMasks, renderNotices, renderPortal, renderSharing } from './sections.js';
import { TemplateEditor } from './template-editor.js';

const sections = ['portal', 'sharing', 'masks', 'notices'] as const;
type Section = (typeof sections)[number];

/** What stands in a `<portal-settings>`. */
export type PortalSettingsBody = SettingsBody<PortalValues, Section>;

/** The content of `<portal-settings>`, fetched when it first shows. */
export function createBody(link: SettingsLink): PortalSettingsBody {
  return new SettingsBody(createPage(link.host), link);
}

function createPage(host: LitElement): SettingsPage<PortalValues, Section> {
  const departments = new KnownDepartments(host);
  const templates = new TemplateEditor(host, departments);
  const problems = new ProblemTeller();
  return {
    model: createPortalModel((id) => departments.nameOf(id)),
    title: () => msg('Portal and sharing', { id: 'portal.title' }),
    styles,
    sections,
    sectionLabel: (section) => (section === 'masks' ? portalFieldLabel('masks') : (toldLabel(section) ?? '')),
    sectionOf,
    toldLabel,
    follow: (settings) => problems.follow(settings, host),
    widens: wideningSentences,
    renderSection: (section, view) => {
      departments.follow(view.client);
      return html`${renderProblems(view, (setting) => sectionOfSetting(setting) === section)}
      ${renderPart(section, view, departments, templates)}`;
    },
  };
}

function renderPart(
  section: Section,
  view: SectionView<PortalValues>,
  departments: KnownDepartments,
  templates: TemplateEditor,
): unknown {
  switch (section) {
    case 'portal':
      return renderPortal(view);
    case 'sharing':
      return renderSharing(view, departments);
    case 'masks':
      return renderMasks(view);
    case 'notices':
      return [renderNotices(view, departments), templates.render(view)];
  }
}

/** Where something is decided. */
function sectionOf(field: PortalField): Section {
  switch (field) {
    case 'open':
    case 'unreadable':
    case 'scope':
    case 'features':
    case 'fields':
      return 'portal';
    case 'masks':
      return 'masks';
    case 'told':
    case 'noticeLocale':
    case 'templates':
    case 'webhook':
      return 'notices';
    default:
      return 'sharing';
  }
}

/** The same, by the name a setting has on the wire. */
function sectionOfSetting(setting: string): Section {
  const field = fieldOfSetting(setting);
  return field ? sectionOf(field) : 'portal';
}
