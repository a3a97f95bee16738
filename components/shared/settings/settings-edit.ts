import { msg } from '@lit/localize';
import type { LitElement } from 'lit';

import type { CaseClient } from '../../../src/client/client.js';
import type { Settings, SettingsChange } from '../../../src/contract/settings.js';
import { isConflictError } from '../../../src/errors.js';
import { Draft } from '../draft.js';
import type { Sentence } from '../field-errors.js';
import { FormSubmission } from '../form-submission.js';
import { merge, type NewerState, type SettingsConflict } from './settings-merge.js';
import { changedFields, takeField, type FieldOf, type SettingsModel } from './settings-model.js';
import { fieldsMoveText } from './settings-moves.js';
import type { RecordStore } from './settings-store.js';

/** What was read from the server, and when: the version guards the write. */
interface Base<V> {
  readonly values: V;
  readonly version: string;
}

/** A newer state already brought into the edit. */
export interface Merged<V extends object> extends NewerState<V> {
  readonly taken: readonly FieldOf<V>[];
  readonly conflicts: readonly SettingsConflict<V>[];
}

/** Something to tell, and whether what it tells can be taken back. */
export interface Notice {
  readonly text: Sentence;
  readonly tone?: 'positive';
  readonly undo?: () => void;
}

/** One administrator's edit of a record: what is typed, what was read, and what somebody else saved meanwhile. */
export class SettingsEdit<
  V extends object,
  R extends { readonly version: string } = Settings,
  C extends object = SettingsChange,
