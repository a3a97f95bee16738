import { msg } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';

import type { CaseClient } from '../../src/client/client.js';
import type { NamedRef } from '../../src/contract/common.js';
import type { Customer } from '../../src/contract/customers.js';
import { describedBy, renderField } from '../shared/fields.js';
import { QueryController } from '../shared/query-controller.js';

const pause = 150;
const shown = 10;

/** Lets an agent pick the customer of a new case: a combobox over the customers the actor may see. */
export class CustomerPicker {
  readonly #host: LitElement;
  readonly #onPick: (customer: NamedRef | undefined) => void;
  readonly #matches;
  #text = '';
  // What is looked for: typed so far, and already asked for.
  #typed = '';
  #term = '';
  #open = false;
  // By id: the list may change under the arrows.
  #active: string | undefined;
  #known: readonly Customer[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    host: LitElement,
    client: () => CaseClient | undefined,
    onPick: (customer: NamedRef | undefined) => void,
  ) {
    this.#host = host;
    this.#onPick = onPick;
    this.#matches = new QueryController(
      host,
      () => [client(), this.#open, this.#term] as const,
      (current, open, term) =>
        open ? current?.queries.customers({ limit: shown, ...(term && { q: term }) }) : undefined,
    );
  }

  /** Shows `customer` as picked, without telling anybody. */
  show(customer: NamedRef | undefined): void {
    this.#text = customer?.name ?? '';
    this.#typed = '';
    this.#term = '';
    this.#open = false;
    this.#host.requestUpdate();
  }

  /** Those to choose from now; while an answer is awaited, what is known already and matches. */
  get #choices(): readonly Customer[] {
    if (!this.#open) return [];
    if (this.#matches.state.status === 'ready') this.#known = this.#matches.data?.items ?? [];
    if (this.#matches.state.status === 'ready' && this.#typed === this.#term) return this.#known;
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
    const settled = this.#matches.state.status === 'ready' && this.#typed === this.#term;
    const customers = this.#choices;
    const active = this.#indexIn(customers);
    return renderField(
      view,
      html`<div class="picker">
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
          aria-controls="customers"
          aria-expanded=${customers.length > 0}
          aria-activedescendant=${ifDefined(active < 0 ? undefined : `customer-${active}`)}
          aria-required="true"
          aria-invalid=${ifDefined(error ? 'true' : undefined)}
          aria-describedby=${ifDefined(describedBy(view))}
          .value=${live(this.#text)}
          @input=${this.#type}
          @click=${this.#openList}
          @keydown=${this.#key}
          @blur=${this.#leave}
        />
        <ul
          id="customers"
          role="listbox"
          aria-label=${msg('Customers', { id: 'case-form.customers' })}
          ?hidden=${customers.length === 0}
        >
          ${customers.map((customer, index) => this.#renderOption(customer, index, index === active))}
        </ul>
        ${
          this.#open && settled && customers.length === 0
            ? html`<p class="none" role="status">
                ${msg('No customer matches.', { id: 'case-form.customers.none' })}
              </p>`
            : nothing
        }
      </div>`,
    );
  }

  /** Where the one the arrows stand on is now: an answer may bring the others in another order. */
  #indexIn(customers: readonly Customer[]): number {
    return customers.findIndex(({ id }) => id === this.#active);
  }

  #renderOption(customer: Customer, index: number, active: boolean): TemplateResult {
    const detail = [customer.number, customer.organisation?.name].filter(Boolean).join(' · ');
    return html`<li
      id="customer-${index}"
      role="option"
      aria-selected=${active}
      @pointerdown=${(event: Event) => event.preventDefault()}
      @click=${() => this.#pick(customer)}
      @keydown=${this.#key}
    >
      <span dir="auto">${customer.name}</span>
      ${detail ? html`<span class="hint" dir="auto">${detail}</span>` : nothing}
    </li>`;
  }

  readonly #type = (event: Event): void => {
    this.#text = (event.target as HTMLInputElement).value;
    this.#typed = this.#text.trim();
    this.#open = true;
    this.#active = undefined;
    this.#onPick(undefined);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#term = this.#typed;
      this.#host.requestUpdate();
    }, pause);
  };

  readonly #openList = (): void => {
    this.#open = true;
    this.#host.requestUpdate();
  };

  readonly #leave = (): void => {
    if (!this.#open) return;
    const named = this.#matches.data?.items.filter(
      ({ name }) => name.toLowerCase() === this.#text.trim().toLowerCase(),
    );
    this.#open = false;
    if (named?.length === 1 && named[0]) this.#pick(named[0]);
    this.#host.requestUpdate();
  };

  readonly #key = (event: KeyboardEvent): void => {
    const customers = this.#choices;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const active = this.#indexIn(customers);
      const from = active === -1 && step === -1 ? customers.length : active;
      this.#active = customers[(from + step + customers.length) % customers.length]?.id;
      this.#open = true;
    } else if (event.key === 'Enter' && this.#open) {
      event.preventDefault();
      const customer =
        customers[this.#indexIn(customers)] ?? (customers.length === 1 ? customers[0] : undefined);
      if (customer) this.#pick(customer);
    } else if (event.key === 'Escape' && this.#open) {
      event.preventDefault();
      event.stopPropagation();
      this.#open = false;
    }
    this.#host.requestUpdate();
  };

  #pick({ id, name }: NamedRef): void {
    clearTimeout(this.#timer);
    this.show({ id, name });
    this.#active = undefined;
    this.#onPick({ id, name });
  }
}
