import { msg } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';

import type { CaseClient } from '../../src/client/client.js';
import type { NamedRef } from '../../src/contract/common.js';
import type { Customer } from '../../src/contract/customers.js';
import { Combobox } from '../shared/combobox.js';
import { describedBy, renderField } from '../shared/fields.js';
import { QueryController } from '../shared/query-controller.js';

const pause = 150;
const shown = 10;

/** Lets an agent pick the customer of a new case: a combobox over the customers the actor may see. */
export class CustomerPicker {
  readonly #host: LitElement;
  readonly #onPick: (customer: NamedRef | undefined) => void;
  readonly #matches;
  readonly #combobox: Combobox<Customer>;
  #text = '';
  // What is looked for: typed so far, and already asked for.
  #typed = '';
  #term = '';
  #known: readonly Customer[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    host: LitElement,
    client: () => CaseClient | undefined,
    onPick: (customer: NamedRef | undefined) => void,
  ) {
    this.#host = host;
    this.#onPick = onPick;
    this.#combobox = new Combobox<Customer>({
      host,
      id: 'customers',
      options: () => this.#choices(),
      keyOf: ({ id }) => id,
      onPick: (customer) => this.#pick(customer),
    });
    this.#matches = new QueryController(
      host,
      () => [client(), this.#combobox.isOpen, this.#term] as const,
      (current, open, term) =>
        open ? current?.queries.customers({ limit: shown, ...(term && { q: term }) }) : undefined,
    );
  }

  /** Shows `customer` as picked, without telling anybody. */
  show(customer: NamedRef | undefined): void {
    this.#text = customer?.name ?? '';
    this.#typed = '';
    this.#term = '';
    this.#combobox.close();
  }

  get #settled(): boolean {
    return this.#matches.state.status === 'ready' && this.#typed === this.#term;
  }

  /** Those to choose from now; while an answer is awaited, what is known already and matches. */
  #choices(): readonly Customer[] {
    if (this.#matches.state.status === 'ready') this.#known = this.#matches.data?.items ?? [];
    if (this.#settled) return this.#known;
    const typed = this.#typed.toLowerCase();
    return this.#known.filter(({ name, number }) => `${name} ${number ?? ''}`.toLowerCase().includes(typed));
  }

  render(error: string | undefined): TemplateResult {
    const view = {
      name: 'customerId',
      label: msg('Customer', { id: 'case-form.customer' }),
      required: true,
      error,
      wide: true,
    };
    const combobox = this.#combobox;
    const customers = combobox.options;
    return renderField(
      view,
      html`<div class="combobox">
        <input
          class="input"
          id="customerId"
          name="customerId"
          dir="auto"
          role="combobox"
          aria-label=${view.label}
          autocomplete="off"
          placeholder=${msg('Type a name or a number', { id: 'case-form.customer.placeholder' })}
          aria-autocomplete="list"
          aria-controls=${combobox.id}
          aria-expanded=${customers.length > 0}
          aria-activedescendant=${ifDefined(combobox.activeId)}
          aria-required="true"
          aria-invalid=${ifDefined(error ? 'true' : undefined)}
          aria-describedby=${ifDefined(describedBy(view))}
          .value=${live(this.#text)}
          @input=${this.#type}
          @click=${this.#openList}
          @keydown=${this.#key}
          @blur=${this.#leave}
        />
        ${combobox.renderList(msg('Customers', { id: 'case-form.customers' }), renderCustomer)}
        ${
          combobox.isOpen && this.#settled && customers.length === 0
            ? html`<p class="none" role="status">
                ${msg('No customer matches.', { id: 'case-form.customers.none' })}
              </p>`
            : nothing
        }
      </div>`,
    );
  }

  readonly #type = (event: Event): void => {
    this.#text = (event.target as HTMLInputElement).value;
    this.#typed = this.#text.trim();
    this.#combobox.open();
    this.#combobox.leaveOptions();
    this.#onPick(undefined);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#term = this.#typed;
      this.#host.requestUpdate();
    }, pause);
  };

  readonly #openList = (): void => this.#combobox.open();

  readonly #leave = (): void => {
    if (!this.#combobox.isOpen) return;
    const named = this.#matches.data?.items.filter(
      ({ name }) => name.toLowerCase() === this.#text.trim().toLowerCase(),
    );
    this.#combobox.close();
    if (named?.length === 1 && named[0]) this.#pick(named[0]);
  };

  readonly #key = (event: KeyboardEvent): void => {
    const { options, isOpen } = this.#combobox;
    if (this.#combobox.handleKey(event) || event.key !== 'Enter' || event.isComposing || !isOpen) return;
    event.preventDefault();
    const [only] = options;
    if (only && options.length === 1) this.#pick(only);
  };

  #pick({ id, name }: NamedRef): void {
    clearTimeout(this.#timer);
    this.show({ id, name });
    this.#onPick({ id, name });
  }
}

function renderCustomer({ name, number, organisation }: Customer): TemplateResult {
  const detail = [number, organisation?.name].filter(Boolean).join(' · ');
  return html`<span class="name" dir="auto">${name}</span>
    ${detail ? html`<span class="hint" dir="auto">${detail}</span>` : nothing}`;
}
