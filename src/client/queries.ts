import type { Case, CaseSummary } from '../contract/cases.js';
import type { Customer } from '../contract/customers.js';
import type { TimelineEntry } from '../contract/notes.js';
import type { Person } from '../contract/people.js';
import type { Session } from '../contract/session.js';
import type { Settings } from '../contract/settings.js';
import type { CaseListQuery, TimelineListQuery } from './cases.js';
import type { CustomerListQuery } from './customers.js';
import type { LiveList, LiveQuery } from './live-query.js';
import type { PersonListQuery } from './people.js';

/** The live cache: what elements show. Reached as `client.queries`. */
export interface LiveQueries {
  session(): LiveQuery<Session>;
  settings(): LiveQuery<Settings>;
  case(id: string): LiveQuery<Case>;
  cases(query?: Omit<CaseListQuery, 'cursor'>): LiveList<CaseSummary>;
  timeline(id: string, query?: Omit<TimelineListQuery, 'cursor'>): LiveList<TimelineEntry>;
  customer(id: string): LiveQuery<Customer>;
  customers(query?: Omit<CustomerListQuery, 'cursor'>): LiveList<Customer>;
  people(query?: Omit<PersonListQuery, 'cursor'>): LiveList<Person>;
}
