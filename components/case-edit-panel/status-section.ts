import { msg } from '@lit/localize';
import { html } from 'lit';

import type { Case } from '../../src/contract/cases.js';
import {
  checkClosing,
  closingInput,
  emptyClosing,
  isClosingTouched,
  parseClosing,
  renderClosingFields,
  type ClosingKind,
  type ClosingValues,
} from '../shared/closing-fields.js';
import { Draft } from '../shared/draft.js';
import type { Sentence } from '../shared/field-errors.js';
import { FormSubmission } from '../shared/form-submission.js';
import { lackingText } from '../shared/lacking.js';
import { LazyPart } from '../shared/lazy-part.js';
import { refusalText } from '../shared/verdict.js';
import { CaseCloseEvent, CaseReopenEvent } from './case-edit-panel.events.js';
import type { EntryQuestion } from './entry-question.js';
import type { PanelLink, PanelScope, PanelSection } from './panel-section.js';
import { wantWords } from '../shared/want-words.js';

const places: readonly string[] = ['reason', 'note', 'visibility'];

/** Closes an open case and reopens a closed one, with a reason and an explanation (CC-38 to CC-46). */
export class StatusSection implements PanelSection {
  readonly submission: FormSubmission;
  readonly draft: Draft;
  readonly #link: PanelLink;
  #kind: ClosingKind | undefined;
  #values: ClosingValues = emptyClosing;
  #restored = false;
  /** The case that is closed, where the reader works inboxes. */
  #asked: string | undefined;
  /** What was said about what waits in an inbox; nothing yet. */
  #completeEntry: boolean | undefined;
  readonly #question: LazyPart<EntryQuestion>;

  constructor(link: PanelLink) {
    this.#link = link;
    const { host, client } = link;
    this.#question = new LazyPart<EntryQuestion>(
      host,
      () => this.#asked !== undefined,
      async () => {
        const [{ EntryQuestion }] = await Promise.all([import('./entry-question.js'), wantWords('inboxes')]);
        return () => new EntryQuestion(host, client, () => this.#asked);
      },
    );
    this.submission = new FormSubmission(link.host);
    this.draft = new Draft(link.host, link.client);
  }

  get dirty(): boolean {
    return isClosingTouched(this.#values) || this.#completeEntry !== undefined;
  }

  get restored(): boolean {
    return this.#restored;
  }

  label(): string {
    return msg('Status', { id: 'panel.status' });
  }

  refusal({ record, session }: PanelScope): string | undefined {
    if (!session.capabilities.closeCases) return lackingText();
    const verdict = record.permissions[kindFor(record) ?? 'close'];
    return verdict?.allowed ? undefined : refusalText(verdict);
  }

  begin(scope: PanelScope): void {
    const { record, session } = scope;
    this.#kind = kindFor(record);
    this.#asked =
      this.#kind === 'close' && session.permissions['listInboxes']?.allowed ? record.id : undefined;
    this.#completeEntry = undefined;
    this.#values = emptyClosing;
    this.#restored = false;
    this.submission.reset();
    void this.#restore(scope);
    // Begun in the middle of an update: what is fetched for the question is asked for in the next one.
    const { host } = this.#link;
    if (this.#asked) void host.updateComplete.then(() => host.requestUpdate());
  }

  follow(scope: PanelScope): void {
    // Closed or reopened by somebody else: the other form is due. What was typed stays kept.
    if (kindFor(scope.record) === this.#kind) return;
    this.draft.flush();
    this.begin(scope);
  }

  end(): void {
    this.draft.flush();
    this.#values = emptyClosing;
    this.#asked = this.#completeEntry = undefined;
    this.#kind = undefined;
  }

  clear(): void {
    this.draft.discard();
    this.#values = emptyClosing;
    this.#completeEntry = undefined;
    this.#restored = false;
    this.submission.reset();
  }

  action({ record }: PanelScope): string {
    return kindFor(record) === 'reopen'
      ? msg('Reopen case', { id: 'panel.status.reopen' })
      : msg('Close case', { id: 'panel.status.close' });
  }

  render({ record, session }: PanelScope): unknown {
    return html`${renderClosingFields({
      kind: kindFor(record) ?? 'close',
      settings: session.settings,
      values: this.#values,
      errors: this.submission.errors,
      onChange: (change) => this.#edit(change),
    })}
    ${this.#asked && this.#question.value?.render(this.#completeEntry, (complete) => this.#answer(complete))}`;
  }

  async submit({ client, session, record }: PanelScope): Promise<ClosingKind | undefined> {
    const kind = kindFor(record);
    if (!kind || !this.submission.accept(checkClosing(kind, this.#values, session.settings)))
      return undefined;
    const { id, version } = record;
    if (kind === 'close') {
      const event = new CaseCloseEvent(id);
      if (!this.#link.host.dispatchEvent(event)) return undefined;
    } else {
      const event = new CaseReopenEvent(id);
      if (!this.#link.host.dispatchEvent(event)) return undefined;
    }
    const completeEntry = kind === 'close' && this.#question.value?.answer(this.#completeEntry) === true;
    const input = { ...closingInput(this.#values), ...(completeEntry && { completeEntry }) };
    const changed = await this.submission.send({
      values: [kind, id, version, input],
      place: (field) => (places.includes(field) ? field : undefined),
      write: (idempotencyKey) => client.cases[kind](id, input, { version, idempotencyKey }),
    });
    return changed && kind;
  }

  refused(failure: unknown): Sentence | undefined {
    const text = this.#question.value?.failureText(failure);
    return text === undefined ? undefined : () => this.#question.value?.failureText(failure) ?? text;
  }

  #answer(complete: boolean): void {
    this.#completeEntry = complete;
    this.#keep();
  }

  #edit(change: Partial<ClosingValues>): void {
    this.submission.touch(...Object.keys(change));
    this.#values = { ...this.#values, ...change };
    this.#keep();
  }

  #keep(): void {
    const completeEntry = this.#completeEntry;
    if (this.dirty)
      this.draft.save({ ...this.#values, ...(completeEntry !== undefined && { completeEntry }) });
    else this.draft.discard();
    this.#link.host.requestUpdate();
  }

  async #restore({ record }: PanelScope): Promise<void> {
    const kind = this.#kind;
    if (!kind) return;
    const draft = await this.draft.open({ caseId: record.id, kind });
    const kept = parseClosing(draft);
    const touched = isClosingTouched(kept) || answerIn(draft) !== undefined;
    if (!touched || this.#values !== emptyClosing || this.#kind !== kind) return;
    this.#values = kept;
    this.#completeEntry = answerIn(draft);
    this.#restored = true;
    this.#link.host.requestUpdate();
  }
}

/** What a kept draft says about what waits in an inbox. */
function answerIn(draft: unknown): boolean | undefined {
  const said: unknown = draft && typeof draft === 'object' ? Reflect.get(draft, 'completeEntry') : undefined;
  return typeof said === 'boolean' ? said : undefined;
}

/** What can be done about the status; nothing about one this element does not know (CC-16). */
function kindFor({ status }: Case): ClosingKind | undefined {
  if (status === 'open') return 'close';
  return status === 'closed' ? 'reopen' : undefined;
}
