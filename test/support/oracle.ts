/**
 * Who sees what, worked out from the text of the specification alone: the table "Who may do what", the decisions, and the
 * rows CO, CU and DE. It knows nothing of the server, so that both can be compared step by step. Whatever it holds is
 * small and plain: correctness before speed.
 */

/** Somebody as their token speaks of them now. */
export interface Someone {
  readonly id: string;
  readonly tenant: 'here' | 'elsewhere';
  readonly kind: 'agent' | 'customer';
  readonly roles: readonly string[];
  readonly departments: readonly string[];
  readonly customer: string | null;
  readonly organisation: string | null;
}

export type GranteeKind = 'person' | 'department' | 'customer' | 'organisation';
export interface Grantee {
  readonly kind: GranteeKind;
  readonly id: string;
}

export interface OracleGrant extends Grantee {
  readonly of: OracleCase;
  level: string;
  /** A moment of `now`; `null` for never. */
  until: number | null;
  ended: boolean;
  /** How many notes there were before what they read: a new conversation leaves those out (CU-06). */
  readonly after: number;
  /** What a co-worker was one by: who leaves it loses (decision 7). */
  readonly by: { readonly customer?: string; readonly organisation?: string };
}

export interface OracleNote {
  readonly visibility: 'public' | 'internal';
  readonly text: string;
}

export interface OracleCase {
  readonly name: string;
  requester: string;
  department: string | null;
  assignee: string | null;
  open: boolean;
  readonly notes: OracleNote[];
}

/** How something is shared. */
export interface Given {
  /** The usual one of the kind for `undefined`. */
  readonly level: string | undefined;
  readonly until: number | null;
  readonly history: History;
}

/** `same`: answered as done, but nothing was to be changed. `hidden`: as if it were not there. */
export type Outcome = 'done' | 'same' | 'hidden' | 'refused';

/** What may be done to a case, besides seeing it. */
type Act = 'reply' | 'internalNote' | 'edit' | 'assign' | 'status';

const levels: Readonly<Record<GranteeKind, readonly string[]>> = {
  person: ['collaborate'],
  department: ['read-only', 'restricted', 'full'],
  customer: ['view', 'collaborate'],
  organisation: ['view', 'collaborate'],
};
function isOutside(kind: GranteeKind): boolean {
  return kind === 'customer' || kind === 'organisation';
}

const caseRoles = ['system-administrator', 'customer-service', 'sales-agent'];

/** The fields of a case that levels mask here; other levels mask none (DE-12). */
export const masks: Readonly<Record<string, readonly string[]>> = {
  restricted: ['deadline', 'tags'],
  'read-only': ['description', 'requester', 'tags'],
};

/** Whether customers read what was written before the case was shared with them; `null`: nobody has said it. */
export type History = 'include' | 'none' | null;

/** A tenant in which sharing is switched on for departments (by anybody who works on cases) and organisations. */
export class Oracle {
  readonly people: ReadonlyMap<string, Someone>;
  readonly cases: OracleCase[] = [];
  readonly grants: OracleGrant[] = [];
  /** What time it is, in milliseconds. */
  now = 0;
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

  #known(): Someone[] {
    return [...this.#people.values(), ...this.#bystanders].filter(({ tenant }) => tenant === 'here');
  }

