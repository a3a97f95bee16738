import { OracleSight } from './oracle-sight.js';
import {
  isOutside,
  levels,
  type Given,
  type Grantee,
  type OracleGrant,
  type OracleProject,
  type Outcome,
  type Someone,
} from './oracle-words.js';

/** What may be done with projects, and with the portal that shows them. */
export class OracleProjects extends OracleSight {
  createProject(who: Someone, name: string, department: string | null): Outcome {
    if (!this.worksOnCases(who)) return 'refused';
    // What is in a project is for its department to decide over: it is not given away.
    const own = department === null || this.isAdministrator(who) || who.departments.includes(department);
    if (!own) return 'refused';
    this.projects.push({ unit: 'project', name, department, messages: [] });
    return 'done';
  }

  /** CU-09, CU-10 */
  shareProject(who: Someone, of: OracleProject, to: Grantee, given: Given): Outcome {
    const refused = this.refusesProject(who, of);
    if (refused) return refused;
    if (!isOutside(to.kind)) return 'refused';
    if (this.grants.some((one) => one.of === of && sameGrantee(one, to) && this.inForce(one))) return 'same';
    const items = this.cases.filter(({ project }) => project === of).flatMap(({ notes }) => notes);
    const disclosed = [...items, ...of.messages].some(({ visibility }) => visibility === 'public');
    if (given.history === null && disclosed) return 'refused';
    this.grants.push({
      of,
      ...to,
      level: given.level ?? levels[to.kind].at(-1) ?? '',
      until: given.until,
      ended: false,
      after: given.history === 'none' ? this.written : 0,
      by: {},
    });
    return 'done';
  }

  /** CU-16 */
  postMessage(who: Someone, of: OracleProject, text: string): Outcome {
    const refused = this.refusesProject(who, of);
    if (refused) return refused;
    this.written += 1;
    of.messages.push({ visibility: 'public', text, place: this.written });
    return 'done';
  }

  /** CU-20 */
  showInPortal(who: Someone, shown: OracleSight['shown']): Outcome {
    if (who.tenant !== 'here' || !this.isAdministrator(who)) return 'refused';
    this.shown = shown;
    return 'done';
  }

  /** `undefined` for the agents who look after the project; who follows it may read it, and nothing else. */
  protected refusesProject(who: Someone, of: OracleProject): Outcome | undefined {
    if (!this.seesProject(who, of)) return this.unseen(who);
    return who.kind === 'agent' ? undefined : 'refused';
  }
}

export function sameGrantee(one: OracleGrant, { kind, id }: Grantee): boolean {
  return one.kind === kind && one.id === id;
}
