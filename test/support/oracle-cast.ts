import type { Someone } from './oracle-words.js';

const here = { tenant: 'here', roles: [], departments: [], customer: null, organisation: null } as const;
const anAgent = { ...here, kind: 'agent', email: 'agent@here.example' } as const;
const aCustomer = { ...here, kind: 'customer', email: 'customer@here.example' } as const;
const aldermill = { customer: 'cust_aldermill', organisation: 'org_aldermill' } as const;

/** Everybody of the specification's table; who lost what they had is a former grantee. */
export const cast = {
  iris: { ...anAgent, id: 'person_iris', roles: ['system-administrator'] },
  mara: { ...anAgent, id: 'person_mara', roles: ['customer-service'], departments: ['dept_care'] },
  yuki: { ...anAgent, id: 'person_yuki', roles: ['customer-service'], departments: ['dept_network'] },
  lin: { ...anAgent, id: 'person_lin', roles: ['sales-agent'], departments: ['dept_legal'] },
  otto: { ...anAgent, id: 'person_otto', roles: ['finance'], departments: ['dept_care'] },
  pia: { ...aCustomer, id: 'person_pia', ...aldermill },
  leo: { ...aCustomer, id: 'person_leo', ...aldermill },
  ada: { ...aCustomer, id: 'person_ada', ...aldermill },
  bea: { ...aCustomer, id: 'person_bea', customer: 'cust_quist', organisation: 'org_quist' },
  far: { ...aCustomer, id: 'person_far', customer: 'cust_harbour' },
  'pia elsewhere': { ...aCustomer, id: 'person_pia', ...aldermill, tenant: 'elsewhere' },
} satisfies Record<string, Someone>;

/** Of the sample tenant, never signed in, and without an address. */
export const bystanders: readonly Someone[] = [
  { ...aCustomer, id: 'person_nora', customer: 'cust_quist', email: null },
];
