import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';

// This import defines the elements: React turns an object given to one that is not yet defined into "[object Object]".
import {
  CaseDetail as CaseDetailElement,
  CaseEditPanel as CaseEditPanelElement,
  CaseForm as CaseFormElement,
  CaseList as CaseListElement,
  CaseProvider as CaseProviderElement,
  CaseSettings as CaseSettingsElement,
  InboxSettings as InboxSettingsElement,
  InboxTable as InboxTableElement,
  NoteComposer as NoteComposerElement,
  ProjectPanel as ProjectPanelElement,
  SharedWith as SharedWithElement,
  PortalSettings as PortalSettingsElement,
  ShareManager as ShareManagerElement,
  type BulkDoneEvent,
  type BulkSubmitEvent,
  type CaseAddEvent,
  type CaseBackEvent,
  type CaseChangeEvent,
  type CaseCloseEvent,
  type CaseCreateEvent,
  type CaseReopenEvent,
  type CaseReopenRequestEvent,
  type CaseSaveEvent,
  type CasesAllEvent,
  type CaseSelectEvent,
  type CaseSubmitEvent,
  type CaseWarningEvent,
  type ConfigErrorEvent,
  type ConfigWarningEvent,
  type FiltersChangeEvent,
  type InboxChangeEvent,
  type InboxCountEvent,
  type InboxFiltersChangeEvent,
  type NoteCreateEvent,
  type NoteSubmitEvent,
  type OpenCustomerEvent,
  type ProjectSelectEvent,
  type SettingsChangeEvent,
  type SettingsSaveEvent,
  type ShareChangeEvent,
  type ShareRequestEvent,
  type ViewChangeEvent,
} from '../index.js';

const panelEvents = {
  onNoteSubmit: 'note-submit' as EventName<NoteSubmitEvent>,
  onCaseClose: 'case-close' as EventName<CaseCloseEvent>,
  onCaseReopen: 'case-reopen' as EventName<CaseReopenEvent>,
  onCaseSave: 'case-save' as EventName<CaseSaveEvent>,
  onCaseChange: 'case-change' as EventName<CaseChangeEvent>,
};

const composerEvents = {
  ...panelEvents,
  onNoteCreate: 'note-create' as EventName<NoteCreateEvent>,
  onCaseReopenRequest: 'case-reopen-request' as EventName<CaseReopenRequestEvent>,
  onShareRequest: 'share-request' as EventName<ShareRequestEvent>,
};

const formEvents = {
  onCaseSubmit: 'case-submit' as EventName<CaseSubmitEvent>,
  onCaseCreate: 'case-create' as EventName<CaseCreateEvent>,
  onConfigWarning: 'config-warning' as EventName<ConfigWarningEvent>,
};

/** `<case-provider>` as a React component. */
export const CaseProvider = createComponent({
  react: React,
  tagName: 'case-provider',
  elementClass: CaseProviderElement,
  events: {
    onConfigError: 'config-error' as EventName<ConfigErrorEvent>,
    onConfigWarning: 'config-warning' as EventName<ConfigWarningEvent>,
  },
});

/** `<case-list>` as a React component. */
export const CaseList = createComponent({
  react: React,
  tagName: 'case-list',
  elementClass: CaseListElement,
  events: {
    ...formEvents,
    onCaseSelect: 'case-select' as EventName<CaseSelectEvent>,
    onCaseAdd: 'case-add' as EventName<CaseAddEvent>,
    onCasesAll: 'cases-all' as EventName<CasesAllEvent>,
    onFiltersChange: 'filters-change' as EventName<FiltersChangeEvent>,
    onBulkSubmit: 'bulk-submit' as EventName<BulkSubmitEvent>,
    onBulkDone: 'bulk-done' as EventName<BulkDoneEvent>,
    onViewChange: 'view-change' as EventName<ViewChangeEvent>,
    onConfigError: 'config-error' as EventName<ConfigErrorEvent>,
  },
});

