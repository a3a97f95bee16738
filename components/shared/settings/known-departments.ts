import type { LitElement } from 'lit';

import type { CaseClient } from '../../../src/client/client.js';
import type { NamedRef } from '../../../src/contract/common.js';

// Whoever has more people than this has met all of their departments by then.
const mostPeople = 1000;

/** The departments of the tenant, as far as its agents belong to them: there is no other list of them. */
export class KnownDepartments {
  readonly #host: LitElement;
  #readFrom: CaseClient | undefined;
  #names: ReadonlyMap<string, string> = new Map();
  #error: unknown;
  #reading = false;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** Why they could not be read. */
  get error(): unknown {
    return this.#error;
  }

  get reading(): boolean {
    return this.#reading;
  }

  /** By name; those of `ids` among them, be their names known or not. */
  list(ids: readonly string[]): readonly NamedRef[] {
    return [...new Set([...this.#names.keys(), ...ids])]
      .map((id) => ({ id, name: this.nameOf(id) }))
      .sort((one, other) => one.name.localeCompare(other.name));
  }

  nameOf(id: string): string {
    return this.#names.get(id) ?? id;
  }

  /** Reads them unless they have been read from this client. */
  follow(client: CaseClient): void {
    if (this.#readFrom !== client) void this.read(client);
  }

  async read(client: CaseClient): Promise<void> {
    this.#readFrom = client;
    this.#reading = true;
    this.#error = undefined;
    const names = new Map<string, string>();
    try {
      let met = 0;
      for await (const { departments } of client.people.listAll({ kind: 'agent', limit: 100 })) {
        for (const { id, name } of departments ?? []) names.set(id, name);
        if (++met === mostPeople) break;
      }
    } catch (error) {
      if (this.#readFrom === client) this.#error = error;
    }
    if (this.#readFrom !== client) return;
    this.#names = names;
    this.#reading = false;
    this.#host.requestUpdate();
  }
}
