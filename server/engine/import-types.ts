import type { CaseLink } from '../../src/contract/cases.js';

/** A case of another system, to be taken over. Names and labels are the other system's: what is missing here is made. */
export interface ImportedCase {
  /** What makes a second import of the same case change nothing. */
  readonly externalReference: string;
  readonly customer: string;
  readonly organisation?: string | null | undefined;
  readonly department?: string | null | undefined;
  readonly subject: string;
  readonly description: string;
  readonly type?: string | null | undefined;
  readonly priority?: string | null | undefined;
  readonly contactMethod?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
  /** `YYYY-MM-DD`. */
  readonly deadline?: string | null | undefined;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly status: 'open' | 'closed';
  /** How it was closed; needed when `status` is `closed`. `at` is `createdAt` unless told. */
  readonly closure?: ImportedClosure | undefined;
}

export interface ImportedClosure {
  readonly reason: string;
  readonly note: string;
  readonly at?: string | null | undefined;
}

/** What became of one row, in the order of the batch. */
export interface ImportOutcome {
  readonly externalReference: string;
  readonly outcome: 'created' | 'unchanged' | 'rejected';
  /** Why it was rejected, in plain English. */
  readonly reason?: string;
}

/** Hand-written data for one tenant, loaded whole. What is there already stays as it is. */
export interface SeedData {
  readonly organisations?: readonly SeedNamed[];
  readonly departments?: readonly SeedNamed[];
  readonly customers?: readonly SeedCustomer[];
  readonly people?: readonly SeedPerson[];
  readonly projects?: readonly SeedProject[];
  readonly cases?: readonly SeedCase[];
}

/** A project all agents look after, unless it is a department's. */
export interface SeedProject extends SeedNamed {
  readonly departmentId?: string;
}

export interface SeedNamed {
  readonly id: string;
  readonly name: string;
}

export interface SeedCustomer extends SeedNamed {
  readonly number?: string;
  readonly organisationId?: string;
  readonly mainContactId?: string;
}

export interface SeedPerson extends SeedNamed {
  readonly kind: 'agent' | 'customer';
  readonly email?: string;
  readonly customerId?: string;
  readonly organisationId?: string;
  readonly departments?: readonly string[];
  /** Has left. */
  readonly former?: boolean;
}

/** A case by ids; `type`, `priority`, `contactMethod`, reasons and note subjects are ids of the settings. */
export interface SeedCase {
  /** Also its external reference: the second load skips it. */
  readonly externalReference: string;
  readonly customerId: string;
  readonly requesterId?: string;
  readonly assigneeId?: string;
  readonly departmentId?: string;
  readonly projectId?: string;
  readonly subject: string;
  readonly description: string;
  readonly type?: string;
  readonly priority?: string;
  readonly contactMethod?: string;
  readonly tags?: readonly string[];
  /** Objects of the host it is about. */
  readonly links?: readonly CaseLink[];
  readonly deadline?: string;
  readonly createdBy?: string;
  readonly createdAt: string;
  /** Notes, closures and reopenings from the oldest to the newest; the last of the latter says the status. */
  readonly entries?: readonly SeedEntry[];
}

export interface SeedEntry {
  readonly kind: 'note' | 'closure' | 'reopening';
  readonly by: string;
  readonly at: string;
  /** `internal` unless told. */
  readonly visibility?: 'internal' | 'public';
  /** Of a note. */
  readonly subject?: string;
  /** Of a closure or reopening. */
  readonly reason?: string;
  readonly text: string;
}
