import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import * as z from 'zod/mini';

import { caseSchema, type Case } from '../../src/contract/cases.js';
import { isConflictError } from '../../src/errors.js';
import {
  caseFieldLabel,
  clearUnfinishedDate,
  hasUnfinishedDate,
  renderCaseFields,
} from '../shared/case-fields.js';
import {
  changeBetween,
  changedFields,
  checkCase,
  emptyCase,
  fieldNamed,
  fieldsOf,
  isEmptyField,
  parseCaseValues,
  valuesOf,
  type CaseField,
  type CaseValues,
} from '../shared/case-values.js';
import { fieldsMoveText, lastMove } from '../shared/change-words.js';
import { Draft } from '../shared/draft.js';
import { notADateText, type Sentence } from '../shared/field-errors.js';
import { renderLegend } from '../shared/fields.js';
import { FormSubmission } from '../shared/form-submission.js';
import { LinkField } from '../shared/host-actions/link-field.js';
import { icon } from '../shared/icons.js';
import { lackingText } from '../shared/lacking.js';
import { formatList } from '../shared/locale.js';
import { ProjectPicker } from '../shared/project-picker.js';
import { TagInput } from '../shared/tag-input.js';
import { refusalText } from '../shared/verdict.js';
import { CaseSaveEvent } from './case-edit-panel.events.js';
import { compare, conflictsOf, merge, type NewerState } from './merge.js';
import { MergeDialog } from './merge-dialog.js';
import type { PanelLink, PanelScope, PanelSection } from './panel-section.js';

/** What of the edit was read from the server, and when: the version guards the write. */
interface Base {
  readonly values: CaseValues;
  readonly version: string;
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
  /** Changes what is being changed here too: it waits until somebody chooses. */
  #newer: NewerState | undefined;
  readonly #mergeDialog: MergeDialog;
  readonly #tagInput: TagInput;
  readonly #linkField: LinkField;
  readonly #project: ProjectPicker;
  /** The edit stands on a newer state than it began with. */
  #moved = false;
  #news: Sentence | undefined;
  #notice: Sentence | undefined;
  #restored = false;
  #beginning: object | undefined;

