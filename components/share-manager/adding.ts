import { msg, str } from '@lit/localize';
import { nothing, type LitElement, type TemplateResult } from 'lit';

import type { Candidate, Grant, GranteeKind, HistoryChoice, NewGrants } from '../../src/contract/grants.js';
import { CandidateSearch } from '../shared/candidate-search.js';
import type { Sentence } from '../shared/field-errors.js';
import { FormSubmission } from '../shared/form-submission.js';
import { formatNames } from '../shared/name-list.js';
import { RecordPicker } from '../shared/record-picker.js';
import { renderAdding } from './adding.view.js';
import { expiryError, expiryOf, noEnd, type ExpiryChoice } from './expiry.js';
import { disclosureOf, type Disclosure } from './history.js';
import { unreachableIn } from './portal-only.js';
import { undoing, type ShareNotice } from './share-notice.js';
import { keyOf, kindsToAdd, usualLevel, type ShareScope, type SharedAnswer } from './share-unit.js';
import { granteeErrorText, sharingFailure } from './share-words.js';

// All kinds together fill a list that can still be overlooked.
const shown = 12;

/** Somebody who was chosen, with what they are to be given. */
export interface Chosen {
  readonly candidate: Candidate;
  readonly level: string | undefined;
}

/** What the form is given by its surroundings. */
export interface AddingLink {
  readonly host: LitElement;
  readonly scope: () => ShareScope | undefined;
  readonly say: (notice: ShareNotice | undefined) => void;
  /** It was shared: the list is read again, and the host told. */
  readonly changed: () => Promise<void>;
  /** Opens the line of a grant, to change it. */
  readonly openGrant: (id: string) => void;
  /** Earlier public notes would be read: asks what is to become of them (CU-06). */
  readonly ask: (disclosure: Disclosure) => void;
  /** Shows what those who were chosen will see. */
  readonly preview: () => void;
  /** What was decided for the history, `undefined` while nobody asked. */
  readonly history: () => HistoryChoice | undefined;
  readonly revoke: (grants: readonly Grant[]) => Promise<void>;
}

/** The form that shares with several at once: who, at which level, until when. */
export class Adding {
  readonly submission: FormSubmission;
  readonly picker: RecordPicker<Candidate>;
  readonly #link: AddingLink;
  #chosen: readonly Chosen[] = [];
  #expiry: ExpiryChoice = noEnd;
  #notice: Sentence | undefined;
  #unitId: string | undefined;
  #pending: NewGrants | undefined;
  // Whom no e-mail reaches, as the server said.
  #unreachable: ReadonlySet<string> = new Set();
  // Of those, for whom the portal alone was chosen.
  #portalOnly: ReadonlySet<string> = new Set();

