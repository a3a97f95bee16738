import type { InboxEntry, NewInboxEntry } from '../../src/contract/inbox-entries.js';
import type { Inbox } from '../../src/contract/inboxes.js';
import type { InboxRules } from '../../src/contract/inbox-rules.js';
import type { Page } from '../../src/contract/common.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Settings } from '../../src/contract/settings.js';
import { aTenant, type Answer, type Caller, type TestApp, type TestTenant } from './app.js';

export const allRights = ['read', 'forward', 'cancel'] as const;

/** A tenant whose people work two inboxes: Otto of Finance and the agents with all rights, in `billing` and `technical`. */
export interface Desk {
  readonly tenant: TestTenant;
  readonly billing: Inbox;
  readonly technical: Inbox;
}

/** Makes people known, and inboxes they work: `billing` is Finance and both care agents, `technical` the technician alone. */
export async function aDesk(world: Pick<TestApp, 'app' | 'engine'>): Promise<Desk> {
  const tenant = await aTenant(world);
  const billing = await anInbox(tenant, 'Billing', {
    person_otto: allRights,
    person_mara: allRights,
    person_tomas: allRights,
  });
  const technical = await anInbox(tenant, 'Technical', { person_yuki: allRights });
  return { tenant, billing, technical };
}

export async function anInbox(
  tenant: Pick<TestTenant, 'administrator'>,
  name: string,
  members: Record<string, readonly string[]> = {},
  more: Record<string, unknown> = {},
): Promise<Inbox> {
  const list = Object.entries(members).map(([personId, rights]) => ({ personId, rights }));
  return made(await tenant.administrator.post<Inbox>('/v1/inboxes', { name, members: list, ...more }));
}

/** Puts a new case, or what is named, into an inbox. */
export async function anEntry(
  tenant: TestTenant,
  inbox: Pick<Inbox, 'id'>,
  change: Partial<NewInboxEntry> = {},
  by: Caller = tenant.agent,
): Promise<InboxEntry> {
  const about = change.caseId || change.customerId ? {} : { caseId: (await tenant.aCase()).id };
  return made(await by.post<InboxEntry>('/v1/inbox-entries', { inboxId: inbox.id, ...about, ...change }));
}

export type EntryAnswer = Answer<InboxEntry & Problem>;

/** Asks for a change of an entry. */
export function act(
  by: Caller,
  action: string,
  { id }: { readonly id: string },
  body?: unknown,
  init: { readonly key?: string } = {},
): Promise<EntryAnswer> {
  return by.post(`/v1/inbox-entries/${id}/${action}`, body ?? {}, init);
}

/** Like `act`, for what has to succeed. */
export async function done(
  by: Caller,
  action: string,
  entry: { readonly id: string },
  body?: unknown,
): Promise<InboxEntry> {
  return made(await act(by, action, entry, body));
}

export async function entryOf(by: Caller, { id }: { readonly id: string }): Promise<InboxEntry> {
  return made(await by.get<InboxEntry>(`/v1/inbox-entries/${id}`));
}

export async function setInboxRules(
  tenant: Pick<TestTenant, 'administrator'>,
  inboxes: Partial<InboxRules>,
): Promise<void> {
  const { body } = await tenant.administrator.get<Settings>('/v1/settings');
  made(await tenant.administrator.patch<Settings>('/v1/settings', { inboxes }, body));
}

function made<T>({ status, body }: Answer<T>): T {
  if (status >= 300) throw new Error(`The test could not be set up: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** What the history of a case says about inboxes, oldest first. */
export async function inboxLines(caseId: string, by: Caller): Promise<TimelineEntry[]> {
  const { body } = await by.get<Page<TimelineEntry>>(`/v1/cases/${caseId}/timeline?order=asc&limit=100`);
  return body.items.filter(({ kind }) => kind === 'inbox');
}

export const caseIdOf = (entry: InboxEntry): string => entry.case?.id ?? '';