/** `<case-detail>` as a React component. */
export const CaseDetail = createComponent({
  react: React,
  tagName: 'case-detail',
  elementClass: CaseDetailElement,
  events: {
    ...composerEvents,
    onCaseBack: 'case-back' as EventName<CaseBackEvent>,
    onCaseWarning: 'case-warning' as EventName<CaseWarningEvent>,
    onShareChange: 'share-change' as EventName<ShareChangeEvent>,
    onConfigError: 'config-error' as EventName<ConfigErrorEvent>,
  },
});

/** `<note-composer>` as a React component. */
export const NoteComposer = createComponent({
  react: React,
  tagName: 'note-composer',
  elementClass: NoteComposerElement,
  events: composerEvents,
});

/** `<case-form>` as a React component. */
export const CaseForm = createComponent({
  react: React,
  tagName: 'case-form',
  elementClass: CaseFormElement,
  events: formEvents,
});

/** `<case-edit-panel>` as a React component. */
export const CaseEditPanel = createComponent({
  react: React,
  tagName: 'case-edit-panel',
  elementClass: CaseEditPanelElement,
  events: panelEvents,
});

/** `<case-settings>` as a React component. */
export const CaseSettings = createComponent({
  react: React,
  tagName: 'case-settings',
  elementClass: CaseSettingsElement,
  events: {
    onSettingsSave: 'settings-save' as EventName<SettingsSaveEvent>,
    onSettingsChange: 'settings-change' as EventName<SettingsChangeEvent>,
    onConfigWarning: 'config-warning' as EventName<ConfigWarningEvent>,
  },
});

/** `<share-manager>` as a React component. */
export const ShareManager = createComponent({
  react: React,
  tagName: 'share-manager',
  elementClass: ShareManagerElement,
  events: {
    onShareChange: 'share-change' as EventName<ShareChangeEvent>,
    onConfigError: 'config-error' as EventName<ConfigErrorEvent>,
  },
});

/** `<portal-settings>` as a React component. */
export const PortalSettings = createComponent({
  react: React,
  tagName: 'portal-settings',
  elementClass: PortalSettingsElement,
  events: {
    onSettingsSave: 'settings-save' as EventName<SettingsSaveEvent>,
    onSettingsChange: 'settings-change' as EventName<SettingsChangeEvent>,
    onConfigError: 'config-error' as EventName<ConfigErrorEvent>,
  },
});

/** `<inbox-settings>` as a React component. */
export const InboxSettings = createComponent({
  react: React,
  tagName: 'inbox-settings',
  elementClass: InboxSettingsElement,
  events: {
    onSettingsSave: 'settings-save' as EventName<SettingsSaveEvent>,
    onSettingsChange: 'settings-change' as EventName<SettingsChangeEvent>,
    onInboxChange: 'inbox-change' as EventName<InboxChangeEvent>,
  },
});

/** `<inbox-table>` as a React component. */
export const InboxTable = createComponent({
  react: React,
  tagName: 'inbox-table',
  elementClass: InboxTableElement,
  events: {
    onInboxCount: 'inbox-count' as EventName<InboxCountEvent>,
    onInboxFiltersChange: 'inbox-filters-change' as EventName<InboxFiltersChangeEvent>,
    onCaseSelect: 'case-select' as EventName<CaseSelectEvent>,
    onOpenCustomer: 'open-customer' as EventName<OpenCustomerEvent>,
    ...panelEvents,
    ...composerEvents,
    onConfigError: 'config-error' as EventName<ConfigErrorEvent>,
  },
});

/** `<project-panel>` as a React component. */
export const ProjectPanel = createComponent({
  react: React,
  tagName: 'project-panel',
  elementClass: ProjectPanelElement,
  events: {
    onProjectSelect: 'project-select' as EventName<ProjectSelectEvent>,
    onCaseSelect: 'case-select' as EventName<CaseSelectEvent>,
    onShareChange: 'share-change' as EventName<ShareChangeEvent>,
    onConfigError: 'config-error' as EventName<ConfigErrorEvent>,
  },
});

/** `<shared-with>` as a React component. */
export const SharedWith = createComponent({
  react: React,
  tagName: 'shared-with',
  elementClass: SharedWithElement,
  events: {
    onProjectSelect: 'project-select' as EventName<ProjectSelectEvent>,
    onCaseSelect: 'case-select' as EventName<CaseSelectEvent>,
  },
});
