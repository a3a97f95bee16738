import {
  isOutside,
  masks,
  type OracleCase,
  type OracleGrant,
  type OracleNote,
  type OracleProject,
  type Outcome,
  type Shown,
  type Someone,
} from './oracle-words.js';

const caseRoles = ['system-administrator', 'customer-service', 'sales-agent'];

/**
 * Who sees what, worked out from the text of the specification alone: the table "Who may do what", the decisions, and the
 * rows CO, CU and DE. It knows nothing of the server, so that both can be compared step by step. Whatever it holds is
 * small and plain: correctness before speed.
 */
export class OracleSight {
  readonly people: ReadonlyMap<string, Someone>;
  readonly cases: OracleCase[] = [];
  readonly projects: OracleProject[] = [];
  readonly grants: OracleGrant[] = [];
  /** What time it is, in milliseconds. */
  now = 0;
  /** CU-21 to CU-23: what the portal shows besides a person's own. */
  shown: ReadonlySet<Shown> = new Set<Shown>(['projects']);
  /** How much has been written so far, on whatever. */
  protected written = 0;
  /** Of those who have said it: whether they want to hear of replies, by person and case (CO-11). */
  protected readonly wishes = new Map<string, boolean>();
  readonly #people = new Map<string, Someone>();
  /** Who does nothing, and can be shared with all the same. */
  readonly #bystanders: readonly Someone[];

  constructor(people: Readonly<Record<string, Someone>>, bystanders: readonly Someone[] = []) {
    this.#bystanders = bystanders;
    for (const [name, someone] of Object.entries(people)) this.#people.set(name, someone);
    this.people = this.#people;
  }

  who(name: string): Someone {
    const found = this.#people.get(name);
    if (!found) throw new Error(`Nobody is called ${name}.`);
    return found;
  }

  /** Joins, leaves and moves: the next token says so. */
  belong(name: string, change: Partial<Someone>): Outcome {
    this.#people.set(name, { ...this.who(name), ...change });
    return 'done';
  }

