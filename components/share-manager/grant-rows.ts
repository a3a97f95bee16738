import { msg, str } from '@lit/localize';
import type { LitElement } from 'lit';

import type { Grant } from '../../src/contract/grants.js';
import { isConflictError, isGoneError, isNotFoundError } from '../../src/errors.js';
import { describeExpiry, expiryError, expiryOf, type ExpiryChoice } from './expiry.js';
import { formatNames } from '../shared/name-list.js';
import { undoing, type ShareNotice } from './share-notice.js';
import type { ShareScope } from './share-unit.js';
import { grantFailure } from './share-words.js';
import { levelLabel } from '../shared/level-words.js';

/** What is being changed about one grant. */
export interface GrantEdit {
  readonly id: string;
  readonly version: string;
  readonly level: string;
  readonly expiry: ExpiryChoice;
  readonly error?: (() => string) | undefined;
}

/** What the list is given by its surroundings. */
export interface GrantRowsLink {
  readonly host: LitElement;
  readonly scope: () => ShareScope | undefined;
  readonly say: (notice: ShareNotice | undefined) => void;
  readonly changed: () => Promise<void>;
  readonly giveAgain: (grant: Grant) => Promise<void>;
}

/** Those who have access, and what is done to one of them: changed, renewed, ended, told again. */
export class GrantRows {
  readonly #link: GrantRowsLink;
  #edit: GrantEdit | undefined;
  #asking: string | undefined;
  #busy = false;
  // Who left by the reader's own hand: nobody has to be told.
  readonly #ended = new Set<string>();

  constructor(link: GrantRowsLink) {
    this.#link = link;
  }

  get edit(): GrantEdit | undefined {
    return this.#edit;
  }