> {
  readonly submission: FormSubmission;
  readonly draft: Draft;
  readonly #model: SettingsModel<V, R, C>;
  readonly #store: RecordStore<R, C>;
  readonly #host: LitElement;
  #base: Base<V>;
  #latest: Base<V>;
  // Versions have no order: what was seen once is not news when a slower answer brings it again.
  #seen: Set<string>;
  #values: V;
  #newer: NewerState<V> | undefined;
  #merged: Merged<V> | undefined;
  #notice: Notice | undefined;
  #restored = false;

  constructor(
    model: SettingsModel<V, R, C>,
    store: RecordStore<R, C>,
    host: LitElement,
    client: () => CaseClient | undefined,
    record: R,
  ) {
    this.#model = model;
    this.#store = store;
    this.#host = host;
    this.submission = new FormSubmission(host);
    this.draft = new Draft(host, client);
    this.#base = this.#latest = { values: this.#model.valuesOf(record), version: record.version };
    this.#seen = new Set([record.version]);
    this.#values = this.#base.values;
  }

  get base(): V {
    return this.#base.values;
  }

  get values(): V {
    return this.#values;
  }

  /** The lists and switches that differ from what is stored. */
  get changed(): readonly FieldOf<V>[] {
    return changedFields(this.#model, this.#base.values, this.#values);
  }

  get newer(): NewerState<V> | undefined {
    return this.#newer;
  }

  get merged(): Merged<V> | undefined {
    return this.#merged;
  }

  get notice(): Notice | undefined {
    return this.#notice;
  }

  /** What is shown was typed before a reload. */
  get restored(): boolean {
    return this.#restored;
  }

  /** Brings back what was typed before a reload, unless something was typed since. */
  async restore(client: CaseClient): Promise<void> {
    const kept = parseKept(this.#model, await this.draft.open(this.#model.draft));
    if (
      !kept ||
      this.changed.length > 0 ||
      changedFields(this.#model, kept.base.values, kept.values).length === 0
    )
      return;
    this.#bringBack(client, kept.base, kept.values);
    this.#restored = true;
  }

  /** Lets go of the host: somebody else is signed in. */
  end(): void {
    this.draft.flush();
    this.#host.removeController(this.draft);
  }

  /** Takes up the record as it is now. */
  follow(client: CaseClient, record: R): void {
    const { version } = record;
    // The answer to one's own write comes to the cache before it comes here.
    if (this.submission.busy || this.#seen.has(version)) return;
    this.#seen.add(version);
    this.#meet(client, { values: this.#model.valuesOf(record), version });
  }

  edit(change: Partial<V>, ...errors: readonly string[]): void {
    this.submission.touch(...Object.keys(change), ...errors);
    this.#values = { ...this.#values, ...change };
    this.#notice = undefined;
    const merged = this.#merged;
    if (merged) {
      // Taking theirs and then mine again must not lose what was typed since.
      const conflicts = merged.conflicts.map((conflict) =>
        conflict.field in change && conflict.choice === 'mine'
          ? { ...conflict, mine: this.#values }
          : conflict,
      );
      this.#merged = { ...merged, conflicts };
    }
    this.#keep();
  }

  /** Back to what is stored; sends nothing, and can be taken back. */
  clear(client: CaseClient): void {
    const base = this.#base;
    const values = this.#values;
    const lost = this.changed.length > 0;
    this.draft.discard();
    this.submission.reset();
    this.#read(this.#latest);
    if (lost)
      this.#notice = {
        text: () => msg('Your changes are discarded. Nothing was sent.', { id: 'settings.discarded' }),
        undo: () => {
          this.#notice = undefined;
          this.#bringBack(client, base, values);
          this.#keep();
        },
      };
    this.#host.requestUpdate();
  }

  /** Brings what somebody else saved into the edit. */
  take(newer: NewerState<V>): void {
    const { values, taken, conflicts } = merge(this.#model, this.#base.values, newer.values, this.#values);
    this.#base = { values: newer.values, version: newer.version };
    this.#values = values;
    this.#newer = undefined;
    this.#merged = { ...newer, taken, conflicts };
    this.#keep();
    void this.#host.updateComplete.then(() =>
      this.#host.renderRoot.querySelector<HTMLElement>('.merge')?.focus(),
    );
  }

  choose(field: FieldOf<V>, choice: SettingsConflict<V>['choice']): void {
    const merged = this.#merged;
    const conflict = merged?.conflicts.find((candidate) => candidate.field === field);
    if (!merged || !conflict) return;
    this.#values = takeField(field, conflict[choice], this.#values);
    this.#merged = {
      ...merged,
      conflicts: merged.conflicts.map((each) => (each === conflict ? { ...each, choice } : each)),
    };
    this.submission.reset();
    this.#keep();
  }

  /** Sends what changed in one request; answers the record as stored, or `undefined` when nothing was stored. */
  async save(client: CaseClient): Promise<R | undefined> {
    this.#notice = undefined;
    if (!this.submission.accept(this.#model.check(this.#values, this.#base.values))) return undefined;
    const values = this.#values;
    const change = this.#model.changeBetween(this.#base.values, values);
    const fields = Object.keys(change);
    if (fields.length === 0) {
      this.#notice = {
        text: () =>
          msg('Nothing has been changed, so there is nothing to save.', { id: 'settings.unchanged' }),
      };
      return undefined;
    }
    if (this.#store.announce?.(this.#host, fields) === false) return undefined;
    const { version } = this.#base;
    const saved = await this.submission.send({
      values: [version, change],
      place: (field) => this.#model.place(field, values),
      ...(this.#model.say && { say: this.#model.say }),
      write: async (idempotencyKey) => {
        const answer = await this.#store.write(client, change, { version, idempotencyKey });
        this.#seen.add(answer.version);
        return answer;
      },
    });
    if (saved) this.#take(saved);
    else this.#meetConflict();
    return saved;
  }

  #take(saved: R): void {
    this.#latest = { values: this.#model.valuesOf(saved), version: saved.version };
    this.#read(this.#latest);
    this.draft.discard();
    this.#notice = { tone: 'positive', text: this.#store.saved };
    this.#host.requestUpdate();
  }

  /** Refused because the record moved: the newer state comes with the refusal, so nothing is lost on either side. */
  #meetConflict(): void {
    const { failure } = this.submission;
    if (!isConflictError(failure) || failure.code !== 'version_conflict') return;
    const current = this.#store.read(failure.current);
    if (!current) return;
    this.submission.reset();
    const { version } = current;
    this.#seen.add(version);
    this.#latest = { values: this.#model.valuesOf(current), version };
    this.take({ ...this.#latest, by: failure.by?.name, at: failure.at ?? undefined });
  }

  /** Somebody else has saved: told, and taken at once only where nothing is being edited. */
  #meet(client: CaseClient, latest: Base<V>): void {
    const { values, version } = (this.#latest = latest);
    const moved = changedFields(this.#model, this.#base.values, values);
    if (moved.length === 0) {
      this.#base = latest;
      return;
    }
    const editing = this.changed.length > 0;
    if (editing) this.#newer = { values, version, by: undefined, at: undefined };
    else this.#read(latest);
    void this.#store.lastMove(client).then((move) => {
      if (this.#newer?.version === version) this.#newer = { ...this.#newer, ...move };
      else if (!editing && this.#base.version === version)
        this.#notice = { text: () => fieldsMoveText(moved.map(this.#model.label), move) };
      this.#host.requestUpdate();
    });
  }

  #bringBack(client: CaseClient, base: Base<V>, values: V): void {
    this.#base = base;
    this.#values = values;
    // The record may have moved since: told like any change under an edit.
    if (this.#latest.version !== base.version) this.#meet(client, this.#latest);
    this.#host.requestUpdate();
  }

  #keep(): void {
    if (this.changed.length > 0) this.draft.save({ values: this.#values, base: this.#base });
    else this.draft.discard();
    this.#host.requestUpdate();
  }

  #read(base: Base<V>): void {
    this.#base = base;
    this.#values = base.values;
    this.#newer = undefined;
    this.#merged = undefined;
    this.#restored = false;
  }
}

function parseKept<V extends object>(
  model: Pick<SettingsModel<V>, 'parse'>,
  kept: unknown,
): { readonly values: V; readonly base: Base<V> } | undefined {
  if (!kept || typeof kept !== 'object' || !('values' in kept) || !('base' in kept)) return undefined;
  const { base } = kept;
  if (!base || typeof base !== 'object' || !('values' in base) || !('version' in base)) return undefined;
  const values = model.parse(kept.values);
  const read = model.parse(base.values);
  if (!values || !read || typeof base.version !== 'string') return undefined;
  return { values, base: { values: read, version: base.version } };
}
