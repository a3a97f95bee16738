/** What the oracle speaks of: who sees what is worked out in `oracle-sight.ts`, what comes of a deed in `oracle.ts`. */

/** Somebody as their token speaks of them now. */
export interface Someone {
  readonly id: string;
  readonly tenant: 'here' | 'elsewhere';
  readonly kind: 'agent' | 'customer';
  readonly roles: readonly string[];
  readonly departments: readonly string[];
  readonly customer: string | null;
  readonly organisation: string | null;
  /** Nobody can write to who has none. */
  readonly email: string | null;
}

export type GranteeKind = 'person' | 'department' | 'customer' | 'organisation';
export interface Grantee {
  readonly kind: GranteeKind;
  readonly id: string;
}

export interface OracleGrant extends Grantee {
  readonly of: OracleCase | OracleProject;
  level: string;
  /** A moment of `now`; `null` for never. */
  until: number | null;
  ended: boolean;
  /** How much had been written before what they read: a new conversation leaves that out (CU-06). */
  readonly after: number;
  /** What a co-worker was one by: who leaves it loses (decision 7). */
  readonly by: { readonly customer?: string; readonly organisation?: string };
}

export interface OracleNote {
  readonly visibility: 'public' | 'internal';
  readonly text: string;
  /** Which one it was of everything ever written. */
  place: number;
}

export interface OracleCase {
  readonly unit: 'case';
  readonly name: string;
  requester: string;
  /** Whose it is: its account. */
  readonly customer: string;
  department: string | null;
  assignee: string | null;
  project: OracleProject | null;
  open: boolean;
  /** ISO 8601. */
  readonly deadline: string;
  readonly notes: OracleNote[];
}

export interface OracleProject {
  readonly unit: 'project';
  readonly name: string;
  readonly department: string | null;
  readonly messages: OracleNote[];
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

/** Whether customers read what was written before something was shared with them; `null`: nobody has said it. */
export type History = 'include' | 'none' | null;

/** What the portal may show besides a person's own cases (CU-21 to CU-23). */
export type Shown = 'customer' | 'organisation' | 'projects';

export const levels: Readonly<Record<GranteeKind, readonly string[]>> = {
  person: ['collaborate'],
  department: ['read-only', 'restricted', 'full'],
  customer: ['view', 'collaborate'],
  organisation: ['view', 'collaborate'],
};

export function isOutside(kind: GranteeKind): boolean {
  return kind === 'customer' || kind === 'organisation';
}

/** The fields of a case that levels mask here; other levels mask none (DE-12). */
export const masks: Readonly<Record<string, readonly string[]>> = {
  restricted: ['deadline', 'tags'],
  'read-only': ['description', 'requester', 'tags'],
};

/** The departments that are told of what is shared with them, and of replies (DE-31). */
export const toldDepartments: readonly string[] = ['dept_network'];
