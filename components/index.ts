import './case-provider/case-provider.js';
import './case-list/case-list.js';
import './case-detail/case-detail.js';
import './note-composer/note-composer.js';
import './case-form/case-form.js';
import './case-edit-panel/case-edit-panel.js';
import './case-settings/case-settings.js';
import './project-panel/project-panel.js';
import './shared-with/shared-with.js';
import './portal-settings/portal-settings.js';
import './inbox-settings/inbox-settings.js';
import './inbox-table/inbox-table.js';
import './share-manager/share-manager.js';

export { CaseProvider } from './case-provider/case-provider.element.js';
export { CaseList } from './case-list/case-list.element.js';
export { CaseDetail } from './case-detail/case-detail.element.js';
export { NoteComposer } from './note-composer/note-composer.element.js';
export { CaseForm } from './case-form/case-form.element.js';
export { CaseEditPanel } from './case-edit-panel/case-edit-panel.element.js';
export { CaseSettings } from './case-settings/case-settings.element.js';
export { ProjectPanel } from './project-panel/project-panel.element.js';
export { SharedWith } from './shared-with/shared-with.element.js';
export { PortalSettings } from './portal-settings/portal-settings.element.js';
export { InboxSettings } from './inbox-settings/inbox-settings.element.js';
export { InboxTable } from './inbox-table/inbox-table.element.js';
export { ShareManager } from './share-manager/share-manager.element.js';

export {
  addCaseLocale,
  setCaseLocale,
  type CaseLocaleSource,
  type CaseMessages,
} from './shared/localization.js';

export type { CaseBackEvent, CaseWarningEvent } from './case-detail/case-detail.events.js';
export type {
  CaseChangeEvent,
  CaseChangeKind,
  CaseCloseEvent,
  CaseReopenEvent,
  CaseSaveEvent,
} from './case-edit-panel/case-edit-panel.events.js';
export type { CaseCreateEvent, CaseSubmitEvent } from './case-form/case-form.events.js';
export type { BulkDoneEvent, BulkSubmitEvent } from './case-list/bulk.events.js';
export type {
  CaseAddEvent,
  CasesAllEvent,
  FiltersChangeEvent,
  ViewChangeEvent,
} from './case-list/case-list.events.js';
export type { InboxChangeEvent } from './inbox-settings/inbox-settings.events.js';
export type {
  InboxCountEvent,
  InboxFiltersChangeEvent,
  OpenCustomerEvent,
} from './inbox-table/inbox-table.events.js';
export type { InboxFilters } from './inbox-table/inbox-table.filters.js';
export type {
  CaseReopenRequestEvent,
  NoteCreateEvent,
  ShareRequestEvent,
} from './note-composer/note-composer.events.js';
export type { ShareChangeEvent } from './share-manager/share-manager.events.js';
export type { CaseSelectEvent } from './shared/case-select.events.js';
export type { ConfigErrorEvent } from './shared/config-error.js';
export type { ConfigWarningEvent } from './shared/config-warning.events.js';
export type { CaseFilters } from './shared/filter-state.js';
export type {
  ActionContext,
  CaseHost,
  HostAction,
  HostText,
  LinkType,
  RunContext,
  RunOutcome,
} from './shared/host-actions/host-types.js';
export { registerAction, registerLinkType } from './shared/host-actions/registry.js';
export type {
  ActionSchema,
  ActionValues,
  ChoiceSchema,
  DateSchema,
  FieldSchema,
  FlagSchema,
  NumberSchema,
  TextSchema,
} from './shared/host-actions/schema-types.js';
export type { NoteSubmitEvent } from './shared/note-submit.events.js';
export type { ProjectSelectEvent } from './shared/project-select.events.js';
export type { SettingsChangeEvent, SettingsSaveEvent } from './shared/settings/settings.events.js';

export { defineCaseElements } from './define-elements.js';
export type {
  CaseElement,
  CaseElementName,
  CaseElementNames,
  DefineOptions,
  PrefixedCaseElements,
} from './define-elements.js';
export type { CaseAppearance, CaseToken } from './plugin/appearance.js';
export { createCasePlugin } from './plugin/create-case-plugin.js';
export type {
  CaseElementProps,
  CaseMount,
  CasePlugin,
  CasePluginElement,
  CasePluginOptions,
  CasePluginUpdate,
} from './plugin/create-case-plugin.js';
