import { OracleProjects, sameGrantee } from './oracle-projects.js';
import {
  isOutside,
  levels,
  type Given,
  type Grantee,
  type GranteeKind,
  type OracleCase,
  type OracleGrant,
  type OracleNote,
  type OracleProject,
  type Outcome,
  type Someone,
} from './oracle-words.js';

/** What may be done to a case, besides seeing it. */
type Act = 'reply' | 'internalNote' | 'edit' | 'assign' | 'status';

/**
 * A tenant in which sharing is switched on for departments (by anybody who works on cases) and organisations: what comes of
 * whatever is done there.
 */
export class Oracle extends OracleProjects {
  #may(act: Act, who: Someone, of: OracleCase): boolean {
    if (this.owns(who, of)) return who.kind === 'agent' || act === 'reply';
    return this.grantsTo(who, of).some(({ kind, level }) => {
      if (kind !== 'department') return act === 'reply' && level === 'collaborate';
      if (act === 'internalNote') return true;
      return level === 'full' && (act === 'reply' || act === 'edit');
    });
  }

  /** `undefined` when the case is theirs to change so; its state is asked after the right. */
  #refuses(act: Act, who: Someone, of: OracleCase): Outcome | undefined {
    if (!this.sees(who, of)) return this.unseen(who);
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
    if (!this.sees(who, of)) return this.unseen(who);
    if (!this.#mayShare(to.kind, who, of) || !of.open) return 'refused';
    if (level !== undefined && !levels[to.kind].includes(level)) return 'refused';
    if (!this.#canBeNamed(to, who, of)) return 'refused';
    const standing = this.grants.find(
      (grant) => grant.of === of && sameGrantee(grant, to) && this.inForce(grant),
    );
    const grantee = to.kind === 'person' ? this.byId(to.id) : undefined;
    // What no longer holds, because they left, is no access: to share is to give it anew.
    if (standing && grantee && !this.reaches(standing, grantee)) standing.ended = true;
    else if (standing) return to.kind === 'department' ? 'refused' : 'same';
    if (to.kind === 'customer' && !this.#canBeToldAt(to.id)) return 'refused';
    if (history === null && isOutside(to.kind) && of.notes.some(({ visibility }) => visibility === 'public'))
      return 'refused';
    this.#give(who, of, to, given);
    return 'done';
  }

  #canBeNamed({ kind, id }: Grantee, by: Someone, of: OracleCase): boolean {
    if (kind === 'person') return id !== of.requester && this.coworkers(by).some((one) => one.id === id);
    return kind !== 'department' || id !== of.department;
  }

  /** CU-04 */
  #canBeToldAt(account: string): boolean {
    return this.known().some(({ customer, email }) => customer === account && email !== null);
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
      after: history === 'none' && isOutside(to.kind) ? this.written : 0,
      by: to.kind === 'person' ? scope : {},
    });
  }

  /** Who sees what it is on but may not know of the grant finds none; what has ended has gone. */
  #missing(who: Someone, grant: OracleGrant): Outcome | undefined {
    const { of } = grant;
    if (of.unit === 'project') {
      return this.refusesProject(who, of) ?? (this.inForce(grant) ? undefined : 'refused');
    }
    if (!this.sees(who, of)) return this.unseen(who);
    if (!this.knowsOf(who, grant)) return 'hidden';
    return this.inForce(grant) ? undefined : 'refused';
  }

  #mayEnd(who: Someone, { of, kind }: OracleGrant): boolean {
    return of.unit === 'project' || this.#mayShare(kind, who, of);
  }

  revoke(who: Someone, grant: OracleGrant): Outcome {
    const missing = this.#missing(who, grant);
    if (missing) return missing;
    if (!this.#mayEnd(who, grant)) return 'refused';
    grant.ended = true;
    return 'done';
  }

  changeLevel(who: Someone, grant: OracleGrant, level: string): Outcome {
    const missing = this.#missing(who, grant);
    if (missing) return missing;
    const may =
      grant.kind === 'department'
        ? this.#mayEnd(who, grant)
        : grant.kind !== 'person' && this.isAdministrator(who);
    const rank = levels[grant.kind].indexOf(level);
    if (!may || rank < 0) return 'refused';
    if (level === grant.level) return 'same';
    if (isClosed(grant) && rank > levels[grant.kind].indexOf(grant.level)) return 'refused';
    grant.level = level;
    return 'done';
  }

  changeEnd(who: Someone, grant: OracleGrant, until: number | null): Outcome {
    const missing = this.#missing(who, grant);
    if (missing) return missing;
    if (!this.#mayEnd(who, grant)) return 'refused';
    if (until === grant.until) return 'same';
    const longer = grant.until !== null && (until === null || until > grant.until);
    if (longer && isClosed(grant)) return 'refused';
    grant.until = until;
    return 'done';
  }

  /** CU-19: into a project whoever does it may see, or out of every one; for those whose case it is. */
  put(who: Someone, of: OracleCase, project: OracleProject | null): Outcome {
    const refused = this.#refuses('edit', who, of);
    if (refused) return refused;
    // Whoever edits a case sends along what they were shown.
    if (of.project === project) return 'same';
    if (who.kind !== 'agent' || !this.owns(who, of)) return 'refused';
    if (project !== null && !this.seesProject(who, project)) return 'refused';
    of.project = project;
    return 'done';
  }

  /** CO-11, CO-12 */
  wish(who: Someone, of: OracleCase, replies: boolean): Outcome {
    if (!this.sees(who, of)) return this.unseen(who);
    this.wishes.set(`${who.id} ${of.name}`, replies);
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
    if (!this.isAdministrator(who)) return 'refused';
    if (of.requester === to) return 'same';
    const before = this.byId(of.requester);
    if (!before || !this.coworkers(before).some(({ id }) => id === to)) return 'refused';
    of.requester = to;
    return 'done';
  }

  setStatus(who: Someone, of: OracleCase, open: boolean, note: OracleNote): Outcome {
    if (!this.sees(who, of)) return this.unseen(who);
    if (!this.#may('status', who, of) || of.open === open) return 'refused';
    of.open = open;
    this.#write(of, note);
    return 'done';
  }

  addNote(who: Someone, of: OracleCase, note: OracleNote): Outcome {
    const refused = this.#refuses(note.visibility === 'public' ? 'reply' : 'internalNote', who, of);
    if (refused) return refused;
    this.#write(of, note);
    return 'done';
  }

  #write(of: OracleCase, note: OracleNote): void {
    this.written += 1;
    note.place = this.written;
    of.notes.push(note);
  }
}

/** Access to a closed case can be narrowed and ended, and not widened. */
function isClosed({ of }: OracleGrant): boolean {
  return of.unit === 'case' && !of.open;
}
