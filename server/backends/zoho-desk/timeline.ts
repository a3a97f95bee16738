import type { FieldChange, TimelineEntry, TimelineQuery } from '../../../src/contract/notes.js';
import type { Page } from '../../../src/contract/common.js';
import type { CallContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { encodePlace, readPlace } from '../cursors.js';
import { deadlineOf } from './case-record.js';
import { seeTicket, type Desk, type Seen } from './desk.js';
import { systemRef } from './directory.js';
import { attachmentOf, ticketFiles } from './files.js';
import { noteOf, readComments } from './notes.js';
import { isShown } from './sight.js';
import { readComment } from './signature.js';
import {
  fileSchema,
  historySchema,
  parseList,
  type DeskComment,
  type DeskEvent,
  type DeskTicket,
} from './wire.js';

// As much of a long history as can be put in order here.
const mostComments = 1_000;
const mostEvents = 500;
const eventPage = 50;

/**
 * The comments and the history of a ticket in one line of time. The history is asked for where Zoho documents it, outside of its
 * description; where it is not there, the comments stand alone. Customers are told of the beginning, of public comments, and that
 * the case was closed or opened again.
 */
export async function listTimeline(
  desk: Desk,
  caseId: string,
  query: TimelineQuery,
  context: CallContext,
): Promise<Page<TimelineEntry>> {
  const seen = await seeTicket(desk, caseId, context);
  const { limit = 25, order = 'desc', cursor, kind } = query;
  const list = `zoho-timeline:${seen.ticket.id}:${seen.viewer.kind}:${order}:${(kind ?? []).join()}`;
  const start = readPlace(list, cursor, 0);
  const lines = (await linesOf(desk, seen, context.signal)).filter(
    (line) => !kind?.length || kind.some((each) => each === line.kind),
  );
  if (order === 'desc') lines.reverse();
  return {
    items: lines.slice(start, start + limit),
    next: start + limit < lines.length ? encodePlace(list, start + limit) : null,
    ...(query.count === 'true' && { total: lines.length }),
  };
}

/** The oldest first. */
async function linesOf(desk: Desk, seen: Seen, signal?: AbortSignal): Promise<TimelineEntry[]> {
  const { ticket, viewer } = seen;
  const [comments, events, files, serviceId] = await Promise.all([
    allComments(desk, ticket.id, signal),
    desk.options.history === false ? [] : allEvents(desk, ticket.id, signal),
    desk.client.read(`/tickets/${ticket.id}/attachments`, ticketFiles(viewer), signal),
    desk.directory.serviceId(),
  ]);
  const told = await Promise.all(
    comments.map(async (comment) => {
      const said = readComment(comment, serviceId, desk.settings);
      // A customer sees that a case was closed or opened again, but no line of an internal note.
      if (!isShown(viewer, comment)) return said.status ? closedLine(comment, said) : null;
      const { caseId: _, subject, ...note } = await noteOf(desk, ticket.id, comment);
      if (!said.status) return { ...note, subject, kind: 'note' };
      return { ...note, kind: said.status.kind, reason: said.status.reason };
    }),
  );
  const noted = comments.flatMap((comment) =>
    readComment(comment, serviceId, desk.settings).status ? [Date.parse(comment.commentedTime ?? '')] : [],
  );
  const creation: TimelineEntry = {
    id: `creation-${ticket.id}`,
    kind: 'creation',
    by: await creatorOf(desk, ticket, events, serviceId),
    at: ticket.createdTime ?? null,
    attachments: parseList(fileSchema, files).map((file) => attachmentOf(file, ticket.id)),
  };
  const others = events.flatMap((event, index) => {
    const line = eventLine(desk, event, `event-${ticket.id}-${index}`, { serviceId, noted });
    const shown = viewer.kind === 'agent' || line?.kind === 'closure' || line?.kind === 'reopening';
    return line && shown ? [line] : [];
  });
  const lines = [...told.filter((line) => line !== null), ...others];
  lines.sort((a, b) => momentOf(a) - momentOf(b));
  return [creation, ...lines];
}

function momentOf({ at }: TimelineEntry): number {
  const time = Date.parse(at ?? '');
  return Number.isNaN(time) ? 0 : time;
}

function closedLine(comment: DeskComment, said: ReturnType<typeof readComment>): TimelineEntry {
  return {
    id: comment.id,
    kind: said.status?.kind ?? 'closure',
    by: said.signer ?? null,
    at: comment.commentedTime ?? null,
    reason: said.status?.reason ?? '',
  };
}

async function allComments(desk: Desk, ticketId: string, signal?: AbortSignal): Promise<DeskComment[]> {
  const found: DeskComment[] = [];
  while (found.length < mostComments) {
    const rows = await readComments(desk, ticketId, 'desc', found.length, signal);
    found.push(...rows);
    if (rows.length < 100) break;
  }
  return found.reverse();
}

async function allEvents(desk: Desk, ticketId: string, signal?: AbortSignal): Promise<DeskEvent[]> {
  const found: DeskEvent[] = [];
  try {
    while (found.length < mostEvents) {
      const query = { from: found.length, limit: eventPage };
      const rows = parseList(
        historySchema,
        await desk.client.read(`/tickets/${ticketId}/history`, query, signal),
      );
      found.push(...rows);
      if (rows.length < eventPage) break;
    }
  } catch (error) {
    // It is in no description, so its absence is no failure.
    if (error instanceof BackendError && ['not_found', 'forbidden', 'validation_failed'].includes(error.code))
      return [];
    throw error;
  }
  return found.reverse();
}

async function creatorOf(
  desk: Desk,
  ticket: DeskTicket,
  events: readonly DeskEvent[],
  serviceId: string,
): Promise<TimelineEntry['by']> {
  const actor = events.find(({ eventName }) => eventName === 'TicketCreated')?.actor;
  if (actor) return personOf(actor, serviceId);
  if (ticket.createdBy === serviceId) return systemRef;
  const agent = await desk.directory.agent(ticket.createdBy ?? '');
  return agent ? { id: agent.id, name: agent.name ?? agent.id, kind: 'agent' } : null;
}

/** People; rules are nobody, and the gateway is the system. */
function personOf(actor: DeskEvent['actor'], serviceId: string): TimelineEntry['by'] {
  const { id, name, type } = actor ?? {};
  if (id === null || id === undefined) return null;
  if (id === serviceId) return systemRef;
  if (type !== 'Agent' && type !== 'Contact') return null;
  return { id, name: name ?? id, kind: type === 'Agent' ? 'agent' : 'customer' };
}

const sharing = new Set(['TicketShared', 'TicketShareModeUpdated', 'TicketShareRevoked']);
/** A note of the gateway's is written within seconds of the change of status it explains. */
const togetherMs = 15_000;

/** What our lines say of a property, by the name people read in Zoho. */
const fields: Readonly<Record<string, string>> = {
  Subject: 'subject',
  Description: 'description',
  Priority: 'priority',
  Classification: 'type',
  Classifications: 'type',
  Category: 'type',
  Channel: 'contactMethod',
  'Due Date': 'deadline',
  'Case Owner': 'assignee',
  'Ticket Owner': 'assignee',
  Department: 'department',
};

function eventLine(
  desk: Desk,
  event: DeskEvent,
  id: string,
  { serviceId, noted }: { serviceId: string; noted: readonly number[] },
): TimelineEntry | null {
  const base = { id, by: personOf(event.actor, serviceId), at: event.eventTime ?? null };
  const name = event.eventName ?? '';
  const properties = event.eventInfo ?? [];
  if (sharing.has(name)) {
    const department = properties.find(({ propertyName }) => propertyName === 'Department')?.propertyValue;
    const [from, to] = name === 'TicketShareRevoked' ? [department, null] : [null, department];
    const changes = [
      { field: 'department', from: valueOf('department', from), to: valueOf('department', to) },
    ];
    return { ...base, kind: 'department-sharing', changes };
  }
  if (name === 'TagsAdded' || name === 'TagsRemoved') {
    const tags = properties[0]?.propertyValue ?? [];
    const [from, to] = name === 'TagsAdded' ? [[], tags] : [tags, []];
    return { ...base, kind: 'change', changes: [{ field: 'tags', from, to }] };
  }
  if (name !== 'TicketUpdated') return null;
  const status = properties.find(({ propertyName }) => propertyName === 'Status');
  const became = status && statusKind(transitionOf(status.propertyValue));
  const time = Date.parse(base.at ?? '');
  const isNoted = noted.some((moment) => Math.abs(moment - time) <= togetherMs);
  if (became && !isNoted) return { ...base, kind: became.kind, reason: became.reason };
  const changes = properties.flatMap(({ propertyName, propertyValue }): FieldChange[] => {
    const field = fields[propertyName ?? ''];
    if (field === undefined) return [];
    const { from, to } = transitionOf(propertyValue);
    return [{ field, from: shown(desk, field, from), to: shown(desk, field, to) }];
  });
  return changes.length > 0 ? { ...base, kind: 'change', changes } : null;
}

function transitionOf(value: unknown): { from: unknown; to: unknown } {
  if (typeof value !== 'object' || value === null || !('updatedValue' in value))
    return { from: null, to: value ?? null };
  const { previousValue, updatedValue } = value as { previousValue?: unknown; updatedValue?: unknown };
  return { from: previousValue ?? null, to: updatedValue ?? null };
}

function statusKind({ from, to }: { from: unknown; to: unknown }) {
  if (to === 'Closed') return { kind: 'closure', reason: 'Closed' };
  if (from === 'Closed' && typeof to === 'string') return { kind: 'reopening', reason: to };
  return undefined;
}

function shown({ values }: Desk, field: string, value: unknown): unknown {
  if (typeof value === 'string') {
    if (field === 'priority') return values.priority.here(value);
    if (field === 'type') return values.type.here(value);
    if (field === 'contactMethod') return values.contactMethod.here(value);
    if (field === 'deadline') return deadlineOf(value);
  }
  return valueOf(field, value);
}

function valueOf(field: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !['assignee', 'department'].includes(field))
    return value ?? null;
  const { id, name } = value as { id?: unknown; name?: unknown };
  return { id: String(id), name: String(name ?? id) };
}
