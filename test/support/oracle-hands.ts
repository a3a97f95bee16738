import type { Case } from '../../src/contract/cases.js';
import type { Grant } from '../../src/contract/grants.js';
import type { SharePreview } from '../../src/contract/preview.js';
import type { Answer, Caller, TestTenant } from './app.js';
import { readEvents, type EventReader } from './event-reader.js';
import { bystanders, cast } from './oracle-cast.js';
import { Oracle } from './oracle.js';
import { theRightOne } from './oracle-steps.js';
import type { OracleCase, OracleGrant, OracleProject, Outcome } from './oracle-words.js';

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

/** What was asked of the server, and what should have come of it. */
export interface Doing {
  readonly answer?: Answer;
  readonly expected: Outcome;
  readonly of?: OracleCase | undefined;
  readonly project?: OracleProject | undefined;
  /** Of agents alone: an internal note, a department's share. */
  readonly internal?: boolean;
  /** By whom of the cast. */
  readonly by?: string;
  /** What they were shown first of what they were about to share. */
  readonly preview?: Answer<SharePreview>;
}

/** A tenant on the server and the oracle's idea of it: who speaks for whom, and what is called what there. */
export class OracleHands {
  readonly oracle = new Oracle(cast, bystanders);
  readonly callers = new Map<string, Caller>();
  readonly readers = new Map<string, EventReader>();
  readonly records = new Map<OracleCase, Pick<Case, 'id' | 'subject'>>();
  readonly projectIds = new Map<OracleProject, string>();
  readonly grants = new Map<OracleGrant, Pick<Grant, 'id' | 'version'>>();
  readonly word = `oracle${crypto.randomUUID().replaceAll('-', '')}`;
  /** What stands in the description of each case, and in no subject. */
  readonly hidden = `described${this.word}`;
  readonly clock: OracleClock;
  readonly tenant: TestTenant;
  readonly elsewhere: TestTenant;
  #count = 0;

  constructor(clock: OracleClock, tenant: TestTenant, elsewhere: TestTenant) {
    this.clock = clock;
    this.tenant = tenant;
    this.elsewhere = elsewhere;
  }

  close(): void {
    for (const reader of this.readers.values()) reader.leave();
  }

  next(): number {
    this.#count += 1;
    return this.#count;
  }

  as(name: string): Caller {
    const caller = this.callers.get(name);
    if (!caller) throw new Error(`Nobody is called ${name}.`);
    return caller;
  }

  path(of: OracleCase): string {
    return `/v1/cases/${this.records.get(of)?.id ?? 'case_unknown'}`;
  }

  projectPath(of: OracleProject): string {
    return `/v1/projects/${this.projectIds.get(of) ?? 'project_unknown'}`;
  }

  momentIn(minutes: number | null): number | null {
    return minutes === null ? null : this.oracle.now + minutes * 60_000;
  }

  /** Who is meant: a name, or whoever the rules give the most say over it. */
  doer(by: string, of: OracleCase | OracleProject, kind = 'customer', administrator = false): string {
    if (by !== theRightOne) return by;
    const { oracle } = this;
    const names = [...oracle.people.keys()].filter((name) => oracle.who(name).tenant === 'here');
    if (kind === 'person' && of.unit === 'case')
      return names.find((name) => oracle.who(name).id === of.requester) ?? 'pia';
    if (administrator && kind !== 'department') return 'iris';
    const theirs = (name: string) =>
      of.unit === 'case' ? oracle.owns(oracle.who(name), of) : oracle.looksAfter(oracle.who(name), of);
    const agents = names.filter((name) => name !== 'iris' && oracle.who(name).kind === 'agent');
    return agents.find(theirs) ?? 'iris';
  }

  async signIn(name: string): Promise<void> {
    const { id, tenant, kind, roles, departments, customer, organisation, email } = this.oracle.who(name);
    const of = tenant === 'here' ? this.tenant : this.elsewhere;
    const caller = await of.as({
      sub: id,
      name: name.split(' ')[0] ?? name,
      kind,
      roles: [...roles],
      departments: [...departments],
      ...(email !== null && { email }),
      ...(customer !== null && { customer }),
      ...(organisation !== null && { organisation }),
    });
    this.callers.set(name, caller);
    await caller.get('/v1/session');
  }

  async follow(name: string, lastEventId?: string): Promise<EventReader> {
    const reader = await readEvents(this.as(name), lastEventId);
    this.readers.set(name, reader);
    return reader;
  }
}
