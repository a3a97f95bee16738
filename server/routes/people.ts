import type { CaseBackend } from '../backend.js';
import type { Handlers } from './call.js';

type PeopleRoutes = 'listPeople' | 'getPerson' | 'listCustomers' | 'getCustomer';

/** The people and the customer accounts of the tenant. */
export function peopleHandlers(backend: CaseBackend): Pick<Handlers, PeopleRoutes> {
  return {
    listPeople: ({ query, context }) => backend.listPeople(query, context),
    getPerson: ({ id, context }) => backend.getPerson(id, context),
    listCustomers: ({ query, context }) => backend.listCustomers(query, context),
    getCustomer: ({ id, context }) => backend.getCustomer(id, context),
  };
}
