import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type {
  Candidate,
  Grant,
  GranteeKind,
  GrantList,
  GrantsAnswer,
  NewGrantee,
} from '../../src/contract/grants.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Settings, SharingRules } from '../../src/contract/settings.js';
import type { Answer, Caller, TestTenant } from './app.js';

/** What people belong to besides the sample tenant, so that there is somebody to share with. */
export const moreToShareWith = {
  organisations: [
    { id: 'org_quist', name: 'Quist Group' },
    { id: 'org_empty', name: 'Nobody Yet' },
  ],
  departments: [{ id: 'dept_legal', name: 'Legal' }],
  people: [
    {
      id: 'person_ada',
      name: 'Ada Moreau',
      kind: 'customer',
      customerId: 'cust_aldermill',
      organisationId: 'org_aldermill',
    },
    {
      id: 'person_bea',
      name: 'Bea Quist',
      kind: 'customer',
      customerId: 'cust_quist',
      organisationId: 'org_quist',
    },
    {
      id: 'person_gone',
      name: 'Gil Former',
      kind: 'customer',
      customerId: 'cust_aldermill',
      organisationId: 'org_aldermill',
      former: true,
    },
  ],
} as const;

export async function setSharing(tenant: TestTenant, sharing: Partial<SharingRules>): Promise<void> {
  const { body } = await tenant.administrator.get<Settings>('/v1/settings');
  const answer = await tenant.administrator.patch('/v1/settings', { sharing }, body);
  if (answer.status !== 200) throw new Error(`The rules were not set: ${JSON.stringify(answer.body)}`);
}

export function share(
  by: Caller,
  caseId: string,
  grantees: readonly NewGrantee[],
  more: Record<string, unknown> = {},
): Promise<Answer<GrantsAnswer & Problem>> {
  return by.post(`/v1/cases/${caseId}/grants`, { grantees, ...more });
}

/** Shares with one and gives the grant. */
export async function aGrant(by: Caller, caseId: string, grantee: NewGrantee): Promise<Grant> {
  const { status, body } = await share(by, caseId, [grantee], { includeHistory: true });
  const [grant] = body.items ?? [];
  if (status !== 201 || !grant) throw new Error(`Not shared: ${status} ${JSON.stringify(body)}`);
  return grant;
}

export async function grantsOf(by: Caller, caseId: string): Promise<GrantList> {
  const { status, body } = await by.get<GrantList>(`/v1/cases/${caseId}/grants`);
  if (status !== 200) throw new Error(`No grants: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** The names of who has access, as `by` is told. */
export async function granteesSeen(by: Caller, caseId: string): Promise<string[]> {
  return (await grantsOf(by, caseId)).items.map(({ grantee }) => grantee.name);
}

export function candidates(
  by: Caller,
  kind: GranteeKind,
  more: Record<string, string> = {},
): Promise<Answer<Page<Candidate> & Problem>> {
  return by.get(`/v1/grants/candidates?${new URLSearchParams({ kind, ...more }).toString()}`);
}

/** Whether the case is in the list, in its count and found by its subject: all three, or none. */
export async function isListed(by: Caller, record: Pick<Case, 'id' | 'subject'>): Promise<boolean> {
  const found = await Promise.all(
    ['', `&q=${encodeURIComponent(record.subject)}`].map(async (more) => {
      const { body } = await by.get<Page<Case>>(`/v1/cases?count=true&limit=100${more}`);
      if (body.total !== body.items.length) throw new Error('The count differs from the list.');
      return body.items.some(({ id }) => id === record.id);
    }),
  );
  const [listed, searched] = found;
  if (listed !== searched) throw new Error('List and search differ.');
  return listed === true;
}