  /** The grant whose end is to be confirmed. */
  get asking(): string | undefined {
    return this.#asking;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Something was changed and not saved. */
  get dirty(): boolean {
    const edit = this.#edit;
    const grant = edit && this.#find(edit.id);
    return !!grant && (edit.level !== grant.level || edit.expiry.preset !== startOf(grant).preset);
  }

  /** Closes what was open about somebody who is not there any more; answers who left by another hand. */
  follow(before: readonly Grant[], now: readonly Grant[]): readonly Grant[] {
    const ids = new Set(now.map(({ id }) => id));
    if (this.#edit && !ids.has(this.#edit.id)) this.#edit = undefined;
    if (this.#asking !== undefined && !ids.has(this.#asking)) this.#asking = undefined;
    return before.filter(({ id }) => !ids.has(id) && !this.#ended.delete(id));
  }

  open(id: string): void {
    const grant = this.#find(id);
    if (!grant) return;
    this.#asking = undefined;
    this.#edit = { id, version: grant.version, level: grant.level, expiry: startOf(grant) };
    this.#focus(`[data-grant="${CSS.escape(id)}"] :is(select, input)`);
  }

  set(change: Partial<Pick<GrantEdit, 'level' | 'expiry'>>): void {
    if (this.#edit) this.#edit = { ...this.#edit, ...change, error: undefined };
    this.#link.host.requestUpdate();
  }

  close(): void {
    const id = this.#edit?.id ?? this.#asking;
    this.#edit = undefined;
    this.#asking = undefined;
    if (id !== undefined) this.#focus(`[data-grant="${CSS.escape(id)}"] button`);
  }

  ask(id: string): void {
    this.#edit = undefined;
    this.#asking = id;
    this.#focus('[data-keep]');
  }

  /** Saves what was changed about one grant, in one guarded request. */
  async save(): Promise<void> {
    const edit = this.#edit;
    const grant = edit && this.#find(edit.id);
    if (!grant || this.#busy) return;
    if (expiryError(edit.expiry) !== undefined) {
      this.#edit = { ...edit, error: () => expiryError(edit.expiry) ?? '' };
      this.#focus('[aria-invalid=true]');
      return;
    }
    const expiresAt = edit.expiry.preset === 'keep' ? grant.expiresAt : expiryOf(edit.expiry);
    const change = {
      ...(edit.level !== grant.level && { level: edit.level }),
      ...(expiresAt !== grant.expiresAt && { expiresAt }),
    };
    if (Object.keys(change).length === 0) this.close();
    else await this.#change(grant, change, edit.version);
  }

  /** Lets a grant last for another 30 days. */
  async renew(grant: Grant): Promise<void> {
    await this.#change(grant, { expiresAt: expiryOf({ preset: 'month', date: '' }) }, grant.version);
  }

  /** Ends the grant that was asked about. */
  async confirm(): Promise<void> {
    const grant = this.#asking === undefined ? undefined : this.#find(this.#asking);
    if (grant) await this.end([grant]);
  }

  /** Ends grants, at once. */
  async end(grants: readonly Grant[]): Promise<void> {
    const scope = this.#link.scope();
    if (!scope || this.#busy) return;
    const done = await this.#work(grants[0], async () => {
      for (const { id } of grants) {
        this.#ended.add(id);
        await scope.client.grants.remove(id);
      }
    });
    if (!done) return;
    this.#asking = undefined;
    const [grant] = grants;
    const back = grants.length === 1 && grant && canGiveAgain(grant, scope);
    const names = formatNames(grants.map(({ grantee }) => grantee.name));
    this.#link.say({
      tone: 'positive',
      text: () => msg(str`${names}: access has ended.`, { id: 'share.ended' }),
      ...(back && { action: undoing(() => void this.#link.giveAgain(grant)) }),
    });
    await this.#link.changed();
    this.#focus('[data-action=undo]', '#grantees', '#title');
  }

  async #change(
    grant: Grant,
    change: { readonly level?: string; readonly expiresAt?: string | null },
    version: string,
  ): Promise<void> {
    const scope = this.#link.scope();
    if (!scope) return;
    let stored: Grant | undefined;
    const done = await this.#work(grant, async () => {
      stored = await scope.client.grants.update(grant.id, change, { version });
    });
    if (!done || !stored) return;
    const { version: since } = stored;
    const words = stored;
    this.#edit = undefined;
    this.#link.say({
      tone: 'positive',
      text: () => changedText(words),
      action: undoing(
        () => void this.#change(words, { level: grant.level, expiresAt: grant.expiresAt }, since),
      ),
    });
    await this.#link.changed();
    this.#focus(`[data-grant="${CSS.escape(grant.id)}"] button`);
  }

  /** One request at a time; what went wrong is told, and the list read again. */
  async #work(grant: Grant | undefined, work: () => Promise<void>): Promise<boolean> {
    if (this.#busy || !grant) return false;
    this.#busy = true;
    this.#link.say(undefined);
    this.#link.host.requestUpdate();
    try {
      await work();
      return true;
    } catch (error) {
      await this.#failed(grant, error);
      return false;
    } finally {
      this.#busy = false;
      this.#link.host.requestUpdate();
    }
  }

  async #failed({ id, grantee }: Grant, error: unknown): Promise<void> {
    const requester = this.#link.scope()?.requester;
    const gone = isGoneError(error) || isNotFoundError(error);
    this.#link.say({
      tone: gone ? 'caution' : 'critical',
      text: () => grantFailure(error, grantee.name, requester),
    });
    // It was not this hand that ended it, but its end has been told.
    if (!gone) this.#ended.delete(id);
    else this.#ended.add(id);
    await this.#link.changed();
    const current = this.#find(id);
    if (current && isConflictError(error) && this.#edit?.id === id)
      this.#edit = { ...this.#edit, version: current.version };
  }

  #find(id: string): Grant | undefined {
    return this.#link.scope()?.list.items.find((grant) => grant.id === id);
  }

  /** Focuses the first of them that is there. */
  #focus(...selectors: readonly string[]): void {
    const { host } = this.#link;
    host.requestUpdate();
    void host.updateComplete.then(() => {
      const found = selectors.map((selector) => host.renderRoot.querySelector<HTMLElement>(selector));
      found.find((element) => element !== null)?.focus();
    });
  }
}

/** What a grant's end stands at before it is changed. */
function startOf({ expiresAt }: Grant): ExpiryChoice {
  return { preset: expiresAt === null ? 'never' : 'keep', date: '' };
}

/** Whether what is taken can honestly be given back: to whom it still may be, and where it would not have ended. */
function canGiveAgain({ grantee, expiresAt }: Grant, { list }: ShareScope): boolean {
  const ended = expiresAt !== null && Date.parse(expiresAt) <= Date.now();
  return list.share[grantee.kind]?.allowed === true && !ended;
}

function changedText({ grantee: { name }, level, expiresAt }: Grant): string {
  const until = describeExpiry(expiresAt)?.text ?? msg('no end date', { id: 'share.no-end' });
  return msg(str`${name}: ${levelLabel(level)}, ${until}.`, { id: 'share.changed' });
}
