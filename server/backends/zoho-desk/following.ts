import type { NoticePreference, NoticePreferenceInput } from '../../../src/contract/notices.js';
import type { CallContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { seeTicket, type Desk, type Seen } from './desk.js';
import { followerSchema, parseList } from './wire.js';

/** Whether the agent follows the ticket: Zoho tells its followers what happens to it. Contacts it writes to by rules of its own. */
export async function getNotices(
  desk: Desk,
  caseId: string,
  context: CallContext,
): Promise<NoticePreference> {
  const seen = await seeTicket(desk, caseId, context);
  requireAgent(seen);
  const found = await desk.client.read(`/tickets/${seen.ticket.id}/followers`, {}, context.signal);
  const follows = parseList(followerSchema, found).some(({ id }) => id === seen.viewer.id);
  return { replies: follows, deliverable: true };
}

export async function setNotices(
  desk: Desk,
  caseId: string,
  { replies, personId }: NoticePreferenceInput,
  context: CallContext,
): Promise<NoticePreference> {
  const seen = await seeTicket(desk, caseId, context);
  requireAgent(seen);
  if (personId !== undefined && personId !== seen.viewer.id && personId !== context.actor.id) {
    throw new BackendError('forbidden', {
      rule: 'notices.own',
      detail: 'Everybody says for themselves what they are told.',
    });
  }
  await desk.client.write(
    'POST',
    `/tickets/${seen.ticket.id}/${replies ? 'addFollowers' : 'removeFollowers'}`,
    {
      json: { followerIds: [seen.viewer.id] },
    },
  );
  const now = await getNotices(desk, caseId, context);
  // Somebody who follows the contact or its account goes on following its tickets.
  return now;
}

function requireAgent({ viewer }: Seen): void {
  if (viewer.kind === 'agent') return;
  throw new BackendError('capability_missing', {
    detail: 'Zoho Desk tells customers what it is set to tell them.',
  });
}
