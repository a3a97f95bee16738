import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import * as z from 'zod/mini';

import { caseSchema, type Case } from '../../src/contract/cases.js';
import { isConflictError } from '../../src/errors.js';
import { caseFieldLabel, hasUnfinishedDate, renderCaseFields } from '../shared/case-fields.js';
import {
  changeBetween,
  changedFields,
  checkCase,
  emptyCase,
  fieldsOf,
  isEmptyField,
  parseCaseValues,
  takeField,
  valuesOf,
  type CaseField,
  type CaseValues,
} from '../shared/case-values.js';
import { Draft } from '../shared/draft.js';
import { notADateText, type Sentence } from '../shared/field-errors.js';
import { renderLegend } from '../shared/fields.js';
import { FormSubmission } from '../shared/form-submission.js';
import { icon } from '../shared/icons.js';
import { formatList } from '../shared/locale.js';
import { refusalText } from '../shared/verdict.js';
import { CaseSaveEvent } from './case-edit-panel.events.js';
import { changeMoveText, fieldsMoveText, lastMove } from './change-words.js';
import { merge, type FieldConflict, type NewerState } from './merge.js';
import { renderConflicts } from './merge-view.js';
import type { PanelLink, PanelScope, PanelSection } from './panel-section.js';

/** What of the edit was read from the server, and when: the version guards the write. */
interface Base {
  readonly values: CaseValues;
  readonly version: string;
}

/** A newer state already brought into the edit. */
interface Merged extends NewerState {
  readonly taken: readonly CaseField[];
  readonly conflicts: readonly FieldConflict[];
}

const nothingRead: Base = { values: emptyCase, version: '' };

/** Edits the fields of an open case and saves only what changed, guarded by the version read (CC-47 to CC-51). */
export class EditSection implements PanelSection {
  readonly submission: FormSubmission;
  readonly draft: Draft;
  readonly #link: PanelLink;
  #base = nothingRead;
  #latest = nothingRead;
  // Versions have no order: what was seen once is not news when a slower answer brings it again.
  #seen = new Set<string>();
  #values = emptyCase;
  #newer: NewerState | undefined;
  #merged: Merged | undefined;
  #notice: Sentence | undefined;
  #restored = false;
  #beginning: object | undefined;

  constructor(link: PanelLink) {
    this.#link = link;
    this.submission = new FormSubmission(link.host);
    this.draft = new Draft(link.host, link.client);
  }

