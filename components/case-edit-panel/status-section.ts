import { msg } from '@lit/localize';

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
import { FormSubmission } from '../shared/form-submission.js';
import { refusalText } from '../shared/verdict.js';
import { CaseCloseEvent, CaseReopenEvent } from './case-edit-panel.events.js';
import type { PanelLink, PanelScope, PanelSection } from './panel-section.js';

const places: readonly string[] = ['reason', 'note', 'visibility'];

/** Closes an open case and reopens a closed one, with a reason and an explanation (CC-38 to CC-46). */
export class StatusSection implements PanelSection {
  readonly submission: FormSubmission;
  readonly draft: Draft;
  readonly #link: PanelLink;
  #kind: ClosingKind | undefined;
  #values: ClosingValues = emptyClosing;
  #restored = false;

  constructor(link: PanelLink) {
    this.#link = link;
    this.submission = new FormSubmission(link.host);
    this.draft = new Draft(link.host, link.client);
  }

  get dirty(): boolean {
    return isClosingTouched(this.#values);
  }

  get restored(): boolean {
    return this.#restored;
  }

  label(): string {
    return msg('Status', { id: 'panel.status' });
  }

  refusal({ record, session }: PanelScope): string | undefined {
    if (!session.capabilities.closeCases)
      return msg('The case backend cannot do this.', { id: 'refusal.capability' });
    const verdict = record.permissions[kindFor(record) ?? 'close'];
    return verdict?.allowed ? undefined : refusalText(verdict);
  }

  begin(scope: PanelScope): void {
    this.#kind = kindFor(scope.record);
    this.#values = emptyClosing;
    this.#restored = false;
    this.submission.reset();
    void this.#restore(scope);
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
    this.#kind = undefined;
  }

  clear(): void {
    this.draft.discard();
    this.#values = emptyClosing;
    this.#restored = false;
    this.submission.reset();
  }

  action({ record }: PanelScope): string {
    return kindFor(record) === 'reopen'
      ? msg('Reopen case', { id: 'panel.status.reopen' })
      : msg('Close case', { id: 'panel.status.close' });
  }

  render({ record, session }: PanelScope): unknown {
    return renderClosingFields({
      kind: kindFor(record) ?? 'close',
      settings: session.settings,
      values: this.#values,
      errors: this.submission.errors,
      onChange: (change) => this.#edit(change),
    });
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
    const input = closingInput(this.#values);
    const changed = await this.submission.send({
      values: [kind, id, version, input],
      place: (field) => (places.includes(field) ? field : undefined),
      write: (idempotencyKey) => client.cases[kind](id, input, { version, idempotencyKey }),
    });
    return changed && kind;
  }

  #edit(change: Partial<ClosingValues>): void {
    this.submission.touch(...Object.keys(change));
    this.#values = { ...this.#values, ...change };
    if (this.dirty) this.draft.save(this.#values);
    else this.draft.discard();
    this.#link.host.requestUpdate();
  }

  async #restore({ record }: PanelScope): Promise<void> {
    const kind = this.#kind;
    if (!kind) return;
    const kept = parseClosing(await this.draft.open({ caseId: record.id, kind }));
    if (!isClosingTouched(kept) || this.#values !== emptyClosing || this.#kind !== kind) return;
    this.#values = kept;
    this.#restored = true;
    this.#link.host.requestUpdate();
  }
}

/** What can be done about the status; nothing about one this element does not know (CC-16). */
function kindFor({ status }: Case): ClosingKind | undefined {
  if (status === 'open') return 'close';
  return status === 'closed' ? 'reopen' : undefined;
}
