import { vi } from 'vitest';

import type { Engine } from '../../server/engine/engine.js';
import type { Case } from '../../src/contract/cases.js';
import type { Grant, GrantsAnswer } from '../../src/contract/grants.js';
import {
  aClosure,
  aNewCase,
  aReopening,
  aTenant,
  type Answer,
  type Caller,
  type TestApp,
  type TestTenant,
} from './app.js';
import { readEvents, type EventReader } from './event-reader.js';
import { bystanders, cast } from './oracle-cast.js';
import { masks, Oracle, type OracleCase, type OracleGrant, type OracleNote, type Outcome } from './oracle.js';
import { theRightOne, type Step } from './oracle-steps.js';
import { setSharing } from './sharing.js';

/** A clock that stands still until it is moved. */
export class OracleClock {
  #now = Date.now();
  readonly read = (): Date => new Date(this.#now);
  /** Every step has a moment of its own, by which its events are known. */
  tick(): string {
    this.#now += 1;
    return new Date(this.#now).toISOString();
  }
  wait(minutes: number): void {
    this.#now += minutes * 60_000;
  }
}

const seeded = {
  organisations: [{ id: 'org_quist', name: 'Quist Group' }],
  departments: [{ id: 'dept_legal', name: 'Legal' }],
};

/** What came of a step, and what its events must be. */
export interface Played {
  readonly outcome: Outcome;
  readonly of: OracleCase | undefined;
  /** The moment of its events. */
  readonly at: string;
  /** Who saw which case before, and who sees which since. */
  readonly before: Seen;
  readonly after: Seen;
  /** Of agents alone: an internal note, a department's share. */
  readonly internal: boolean;
}

type Seen = ReadonlyMap<string, ReadonlySet<OracleCase>>;

/** A tenant on the server, and the oracle's idea of it. */
export class OracleWorld {
  readonly oracle = new Oracle(cast, bystanders);
  readonly callers = new Map<string, Caller>();
  readonly readers = new Map<string, EventReader>();
  /** Every step so far. */
  readonly moments: Played[] = [];
  /** How many events of a reader were looked at, and since which step it follows. */
  readonly judged = new Map<EventReader, { readonly events: number; readonly since: number }>();
  readonly records = new Map<OracleCase, Pick<Case, 'id' | 'subject'>>();
  readonly word = `oracle${crypto.randomUUID().replaceAll('-', '')}`;
  /** What stands in the description of each case, and in no subject. */
  readonly hidden = `described${this.word}`;
  readonly engine: Engine;
  readonly #clock: OracleClock;
  readonly #tenant: TestTenant;
  readonly #elsewhere: TestTenant;
  readonly #grants = new Map<OracleGrant, { id: string; version: string }>();
  #count = 0;

  private constructor(app: TestApp, clock: OracleClock, tenant: TestTenant, elsewhere: TestTenant) {
    this.engine = app.engine;
    this.#clock = clock;
    this.#tenant = tenant;
    this.#elsewhere = elsewhere;
  }

  static async open(app: TestApp, clock: OracleClock): Promise<OracleWorld> {
    const [tenant, elsewhere] = [await aTenant(app, seeded), await aTenant(app, seeded)];
    const world = new OracleWorld(app, clock, tenant, elsewhere);
    await setSharing(tenant, {
      departmentRoles: ['customer-service', 'sales-agent', 'system-administrator'],
      organisations: true,
      masks: { department: { full: [], restricted: [], ...masks } },
    });
    await Promise.all(Object.keys(cast).map((name) => world.#signIn(name)));
    for (const [of, by] of (['pia', 'mara', 'ada'] as const).entries()) {
      await world.#create(by, []);
      const department = (['dept_care', 'dept_care', 'dept_network'] as const)[of] ?? null;
      await world.play({ do: 'move', by: 'iris', of, department });
    }
    await Promise.all([...world.callers.keys()].map((name) => world.#follow(name)));
    return world;
  }

  close(): void {
    for (const reader of this.readers.values()) reader.leave();
  }

  /** Does it on the server and in the oracle; throws where they do not agree on what came of it. */
  async play(step: Step): Promise<Played> {
    const at = this.#clock.tick();
    const { oracle } = this;
    oracle.now = this.#clock.read().getTime();
    const before = this.#seen();
    const played = await this.#do(step);
    const { answer, expected } = played;
    const got = outcomeOf(answer);
    const wanted = expected === 'same' ? 'done' : expected;
    if (got !== wanted) {
      throw new Error(`${JSON.stringify(step)}: ${got}, not ${expected}: ${JSON.stringify(answer?.body)}`);
    }
    const { of, internal = false } = played;
    const moment = { outcome: expected, of, at, before, after: this.#seen(), internal };
    this.moments.push(moment);
    return moment;
  }

  #seen(): Seen {
    const { oracle } = this;
    return new Map(
      [...oracle.people].map(([name, who]) => [
        name,
        new Set(oracle.cases.filter((one) => oracle.sees(who, one))),
      ]),
    );
  }

  async #do(step: Step): Promise<Doing> {
    const { oracle } = this;
    switch (step.do) {
      case 'wait':
        this.#clock.wait(step.minutes);
        oracle.now = this.#clock.read().getTime();
        return { expected: 'done', of: undefined };
      case 'belong':
        return this.#belong(step);
      case 'create':
        return this.#create(step.by, step.with);
      case 'revoke':
      case 'change level':
      case 'change end':
        return this.#doToGrant(step);
      default:
        return this.#doToCase(step);
    }
  }

  async #belong({ who: name, do: _, ...change }: Extract<Step, { do: 'belong' }>): Promise<Doing> {
    const expected = this.oracle.belong(name, change);
    await this.#signIn(name);
    // Whoever comes back misses nothing, and is shown nothing of what they may see no more.
    const last = this.readers.get(name)?.events.at(-1)?.id;
    this.readers.get(name)?.leave();
    await this.#follow(name, last);
    return { expected, of: undefined };
  }

  async #create(by: string, shareWith: readonly { kind: string; id: string }[]): Promise<Doing> {
    const { oracle } = this;
    const who = oracle.who(by);
    const name = `c${this.#count}`;
    this.#count += 1;
    const made: OracleCase = {
      name,
      requester: who.kind === 'customer' ? who.id : 'person_pia',
      department: null,
      assignee: null,
      open: true,
      notes: [],
    };
    const grants = oracle.grants.length;
    const named = dedupe(shareWith);
    const expected = oracle.create(who, made, named as never);
    const customerId = (who.kind === 'customer' ? who.customer : null) ?? 'cust_aldermill';
    const subject = `${this.word} ${name}`;
    const body = aNewCase({
      customerId,
      subject,
      description: `${this.hidden} at first`,
      deadline: '2130-01-01',
      tags: ['oracle', name],
      shareWith: named,
    });
    // Elsewhere they have their own cases: what is here is not touched by them.
    if (who.tenant === 'elsewhere') return { expected, of: undefined, answer: notThere };
    const answer = await this.#as(by).post<Case>('/v1/cases', body);
    if (answer.status < 300) this.records.set(made, answer.body);
    if (answer.status < 300 && named.length > 0) await this.#learnGrants(made, oracle.grants.slice(grants));
    return { answer, expected, of: expected === 'done' ? made : undefined };
  }

  async #learnGrants(of: OracleCase, grants: readonly OracleGrant[]): Promise<void> {
    const { body } = await this.#as('iris').get<{ items: Grant[] }>(`${this.path(of)}/grants`);
    for (const grant of grants) {
      const found = body.items.find(({ grantee }) => grantee.kind === grant.kind && grantee.id === grant.id);
      if (found) this.#grants.set(grant, found);
    }
  }

  async #doToGrant(step: Extract<Step, { do: 'revoke' | 'change level' | 'change end' }>): Promise<Doing> {
    const { oracle } = this;
    const grant = oracle.grants[step.grant % Math.max(oracle.grants.length, 1)];
    if (!grant) return { expected: 'same', of: undefined };
    const { of } = grant;
    const by = this.#doer(step.by, of, grant.kind, step.do === 'change level');
    const who = oracle.who(by);
    const caller = this.#as(by);
    const known = this.#grants.get(grant) ?? { id: 'grant_unknown', version: '1' };
    const path = `/v1/grants/${known.id}`;
    const internal = grant.kind === 'department';
    if (step.do === 'revoke') {
      const expected = oracle.revoke(who, grant);
      return { answer: await caller.delete(path), expected, of, internal };
    }
    const until = step.do === 'change end' ? this.#momentIn(step.minutes) : null;
    const body = step.do === 'change level' ? { level: step.level } : { expiresAt: inWords(until) };
    const expected =
      step.do === 'change level'
        ? oracle.changeLevel(who, grant, step.level)
        : oracle.changeEnd(who, grant, until);
    const answer = await caller.patch<Grant>(path, body, { version: known.version });
    if (answer.status === 200) this.#grants.set(grant, answer.body);
    return { answer, expected, of, internal };
  }

  async #doToCase(step: Extract<Step, { of: number }>): Promise<Doing> {
    const { oracle } = this;
    const of = oracle.cases[step.of % oracle.cases.length];
    if (!of) throw new Error('There is no case.');
    const path = this.path(of);
    const by = this.#doer(
      step.by,
      of,
      step.do === 'share' ? step.to.kind : 'customer',
      step.do === 'change requester',
    );
    const who = oracle.who(by);
    const caller = this.#as(by);
    const { body: now } = await this.#as('iris').get<Case>(path);
    const guard = { version: now.version };
    this.#count += 1;
    const text = `${this.word} says ${this.#count}`;
    const note: OracleNote = { visibility: 'visibility' in step ? step.visibility : 'public', text };
    const internal = note.visibility === 'internal';
    const change = (body: Record<string, unknown>) => caller.patch(path, body, guard);
    switch (step.do) {
      case 'share':
        return this.#share(step, by, of);
      case 'move': {
        const answer = await change({ departmentId: step.department });
        return { answer, expected: oracle.move(who, of, step.department), of };
      }
      case 'assign': {
        const assignee = step.assignee && `person_${step.assignee}`;
        const answer = await change({ assigneeId: assignee });
        return { answer, expected: oracle.assign(who, of, assignee), of };
      }
      case 'edit': {
        const answer = await change({ description: `${this.hidden} ${text}` });
        return { answer, expected: oracle.edit(who, of), of };
      }
      case 'change requester': {
        const answer = await change({ requesterId: step.to });
        return { answer, expected: oracle.changeRequester(who, of, step.to), of };
      }
      case 'close':
      case 'reopen': {
        const body = step.do === 'close' ? aClosure() : aReopening();
        const answer = await caller.post(
          `${path}/${step.do}`,
          { ...body, note: text, visibility: note.visibility },
          guard,
        );
        return { answer, expected: oracle.setStatus(who, of, step.do === 'reopen', note), of };
      }
      case 'note': {
        const subject = who.kind === 'agent' ? 'follow-up' : undefined;
        const answer = await caller.post(`${path}/notes`, { visibility: note.visibility, text, subject });
        return { answer, expected: oracle.addNote(who, of, note), of, internal };
      }
    }
  }

  async #share(step: Extract<Step, { do: 'share' }>, by: string, of: OracleCase): Promise<Doing> {
    const { oracle } = this;
    const { to, level, minutes, history } = step;
    const until = this.#momentIn(minutes);
    const answer = await this.#as(by).post<GrantsAnswer>(`${this.path(of)}/grants`, {
      grantees: [{ ...to, ...(level !== null && { level }), expiresAt: inWords(until) }],
      ...(history !== null && { history }),
    });
    const how = { level: level ?? undefined, until, history };
    const expected = oracle.share(oracle.who(by), of, to, how);
    const [given] = answer.body.items ?? [];
    const grant = oracle.grants.at(-1);
    if (expected === 'done' && grant && given) this.#grants.set(grant, given);
    return { answer, expected, of, internal: to.kind === 'department' };
  }

  path(of: OracleCase): string {
    return `/v1/cases/${this.records.get(of)?.id ?? 'case_unknown'}`;
  }

  #momentIn(minutes: number | null): number | null {
    return minutes === null ? null : this.oracle.now + minutes * 60_000;
  }

  #doer(by: string, of: OracleCase, kind: string, administrator: boolean): string {
    if (by !== theRightOne) return by;
    const { oracle } = this;
    const names = [...oracle.people.keys()];
    if (kind === 'person') {
      return (
        names.find((name) => oracle.who(name).tenant === 'here' && oracle.who(name).id === of.requester) ??
        'pia'
      );
    }
    if (administrator && kind !== 'department') return 'iris';
    const agents = names.filter((name) => name !== 'iris' && oracle.who(name).kind === 'agent');
    return agents.find((name) => oracle.owns(oracle.who(name), of)) ?? 'iris';
  }

  #as(name: string): Caller {
    const caller = this.callers.get(name);
    if (!caller) throw new Error(`Nobody is called ${name}.`);
    return caller;
  }

  async #signIn(name: string): Promise<void> {
    const { id, tenant, kind, roles, departments, customer, organisation } = this.oracle.who(name);
    const of = tenant === 'here' ? this.#tenant : this.#elsewhere;
    const caller = await of.as({
      sub: id,
      name: name.split(' ')[0] ?? name,
      kind,
      roles: [...roles],
      departments: [...departments],
      ...(customer !== null && { customer }),
      ...(organisation !== null && { organisation }),
    });
    this.callers.set(name, caller);
    await caller.get('/v1/session');
  }

  async #follow(name: string, lastEventId?: string): Promise<void> {
    const reader = await readEvents(this.#as(name), lastEventId);
    this.readers.set(name, reader);
    this.judged.set(reader, { events: 0, since: this.moments.length });
  }

  /** Until everything written so far has been judged and handed out. */
  async settle(): Promise<void> {
    await vi.waitFor(
      async () => {
        if ((await this.engine.outboxLag()).events > 0) throw new Error('Events wait to be handed out.');
      },
      { timeout: 60_000, interval: 2 },
    );
  }
}

interface Doing {
  readonly answer?: Answer;
  readonly expected: Outcome;
  readonly of: OracleCase | undefined;
  readonly internal?: boolean;
}

const notThere: Answer = { status: 404, headers: new Headers(), body: null };

function outcomeOf(answer: Answer | undefined): Outcome {
  if (!answer || answer.status < 300) return 'done';
  if (answer.status === 404) return 'hidden';
  if ([403, 409, 410, 422].includes(answer.status)) return 'refused';
  throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
}

function inWords(moment: number | null): string | null {
  return moment === null ? null : new Date(moment).toISOString();
}

function dedupe<T extends { kind: string; id: string }>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [`${one.kind} ${one.id}`, one])).values()];
}
