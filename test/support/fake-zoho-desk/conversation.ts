import type { Context, Hono } from 'hono';

import { agentAnswer, commentAnswer, fileAnswer, uploadAnswer } from './answers.js';
import { readJson } from './body.js';
import { listAnswer, Query, sorted } from './query.js';
import { badField, invalidData, notThere } from './refusals.js';
import { ticketOf } from './tickets.js';
import type { DeskComment, DeskEvent, DeskFile, DeskTicket, DeskWorld } from './world.js';

/** Comments, files, tags, followers and the history of a ticket. */
export function mountConversation(desk: Hono, world: DeskWorld, hasHistory: () => boolean): void {
  mountComments(desk, world);
  mountFiles(desk, world);
  mountTags(desk, world);
  mountFollowers(desk, world);
  desk.get('/tickets/:ticketId/history', (context) => {
    if (!hasHistory()) throw notThere();
    const query = new Query(context, ['from', 'limit', 'eventFilter', 'agentId', 'fieldName']);
    const [from, limit] = [query.whole('from', 0, 0), query.whole('limit', 10, 1, 50)];
    const newest = ticketOf(world, context)
      .history.toReversed()
      .slice(from, from + limit);
    return listAnswer(
      context,
      newest.map((event) => eventAnswer(world, event)),
    );
  });
}

function eventAnswer(world: DeskWorld, { eventName, eventTime, actorId, eventInfo }: DeskEvent) {
  const agent = world.agents.get(actorId);
  const contact = world.contacts.get(actorId);
  const { firstName, lastName } = agent ?? contact ?? { firstName: '', lastName: 'System' };
  const type = agent ? 'Agent' : contact ? 'Contact' : 'System';
  return {
    eventName,
    eventTime,
    actor: { id: actorId, name: `${firstName ?? ''} ${lastName}`.trim(), type },
    actorInfo: null,
    source: null,
    eventInfo: eventInfo.map((info) => ({ ...info, systemProperty: true })),
  };
}

function mountComments(desk: Hono, world: DeskWorld): void {
  desk.get('/tickets/:ticketId/comments', (context) => {
    const query = new Query(context, ['include', 'limit', 'from', 'sortBy']);
    query.set('include', ['mentions', 'plainText']);
    const [from, limit] = [query.whole('from', 0, 0), query.whole('limit', 50, 1, 100)];
    const ticket = ticketOf(world, context);
    const by = query.sortBy(['commentedTime']) ?? { field: 'commentedTime', sign: 1 as const };
    const rows = sorted(ticket.comments, by, ({ commentedTime, id }) => `${commentedTime} ${id}`);
    return listAnswer(
      context,
      rows.slice(from, from + limit).map((comment) => commentAnswer(world, ticket, comment)),
    );
  });
  desk.get('/tickets/:ticketId/comments/:commentId', (context) => {
    new Query(context, ['include']);
    const { ticket, comment } = commentOf(world, context);
    return context.json(commentAnswer(world, ticket, comment));
  });
  desk.post('/tickets/:ticketId/comments', async (context) => {
    const ticket = ticketOf(world, context);
    const body = await readJson(context, ['content', 'contentType', 'isPublic', 'attachmentIds']);
    const { content, contentType = 'html', isPublic = false, attachmentIds = [] } = body;
    if (typeof content !== 'string' || content === '') throw invalidData(badField('content', 'missing'));
    if (content.length > 32_000) throw invalidData(badField('content'));
    const attachments = (attachmentIds as string[]).map((id) => {
      const file = world.uploads.get(id);
      if (!file) throw invalidData(badField('attachmentIds'));
      return file;
    });
    for (const { id } of attachments) world.uploads.delete(id);
    const comment = world.addComment(ticket, {
      content,
      contentType: contentType as DeskComment['contentType'],
      isPublic: isPublic as boolean,
      attachments,
    });
    world.touch(ticket);
    return context.json(commentAnswer(world, ticket, comment));
  });
}

function commentOf(world: DeskWorld, context: Context): { ticket: DeskTicket; comment: DeskComment } {
  const ticket = ticketOf(world, context);
  const comment = ticket.comments.find(({ id }) => id === context.req.param('commentId'));
  if (!comment) throw notThere();
  return { ticket, comment };
}

