import type { CSSResult, LitElement } from 'lit';

import type { CaseClient } from '../../../src/client/client.js';
import type { Session } from '../../../src/contract/session.js';
import type { Settings } from '../../../src/contract/settings.js';
import type { Sentence } from '../field-errors.js';
import type { SettingsEdit } from './settings-edit.js';
import type { FieldOf, SettingsModel } from './settings-model.js';

/** What was done: said to those who do not see it, and where the focus goes then. */
export interface Deed {
  readonly said?: string;
  /** The value to go to, and its control; the button that adds where it is absent. */
  readonly focus?: { readonly id: string | undefined; readonly control: string };
  /** The error that no longer holds. */
  readonly touched?: string;
}

/** What a part of the form is drawn from. */
export interface SectionView<V extends object> {
  readonly client: CaseClient;
  readonly session: Session;
  readonly settings: Settings;
  readonly edit: SettingsEdit<V>;
  /** Given what changes alone: several values may change before the next drawing, as when a browser fills them in. */
  readonly onChange: (change: Partial<V>, deed?: Deed) => void;
}

/** One form of the settings: its parts, and how each is drawn. The way of editing, saving and merging is the same for all. */
export interface SettingsPage<V extends object, S extends string> {
  readonly model: SettingsModel<V>;
  readonly title: Sentence;
  /** Looks of its own, beside those of every form. */
  readonly styles?: CSSResult;
  /** The parts in their order; who changed what comes after them. */
  readonly sections: readonly S[];
  readonly sectionLabel: (section: S) => string;
  readonly sectionOf: (field: FieldOf<V>) => S;
  readonly renderSection: (section: S, view: SectionView<V>) => unknown;
  /** The same for whoever may only read it. Absent: they read nothing but why. */
  readonly renderReadOnly?: (section: S, settings: Settings) => unknown;
  /** What a field of the wire is called in the history; `undefined`: it is told elsewhere. Absent: as in the form. */
  readonly toldLabel?: (field: string) => string | undefined;
  /** Why the reader may not change any of it. Absent: as the settings of the tenant. */
  readonly refusal?: (session: Session) => string | undefined;
  /** What stands beside the form, such as a dialog, and whether something typed into it would be lost. */
  readonly renderBeside?: (scope: Pick<SectionView<V>, 'client' | 'session' | 'settings'>) => unknown;
  readonly unsaved?: () => boolean;
  /** Called with the settings as they are now, to tell the page of what cannot be used as it stands (E-CONFIG). */
  readonly follow?: (settings: Settings, host: LitElement) => void;
  /** What the change would show to more people, a sentence each: with any, it is asked before anything is sent. */
  readonly widens?: (base: V, values: V, settings: Settings) => readonly string[];
}