  get dirty(): boolean {
    return changedFields(this.#base.values, this.#values).length > 0;
  }

  get restored(): boolean {
    return this.#restored;
  }

  label(): string {
    return msg('Edit case', { id: 'panel.edit' });
  }

  refusal({ record, session }: PanelScope): string | undefined {
    if (!session.capabilities.editCases)
      return msg('The case backend cannot do this.', { id: 'refusal.capability' });
    const verdict = record.permissions.edit;
    return verdict?.allowed ? undefined : refusalText(verdict);
  }

  begin(scope: PanelScope): void {
    const { record } = scope;
    this.#seen = new Set([record.version]);
    this.#latest = { values: valuesOf(record), version: record.version };
    this.#read(this.#latest);
    this.#notice = undefined;
    this.submission.reset();
    void this.#restore(scope);
  }

  follow({ client, record }: PanelScope): void {
    const { version } = record;
    if (this.#seen.has(version)) return;
    this.#seen.add(version);
    const values = valuesOf(record);
    this.#latest = { values, version };
    const moved = changedFields(this.#base.values, values);
    if (moved.length === 0) {
      this.#base = this.#latest;
      return;
    }
    const { dirty } = this;
    if (dirty) this.#newer = { values, version, by: undefined, at: undefined };
    else this.#read(this.#latest);
    void lastMove(client, record.id).then((move) => {
      if (this.#newer?.version === version) this.#newer = { ...this.#newer, ...move };
      else if (!dirty && this.#base.version === version)
        this.#notice = () => fieldsMoveText(moved.map(caseFieldLabel), move);
      this.#link.host.requestUpdate();
    });
  }

  end(): void {
    this.draft.flush();
    this.#beginning = undefined;
    this.#base = nothingRead;
    this.#values = emptyCase;
    this.#newer = undefined;
    this.#merged = undefined;
  }

  clear(): void {
    this.draft.discard();
    this.submission.reset();
    this.#notice = undefined;
    const moved = this.#latest.version !== this.#base.version || this.#merged !== undefined;
    this.#read(this.#latest);
    if (moved)
      this.#notice = () =>
        msg('The case was changed meanwhile: this is its newer state.', {
          id: 'panel.edit.cleared-newer',
        });
  }

  action(): string {
    return this.#merged
      ? msg('Save again', { id: 'panel.edit.save-again' })
      : msg('Save case', { id: 'panel.edit.save' });
  }

  render({ record, session }: PanelScope): TemplateResult {
    const { settings } = session;
    return html`${this.#renderNewer()} ${this.#renderMerged(settings)}
    ${
      this.#notice
        ? html`<p class="banner" role="status"><span class="grow">${this.#notice()}</span></p>`
        : nothing
    }
    ${renderLegend()}
    ${renderCaseFields({
      settings,
      values: this.#values,
      stored: this.#base.values,
      fields: editable(record, session.capabilities),
      required: settings.requiredFields.newCase,
      errors: this.submission.errors,
      onChange: (change) => this.#edit(change),
    })}`;
  }

  #renderNewer(): unknown {
    const newer = this.#newer;
    if (!newer) return nothing;
    const fields = changedFields(this.#base.values, newer.values).map(caseFieldLabel);
    return html`<div class="banner caution" role="status">
      ${icon('alert')}
      <p class="grow">${fieldsMoveText(fields, newer)}</p>
      <button class="button" type="button" data-action="take-over" @click=${() => this.#take(newer)}>
        ${msg('Take over the new values', { id: 'panel.edit.take-over' })}
      </button>
    </div>`;
  }

  #renderMerged(settings: PanelScope['session']['settings']): unknown {
    const merged = this.#merged;
    if (!merged) return nothing;
    const taken = formatList(merged.taken.map(caseFieldLabel));
    return html`<div class="banner caution merge" role="alert" tabindex="-1">
      ${icon('alert')}
      <div class="grow">
        <p>
          <strong>${changeMoveText(merged)}</strong>
          ${
            merged.conflicts.length > 0
              ? msg('Both of you changed what stands below: choose, then save again.', {
                  id: 'panel.edit.choose',
                })
              : msg('Your changes are still here: look at them, then save again.', {
                  id: 'panel.edit.look',
                })
          }
        </p>
        ${
          taken
            ? html`<p>
                ${msg('Taken over, because you had not changed it:', { id: 'panel.edit.taken' })} ${taken}
              </p>`
            : nothing
        }
        ${renderConflicts({
          conflicts: merged.conflicts,
          who: merged.by,
          settings,
          onChoose: (field, choice) => this.#choose(field, choice),
        })}
      </div>
    </div>`;
  }

  async submit(scope: PanelScope): Promise<'edit' | undefined> {
    const { client, session, record } = scope;
    const { settings } = session;
    const fields = editable(record, session.capabilities);
    // Only emptying counts: a case imported without a mandatory value may still be edited (CC-49).
    const required = fields.filter(
      (field) => settings.requiredFields.newCase.includes(field) && !isEmptyField(field, this.#base.values),
    );
    const errors = {
      ...checkCase(this.#values, fields, settings, required),
      ...(hasUnfinishedDate(this.#link.host.renderRoot) && { deadline: notADateText }),
    };
    this.#notice = undefined;
    if (!this.submission.accept(errors)) return undefined;
    const change = changeBetween(this.#base.values, this.#values);
    if (Object.keys(change).length === 0) {
      this.#notice = () =>
        msg('Nothing has been changed, so there is nothing to save.', {
          id: 'panel.edit.unchanged',
        });
      return undefined;
    }
    const event = new CaseSaveEvent(record.id);
    if (!this.#link.host.dispatchEvent(event)) return undefined;
    const { version } = this.#base;
    const saved = await this.submission.send({
      values: [record.id, version, change],
      place: (field) => fields.find((name) => name === field.split('.')[0]),
      write: () => client.cases.update(record.id, change, { version }),
    });
    if (!saved) this.#meetConflict();
    return saved && 'edit';
  }

  /** Refused because the case moved: the newer state comes with the refusal, so nothing is lost on either side. */
  #meetConflict(): void {
    const { failure } = this.submission;
    if (!isConflictError(failure) || failure.code !== 'version_conflict') return;
    const current = z.safeParse(caseSchema, failure.current);
    if (!current.success) return;
    this.submission.reset();
    const { version } = current.data;
    this.#seen.add(version);
    this.#latest = { values: valuesOf(current.data), version };
    this.#take({
      ...this.#latest,
      by: failure.by?.name,
      at: failure.at ?? undefined,
    });
  }

  #take(newer: NewerState): void {
    const { values, taken, conflicts } = merge(this.#base.values, newer.values, this.#values);
    this.#base = { values: newer.values, version: newer.version };
    this.#values = values;
    this.#newer = undefined;
    this.#merged = { ...newer, taken, conflicts };
    this.#keep();
    const { host } = this.#link;
    host.requestUpdate();
    void host.updateComplete.then(() => host.renderRoot.querySelector<HTMLElement>('.merge')?.focus());
  }

  #choose(field: CaseField, choice: FieldConflict['choice']): void {
    const merged = this.#merged;
    const conflict = merged?.conflicts.find((candidate) => candidate.field === field);
    if (!merged || !conflict) return;
    this.#values = takeField(field, conflict[choice], this.#values);
    this.#merged = {
      ...merged,
      conflicts: merged.conflicts.map((each) => (each === conflict ? { ...each, choice } : each)),
    };
    this.#keep();
    this.#link.host.requestUpdate();
  }

  #edit(change: Partial<CaseValues>): void {
    this.submission.touch(...Object.keys(change));
    this.#values = { ...this.#values, ...change };
    this.#notice = undefined;
    this.#keep();
    this.#link.host.requestUpdate();
  }

  #keep(): void {
    if (this.dirty) this.draft.save({ values: this.#values, base: this.#base });
    else this.draft.discard();
  }

  #read(base: Base): void {
    this.#base = base;
    this.#values = base.values;
    this.#newer = undefined;
    this.#merged = undefined;
    this.#restored = false;
  }

  async #restore(scope: PanelScope): Promise<void> {
    const beginning = {};
    this.#beginning = beginning;
    const kept = parseEdit(await this.draft.open({ caseId: scope.record.id, kind: 'edit' }));
    if (!kept || this.#beginning !== beginning || this.dirty) return;
    if (changedFields(kept.base.values, kept.values).length === 0) return;
    this.#base = kept.base;
    this.#values = kept.values;
    this.#restored = true;
    // The case may have moved since the draft was kept: told like any change under an edit.
    this.#seen = new Set([kept.base.version]);
    this.follow(scope);
    this.#link.host.requestUpdate();
  }
}

function editable(
  record: Case,
  { tags, deadlines }: PanelScope['session']['capabilities'],
): readonly CaseField[] {
  return fieldsOf(record).filter(
    (field) => (field !== 'tags' || tags) && (field !== 'deadline' || deadlines),
  );
}

function parseEdit(kept: unknown): { readonly values: CaseValues; readonly base: Base } | undefined {
  if (!kept || typeof kept !== 'object' || !('values' in kept) || !('base' in kept)) return undefined;
  const { base } = kept;
  if (!base || typeof base !== 'object' || !('values' in base) || !('version' in base)) return undefined;
  if (typeof base.version !== 'string') return undefined;
  const read = { ...emptyCase, ...parseCaseValues(base.values) };
  return {
    values: { ...read, ...parseCaseValues(kept.values) },
    base: { values: read, version: base.version },
  };
}
