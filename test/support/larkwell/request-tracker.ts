import { customers } from '../../../demo/sample-data/customers.js';
import { people, type SamplePerson } from '../../../demo/sample-data/people.js';
import type { RequestTrackerOptions } from '../../../server/backends/request-tracker/index.js';

/** Of Larkwell's people in a Request Tracker that is thrown away. */
const password = 'a password that only the tests know';

/** Root's, as Request Tracker is installed. */
const rootPassword = 'password';

/** The queues of the seed, by the departments that work them, and the groups that do. */
const queues = { billing: 'billing', technical: 'engineering', care: 'support' } as const;
const groups = { support: 'Support', billing: 'Support', engineering: 'Engineering' } as const;

/** How the gateway is configured to work for Larkwell Fibre. */
export function larkwellTrackerOptions(baseUrl: string): RequestTrackerOptions {
  return {
    baseUrl,
    accounts: Object.fromEntries(people.map(({ id, email }) => [email, { user: id, password }])),
    customers: {
      by: 'field',
      field: 'Customer',
      known: Object.fromEntries(
        customers.map(({ id, name, number, mainContact }) => [id, { name, number, mainContact }]),
      ),
    },
    queue: 'support',
    fields: {
      type: 'Case type',
      contactMethod: 'Contact method',
      closureReason: 'Closure reason',
      tags: 'Tags',
    },
    groups: { ...groups },
    priorities: { high: 100, normal: 50, low: 0 },
  };
}

/** Gives Larkwell's people accounts in a Request Tracker with the queues of the seed; answers the queues of the departments by number. */
export async function addLarkwellPeople(
  baseUrl: string,
  send: typeof fetch,
): Promise<ReadonlyMap<string, string>> {
  const signIn = await send(`${baseUrl}/NoAuth/Login.html`, {
    method: 'POST',
    headers: { referer: `${baseUrl}/` },
    body: new URLSearchParams({ user: 'root', pass: rootPassword }),
  });
  // A session is kept only once its page was sent.
  await signIn.arrayBuffer();
  const cookie = signIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';

  async function ask<T>(method: string, path: string, json?: unknown): Promise<T> {
    const answer = await send(`${baseUrl}/REST/2.0${path}`, {
      method,
      headers: { cookie, 'content-type': 'application/json' },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text) as T;
  }

  const members = new Map<string, string[]>();
  for (const person of people) {
    await ask('POST', '/user', {
      Name: person.id,
      RealName: person.name,
      EmailAddress: person.email,
      Password: password,
      Privileged: person.kind === 'agent' ? 1 : 0,
    });
    const { id } = await ask<{ id: number }>('GET', `/user/${person.id}`);
    for (const group of groupsOf(person)) members.set(group, [...(members.get(group) ?? []), String(id)]);
  }
  const { items } = await ask<{ items: { id: string; Name: string }[] }>('POST', '/groups?fields=Name', [
    { field: 'Domain', value: 'UserDefined' },
  ]);
  for (const { id, Name } of items) {
    const found = members.get(Name);
    if (found) await ask('PUT', `/group/${id}/members`, found);
  }
  const numbers = new Map<string, string>();
  for (const [department, name] of Object.entries(queues)) {
    const { id } = await ask<{ id: number }>('GET', `/queue/${name}`);
    numbers.set(department, String(id));
  }
  return numbers;
}

function groupsOf({ departments = [] }: SamplePerson): ReadonlySet<string> {
  const worked = departments.map((department) => queues[department as keyof typeof queues]);
  return new Set(worked.map((queue) => groups[queue]));
}
