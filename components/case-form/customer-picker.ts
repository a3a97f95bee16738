import { msg } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { NamedRef } from '../../src/contract/common.js';
import type { Customer } from '../../src/contract/customers.js';
import { RecordPicker } from '../shared/record-picker.js';

const shown = 10;

/** Lets an agent pick the customer of a new case: a combobox over the customers the actor may see. */
export class CustomerPicker {
  readonly #picker: RecordPicker<Customer>;

  constructor(
    host: LitElement,
    client: () => CaseClient | undefined,
    onPick: (customer: NamedRef | undefined) => void,
  ) {
    this.#picker = new RecordPicker<Customer>({
      host,
      client,
      name: 'customerId',
      list: 'customers',
      search: (from, term) => from.queries.customers({ limit: shown, ...(term && { q: term }) }),
      keyOf: ({ id }) => id,
      wordsOf: ({ name, number }) => `${name} ${number ?? ''}`,
      onPick: (customer) => onPick(customer && { id: customer.id, name: customer.name }),
    });
  }

  /** Shows `customer` as picked, without telling anybody. */
  show(customer: NamedRef | undefined): void {
    this.#picker.show(customer);
  }

  render(error: string | undefined): TemplateResult {
    return this.#picker.render({
      name: 'customerId',
      label: msg('Customer', { id: 'case-form.customer' }),
      required: true,
      error,
      wide: true,
      placeholder: msg('Type a name or a number', { id: 'case-form.customer.placeholder' }),
      listLabel: msg('Customers', { id: 'case-form.customers' }),
      none: msg('No customer matches.', { id: 'case-form.customers.none' }),
      renderRecord: renderCustomer,
    });
  }
}

function renderCustomer({ name, number, organisation }: Customer): TemplateResult {
  const detail = [number, organisation?.name].filter(Boolean).join(' · ');
  return html`<span class="name" dir="auto">${name}</span>
    ${detail ? html`<span class="hint" dir="auto">${detail}</span>` : nothing}`;
}