  constructor(link: PanelLink) {
    this.#link = link;
    this.submission = new FormSubmission(link.host);
    this.draft = new Draft(link.host, link.client);
    const source = () => ({ client: link.client() });
    this.#tagInput = new TagInput({ host: link.host, source }, 'tag-options');
    this.#linkField = new LinkField(link.host, () =>
      this.#base === nothingRead ? undefined : this.#values.links,
    );
    this.#project = new ProjectPicker(link.host, link.client);
    this.#mergeDialog = new MergeDialog({
      host: link.host,
      onSave: (values, newer) => {
        this.#rebase(values, newer);
        link.submit();
      },
    });
  }

  get dirty(): boolean {
    const changed = changedFields(this.#base.values, this.#values).length > 0;
    return changed || this.#linkField.pending || this.#project.pending;
  }

  get restored(): boolean {
    return this.#restored;
  }

  label(): string {
    return msg('Edit case', { id: 'panel.edit' });
  }

  refusal({ record, session }: PanelScope): string | undefined {
    if (!session.capabilities.editCases) return lackingText();
    const verdict = record.permissions.edit;
    return verdict?.allowed ? undefined : refusalText(verdict);
  }

  begin(scope: PanelScope): void {
    const { record } = scope;
    this.#seen = new Set([record.version]);
    this.#latest = { values: valuesOf(record), version: record.version };
    this.#read(this.#latest);
    this.#notice = undefined;
    this.#tagInput.reset();
    this.#linkField.reset();
    this.#project.reset();
    this.submission.reset();
    void this.#restore(scope);
  }

  follow(scope: PanelScope): void {
    const { client, record } = scope;
    if (this.refusal(scope)) this.#mergeDialog.close();
    const { version } = record;
    if (this.#seen.has(version)) return;
    this.#seen.add(version);
    const values = valuesOf(record);
    this.#latest = { values, version };
    const moved = changedFields(this.#base.values, values);
    const newer = { values, version, by: undefined, at: undefined };
    const { dirty } = this;
    const conflicts = conflictsOf(compare(this.#base.values, values, this.#values));
    const waits = dirty && (conflicts.length > 0 || this.#mergeDialog.isOpen);
    if (waits) this.#wait(newer);
    else if (dirty) this.#rebase(merge(values, compare(this.#base.values, values, this.#values)), newer);
    else this.#read(this.#latest);
    if (moved.length === 0 && !waits) return;
    void lastMove(client, record.id).then((move) => {
      if (this.#newer?.version === version) this.#wait({ ...this.#newer, ...move });
      else if (this.#base.version === version)
        this.#news = () =>
          [
            fieldsMoveText(moved.map(caseFieldLabel), move),
            ...(dirty
              ? [msg('The form shows it; what you typed is unchanged.', { id: 'panel.edit.taken-live' })]
              : []),
          ].join(' ');
      this.#link.host.requestUpdate();
    });
  }

  end(): void {
    this.draft.flush();
    this.#beginning = undefined;
    this.#mergeDialog.close();
    this.#read(nothingRead);
    this.#notice = undefined;
  }

  clear(): void {
    this.draft.discard();
    this.#tagInput.reset();
    this.#linkField.reset();
    this.#project.reset();
    this.submission.reset();
    clearUnfinishedDate(this.#link.host.renderRoot);
    const moved = this.#moved || this.#latest.version !== this.#base.version;
    this.#read(this.#latest);
    this.#notice = moved
      ? () =>
          msg('The case was changed meanwhile: this is its newer state.', {
            id: 'panel.edit.cleared-newer',
          })
      : undefined;
  }

  action(): string {
    return msg('Save case', { id: 'panel.edit.save' });
  }

  render({ record, session }: PanelScope): TemplateResult {
    const { settings } = session;
    return html`${this.#renderNewer()}
    ${[this.#news, this.#notice].map((sentence) =>
      sentence ? html`<p class="banner" role="status"><span class="grow">${sentence()}</span></p>` : nothing,
    )}
    ${renderLegend()}
    ${renderCaseFields({
      settings,
      values: this.#values,
      stored: this.#base.values,
      fields: editable(record, session.capabilities),
      renderProject: (view) =>
        this.#project.render({
          ...view,
          project: this.#values.project,
          onChange: (project) => this.#edit({ project }),
        }),
      required: settings.requiredFields.newCase,
      errors: this.submission.errors,
      tagInput: this.#tagInput,
      renderLinks: (view) =>
        this.#linkField.render({
          ...view,
          links: this.#values.links,
          onChange: (links) => this.#edit({ links }),
          onTouch: () => this.submission.touch('links'),
        }),
      onChange: (change) => this.#edit(change),
    })}`;
  }

  renderDialog({ session }: PanelScope): unknown {
    return this.#mergeDialog.render(session.settings);
  }

  #renderNewer(): unknown {
    const newer = this.#newer;
    if (!newer) return nothing;
    const changes = compare(this.#base.values, newer.values, this.#values);
    const theirs = changes.filter(({ by }) => by !== 'mine').map(({ field }) => caseFieldLabel(field));
    const conflicts = conflictsOf(changes).map(({ field }) => caseFieldLabel(field));
    return html`<div class="banner caution" role="status">
      ${icon('alert')}
      <p class="grow">
        ${fieldsMoveText(theirs, newer)}
        ${
          conflicts.length > 0
            ? msg(str`You are changing ${formatList(conflicts)} too.`, { id: 'panel.edit.both' })
            : nothing
        }
      </p>
      <button class="button" type="button" data-action="compare" @click=${() => this.#openMerge(newer)}>
        ${msg('Compare and choose', { id: 'panel.edit.compare' })}
      </button>
    </div>`;
  }

  async submit(scope: PanelScope): Promise<'edit' | undefined> {
    const { client, session, record } = scope;
    const { settings } = session;
    const unlinked = this.#linkField.settle();
    const unnamed = this.#project.errors;
    const fields = editable(record, session.capabilities);
    // Only emptying counts: a case imported without a mandatory value may still be edited (CC-49).
    const required = fields.filter(
      (field) => settings.requiredFields.newCase.includes(field) && !isEmptyField(field, this.#base.values),
    );
    const errors = {
      ...checkCase(this.#values, fields, settings, required),
      ...unlinked,
      ...unnamed,
      ...(hasUnfinishedDate(this.#link.host.renderRoot) && { deadline: notADateText }),
    };
    this.#notice = undefined;
    if (!this.submission.accept(errors)) return undefined;
    const change = changeBetween(this.#base.values, this.#values);
    if (Object.keys(change).length === 0) {
      const moved = this.#moved;
      this.#notice = () =>
        moved
          ? msg('You took over every value, so there is nothing left to save.', {
              id: 'panel.edit.all-theirs',
            })
          : msg('Nothing has been changed, so there is nothing to save.', { id: 'panel.edit.unchanged' });
      return undefined;
    }
    const event = new CaseSaveEvent(record.id);
    if (!this.#link.host.dispatchEvent(event)) return undefined;
    const { version } = this.#base;
    const saved = await this.submission.send({
      values: [record.id, version, change],
      place: (field) => fields.find((name) => name === fieldNamed(field)),
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
    this.#newer = { ...this.#latest, by: failure.by?.name, at: failure.at ?? undefined };
    this.#openMerge(this.#newer);
  }

  #openMerge(newer: NewerState): void {
    this.#mergeDialog.open({ base: this.#base.values, mine: this.#values, newer });
  }

  #wait(newer: NewerState): void {
    this.#newer = newer;
    this.#mergeDialog.follow(newer);
  }

  /** The edit goes on as `values`, on top of a newer state. */
  #rebase(values: CaseValues, { values: read, version }: NewerState): void {
    this.#base = { values: read, version };
    this.#values = values;
    this.#newer = undefined;
    this.#moved = true;
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
    this.#moved = false;
    this.#news = undefined;
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
  { tags, deadlines, projects }: PanelScope['session']['capabilities'],
): readonly CaseField[] {
  return fieldsOf(record).filter(
    (field) =>
      (field !== 'tags' || tags) &&
      (field !== 'deadline' || deadlines) &&
      (field !== 'project' || (projects && record.permissions['moveToProject']?.allowed)),
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
