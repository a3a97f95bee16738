import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';

import type { CaseClient } from '../../src/client/client.js';
import type { Session } from '../../src/contract/session.js';
import { Combobox } from '../shared/combobox.js';
import { failureText } from '../shared/failure.js';
import { describedBy, renderField } from '../shared/fields.js';
import { QueryController } from '../shared/query-controller.js';

const pause = 150;
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
  readonly #link: PersonPickerLink;
  readonly #matches;
  readonly #combobox: Combobox<PickedPerson>;
  #text = '';
  // What is looked for: typed so far, and already asked for.
  #typed = '';
  #term = '';
  #known: readonly PickedPerson[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(link: PersonPickerLink) {
    this.#link = link;
    this.#combobox = new Combobox<PickedPerson>({
      host: link.host,
      id: 'people',
      options: () => this.#choices(),
      keyOf: ({ id }) => id ?? '',
      onPick: (person) => this.#pick(person),
    });
    this.#matches = new QueryController(
      link.host,
      () => [link.client(), this.#combobox.isOpen, this.#term] as const,
      (client, open, term) =>
        open ? client?.queries.people({ kind: 'agent', limit: shown, ...(term && { q: term }) }) : undefined,
    );
  }

  /** Shows `person` as picked, without telling anybody. */
  show(person: PickedPerson | undefined): void {
    clearTimeout(this.#timer);
    this.#text = person?.name ?? '';
    this.#typed = '';
    this.#term = '';
    this.#combobox.close();
  }

  /** Takes a name that was typed whole, and shows no list any more. */
  readonly settle = (): void => {
    if (!this.#combobox.isOpen) return;
    const typed = this.#text.trim().toLowerCase();
    const named = this.#choices().filter(({ name }) => name.toLowerCase() === typed);
    this.#combobox.close();
    if (named.length === 1 && named[0]) this.#pick(named[0]);
  };

  render(error: string | undefined): TemplateResult {
    const view = {
      name: 'assigneeId',
      label: msg('Assignee', { id: 'case.assignee' }),
      required: true,
      error: error ?? this.#trouble,
      hint: msg('An agent, or nobody.', { id: 'bulk.assignee.hint' }),
      wide: true,
    };
    const combobox = this.#combobox;
    const people = combobox.options;
    return renderField(
      view,
      html`<div class="combobox">
        <input
          class="input"
          id="assigneeId"
          name="assigneeId"
          dir="auto"
          role="combobox"
          aria-label=${view.label}
          autocomplete="off"
          placeholder=${msg('Type a name', { id: 'bulk.assignee.placeholder' })}
          aria-autocomplete="list"
          aria-controls=${combobox.id}
          aria-expanded=${people.length > 0}
          aria-activedescendant=${ifDefined(combobox.activeId)}
          aria-required="true"
          aria-invalid=${ifDefined(error ? 'true' : undefined)}
          aria-describedby=${ifDefined(describedBy(view))}
          .value=${live(this.#text)}
          @input=${this.#type}
          @click=${this.#openList}
          @keydown=${this.#key}
          @blur=${this.settle}
        />
        ${combobox.renderList(msg('Agents', { id: 'bulk.agents' }), (person) => this.#renderPerson(person))}
        ${
          combobox.isOpen && this.#settled && people.length === 0
            ? html`<p class="none" role="status">${msg('No agent matches.', { id: 'bulk.agents.none' })}</p>`
            : nothing
        }
      </div>`,
    );
  }

  #renderPerson({ id, name }: PickedPerson): TemplateResult {
    const you = id !== null && id === this.#link.session()?.actor.id;
    return html`<span class="name" dir="auto"
      >${you ? msg(str`${name} (you)`, { id: 'bulk.assignee.you' }) : name}</span
    >`;
  }

  /** Those to choose from now; while an answer is awaited, what is known already and matches. */
  #choices(): readonly PickedPerson[] {
    if (this.#settled) this.#known = this.#matches.data?.items ?? [];
    const actor = this.#link.session()?.actor;
    const first: readonly PickedPerson[] = [
      { id: null, name: msg('Nobody', { id: 'bulk.assignee.nobody' }) },
      ...(actor ? [{ id: actor.id, name: actor.name }] : []),
    ];
    const typed = this.#typed.toLowerCase();
    const matches = ({ name }: PickedPerson) => name.toLowerCase().includes(typed);
    const known = this.#settled ? this.#known : this.#known.filter(matches);
    return [...first.filter(matches), ...known.filter(({ id }) => id !== actor?.id)];
  }

  get #settled(): boolean {
    return this.#matches.state.status === 'ready' && this.#typed === this.#term;
  }

  get #trouble(): string | undefined {
    const { status, error } = this.#matches.state;
    return status === 'failed' ? failureText(error) : undefined;
  }

  readonly #type = (event: Event): void => {
    this.#text = (event.target as HTMLInputElement).value;
    this.#typed = this.#text.trim();
    this.#combobox.open();
    this.#combobox.leaveOptions();
    this.#link.onPick(undefined);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#term = this.#typed;
      this.#link.host.requestUpdate();
    }, pause);
  };

  readonly #openList = (): void => this.#combobox.open();

  readonly #key = (event: KeyboardEvent): void => {
    const { options, isOpen } = this.#combobox;
    if (this.#combobox.handleKey(event) || event.key !== 'Enter' || event.isComposing || !isOpen) return;
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const [only] = options;
    if (only && options.length === 1) this.#pick(only);
  };

  #pick(person: PickedPerson): void {
    this.show(person);
    this.#link.onPick(person);
  }
}
