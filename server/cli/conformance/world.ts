import type { Case, CaseSummary } from '../../../src/contract/cases.js';
import type { Note } from '../../../src/contract/notes.js';
import type { Capabilities, Session } from '../../../src/contract/session.js';
import type { Choice, Settings, SettingsChange } from '../../../src/contract/settings.js';
import type { RouteId } from '../../../src/contract/routes.js';
import { Caller, type Wire } from './caller.js';
import { demand, problemOf } from './exchange.js';
import type { Broken } from './failure.js';
import { skip } from './failure.js';
import type { Role, TokenOf } from './roles.js';

/** What a run stands on. */
export interface WorldOptions {
  readonly wire: Wire;
  readonly tokenOf: TokenOf;
  /** Who is left out. */
  readonly without?: readonly Role[];
  /** Ids of the accounts, where the sessions of their people do not name them. */
  readonly customer?: string | undefined;
  readonly otherCustomer?: string | undefined;
  /** Milliseconds to wait for what a backend may do after it has answered: search, events. */
  readonly patience: number;
}

/** Everything the cases of one run share: who asks, what was declared, and records made for all of them. */
export class World {
  /** In the subject of all that this run creates. */
  readonly mark = aWord();
  readonly wire: Wire;
  readonly patience: number;
  readonly agent: Caller;
  /** Without a token. */
  readonly nobody: Caller;
  readonly #options: WorldOptions;
  readonly #callers = new Map<Role, Caller>();
  readonly #once = new Map<string, Promise<unknown>>();
  readonly #created: string[] = [];
  #number = 0;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.wire = options.wire;
    this.patience = options.patience;
    this.nobody = new Caller('nobody', options.wire, () => Promise.resolve(undefined));
    this.agent = this.as('agent');
  }

  /** Somebody; leaves the case out where they are left out. */
  as(role: Role): Caller {
    if (this.isLeftOut(role)) skip(`--without ${role}`);
    const found = this.#callers.get(role) ?? new Caller(role, this.wire, () => this.#options.tokenOf(role));
    this.#callers.set(role, found);
    return found;
  }

  isLeftOut(role: Role): boolean {
    return this.#options.without?.includes(role) === true;
  }

  /** Makes something the first time it is asked for; what failed then fails again, with the same words. */
  once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const known = this.#once.get(name) ?? make();
    this.#once.set(name, known);
    known.catch(() => undefined);
    return known as Promise<T>;
  }

  session(role: Role = 'agent'): Promise<Session> {
    return this.once(`session ${role}`, () => this.as(role).ok('getSession'));
  }

  async capabilities(): Promise<Capabilities> {
    return (await this.session()).capabilities;
  }

  async settings(): Promise<Settings> {
    return (await this.session()).settings;
  }

  /** The account of a customer: as told, as their session says, or else one that an agent finds. */
  customerId(role: 'customer' | 'other-customer' = 'customer'): Promise<string> {
    return this.once(`id of ${role}`, async () => {
      const { customer, otherCustomer } = this.#options;
      const told = role === 'customer' ? customer : otherCustomer;
      if (told !== undefined) return told;
      const own = this.isLeftOut(role) ? null : (await this.session(role)).actor.customer;
      if (own) return own.id;
      const { items } = await this.agent.ok('listCustomers', { query: { limit: 2 } });
      const found = items[role === 'customer' ? 0 : 1];
      if (!found) skip(`no account of the ${role} is known: name one with --${role}`);
      return found.id;
    });
  }

  /** A subject that says where it comes from, and what for. */
  subject(about: string): string {
    this.#number += 1;
    return `Conformance ${this.mark} ${this.#number}: ${about}`;
  }

  /** The body of a case with all that is mandatory here. */
  async newCase(change: Readonly<Record<string, unknown>> = {}): Promise<Record<string, unknown>> {
    const settings = await this.settings();
    const usual: Record<string, unknown> = {
      type: choiceOf(settings.caseTypes),
      priority: choiceOf(settings.priorities),
      contactMethod: choiceOf(settings.contactMethods),
      deadline: dayFromNow(30),
      tags: ['conformance'],
    };
    const required = settings.requiredFields.newCase.filter((name) => usual[name] !== undefined);
    return {
      customerId: await this.customerId(),
      subject: this.subject('a case'),
      description: `Made by a conformance run (${this.mark}). It can be deleted.`,
      ...Object.fromEntries(required.map((name) => [name, usual[name]])),
      ...change,
    };
  }

  /** A case of the run's own. */
  async aCase(change: Readonly<Record<string, unknown>> = {}, by: Caller = this.agent): Promise<Case> {
    if (!(await this.capabilities()).createCases) skip('not declared: createCases');
    const made = await by.ok('createCase', { body: await this.newCase(change) });
    this.#created.push(made.id);
    return made;
  }

  /** Takes note of a case that a test created by itself, so that it is closed in the end. */
  created(id: string): void {
    this.#created.push(id);
  }

  /** The body of a note. */
  async newNote(change: Readonly<Record<string, unknown>> = {}): Promise<Record<string, unknown>> {
    const subject = choiceOf((await this.settings()).noteSubjects);
    return {
      visibility: 'public',
      ...(subject !== undefined && { subject }),
      text: `A note of the conformance run ${this.mark}.`,
      ...change,
    };
  }

  async aNote(
    caseId: string,
    change: Readonly<Record<string, unknown>> = {},
    by: Caller = this.agent,
  ): Promise<Note> {
    return by.ok('createNote', { id: caseId, body: await this.newNote(change) });
  }

  /** The body that closes, or reopens. */
  async statusChange(
    list: 'closureReasons' | 'reopenReasons',
    change: Readonly<Record<string, unknown>> = {},
  ): Promise<Record<string, unknown>> {
    const reason = choiceOf((await this.settings())[list]);
    return {
      ...(reason !== undefined && { reason }),
      note: `For the conformance run ${this.mark}.`,
      ...change,
    };
  }

  async close(record: CaseSummary, change: Readonly<Record<string, unknown>> = {}): Promise<Case> {
    const body = await this.statusChange('closureReasons', change);
    return this.agent.ok('closeCase', { id: record.id, version: record.version, body });
  }

  /**
   * A case of a customer that they see themselves: submitted by them where they may, by the agent otherwise.
   */
  async aCaseOf(
    role: 'customer' | 'other-customer',
    change: Readonly<Record<string, unknown>> = {},
  ): Promise<Case> {
    const customer = this.as(role);
    const { actor, settings, permissions } = await this.session(role);
    if (settings.portalScope === 'none') skip('customers see no cases here: the portal is closed');
    const customerId = await this.customerId(role);
    const submits = permissions['createCase']?.allowed === true;
    const by = submits ? customer : this.agent;
    const requester = submits ? {} : { requesterId: actor.id };
    const made = await this.aCase({ customerId, ...requester, ...change }, by);
    const seen = await customer.send('getCase', { id: made.id });
    demand(seen.status === 200, seen, 'Customers see the cases that are theirs.');
    if (!submits) return made;
    return this.agent.ok('getCase', { id: made.id });
  }

  /** Waits until `look` has found something, for what a backend may do after it has answered. */
  async eventually<T>(look: () => Promise<T | undefined>, otherwise: () => Broken): Promise<T> {
    const end = Date.now() + this.patience;
    for (let pause = 50; ; pause = Math.min(pause * 2, 1_000)) {
      const found = await look();
      if (found !== undefined) return found;
      if (Date.now() >= end) throw otherwise();
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** A case of the department of the agent, where they have one: what belongs to nobody is every department's. */
  async aCaseOfDepartment(change: Readonly<Record<string, unknown>> = {}): Promise<Case> {
    const [department] = (await this.session()).actor.departments;
    const type = choiceOf((await this.settings()).caseTypes);
    return this.aCase({
      subject: this.subject('of a department'),
      ...(type !== undefined && { type }),
      ...(department && { departmentId: department.id }),
      ...change,
    });
  }

  /** Acts while these settings hold, and puts back what was there before. */
  async during(change: SettingsChange, act: () => Promise<void>): Promise<void> {
    const administrator = this.as('administrator');
    if (!(await this.capabilities()).editSettings) skip('not declared: editSettings');
    const before: Readonly<Record<string, unknown>> = await administrator.ok('getSettings');
    const kept = Object.fromEntries(Object.keys(change).map((name) => [name, before[name]]));
    const set = async (body: unknown) => {
      const { version } = await administrator.ok('getSettings');
      await administrator.ok('updateSettings', { version, body });
    };
    try {
      await set(change);
      await act();
    } finally {
      await set(kept);
    }
  }

  /** The same answer for what is hidden and for what is not there. */
  async hidden(by: Caller, routeId: RouteId, ask: Parameters<Caller['send']>[1] = {}): Promise<void> {
    const answer = await by.send(routeId, ask);
    problemOf(answer, ['not_found']);
  }

  /** Closes what the run has created, as far as that is possible; how many stay open. */
  async tidy(): Promise<number> {
    let left = 0;
    for (const id of this.#created) {
      const closed = await this.#closed(id).catch(() => false);
      if (!closed) left += 1;
    }
    return left;
  }

  async #closed(id: string): Promise<boolean> {
    const record = await this.agent.ok('getCase', { id });
    if (record.status !== 'closed') await this.close(record);
    return true;
  }
}

/** The first that can be chosen; another one with `place`. */
export function choiceOf(list: readonly Choice[], place = 0): string | undefined {
  return list.filter(({ retired }) => retired !== true)[place]?.id;
}

/** A calendar date so many days from now. */
export function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** A word that stands nowhere else. */
export function aWord(): string {
  const letters = 'bcdfghjklmnpqrtvwxz';
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => letters[byte % letters.length]).join('');
}
