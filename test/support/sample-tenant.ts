import type { SeedData } from '../../server/engine/import-types.js';
import type { TokenClaims } from '../../server/sign-token.js';

/** The people a test can act as. `outsider` is a customer of another account, `finance` an agent without a case role. */
export const samplePeople = {
  administrator: { sub: 'person_iris', name: 'Iris Vahl', kind: 'agent', roles: ['system-administrator'] },
  agent: {
    sub: 'person_mara',
    name: 'Mara Lindqvist',
    kind: 'agent',
    email: 'mara@larkwell.example',
    roles: ['customer-service'],
    departments: ['dept_care'],
  },
  otherAgent: {
    sub: 'person_tomas',
    name: 'Tomás Reyes',
    kind: 'agent',
    email: 'tomas@larkwell.example',
    roles: ['sales-agent'],
    departments: ['dept_care'],
  },
  technician: {
    sub: 'person_yuki',
    name: 'Yuki Tanabe',
    kind: 'agent',
    roles: ['customer-service'],
    departments: ['dept_network'],
  },
  finance: { sub: 'person_otto', name: 'Otto Brandt', kind: 'agent', roles: ['finance'], departments: [] },
  customer: {
    sub: 'person_pia',
    name: 'Pia Moreau',
    kind: 'customer',
    email: 'pia@aldermill.example',
    customer: 'cust_aldermill',
    organisation: 'org_aldermill',
  },
  colleague: {
    sub: 'person_leo',
    name: 'Leo Aske',
    kind: 'customer',
    customer: 'cust_aldermill',
    organisation: 'org_aldermill',
  },
  outsider: { sub: 'person_nora', name: 'Nora Quist', kind: 'customer', customer: 'cust_quist' },
} as const satisfies Record<string, Omit<TokenClaims, 'tenant'>>;

/** Who of `samplePeople`. */
export type SamplePerson = keyof typeof samplePeople;

/** The accounts of a sample tenant. */
export const sampleCustomers = {
  aldermill: 'cust_aldermill',
  quist: 'cust_quist',
  /** Has no case. */
  harbour: 'cust_harbour',
} as const;

const person = (who: SamplePerson) => {
  const { sub: id, name, kind } = samplePeople[who];
  const claims: Omit<TokenClaims, 'tenant'> = samplePeople[who];
  return {
    id,
    name,
    kind,
    ...(claims.email && { email: claims.email }),
    ...(claims.customer && { customerId: claims.customer }),
    ...(claims.organisation && { organisationId: claims.organisation }),
    ...(claims.departments && { departments: claims.departments }),
  };
};

/** A billing company's accounts, people and departments, without a case. */
export const sampleTenant: SeedData = {
  organisations: [{ id: 'org_aldermill', name: 'Aldermill Group' }],
  departments: [
    { id: 'dept_care', name: 'Customer Care' },
    { id: 'dept_network', name: 'Network' },
  ],
  customers: [
    {
      id: 'cust_aldermill',
      name: 'Aldermill Bakery',
      number: 'A-1040',
      organisationId: 'org_aldermill',
      mainContactId: 'person_pia',
    },
    { id: 'cust_quist', name: 'Quist & Daughters', number: 'A-1077', mainContactId: 'person_nora' },
    { id: 'cust_harbour', name: 'Harbour Dental', number: 'A-1102' },
  ],
  people: [
    ...(Object.keys(samplePeople) as SamplePerson[]).map(person),
    { id: 'person_former', name: 'Gerd Holm', kind: 'agent', former: true },
  ],
};

/** A handful of cases for screens: short and long, open and closed, overdue and without a deadline. */
export const sampleCases: SeedData['cases'] = [
  {
    externalReference: 'S-1',
    customerId: 'cust_aldermill',
    requesterId: 'person_pia',
    assigneeId: 'person_mara',
    departmentId: 'dept_care',
    subject: 'Charged twice for the February line rental',
    description: 'The bank statement shows two debits of 48.00 on 3 February, with the same reference.',
    type: 'billing',
    priority: 'high',
    contactMethod: 'phone',
    tags: ['refund', 'february'],
    deadline: '2025-03-01',
    createdBy: 'person_mara',
    createdAt: '2025-02-10T09:12:00Z',
    entries: [
      {
        kind: 'note',
        by: 'person_mara',
        at: '2025-02-10T09:30:00Z',
        subject: 'investigation',
        text: 'The second debit came from the old mandate. Asked the bank desk to confirm.',
      },
      {
        kind: 'note',
        by: 'person_mara',
        at: '2025-02-11T08:05:00Z',
        visibility: 'public',
        subject: 'answer-to-customer',
        text: 'We found the second debit and will return it within five days.',
      },
    ],
  },
  {
    externalReference: 'S-2',
    customerId: 'cust_aldermill',
    requesterId: 'person_leo',
    departmentId: 'dept_network',
    subject: 'Card terminals drop off every evening',
    description: 'Between six and eight the terminals lose the line for a minute or two.',
    type: 'technical',
    priority: 'normal',
    contactMethod: 'e-mail',
    tags: ['terminals'],
    createdBy: 'person_leo',
    createdAt: '2025-02-20T17:40:00Z',
  },
  {
    externalReference: 'S-3',
    customerId: 'cust_aldermill',
    requesterId: 'person_pia',
    subject: 'Invoice address is still the old bakery',
    description: 'Moved on 1 January. The January invoice went to Mill Lane again.',
    type: 'account',
    contactMethod: 'letter',
    createdBy: 'person_tomas',
    createdAt: '2025-01-28T11:00:00Z',
    entries: [
      {
        kind: 'closure',
        by: 'person_tomas',
        at: '2025-01-30T15:20:00Z',
        reason: 'resolved',
        text: 'Address changed, invoice sent again.',
      },
    ],
  },
  {
    externalReference: 'S-4',
    customerId: 'cust_quist',
    requesterId: 'person_nora',
    subject: 'Question about the notice period',
    description: 'Which notice applies when the contract was moved in December?',
    type: 'question',
    priority: 'low',
    contactMethod: 'chat',
    createdBy: 'person_nora',
    createdAt: '2025-03-02T10:00:00Z',
  },
];