  /** Everybody of the tenant. */
  known(): Someone[] {
    return [...this.#people.values(), ...this.#bystanders].filter(({ tenant }) => tenant === 'here');
  }

  byId(id: string): Someone | undefined {
    return this.known().find((one) => one.id === id);
  }

  /** CC-01 */
  worksOnCases(who: Someone): boolean {
    return who.kind === 'agent' && who.roles.some((role) => caseRoles.includes(role));
  }

  isAdministrator(who: Someone): boolean {
    return who.kind === 'agent' && who.roles.includes('system-administrator');
  }

  /** Whether the case is theirs without anybody having shared it. */
  owns(who: Someone, of: OracleCase): boolean {
    if (who.tenant !== 'here') return false;
    if (who.kind === 'customer') return of.requester === who.id;
    if (!this.worksOnCases(who)) return false;
    if (this.isAdministrator(who) || of.assignee === who.id || of.department === null) return true;
    return who.departments.includes(of.department);
  }

  /** CU-21, CU-22: whether the portal shows it to them, though it is not their own. */
  isShown(who: Someone, of: OracleCase): boolean {
    if (who.tenant !== 'here' || who.kind !== 'customer') return false;
    if (this.shown.has('customer') && who.customer === of.customer) return true;
    const organisation = accountsOf[of.customer] ?? null;
    return this.shown.has('organisation') && organisation !== null && who.organisation === organisation;
  }

  inForce(grant: OracleGrant): boolean {
    return !grant.ended && (grant.until === null || grant.until > this.now);
  }

  /** Whether anybody has something by it now: who has left what gave it to them has not. */
  holds(grant: OracleGrant): boolean {
    const person = grant.kind === 'person' ? this.byId(grant.id) : undefined;
    return this.inForce(grant) && (person === undefined || this.reaches(grant, person));
  }

  /** Whether the grant names them, by what they belong to now. */
  reaches(grant: OracleGrant, who: Someone): boolean {
    if (who.tenant !== 'here' || !this.inForce(grant)) return false;
    if (grant.kind === 'department') return this.worksOnCases(who) && who.departments.includes(grant.id);
    if (who.kind !== 'customer') return false;
    if (grant.kind === 'customer') return who.customer === grant.id;
    if (grant.kind === 'organisation') return who.organisation === grant.id;
    return (
      who.id === grant.id &&
      (grant.by.organisation === undefined || grant.by.organisation === who.organisation) &&
      (grant.by.customer === undefined || grant.by.customer === who.customer)
    );
  }

  /** By which of the grants on it and on its project they have the case; those only where the portal shows them (CU-23). */
  protected grantsTo(who: Someone, of: OracleCase): OracleGrant[] {
    const project = this.shown.has('projects') ? of.project : null;
    return this.grants.filter(
      (grant) => (grant.of === of || (project !== null && grant.of === project)) && this.reaches(grant, who),
    );
  }

  sees(who: Someone, of: OracleCase): boolean {
    return this.owns(who, of) || this.isShown(who, of) || this.grantsTo(who, of).length > 0;
  }

  /** In the list, the counts, the search, the tags and the export: what a department received is not (DE-22). */
  lists(who: Someone, of: OracleCase): boolean {
    const grants = this.grantsTo(who, of).filter(({ kind }) => kind !== 'department');
    return this.owns(who, of) || this.isShown(who, of) || grants.length > 0;
  }

  /** In the Shared view: what others shared with them or their department. */
  listsAsShared(who: Someone, of: OracleCase): boolean {
    if (this.grantsTo(who, of).length === 0) return false;
    if (who.kind === 'customer') return of.requester !== who.id;
    return of.department !== null && !who.departments.includes(of.department);
  }

  /** Agents look after projects, customers follow them (CU-09, CU-10), where the portal shows that (CU-23). */
  seesProject(who: Someone, of: OracleProject): boolean {
    if (who.tenant !== 'here') return false;
    if (who.kind === 'agent') return this.looksAfter(who, of);
    return this.shown.has('projects') && this.follows(who, of).length > 0;
  }

  looksAfter(who: Someone, of: OracleProject): boolean {
    if (who.tenant !== 'here' || !this.worksOnCases(who)) return false;
    if (this.isAdministrator(who) || of.department === null) return true;
    return who.departments.includes(of.department);
  }

  protected follows(who: Someone, of: OracleProject): OracleGrant[] {
    return this.grants.filter((grant) => grant.of === of && this.reaches(grant, who));
  }

  /**
   * CO-14; which departments work on a case is for the owning one and for themselves to know, and who follows a project is
   * for those agents who look after it (CU-14).
   */
  knowsOf(who: Someone, grant: OracleGrant): boolean {
    const { of, kind, id } = grant;
    if (of.unit === 'project') return who.kind === 'customer' || this.looksAfter(who, of);
    if (kind !== 'department') return true;
    return who.kind === 'agent' && (this.owns(who, of) || who.departments.includes(id));
  }

  /** CO-19, CU-06: what they read of what was written, were they to see the case. */
  reads(who: Someone, of: OracleCase): OracleNote[] {
    if (who.kind === 'agent') return of.notes;
    const whole = this.owns(who, of) || this.isShown(who, of);
    const start = whole ? 0 : firstOf(this.grantsTo(who, of));
    return of.notes.filter(({ visibility, place }) => visibility === 'public' && place > start);
  }

  /** CU-16, CU-06: what they read of the messages of a project. */
  readsMessages(who: Someone, of: OracleProject): OracleNote[] {
    if (who.kind === 'agent') return of.messages;
    const start = firstOf(this.follows(who, of));
    return of.messages.filter(({ place }) => place > start);
  }

  /** DE-12: what of the case is kept from them. Grants add up: a field is masked where each of them masks it. */
  masked(who: Someone, of: OracleCase): string[] {
    if (who.kind === 'customer' || this.owns(who, of)) return [];
    const [first = [], ...others] = this.grantsTo(who, of).map(({ level }) => masks[level] ?? []);
    return first.filter((field) => others.every((other) => other.includes(field)));
  }

  /** CO-01, CO-27: people of the same organisation; of the same customer for who has none. */
  coworkers(of: Someone): Someone[] {
    const all = this.known().filter(({ kind }) => kind === 'customer');
    if (of.organisation !== null) return all.filter((one) => one.organisation === of.organisation);
    return of.customer === null ? [] : all.filter((one) => one.customer === of.customer);
  }

  /** CO-11, CU-04: whether they hear of public notes on the case, were they to see it. */
  hears(who: Someone, of: OracleCase, departments: readonly string[]): boolean {
    const wish = this.wishes.get(`${who.id} ${of.name}`);
    if (wish !== undefined) return wish;
    if (who.kind === 'customer') {
      const grants = this.grants.filter((grant) => grant.of === of && this.reaches(grant, who));
      return of.requester === who.id || grants.some(({ kind }) => isOutside(kind));
    }
    const received = this.grants.filter((grant) => grant.of === of && this.inForce(grant));
    const working = [of.department, ...received.flatMap(({ kind, id }) => (kind === 'department' ? id : []))];
    return who.departments.some((id) => departments.includes(id) && working.includes(id));
  }

  /** What is hidden is as if it were not there; whose role works on no cases is told so (CC-01). */
  protected unseen(who: Someone): Outcome {
    return who.kind === 'agent' && !this.worksOnCases(who) ? 'refused' : 'hidden';
  }
}

/** Which account belongs to which organisation. */
const accountsOf: Readonly<Record<string, string>> = {
  cust_aldermill: 'org_aldermill',
};

function firstOf(grants: readonly OracleGrant[]): number {
  return Math.min(...grants.map(({ after }) => after));
}
