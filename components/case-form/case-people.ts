import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import type { CaseClient } from '../../src/client/client.js';
import type { NewCase } from '../../src/contract/cases.js';
import type { NamedRef } from '../../src/contract/common.js';
import type { Candidate } from '../../src/contract/grants.js';
import type { FieldError } from '../../src/contract/problem.js';
import type { Session } from '../../src/contract/session.js';
import { CandidateSearch } from '../shared/candidate-search.js';
import { fieldErrorText, type FieldErrors } from '../shared/field-errors.js';
import { icon } from '../shared/icons.js';
import { RecordPicker } from '../shared/record-picker.js';

const shown = 10;
const field = 'shareWith';

/** What the people of a new case are told by their form. */
export interface CasePeopleLink {
  readonly host: LitElement;
  readonly client: () => CaseClient | undefined;
  readonly session: () => Session | undefined;
  readonly chosen: () => readonly NamedRef[];
  readonly change: (people: readonly NamedRef[]) => void;
}

/** Whether whoever submits a case may name co-workers to share it with at once (CO-02). */
export function canNamePeople({ actor, capabilities, settings }: Session): boolean {
  if (actor.kind !== 'customer' || !capabilities.sharing?.kinds.includes('person')) return false;
  return settings.portal?.features['share'] !== false;
}

/** The server's word about a new case: about a co-worker, why it cannot be them. */
export function newCaseErrorText(error: FieldError): string {
  if (error.field.startsWith(`${field}.`)) {
    if (error.code === 'principal_out_of_scope')
      return msg('This is no co-worker of yours.', { id: 'share.error.out-of-scope' });
    if (error.code === 'self_share') return msg('The case is theirs already.', { id: 'share.error.self' });
  }
  return fieldErrorText(error);
}

/** The co-workers a new case is shared with in the same step: all of them, or the case is not stored (CO-02). */
export class CasePeople {
  readonly #link: CasePeopleLink;
  readonly #picker: RecordPicker<Candidate>;
  #notice: (() => string) | undefined;

  constructor(link: CasePeopleLink) {
    this.#link = link;
    this.#picker = new RecordPicker<Candidate>({
      host: link.host,
      name: field,
      list: 'co-workers',
      several: true,
      client: () => {
        const session = link.session();
        return session && canNamePeople(session) ? link.client() : undefined;
      },
      search: (client, term) =>
        new CandidateSearch(
          async (signal) =>
            (
              await client.grants.candidates(
                { kind: 'person', limit: shown, ...(term && { q: term }) },
                { signal },
              )
            ).items,
        ),
      keyOf: ({ id }) => id,
      onPick: (candidate) => this.#pick(candidate),
    });
  }

  /** What keeps the case from being sent: a name that is nobody's. */
  get errors(): FieldErrors {
    this.#picker.settle();
    const text = this.#picker.text.trim();
    if (text === '') return {};
    return {
      [field]: () =>
        msg(str`Nobody to choose is called “${text}”. Choose a name from the list.`, { id: 'share.nobody' }),
    };
  }

  /** The places of what may be said about them. */
  get places(): readonly string[] {
    return [field, ...this.#link.chosen().map(placeOf)];
  }

  /** Empties the field that is typed in. */
  reset(): void {
    this.#notice = undefined;
    this.#picker.show(undefined);
  }

  input(): Pick<NewCase, 'shareWith'> {
    const people = this.#link.chosen();
    return people.length > 0 ? { shareWith: people.map(({ id }) => ({ kind: 'person', id })) } : {};
  }

  /** Where the server's word about one of them stands: under the name it is about. */
  place(name: string): string | undefined {
    const [list, index] = name.split('.');
    if (list !== field) return undefined;
    const person = this.#link.chosen()[Number(index)];
    return person ? placeOf(person) : field;
  }

  render(session: Session, errors: FieldErrors): TemplateResult | typeof nothing {
    if (!canNamePeople(session)) return nothing;
    const people = this.#link.chosen();
    const wrong = people.filter((person) => errors[placeOf(person)]);
    return html`${this.#picker.render({
        name: field,
        label: msg('Share with co-workers', { id: 'case-form.people' }),
        hint: msg('They read the case and can answer. You can change this later.', {
          id: 'case-form.people.hint',
        }),
        wide: true,
        error:
          errors[field]?.() ??
          (wrong.length > 0
            ? msg('Somebody cannot be added, so the case was not sent.', { id: 'case-form.people.wrong' })
            : undefined),
        placeholder: msg('Type a name', { id: 'bulk.assignee.placeholder' }),
        listLabel: msg('Who can be added', { id: 'share.candidates' }),
        none: msg('Nobody to choose matches.', { id: 'share.candidates.none' }),
        renderRecord: ({ name }) => html`<span class="name" dir="auto">${name}</span>`,
        // An empty one, too: with another shape around it the field would be another, and lose the focus.
        chips: html`${people.length > 0 ? this.#renderChips(people, errors) : nothing}`,
        onBackspace: () => this.#link.change(people.slice(0, -1)),
      })}
      ${wrong.map(
        (person) =>
          html`<p class="error wide" role="alert">
            ${icon('alert')}<span><bdi>${person.name}</bdi>: ${errors[placeOf(person)]?.()}</span>
          </p>`,
      )}
      <p class="visually-hidden" role="status">${this.#notice?.()}</p>`;
  }

  #renderChips(people: readonly NamedRef[], errors: FieldErrors): TemplateResult {
    return html`<ul aria-label=${msg('Chosen', { id: 'share.chosen.list' })}>
      ${repeat(
        people,
        ({ id }) => id,
        ({ id, name }) =>
          html`<li class=${errors[placeOf({ id })] ? 'tag over' : 'tag'}>
            <span dir="auto">${name}</span>
            <button
              type="button"
              aria-label=${msg(str`Do not add ${name}`, { id: 'share.chosen.remove' })}
              @click=${() => {
                this.#link.change(people.filter((person) => person.id !== id));
                this.#link.host.renderRoot.querySelector<HTMLElement>(`#${field}`)?.focus();
              }}
            >
              ${icon('close')}
            </button>
          </li>`,
      )}
    </ul>`;
  }

  #pick(candidate: Candidate | undefined): void {
    this.#notice = undefined;
    if (!candidate) {
      this.#link.host.requestUpdate();
      return;
    }
    const { id, name } = candidate;
    const people = this.#link.chosen();
    // A name chosen twice is one name, and said so (CO-04).
    if (people.some((person) => person.id === id))
      this.#notice = () => msg(str`${name} is chosen already.`, { id: 'share.twice' });
    else this.#link.change([...people, { id, name }]);
    this.#link.host.requestUpdate();
  }
}

function placeOf({ id }: { readonly id: string }): string {
  return `${field} ${id}`;
}