function mountFiles(desk: Hono, world: DeskWorld): void {
  desk.post('/uploads', async (context) => {
    const given = (await context.req.parseBody())['file'];
    if (!(given instanceof File)) throw invalidData(badField('file', 'missing'));
    const file: DeskFile = {
      id: world.nextId(),
      name: given.name.slice(0, 100),
      bytes: new Uint8Array(await given.arrayBuffer()),
      isPublic: false,
      creatorId: world.serviceId,
      createdTime: world.now(),
    };
    world.uploads.set(file.id, file);
    return context.json(uploadAnswer(file));
  });
  desk.get('/tickets/:ticketId/attachments', (context) => {
    const query = new Query(context, ['include', 'limit', 'isPublic', 'from', 'sortBy']);
    const ticket = ticketOf(world, context);
    const isPublic = query.flag('isPublic');
    const files = ticket.attachments.filter((file) => isPublic === undefined || file.isPublic === isPublic);
    const [from, limit] = [query.whole('from', 0, 0), query.whole('limit', 50, 1, 100)];
    return listAnswer(
      context,
      files
        .slice(from, from + limit)
        .map((file) => fileAnswer(file, `/api/v1/tickets/${ticket.id}/attachments/${file.id}/content`)),
    );
  });
  desk.get('/uploads/:fileId/contents', (context) => bytes(context, [...world.uploads.values()]));
  const bytes = (context: Context, files: readonly DeskFile[]) => {
    const file = files.find(({ id }) => id === context.req.param('fileId'));
    if (!file) throw notThere();
    return context.body(file.bytes, 200, { 'content-type': 'application/octet-stream' });
  };
  desk.get('/tickets/:ticketId/attachments/:fileId/content', (context) =>
    bytes(context, ticketOf(world, context).attachments),
  );
  desk.get('/tickets/:ticketId/comments/:commentId/attachments/:fileId/content', (context) =>
    bytes(context, commentOf(world, context).comment.attachments),
  );
}

const tagName = /^(?!null$)[a-zA-Z0-9_.\-+%\P{ASCII}\s]{3,}$/u;

function mountTags(desk: Hono, world: DeskWorld): void {
  const answer = (name: string) => ({ id: world.tagId(name), name, tagType: 'MANUAL' });
  const read = async (context: Context) => {
    const { tags } = (await readJson(context, ['tags'])) as { tags?: string[] };
    const fits = tags?.every((tag) => tag.length >= 3 && tag.length <= 50 && tagName.test(tag));
    if (!tags || tags.length === 0 || tags.length > 51 || !fits) throw invalidData(badField('tags'));
    return tags;
  };
  desk.get('/tickets/:ticketId/tags', (context) =>
    context.json({ tags: ticketOf(world, context).tags.map(answer) }),
  );
  desk.post('/tickets/:ticketId/associateTag', async (context) => {
    const ticket = ticketOf(world, context);
    const wanted = await read(context);
    const added = wanted.filter((tag) => !ticket.tags.includes(tag));
    ticket.tags.push(...added);
    if (added.length > 0) tell(ticket, 'TagsAdded', added);
    return context.json({ data: ticket.tags.map(answer) });
  });
  desk.post('/tickets/:ticketId/dissociateTag', async (context) => {
    const ticket = ticketOf(world, context);
    const removed = await read(context);
    ticket.tags = ticket.tags.filter((tag) => !removed.includes(tag));
    tell(ticket, 'TagsRemoved', removed);
    return context.body(null, 200);
  });
  desk.get('/ticketTags', (context) => {
    const query = new Query(context, ['departmentId', 'limit', 'from', 'sortBy']);
    const departmentId = query.text('departmentId');
    if (departmentId === undefined) throw invalidData(badField('departmentId', 'missing'));
    const counts = new Map<string, number>();
    for (const ticket of world.tickets.values()) {
      if (ticket.departmentId !== departmentId) continue;
      for (const tag of ticket.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
    const [from, limit] = [query.whole('from', 0, 0), query.whole('limit', 50, 1, 100)];
    const rows = [...counts].sort(([, a], [, b]) => b - a).slice(from, from + limit);
    return listAnswer(
      context,
      rows.map(([name, count]) => ({ ...answer(name), ticketCount: String(count) })),
    );
  });

  function tell(ticket: DeskTicket, eventName: string, tags: readonly string[]) {
    world.record(ticket, eventName, [
      { propertyName: 'Tags', propertyType: 'TextList', propertyValue: [...tags] },
    ]);
    world.touch(ticket);
  }
}

function mountFollowers(desk: Hono, world: DeskWorld): void {
  desk.get('/tickets/:ticketId/followers', (context) => {
    const data = ticketOf(world, context).followers.map((id) => {
      const agent = world.agents.get(id);
      const { firstName, lastName, emailId } = agentAnswer(agent as NonNullable<typeof agent>);
      return { id, firstName, lastName, email: emailId, photoURL: null, following: 'tickets' };
    });
    return context.json({ data });
  });
  for (const adds of [true, false]) {
    desk.post(`/tickets/:ticketId/${adds ? 'addFollowers' : 'removeFollowers'}`, async (context) => {
      const ticket = ticketOf(world, context);
      const { followerIds = [] } = (await readJson(context, ['followerIds'])) as { followerIds?: string[] };
      if (!followerIds.every((id) => world.agents.has(id))) throw invalidData(badField('followerIds'));
      const others = ticket.followers.filter((id) => !followerIds.includes(id));
      ticket.followers = adds ? [...others, ...followerIds] : others;
      return context.body(null, 204);
    });
  }
}
