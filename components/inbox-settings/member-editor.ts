import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';

import type { CaseClient } from '../../src/client/client.js';
import { inboxRights, type InboxRight } from '../../src/contract/inboxes.js';
import type { Person } from '../../src/contract/people.js';
import type { FieldErrors } from '../shared/field-errors.js';
import { icon } from '../shared/icons.js';
import { RecordPicker } from '../shared/record-picker.js';
import { withRight, type MemberValue } from './inbox-values.js';
import { rightLabel } from './inbox-words.js';

const offered = 10;

/** How many members an inbox may have. */
const mostMembers = 500;

/** Under which name an error about a member stands. */
export function memberError(id: string): string {
  return `members.${id}`;
}

/** What the members are drawn from. */
export interface MembersView {
  readonly members: readonly MemberValue[];
  readonly errors: FieldErrors;
  /** `touched` is the member it is about. */
  readonly onChange: (members: readonly MemberValue[], touched?: string) => void;
}

/** Who works an inbox, and what each may do (IB-25): found by name, with a tick for each right. */
export class MemberEditor {
  readonly #host: LitElement;
  readonly #picker: RecordPicker<Person>;
  #view: MembersView | undefined;
  #said = '';

  constructor(host: LitElement, client: () => CaseClient | undefined) {
    this.#host = host;
    this.#picker = new RecordPicker<Person>({
      host,
      client,
      name: 'member',
      list: 'agents',
      several: true,
      search: (from, term) =>
        from.queries.people({ kind: 'agent', limit: offered, ...(term && { q: term }) }),
      keyOf: ({ id }) => id,
      offer: (found) => found.filter(({ id }) => !this.#view?.members.some((member) => member.id === id)),
      onPick: (person) => this.#add(person),
    });
  }

  /** A name is typed that was not taken. */
  get dirty(): boolean {
    return this.#picker.text !== '';
  }

  clear(): void {
    this.#picker.show(undefined);
    this.#said = '';
  }

  render(view: MembersView): TemplateResult {
    this.#view = view;
    const { members, errors } = view;
    return html`<fieldset class="checks members">
      <legend class="label">${msg('Members', { id: 'inbox-settings.members' })}</legend>
      <p class="hint" id="rights-hint">
        ${msg(
          'Who reads an inbox sees what waits there, takes it and completes it. Forwarding and cancelling are granted one by one, and need the right to read.',
          { id: 'inbox-settings.members.hint' },
        )}
      </p>
      ${
        members.length === 0
          ? html`<p class="none">
              ${msg('Nobody yet: only administrators see what waits here.', {
                id: 'inbox-settings.members.none',
              })}
            </p>`
          : this.#renderTable(members, errors)
      }
      ${
        members.length < mostMembers
          ? this.#picker.render({
              name: 'member',
              label: msg('Add a member', { id: 'inbox-settings.member.add' }),
              error: errors['members']?.(),
              placeholder: msg('Name or work e-mail address', { id: 'forward.to.placeholder' }),
              listLabel: msg('Agents', { id: 'bulk.agents' }),
              none: msg('No agent matches.', { id: 'bulk.agents.none' }),
              renderRecord: ({ name }) => html`<span class="name" dir="auto">${name}</span>`,
            })
          : nothing
      }
      <p class="visually-hidden" role="status">${this.#said}</p>
    </fieldset>`;
  }

  #renderTable(members: readonly MemberValue[], errors: FieldErrors): TemplateResult {
    return html`<table class="matrix">
      <thead>
        <tr>
          <th scope="col">${msg('Member', { id: 'inbox-settings.member' })}</th>
          ${inboxRights.map((right) => html`<th scope="col" class="tick-cell">${rightLabel(right)}</th>`)}
          <th scope="col" class="end-cell">
            <span class="visually-hidden">${msg('Remove', { id: 'settings.value.remove' })}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          members,
          ({ id }) => id,
          (member) => this.#renderRow(member, errors[memberError(member.id)]?.()),
        )}
      </tbody>
    </table>`;
  }

  #renderRow(member: MemberValue, error: string | undefined): TemplateResult {
    const { id, name, rights } = member;
    const errorId = `member-${id}-error`;
    return html`<tr data-member=${id}>
      <th scope="row">
        <span dir="auto">${name}</span>
        ${error ? html`<p class="error" id=${errorId}>${icon('alert')}<span>${error}</span></p>` : nothing}
      </th>
      ${inboxRights.map((right) => {
        const label = rightLabel(right);
        const reaches = right === 'read' || rights.includes('read');
        return html`<td class="tick-cell">
          <label class="check">
            <input
              type="checkbox"
              name="member-${id}-${right}"
              aria-label=${`${name}: ${label}`}
              aria-invalid=${ifDefined(error ? 'true' : undefined)}
              aria-describedby=${error ? errorId : 'rights-hint'}
              ?disabled=${!reaches}
              .checked=${live(rights.includes(right))}
              @change=${(event: Event) =>
                this.#grant(member, right, (event.target as HTMLInputElement).checked)}
            />
          </label>
        </td>`;
      })}
      <td class="end-cell">
        <button
          class="button quiet icon"
          type="button"
          aria-label=${msg(str`Remove ${name}`, { id: 'settings.value.remove-of' })}
          title=${msg('Remove', { id: 'settings.value.remove' })}
          @click=${() => this.#remove(member)}
        >
          ${icon('close')}
        </button>
      </td>
    </tr>`;
  }

  #add(person: Person | undefined): void {
    const view = this.#view;
    if (!person || !view) return;
    const { id, name } = person;
    this.#said = msg(str`${name} is added and may read.`, { id: 'inbox-settings.said.added' });
    view.onChange([...view.members, { id, name, rights: ['read'] }]);
  }

  #grant(member: MemberValue, right: InboxRight, granted: boolean): void {
    const { members = [], onChange } = this.#view ?? {};
    onChange?.(
      members.map((each) =>
        each.id === member.id ? { ...each, rights: withRight(each.rights, right, granted) } : each,
      ),
      memberError(member.id),
    );
  }

  #remove({ id, name }: MemberValue): void {
    const { members = [], onChange } = this.#view ?? {};
    this.#said = msg(str`${name} was removed.`, { id: 'settings.said.removed' });
    onChange?.(
      members.filter((member) => member.id !== id),
      memberError(id),
    );
    void this.#host.updateComplete.then(() =>
      this.#host.renderRoot.querySelector<HTMLElement>('input[name=member]')?.focus(),
    );
  }
}
