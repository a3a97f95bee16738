import { randomUUID } from 'node:crypto';

import type { Engine } from '../../server/engine/engine.js';
import type { InboxRight } from '../../src/contract/inboxes.js';
import { actorOf } from './acting.js';
import { day } from './dates.js';

interface SampleInbox {
  readonly name: string;
  readonly members: readonly (readonly [personId: string, ...rights: InboxRight[]])[];
}

/** The queues of Larkwell Fibre, and who works them. */
const inboxes: readonly SampleInbox[] = [
  {
    name: 'Finance',
    members: [
      ['lena-moss', 'read', 'forward', 'cancel'],
      ['tarek-khalil', 'read', 'forward'],
      ['nadia-brandt', 'read'],
    ],
  },
  {
    name: 'Customer service',
    members: [
      ['nadia-brandt', 'read', 'forward', 'cancel'],
      ['grace-mullen', 'read', 'forward', 'cancel'],
      ['matteo-ricci', 'read', 'forward'],
    ],
  },
  {
    name: 'Technical',
    members: [
      ['jonas-lind', 'read', 'forward', 'cancel'],
      ['priya-raman', 'read', 'forward'],
      ['samir-haddad', 'read', 'forward'],
    ],
  },
];

/** What waits there: a case by its subject, or a customer alone. */
const entries: readonly {
  readonly inbox: string;
  readonly by: string;
  readonly about: { readonly subject: string } | { readonly customerId: string };
  readonly message: string;
  readonly due?: readonly [type: string, inDays: number];
  readonly takenBy?: string;
}[] = [
  {
    inbox: 'Finance',
    by: 'jonas-lind',
    about: { subject: 'Picture freezes during live matches' },
    message:
      'Poor video quality: the customer lost four live matches in November, and the fault was on our side. Please decide on a refund for one month and write to her.',
    due: ['resolve-by', 0],
  },
  {
    inbox: 'Finance',
    by: 'nadia-brandt',
    about: { subject: 'Charged twice in October' },
    message: 'One of the 31 of the batch on Friday. Please confirm when it has left.',
    due: ['call-back-by', 2],
    takenBy: 'tarek-khalil',
  },
  {
    inbox: 'Finance',
    by: 'nadia-brandt',
    about: { subject: 'Credit for missed service level in October' },
    message: 'Two outages of more than four hours. Is the credit 10 % or 25 % of the month?',
  },
  {
    inbox: 'Finance',
    by: 'ada-whitlock',
    about: { customerId: 'c-2077' },
    message: 'Asks by telephone for a bank statement of all payments of this year, for their tax adviser.',
  },
  {
    inbox: 'Customer service',
    by: 'nadia-brandt',
    about: { subject: 'Refund not received after cancelled trial' },
    message: '',
    due: ['resolve-by', 3],
  },
  {
    inbox: 'Technical',
    by: 'jonas-lind',
    about: { subject: 'Card terminals lose the connection at noon' },
    message: 'Field team is free on Thursday morning.',
    takenBy: 'jonas-lind',
  },
];

/** Makes the inboxes, and puts into them what waits there. */
export async function fillInboxes(engine: Engine, tenant: string, now: Date): Promise<void> {
  const write = (id: string) => ({
    actor: actorOf(id, tenant),
    idempotencyKey: randomUUID(),
    fingerprint: 'sample',
  });
  const made = new Map<string, string>();
  for (const { name, members } of inboxes) {
    const { id } = await engine.createInbox(
      { name, members: members.map(([personId, ...rights]) => ({ personId, rights })) },
      write('ada-whitlock'),
    );
    made.set(name, id);
  }
  for (const { inbox, by, about, message, due, takenBy } of entries) {
    const inboxId = made.get(inbox);
    const target = 'subject' in about ? await caseOf(about.subject, by) : about;
    // Started without cases, there is nothing of them to hand over.
    if (!inboxId || !target) continue;
    const [dueType, inDays] = due ?? [];
    const { id } = await engine.createInboxEntry(
      {
        ...target,
        inboxId,
        message,
        ...(dueType !== undefined && inDays !== undefined && { dueType, dueOn: day(inDays, now) }),
      },
      write(by),
    );
    if (takenBy) await engine.takeInboxEntry(id, write(takenBy));
  }

  async function caseOf(subject: string, by: string) {
    const { items } = await engine.listCases({ q: subject, limit: 1 }, { actor: actorOf(by, tenant) });
    return items[0] && { caseId: items[0].id };
  }
}
