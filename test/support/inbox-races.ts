import { sql, type Kysely } from 'kysely';
import { expect } from 'vitest';

import type { Schema } from '../../server/engine/sql/schema.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import type { Inbox } from '../../src/contract/inboxes.js';
import { aNewCase, Caller, tokenFor } from './app.js';
import { act, caseIdOf, inboxLines, type EntryAnswer } from './inbox-desk.js';
import { sampleCustomers, samplePeople, type SamplePerson } from './sample-tenant.js';

/** Rounds of each kind of race; more by the environment, as for a night. */
export const raceRounds = (usual: number): number => Number(process.env['CASEMENT_RACE_ROUNDS'] ?? usual);

/** Whoever races, or lets race, with a token that lasts for all rounds. */
export async function aRacer(
  tenant: string,
  who: SamplePerson,
  fetch: (request: Request) => Response | Promise<Response>,
): Promise<Racer> {
  const { sub: id, name } = samplePeople[who];
  return { id, name, caller: new Caller(fetch, await tokenFor({ ...samplePeople[who], tenant }, '12h')) };
}

/** Somebody who presses, in one of possibly several places. */
export interface Racer {
  readonly id: string;
  readonly name: string;
  readonly caller: Caller;
}

/** Who races, each with their own connection, for what waits in one inbox. */
export interface Track {
  readonly tenantId: string;
  readonly db: Kysely<Schema>;
  readonly administrator: Caller;
  /** Members of the inbox with every right, by their id. */
  readonly racers: readonly Racer[];
  /** Those whose cases these are: they put them into inboxes. */
  readonly putters: readonly Racer[];
  readonly inbox: Inbox;
  /** Where they forward to; some of them read it. */
  readonly elsewhere: readonly Inbox[];
}

export const raceKinds = ['take', 'forward', 'complete', 'cancel', 'mixed', 'put', 'close', 'leave'] as const;
export type RaceKind = (typeof raceKinds)[number];

interface Start {
  readonly by: Racer;
  readonly action: string;
  readonly answer: EntryAnswer;
}

const endings = ['forward', 'complete', 'cancel'] as const;

/**
 * One round: all press at once. Afterwards exactly one has won, everybody else is told who that was, and the history and the
 * outbox have exactly one line and one event for it.
 */
export async function race(track: Track, kind: RaceKind, round: number): Promise<void> {
  if (kind === 'put') return racePutting(track);
  const { racers, administrator, inbox } = track;
  // Of a customer alone there is no case that is locked with it.
  const alone = kind !== 'close' && round % 2 === 1;
  const about = alone ? { customerId: sampleCustomers.harbour } : { caseId: await newCase(administrator) };
  const put = await administrator.post<InboxEntry>('/v1/inbox-entries', { ...about, inboxId: inbox.id });
  expect(put.status).toBe(201);
  if (kind === 'leave') return raceLeaving(track, put.body, round);
  if (kind === 'close') return raceClosing(track, put.body, caseIdOf(put.body), round);
  const starts = await Promise.all(
    racers.map(async (by, index): Promise<Start> => {
      const action = kind === 'mixed' ? (endings[(index + round) % 3] ?? 'forward') : kind;
      return {
        by,
        action,
        answer: await act(by.caller, action, put.body, bodyOf(track, kind, action, index)),
      };
    }),
  );
  await judge(track, starts, put.body);
}

function bodyOf({ inbox, elsewhere }: Track, kind: RaceKind, action: string, index: number): object {
  if (action !== 'forward') return {};
  // Who reads where it went may complete it there: that is no race for this inbox any more.
  const targets = kind === 'mixed' ? elsewhere.slice(0, 1) : elsewhere;
  return { inboxId: targets[index % targets.length]?.id, message: 'On to you.', fromInboxId: inbox.id };
}

async function newCase(by: Caller): Promise<string> {
  const { status, body } = await by.post<{ id: string }>('/v1/cases', aNewCase());
  expect(status).toBe(201);
  return body.id;
}

async function judge(track: Track, starts: readonly Start[], entry: InboxEntry): Promise<void> {
  const told = starts.map(({ action, answer: { status, body } }) => [action, status, body.code]);
  const [winner, ...more] = starts.filter(({ answer }) => answer.status === 200);
  expect(more.length, JSON.stringify(told)).toBe(0);
  if (!winner) throw new Error(`Nobody has won: ${JSON.stringify(told)}`);
  const { by } = winner;
  for (const { answer } of starts) {
    if (answer === winner.answer) continue;
    const code = winner.action === 'take' ? 'entry_owned' : 'gone';
    expect(answer, JSON.stringify(told)).toMatchObject({
      status: code === 'gone' ? 410 : 409,
      body: { code, by: { id: by.id, name: by.name } },
    });
    const { ownedAt, endedAt, sentAt } = winner.answer.body;
    const at = winner.action === 'take' ? ownedAt : winner.action === 'forward' ? sentAt : endedAt;
    expect(answer.body.at).toBe(at);
  }
  await expectOnce(track, entry, by.id, 2);
}