  constructor(link: AddingLink) {
    this.#link = link;
    this.submission = new FormSubmission(link.host);
    this.picker = new RecordPicker<Candidate>({
      host: link.host,
      name: 'grantees',
      list: 'candidates',
      several: true,
      client: () => link.scope()?.client,
      search: (client, term) => new CandidateSearch((signal) => this.#search(client, term, signal)),
      keyOf,
      onPick: (candidate) => this.#pick(candidate),
    });
  }

  get chosen(): readonly Chosen[] {
    return this.#chosen;
  }

  get expiry(): ExpiryChoice {
    return this.#expiry;
  }

  /** What was said about the last choice. */
  get notice(): Sentence | undefined {
    return this.#notice;
  }

  /** Those who were chosen and whom no e-mail reaches: they can be shared with in the portal only (CU-04). */
  get unreachable(): readonly Chosen[] {
    return this.#chosen.filter(({ candidate }) => this.#unreachable.has(keyOf(candidate)));
  }

  /** Whether it was chosen to share with one of them in the portal only. */
  isPortalOnly({ kind, id }: { readonly kind: string; readonly id: string }): boolean {
    const key = keyOf({ kind, id });
    return this.#portalOnly.has(key) && this.#unreachable.has(key);
  }

  /** Somebody is chosen or typed. */
  get dirty(): boolean {
    return this.#chosen.length > 0 || this.picker.text.trim() !== '';
  }

  /** Takes up what is shared now: what was chosen for one case is not shown for the next. */
  follow(unitId: string): void {
    if (this.#unitId === unitId) return;
    this.#unitId = unitId;
    this.clear();
  }

  clear(): void {
    this.#chosen = [];
    this.#expiry = noEnd;
    this.#notice = undefined;
    this.#pending = undefined;
    this.#unreachable = new Set();
    this.#portalOnly = new Set();
    this.picker.show(undefined);
    this.submission.reset();
  }

  render(scope: ShareScope): TemplateResult | typeof nothing {
    const kinds = kindsToAdd(scope);
    return kinds.length === 0 ? nothing : renderAdding(this, { scope, kinds, onPreview: this.#link.preview });
  }

  remove(key: string): void {
    this.#chosen = this.#chosen.filter(({ candidate }) => keyOf(candidate) !== key);
    this.#notice = undefined;
    this.#touch(key, 'grantees');
  }

  removeLast(): void {
    const last = this.#chosen.at(-1);
    if (last) this.remove(keyOf(last.candidate));
  }

  setLevel(key: string, level: string): void {
    this.#chosen = this.#chosen.map((one) => (keyOf(one.candidate) === key ? { ...one, level } : one));
    this.#touch(`level ${key}`);
  }

  setExpiry(change: Partial<ExpiryChoice>): void {
    this.#expiry = { ...this.#expiry, ...change };
    this.#touch('expiry');
  }

  setPortalOnly(key: string, portalOnly: boolean): void {
    const others = [...this.#portalOnly].filter((one) => one !== key);
    this.#portalOnly = new Set(portalOnly ? [...others, key] : others);
    this.#touch(key);
  }

  readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.submit();
  };

  /** Whether what is chosen can be sent; what is wrong stands under its field. */
  check(): boolean {
    this.picker.settle();
    const text = this.picker.text.trim();
    const wrongDate = expiryError(this.#expiry);
    const nobody =
      text !== ''
        ? () =>
            msg(str`Nobody to choose is called “${text}”. Choose a name from the list.`, {
              id: 'share.nobody',
            })
        : this.#chosen.length === 0
          ? () => msg('Choose at least one name.', { id: 'share.required' })
          : undefined;
    return this.submission.accept({
      ...(nobody && { grantees: nobody }),
      ...(wrongDate !== undefined && { expiry: () => expiryError(this.#expiry) ?? '' }),
    });
  }

  /** Shares with everybody chosen, or says what is in the way. */
  async submit(): Promise<void> {
    if (this.submission.busy || !this.check()) return;
    const expiresAt = expiryOf(this.#expiry);
    await this.#send({
      grantees: this.#chosen.map(({ candidate: { kind, id }, level }) => ({
        kind: kind as GranteeKind,
        id,
        ...(level !== undefined && { level }),
        ...(expiresAt !== null && { expiresAt }),
        ...(this.isPortalOnly({ kind, id }) && { portalOnly: true }),
      })),
    });
  }

  /** Goes on with what waited for an answer about the earlier notes. */
  async confirm(): Promise<void> {
    if (this.#pending) await this.#send(this.#pending);
    else await this.submit();
  }

  /** Nothing is shared: what waited for an answer is let go, what was chosen stays. */
  letGo(): void {
    this.#pending = undefined;
  }

  /** Gives back what was just taken: in the portal only where no e-mail reaches them, for they can have it in no other way. */
  async again({ grantee, level, expiresAt }: Grant): Promise<void> {
    const one = { kind: grantee.kind as GranteeKind, id: grantee.id, level, expiresAt };
    await this.#send({ grantees: [one] });
    if (this.#unreachable.has(keyOf(grantee))) await this.#send({ grantees: [{ ...one, portalOnly: true }] });
  }

  async #send(input: NewGrants): Promise<void> {
    const scope = this.#link.scope();
    if (!scope) return;
    const { unit, client } = scope;
    const history = this.#link.history();
    const sent: NewGrants = { ...input, ...(history && { history }) };
    this.#link.say(undefined);
    this.#notice = undefined;
    const keys = input.grantees.map(keyOf);
    const answer = await this.submission.send({
      values: [unit.id, sent],
      place: (field) => placeOf(field, keys),
      say: granteeErrorText,
      write: async (key) => {
        try {
          return await unit.add(client, sent, key);
        } catch (error) {
          const found = unreachableIn(error, (field) => keyAt(field, keys));
          this.#unreachable = new Set([...this.#unreachable, ...found]);
          throw error;
        }
      },
    });
    if (answer) return this.#shared(answer, sent);
    const { failure } = this.submission;
    const disclosure = disclosureOf(failure);
    if (disclosure) {
      this.#pending = input;
      this.submission.reset();
      this.#link.ask(disclosure);
    } else if (failure)
      this.#link.say({ tone: 'critical', text: () => sharingFailure(failure, scope.requester) });
  }

  async #shared({ items, ignored, warnings = [] }: SharedAnswer, { grantees }: NewGrants): Promise<void> {
    const without = new Set(ignored.map(({ field }) => keyAt(field, grantees.map(keyOf))));
    const given = items.filter(({ grantee }) => !without.has(keyOf(grantee)));
    const had = items.filter(({ grantee }) => without.has(keyOf(grantee)));
    const names = (grants: readonly Grant[]) => formatNames(grants.map(({ grantee }) => grantee.name));
    const stranger = warnings.some(({ code }) => code === 'cross_organisation');
    const silent = new Set(grantees.filter(({ portalOnly }) => portalOnly).map(keyOf));
    const inPortal = given.filter(({ grantee }) => silent.has(keyOf(grantee)));
    const unseen = new Set(
      warnings.flatMap(({ code, field = '' }) =>
        code === 'portal_closed' ? (keyAt(field, grantees.map(keyOf)) ?? []) : [],
      ),
    );
    const closed = given.filter(({ grantee }) => unseen.has(keyOf(grantee)));
    this.clear();
    await this.#link.changed();
    const undone = given.length > 0 && given.every(({ permissions }) => permissions['revoke']?.allowed);
    this.#link.say({
      tone: given.length === 0 ? '' : closed.length > 0 ? 'caution' : 'positive',
      text: () =>
        [
          given.length > 0 && msg(str`Shared with ${names(given)}.`, { id: 'share.done' }),
          stranger &&
            msg('They belong to another organisation than those who had it.', { id: 'share.done.cross' }),
          inPortal.length > 0 &&
            msg(str`In the portal only: ${names(inPortal)}.`, { id: 'share.done.portal' }),
          closed.length > 0 &&
            msg(
              str`The portal shows customers nothing at the moment: ${names(closed)} will not see the case until it is open.`,
              { id: 'share.done.closed' },
            ),
          had.length > 0 && msg(str`Had access already: ${names(had)}.`, { id: 'share.had' }),
        ]
          .filter(Boolean)
          .join(' '),
      ...(undone && { action: undoing(() => void this.#link.revoke(given)) }),
    });
  }

  async #search(
    client: ShareScope['client'],
    term: string,
    signal: AbortSignal,
  ): Promise<readonly Candidate[]> {
    const scope = this.#link.scope();
    if (!scope) return [];
    const kinds = kindsToAdd(scope);
    const limit = Math.ceil(shown / kinds.length);
    const found = await Promise.all(
      kinds.map((kind) => scope.unit.candidates(client, { kind, limit, ...(term && { q: term }) }, signal)),
    );
    return found.flat();
  }

  #pick(candidate: Candidate | undefined): void {
    this.#touch('grantees');
    this.#notice = undefined;
    const scope = this.#link.scope();
    if (!candidate || !scope) return;
    const { name } = candidate;
    const has = scope.list.items.find(({ grantee }) => keyOf(grantee) === keyOf(candidate));
    if (has || candidate.grantId !== null) {
      this.#link.say({
        tone: '',
        text: () => msg(str`${name} has access already.`, { id: 'share.has' }),
        ...(has?.permissions['changeLevel']?.allowed && {
          action: {
            label: () => msg('Change level', { id: 'share.change-level' }),
            run: () => this.#link.openGrant(has.id),
          },
        }),
      });
      return;
    }
    if (this.#chosen.some((one) => keyOf(one.candidate) === keyOf(candidate))) {
      this.#notice = () => msg(str`${name} is chosen already.`, { id: 'share.twice' });
      return;
    }
    this.#link.say(undefined);
    this.#chosen = [...this.#chosen, { candidate, level: usualLevel(scope.session, candidate.kind) }];
    this.#notice = () => msg(str`${name} is chosen.`, { id: 'share.chosen' });
  }

  #touch(...fields: readonly string[]): void {
    this.submission.touch(...fields);
    this.#link.host.requestUpdate();
  }
}

/** Where the server's word about a field belongs: under the names, at a level, or at the date. */
function placeOf(field: string, keys: readonly string[]): string | undefined {
  const key = keyAt(field, keys);
  if (key === undefined) return field === 'grantees' ? 'grantees' : undefined;
  if (field.endsWith('.level')) return `level ${key}`;
  return field.endsWith('.expiresAt') ? 'expiry' : key;
}

function keyAt(field: string, keys: readonly string[]): string | undefined {
  const [, index = ''] = /^grantees\.(\d+)\b/.exec(field) ?? [];
  return index === '' ? undefined : keys[Number(index)];
}
