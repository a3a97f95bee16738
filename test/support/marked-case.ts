import type { Case } from '../../src/contract/cases.js';
import type { MaskableField } from '../../src/contract/portal.js';
import type { Settings, SettingsChange } from '../../src/contract/settings.js';
import { aClosure, aReopening, type Caller, type TestTenant } from './app.js';
import { aGrant, moreToShareWith } from './sharing.js';

const list = (...ids: string[]) => ids.map((id) => ({ id, label: id }));

/** What a tenant needs so that each field of a case can hold a text that stands nowhere else. */
export const markedSettings: SettingsChange = {
  caseTypes: list('zz-type-one', 'zz-type-two'),
  priorities: list('zz-high', 'zz-low'),
  defaultPriority: null,
  contactMethods: list('zz-method-one', 'zz-method-two'),
  closureReasons: list('zz-closed-for'),
  reopenReasons: list('zz-opened-for'),
  sharing: { departmentRoles: ['customer-service'], organisations: true },
};

/** By field, what of a `markedCase` must stand nowhere once the field is masked. */
export const marksOf: Record<MaskableField, readonly string[]> = {
  customer: ['Aldermill Bakery', 'cust_aldermill', 'Quist & Daughters', 'cust_quist'],
  organisation: ['Aldermill Group', 'org_aldermill', 'Quist Group', 'org_quist'],
  requester: ['Pia Moreau', 'person_pia', 'Leo Aske', 'person_leo'],
  description: ['Zzdescribed', 'Zzdescription'],
  type: ['zz-type-one', 'zz-type-two'],
  priority: ['zz-high', 'zz-low'],
  deadline: ['2031-07-23', '2031-08-24'],
  contactMethod: ['zz-method-one', 'zz-method-two'],
  tags: ['zz-tag', 'zz-label'],
  assignee: ['Tomás Reyes', 'person_tomas'],
  department: ['Customer Care', 'dept_care'],
  project: ['Zzproject'],
  externalReference: ['ZZ-REF-4711'],
  links: ['ZZ-INVOICE-1', 'ZZ-PAYMENT-2'],
  closure: ['zz-closed-for', 'zz-opened-for'],
  attachments: ['zz-at-once.txt', 'zz-later.txt'],
};

export async function setSettings(tenant: TestTenant, change: SettingsChange): Promise<Settings> {
  const { body } = await tenant.administrator.get<Settings>('/v1/settings');
  const answer = await tenant.administrator.patch<Settings>('/v1/settings', change, body);
  if (answer.status !== 200) throw new Error(`Not set: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export { moreToShareWith };

/** A case of the customer Aldermill Bakery, of Customer Care, every field of which holds two marks, one in its history. */
export async function aMarkedCase(
  tenant: TestTenant,
): Promise<{ readonly record: Case; readonly files: string[] }> {
  const { agent, customer } = tenant;
  const project = must(await agent.post<{ id: string }>('/v1/projects', { name: 'Zzproject' }));
  const first = must(await agent.upload('zz-at-once.txt', 'one'));
  const created = await tenant.aCase({
    subject: 'The line is down',
    description: 'Zzdescription of it.',
    type: 'zz-type-one',
    priority: 'zz-high',
    deadline: '2031-07-23',
    contactMethod: 'zz-method-one',
    tags: ['zz-tag'],
    externalReference: 'ZZ-REF-4711',
    links: [{ type: 'invoice', id: 'ZZ-INVOICE-1' }],
    departmentId: 'dept_care',
    assigneeId: 'person_tomas',
    requesterId: 'person_pia',
    projectId: project.id,
    attachmentIds: [first.id],
  });
  const changed = must(
    await agent.patch<Case>(
      `/v1/cases/${created.id}`,
      {
        description: 'Zzdescribed anew.',
        type: 'zz-type-two',
        priority: 'zz-low',
        deadline: '2031-08-24',
        contactMethod: 'zz-method-two',
        tags: ['zz-tag', 'zz-label'],
        links: [
          { type: 'invoice', id: 'ZZ-INVOICE-1' },
          { type: 'payment', id: 'ZZ-PAYMENT-2', label: 'Zzlabelled' },
        ],
      },
      created,
    ),
  );
  const path = `/v1/cases/${created.id}`;
  const later = must(await customer.upload('zz-later.txt', 'two'));
  must(
    await customer.post(`${path}/notes`, {
      visibility: 'public',
      text: 'Any news?',
      attachmentIds: [later.id],
    }),
  );
  const closed = must(
    await agent.post<Case>(`${path}/close`, aClosure({ reason: 'zz-closed-for' }), changed),
  );
  must(await agent.post<Case>(`${path}/reopen`, aReopening({ reason: 'zz-opened-for' }), closed));
  await aGrant(customer, created.id, { kind: 'person', id: 'person_leo' });
  await aGrant(agent, created.id, { kind: 'customer', id: 'cust_quist' });
  await aGrant(agent, created.id, { kind: 'organisation', id: 'org_quist' });
  const record = must(await agent.get<Case>(path));
  return { record, files: [first.id, later.id] };
}

function must<T>({ status, body }: { readonly status: number; readonly body: T }): T {
  if (status >= 300) throw new Error(`The test could not be set up: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** The text of every answer that tells of the case, one after the other. */
export async function toldOf(
  by: Caller,
  caseId: string,
  files: readonly string[],
  list: string,
): Promise<string> {
  const path = `/v1/cases/${caseId}`;
  const paths = [
    path,
    `${path}/notes?limit=100&count=true`,
    `${path}/timeline?limit=100&count=true`,
    `${path}/timeline?order=asc&limit=100`,
    `${path}/grants`,
    `/v1/cases?limit=100&count=true${list}`,
    `/v1/cases?limit=100&q=line${list}`,
    `/v1/tags`,
    `/v1/tags?q=zz`,
    ...files.flatMap((id) => [`/v1/attachments/${id}`, `/v1/attachments/${id}/content`]),
  ];
  const answers = await Promise.all(paths.map((one) => by.raw('GET', one)));
  const texts = await Promise.all(
    answers.map(async (answer) => `${await answer.text()} ${[...answer.headers.values()].join(' ')}`),
  );
  return texts.join('\n');
}