/** The coming and what followed: a line each in the history of the case, an event each, and a version each. */
async function expectOnce(
  { administrator, db, tenantId }: Track,
  entry: InboxEntry,
  by: string,
  times: number,
): Promise<void> {
  if (entry.case) {
    const lines = await inboxLines(entry.case.id, administrator);
    expect(lines).toHaveLength(times);
    expect(lines.at(-1)?.by?.id).toBe(by);
  }
  const events = await db
    .selectFrom('outbox')
    .select('seq')
    .where('tenant', '=', tenantId)
    .where('kind', '=', 'inbox-entry.updated')
    .where(sql<boolean>`inbox ->> 'entryId' = ${entry.id}`)
    .execute();
  expect(events).toHaveLength(times);
  const { body } = await administrator.get<InboxEntry>(`/v1/inbox-entries/${entry.id}`);
  expect(body.version).toBe(String(times));
}

/** IB-03: all put the same case into an inbox. */
async function racePutting(track: Track): Promise<void> {
  const { putters, inbox, elsewhere, administrator } = track;
  const caseId = await newCase(administrator);
  const inboxes = [inbox, ...elsewhere];
  const answers = await Promise.all(
    putters.map(async (by, index) => {
      const body = { caseId, inboxId: inboxes[index % inboxes.length]?.id };
      const answer: EntryAnswer = await by.caller.post<EntryAnswer['body']>('/v1/inbox-entries', body);
      return { by, answer };
    }),
  );
  const told = JSON.stringify(answers.map(({ answer }) => answer.status));
  const [winner, ...more] = answers.filter(({ answer }) => answer.status === 201);
  expect(more.length, told).toBe(0);
  if (!winner) throw new Error(`Nobody has won: ${told}`);
  const { body: entry } = winner.answer;
  const { id, sentAt } = entry;
  for (const { answer } of answers) {
    if (answer === winner.answer) continue;
    expect(answer).toMatchObject({
      status: 409,
      body: {
        code: 'already_in_inbox',
        at: sentAt,
        by: { id: winner.by.id, name: winner.by.name },
        current: { id },
      },
    });
  }
  await expectOnce(track, entry, winner.by.id, 1);
}

/** IB-04: its owner completes the entry and closes the case at once, while others close the case with what waits. */
async function raceClosing(track: Track, entry: InboxEntry, caseId: string, round: number): Promise<void> {
  const { racers, administrator } = track;
  const owner = racers[round % racers.length] ?? racers[0];
  if (!owner) throw new Error('Nobody races.');
  expect((await act(owner.caller, 'take', entry)).status).toBe(200);
  const { body: record } = await administrator.get<{ version: string }>(`/v1/cases/${caseId}`);
  const closure = { reason: 'resolved', note: 'Done.' };
  const answers = await Promise.all(
    racers.flatMap(({ caller }) => [
      act(caller, 'complete', entry, { closeCase: closure }),
      caller.post(`/v1/cases/${caseId}/close`, { ...closure, completeEntry: true }, record),
    ]),
  );
  const told = JSON.stringify(answers.map(({ status, body }) => [status, (body as { code?: string }).code]));
  expect(
    answers.filter(({ status }) => status === 200),
    told,
  ).toHaveLength(1);
  for (const { status } of answers) expect([200, 403, 404, 409, 410, 412], told).toContain(status);
  const { body } = await administrator.get<{ status: string }>(`/v1/cases/${caseId}`);
  expect(body.status).toBe('closed');
  await expectOnce(track, entry, owner.id, 3);
}

/** IB-25: somebody is taken out of the inbox while they take what waits there, or take back that they sent it on. */
async function raceLeaving(track: Track, entry: InboxEntry, round: number): Promise<void> {
  const { racers, administrator, inbox, elsewhere } = track;
  const [leaver] = racers;
  if (!leaver) throw new Error('Nobody races.');
  const undoes = round % 4 > 1;
  if (undoes) {
    expect((await act(leaver.caller, 'take', entry)).status).toBe(200);
    const on = { inboxId: elsewhere[0]?.id, message: 'On to you.' };
    expect((await act(leaver.caller, 'forward', entry, on)).status).toBe(200);
  }
  const path = `/v1/inboxes/${inbox.id}`;
  const { body: before } = await administrator.get<Inbox>(path);
  const members = (before.members ?? []).map(({ person, rights }) => ({ personId: person.id, rights }));
  const others = members.filter(({ personId }) => personId !== leaver.id);
  const [answer, left] = await Promise.all([
    act(leaver.caller, undoes ? 'undo' : 'take', entry),
    administrator.patch<Inbox>(path, { members: others }, before),
  ]);
  expect(left.status).toBe(200);
  expect([200, 404]).toContain(answer.status);
  // Whichever came first, nobody owns what is in an inbox they have left.
  const { body } = await administrator.get<InboxEntry>(`/v1/inbox-entries/${entry.id}`);
  expect(body.owner, JSON.stringify([undoes, answer.status])).toBeNull();
  expect((await administrator.patch(path, { members }, left.body)).status).toBe(200);
}
