import { msg, str } from '@lit/localize';
import { html, type LitElement, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { Session } from '../../src/contract/session.js';
import { RecordPicker } from '../shared/record-picker.js';

const shown = 10;

/** An agent, or nobody. */
export interface PickedPerson {
  readonly id: string | null;
  readonly name: string;
}

/** What the picker is given by its dialog. */
export interface PersonPickerLink {
  readonly host: LitElement;
  readonly client: () => CaseClient | undefined;
  readonly session: () => Session | undefined;
  readonly onPick: (person: PickedPerson | undefined) => void;
}

/** Lets an agent pick who works on cases: a combobox over the agents, with nobody and the reader first. */
export class PersonPicker {
  readonly #session: PersonPickerLink['session'];
  readonly #picker: RecordPicker<PickedPerson>;

  constructor({ session, ...link }: PersonPickerLink) {
    this.#session = session;
    this.#picker = new RecordPicker<PickedPerson>({
      ...link,
      name: 'assigneeId',
      list: 'people',
      search: (client, term) =>
        client.queries.people({ kind: 'agent', limit: shown, ...(term && { q: term }) }),
      keyOf: ({ id }) => id ?? '',
      offer: (found, matches) => {
        const actor = session()?.actor;
        const first: readonly PickedPerson[] = [
          { id: null, name: msg('Nobody', { id: 'bulk.assignee.nobody' }) },
          ...(actor ? [{ id: actor.id, name: actor.name }] : []),
        ];
        return [...first.filter(matches), ...found.filter(({ id }) => id !== null && id !== actor?.id)];
      },
    });
  }

  /** Shows `person` as picked, without telling anybody. */
  show(person: PickedPerson | undefined): void {
    this.#picker.show(person);
  }

  /** Takes a name that was typed whole, and shows no list any more. */
  settle(): void {
    this.#picker.settle();
  }

  render(error: string | undefined): TemplateResult {
    return this.#picker.render({
      name: 'assigneeId',
      label: msg('Assignee', { id: 'case.assignee' }),
      required: true,
      error,
      hint: msg('An agent, or nobody.', { id: 'bulk.assignee.hint' }),
      wide: true,
      placeholder: msg('Type a name', { id: 'bulk.assignee.placeholder' }),
      listLabel: msg('Agents', { id: 'bulk.agents' }),
      none: msg('No agent matches.', { id: 'bulk.agents.none' }),
      renderRecord: (person) => this.#renderPerson(person),
    });
  }

  #renderPerson({ id, name }: PickedPerson): TemplateResult {
    const you = id !== null && id === this.#session()?.actor.id;
    return html`<span class="name" dir="auto"
      >${you ? msg(str`${name} (you)`, { id: 'bulk.assignee.you' }) : name}</span
    >`;
  }
}
