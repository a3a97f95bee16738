import { msg, str } from '@lit/localize';
import type { LitElement } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import { caseStatuses, type Case } from '../../src/contract/cases.js';
import type { Session } from '../../src/contract/session.js';
import type { Draft } from '../shared/draft.js';
import type { Sentence } from '../shared/field-errors.js';
import type { FormSubmission } from '../shared/form-submission.js';
import type { CaseChangeKind } from './case-edit-panel.events.js';

/** The sections in the order of their tabs (CC-33). */
export const sectionNames = ['note', 'status', 'edit'] as const;
export type SectionName = (typeof sectionNames)[number];

/** What a section works on. */
export interface PanelScope {
  readonly client: CaseClient;
  readonly session: Session;
  /** The case as it stands now. */
  readonly record: Case;
}

/** What a section is given by its panel. */
export interface PanelLink {
  readonly host: LitElement;
  readonly client: () => CaseClient | undefined;
  /** Sends the section that is shown, as its button does. */
  readonly submit: () => void;
}

/** One section of the panel: it holds what is typed into it, draws it and sends it. */
export interface PanelSection {
  readonly submission: FormSubmission;
  readonly draft: Draft;
  /** Something typed would be lost. */
  readonly dirty: boolean;
  /** What is shown was typed earlier and kept. */
  readonly restored: boolean;
  label(): string;
  /** Why this section may not be used now; `undefined` when it may (CC-34). */
  refusal(scope: PanelScope): string | undefined;
  /** The panel opened on a case: starts afresh, with what was kept. */
  begin(scope: PanelScope): void;
  /** The case moved while the panel shows it. */
  follow(scope: PanelScope): void;
  /** The panel has closed: what is typed stays kept, the form is emptied. */
  end(): void;
  render(scope: PanelScope): unknown;
  /** What stands over the panel while something has to be decided first. */
  renderDialog?(scope: PanelScope): unknown;
  /** What the button that sends it says. */
  action(scope: PanelScope): string;
  /** Sends it; answers what it did, or `undefined` when nothing happened. */
  submit(scope: PanelScope): Promise<CaseChangeKind | undefined>;
  /** Why a conflict refused it, in words of its own; `undefined` for those of every section. */
  refused?(failure: unknown): Sentence | undefined;
  /** Back to how it would open with nothing kept; sends no request (CC-51). */
  clear(): void;
}

/** Why a section may not be used now; with a status that is not known here, none may (CC-16). */
export function refusalOf(section: PanelSection, scope: PanelScope): string | undefined {
  const { status } = scope.record;
  if (caseStatuses.some((known) => known === status)) return section.refusal(scope);
  return msg(str`The status “${status}” is not known here, so this case can only be read.`, {
    id: 'case-detail.unknown-status',
  });
}