  #byId(id: string): Someone | undefined {
    return this.#known().find((one) => one.id === id);
  }

  // What they see

  /** CC-01 */
  worksOnCases(who: Someone): boolean {
    return who.kind === 'agent' && who.roles.some((role) => caseRoles.includes(role));
  }

  #isAdministrator(who: Someone): boolean {
    return who.kind === 'agent' && who.roles.includes('system-administrator');
  }

  /** Whether the case is theirs without anybody having shared it. */
  owns(who: Someone, of: OracleCase): boolean {
    if (who.tenant !== 'here') return false;
    if (who.kind === 'customer') return of.requester === who.id;
    if (!this.worksOnCases(who)) return false;
    if (this.#isAdministrator(who) || of.assignee === who.id || of.department === null) return true;
    return who.departments.includes(of.department);
  }

  inForce(grant: OracleGrant): boolean {
    return !grant.ended && (grant.until === null || grant.until > this.now);
  }

  /** Whether anybody has something by it now: who has left what gave it to them has not. */
  holds(grant: OracleGrant): boolean {
    const person = grant.kind === 'person' ? this.#byId(grant.id) : undefined;
    return this.inForce(grant) && (person === undefined || this.#reaches(grant, person));
  }

  /** Whether the grant names them, by what they belong to now. */
  #reaches(grant: OracleGrant, who: Someone): boolean {
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

  #grantsTo(who: Someone, of: OracleCase): OracleGrant[] {
    return this.grants.filter((grant) => grant.of === of && this.#reaches(grant, who));
  }

  sees(who: Someone, of: OracleCase): boolean {
    return this.owns(who, of) || this.#grantsTo(who, of).length > 0;
  }

  /** In the list, the counts, the search, the tags and the export: what a department received is not (DE-22). */
  lists(who: Someone, of: OracleCase): boolean {
    return this.owns(who, of) || this.#grantsTo(who, of).some(({ kind }) => kind !== 'department');
  }

  /** In the Shared view: what others shared with them or their department. */
  listsAsShared(who: Someone, of: OracleCase): boolean {
    if (this.#grantsTo(who, of).length === 0) return false;
    if (who.kind === 'customer') return of.requester !== who.id;
    return of.department !== null && !who.departments.includes(of.department);
  }

  /** CO-14; which departments work on a case is for the owning one and for themselves to know. */
  knowsOf(who: Someone, grant: OracleGrant): boolean {
    if (grant.kind !== 'department') return true;
    return who.kind === 'agent' && (this.owns(who, grant.of) || who.departments.includes(grant.id));
  }

  /** CO-19, CU-06: what they read of what was written, were they to see the case. */
  reads(who: Someone, of: OracleCase): OracleNote[] {
    if (who.kind === 'agent') return of.notes;
    const starts = this.owns(who, of) ? [0] : this.#grantsTo(who, of).map(({ after }) => after);
    const start = Math.min(...starts);
    return of.notes.filter(({ visibility }, place) => visibility === 'public' && place >= start);
  }

  /** DE-12: what of the case is kept from them. Grants add up: a field is masked where each of them masks it. */
  masked(who: Someone, of: OracleCase): string[] {
    if (who.kind === 'customer' || this.owns(who, of)) return [];
    const [first = [], ...others] = this.#grantsTo(who, of).map(({ level }) => masks[level] ?? []);
    return first.filter((field) => others.every((other) => other.includes(field)));
  }

  /** CO-01, CO-27: people of the same organisation; of the same customer for who has none. */
  coworkers(of: Someone): Someone[] {
    const all = this.#known().filter(({ kind }) => kind === 'customer');
    if (of.organisation !== null) return all.filter((one) => one.organisation === of.organisation);
    return of.customer === null ? [] : all.filter((one) => one.customer === of.customer);
  }

  /** What is hidden is as if it were not there; whose role works on no cases is told so (CC-01). */
  #unseen(who: Someone): Outcome {
    return who.kind === 'agent' && !this.worksOnCases(who) ? 'refused' : 'hidden';
  }

  // What they do

  #may(act: Act, who: Someone, of: OracleCase): boolean {
    if (this.owns(who, of)) return who.kind === 'agent' || act === 'reply';
    return this.#grantsTo(who, of).some(({ kind, level }) => {
      if (kind !== 'department') return act === 'reply' && level === 'collaborate';
      if (act === 'internalNote') return true;
      return level === 'full' && (act === 'reply' || act === 'edit');
    });
  }

  /** `undefined` when the case is theirs to change so; its state is asked after the right. */
  #refuses(act: Act, who: Someone, of: OracleCase): Outcome | undefined {
    if (!this.sees(who, of)) return this.#unseen(who);
    return this.#may(act, who, of) && of.open ? undefined : 'refused';
  }

  #mayShare(kind: GranteeKind, who: Someone, of: OracleCase): boolean {
    if (kind === 'person') return who.kind === 'customer' && of.requester === who.id;
    if (!this.worksOnCases(who)) return false;
    if (kind !== 'department') return this.owns(who, of);
    return of.department !== null && who.departments.includes(of.department);
  }

  create(who: Someone, made: OracleCase, shareWith: readonly Grantee[] = []): Outcome {
    if (who.tenant !== 'here') return 'hidden';
    if (who.kind === 'agent' ? !this.worksOnCases(who) : who.customer === null) return 'refused';
    const known = shareWith.every(({ kind, id }) => this.#canBeNamed({ kind, id }, who, made));
    if (!known || shareWith.some(({ kind }) => !this.#mayShare(kind, who, made))) return 'refused';
    this.cases.push(made);
    for (const { kind, id } of shareWith)
      this.#give(who, made, { kind, id }, { level: undefined, until: null, history: 'include' });
    return 'done';
  }

  share(who: Someone, of: OracleCase, to: Grantee, given: Given): Outcome {
    const { level, history } = given;
    if (!this.sees(who, of)) return this.#unseen(who);
    if (!this.#mayShare(to.kind, who, of) || !of.open) return 'refused';
    if (level !== undefined && !levels[to.kind].includes(level)) return 'refused';
    if (!this.#canBeNamed(to, who, of)) return 'refused';
    const standing = this.grants.find(
      (grant) => grant.of === of && grant.kind === to.kind && grant.id === to.id && this.inForce(grant),
    );
    const grantee = to.kind === 'person' ? this.#byId(to.id) : undefined;
    // What no longer holds, because they left, is no access: to share is to give it anew.
    if (standing && grantee && !this.#reaches(standing, grantee)) standing.ended = true;
    else if (standing) return to.kind === 'department' ? 'refused' : 'same';
    if (history === null && isOutside(to.kind) && of.notes.some(({ visibility }) => visibility === 'public'))
      return 'refused';
    this.#give(who, of, to, given);
    return 'done';
  }

  #canBeNamed({ kind, id }: Grantee, by: Someone, of: OracleCase): boolean {
    if (kind === 'person') return id !== of.requester && this.coworkers(by).some((one) => one.id === id);
    return kind !== 'department' || id !== of.department;
  }

  #give(by: Someone, of: OracleCase, to: Grantee, { level, until, history }: Given): void {
    const scope =
      by.organisation !== null
        ? { organisation: by.organisation }
        : by.customer !== null
          ? { customer: by.customer }
          : {};
    this.grants.push({
      of,
      ...to,
      level: level ?? levels[to.kind].at(-1) ?? '',
      until,
      ended: false,
      after: history === 'none' && isOutside(to.kind) ? of.notes.length : 0,
      by: to.kind === 'person' ? scope : {},
    });
  }

  /** Who sees the case but may not know of the grant finds none; what has ended has gone. */
  #missing(who: Someone, grant: OracleGrant): Outcome | undefined {
    if (!this.sees(who, grant.of)) return this.#unseen(who);
    if (!this.knowsOf(who, grant)) return 'hidden';
    return this.inForce(grant) ? undefined : 'refused';
  }

  revoke(who: Someone, grant: OracleGrant): Outcome {
    const missing = this.#missing(who, grant);
    if (missing) return missing;
    if (!this.#mayShare(grant.kind, who, grant.of)) return 'refused';
    grant.ended = true;
    return 'done';
  }

  changeLevel(who: Someone, grant: OracleGrant, level: string): Outcome {
    const missing = this.#missing(who, grant);
    if (missing) return missing;
    const may =
      grant.kind === 'department'
        ? this.#mayShare('department', who, grant.of)
        : grant.kind !== 'person' && this.#isAdministrator(who);
    const rank = levels[grant.kind].indexOf(level);
    if (!may || rank < 0) return 'refused';
    if (level === grant.level) return 'same';
    if (!grant.of.open && rank > levels[grant.kind].indexOf(grant.level)) return 'refused';
    grant.level = level;
    return 'done';
  }

  changeEnd(who: Someone, grant: OracleGrant, until: number | null): Outcome {
    const missing = this.#missing(who, grant);
    if (missing) return missing;
    if (!this.#mayShare(grant.kind, who, grant.of)) return 'refused';
    if (until === grant.until) return 'same';
    const longer = grant.until !== null && (until === null || until > grant.until);
    if (longer && !grant.of.open) return 'refused';
    grant.until = until;
    return 'done';
  }

  /** Joins, leaves and moves: the next token says so. */
  belong(name: string, change: Partial<Someone>): Outcome {
    this.#people.set(name, { ...this.who(name), ...change });
    return 'done';
  }

  move(who: Someone, of: OracleCase, department: string | null): Outcome {
    const refused = this.#refuses('assign', who, of);
    if (refused) return refused;
    if (of.department === department) return 'same';
    of.department = department;
    return 'done';
  }

  assign(who: Someone, of: OracleCase, assignee: string | null): Outcome {
    const refused = this.#refuses('assign', who, of);
    if (refused) return refused;
    if (of.assignee === assignee) return 'same';
    of.assignee = assignee;
    return 'done';
  }

  edit(who: Someone, of: OracleCase): Outcome {
    return this.#refuses('edit', who, of) ?? 'done';
  }

  /** Decision 6 */
  changeRequester(who: Someone, of: OracleCase, to: string): Outcome {
    const refused = this.#refuses('edit', who, of);
    if (refused) return refused;
    if (!this.#isAdministrator(who)) return 'refused';
    if (of.requester === to) return 'same';
    const before = this.#byId(of.requester);
    if (!before || !this.coworkers(before).some(({ id }) => id === to)) return 'refused';
    of.requester = to;
    return 'done';
  }

  setStatus(who: Someone, of: OracleCase, open: boolean, note: OracleNote): Outcome {
    if (!this.sees(who, of)) return this.#unseen(who);
    if (!this.#may('status', who, of) || of.open === open) return 'refused';
    of.open = open;
    of.notes.push(note);
    return 'done';
  }

  addNote(who: Someone, of: OracleCase, note: OracleNote): Outcome {
    const refused = this.#refuses(note.visibility === 'public' ? 'reply' : 'internalNote', who, of);
    if (refused) return refused;
    of.notes.push(note);
    return 'done';
  }
}
