import { afterEach, describe, expect, it } from 'vitest';

import { BackendMistakes, chooseBackend } from '../../server/backends/open-backend.js';
import { dayOf, instantOf, theirDate, type DateForm } from '../../server/backends/mapped-rest/dates.js';
import { nextLink } from '../../server/backends/mapped-rest/pages.js';
import { at } from '../../server/backends/mapped-rest/pointers.js';
import { fillBody, fillPath } from '../../server/backends/mapped-rest/templates.js';
import {
  aTicket,
  mappingText,
  secretsFor,
  ticketsWorld,
  type TicketsWorld,
} from './support/tickets-world.js';

let world: TicketsWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const nowhere = 'http://127.0.0.1:9/v2';

async function mistakesOf(text: string, secrets = secretsFor(nowhere)): Promise<readonly string[]> {
  const source = { kind: 'mapped-rest', name: 'my.json', text, at: [] } as const;
  try {
    await chooseBackend(source, { secrets });
  } catch (error) {
    if (error instanceof BackendMistakes) return error.mistakes;
    throw error;
  }
  return [];
}

/** The mapping of the demonstration with one text replaced, and the line on which that stands. */
function changed(from: string, to: string): { readonly text: string; readonly line: number } {
  const place = mappingText.indexOf(from);
  expect(place).toBeGreaterThan(-1);
  return {
    text: mappingText.replace(from, to),
    line: mappingText.slice(0, place).split('\n').length,
  };
}

describe('what is wrong with a mapping', () => {
  it('is nothing with that of the demonstration', async () => {
    expect(await mistakesOf(mappingText)).toEqual([]);
  });

  it.each([
    [
      '"path": "/tickets/{id}", "record": "ticket"',
      '"path": "tickets/{id}", "record": "ticket"',
      '"cases.get.path" must be a path that begins with /',
    ],
    ['"style": "offset"', '"style": "ofset"', '"cases.list.page'],
    ['"epoch-seconds"', '"epoch-weeks"', '"dates"'],
    ['"subject": "title"', '"subject": 7', '"cases.fields.subject" must be a place such as "account.id"'],
    ['"fields": { "at": "problem.attributes"', '"fields": { "att": "problem.attributes"', '"errors.fields'],
    ['"lists": "comma"', '"list": "comma"', '"cases.list.list" is not known here. Did you mean "lists"?'],
    ['"stale_lock": "version_conflict"', '"stale_lock": "conflict"', '"errors.codes.stale_lock" must be '],
  ])('is said with its line: %s', async (from, to, words) => {
    const { text, line } = changed(from, to);
    const mistakes = await mistakesOf(text);
    expect(mistakes.join('\n')).toContain(`my.json, line ${line}: ${words}`);
  });

  it('is said of what is missing, on the line of what it is missing from', async () => {
    const { line } = changed('"get": { "path": "/tickets/{id}", "record": "ticket" }', '');
    const missing = mappingText.replace(
      '"get": { "path": "/tickets/{id}", "record": "ticket" }',
      '"get": { "record": "ticket" }',
    );
    expect(await mistakesOf(missing)).toEqual([`my.json, line ${line}: "cases.get.path" is missing.`]);
  });

  it('is all of it, at once', async () => {
    const text = mappingText
      .replace('"name": "Pigeonhole"', '"name": ""')
      .replace('"lists": "comma"', '"lists": "semicolon"');
    expect(await mistakesOf(text)).toHaveLength(2);
  });

  it('is where JSON breaks, without a word of what stands there', async () => {
    const { text, line } = changed('"X-Api-Key": {', '"X-Api-Key": hunter2 {');
    expect(await mistakesOf(text)).toEqual([`my.json is not JSON: look at line ${line}.`]);
    expect(await mistakesOf('')).toEqual(['my.json is not JSON: look at line 1.']);
    expect(await mistakesOf('[1]')).toHaveLength(1);
  });

  it('is a secret that is not there, by its name alone', async () => {
    const secrets = {
      env: (name: string) => (name === 'PIGEONHOLE_URL' ? nowhere : undefined),
      file: () => undefined,
    };
    const { line } = changed('"env": "PIGEONHOLE_KEY"', '');
    expect(await mistakesOf(mappingText, secrets)).toEqual([
      `my.json, line ${line}: The environment has no PIGEONHOLE_KEY.`,
    ]);
  });

  it('is never a secret itself', async () => {
    const secrets = { env: () => 'hunter2', file: () => 'hunter2' };
    const mistakes = await mistakesOf(mappingText, secrets);
    expect(mistakes).toEqual([expect.stringContaining('"baseUrl" must be an http or https address')]);
    expect(mistakes.join()).not.toContain('hunter2');
  });

  it('is somebody whom the API would not be told of', async () => {
    const { text, line } = changed(
      '"headers": { "X-Acting-For": "staff:{email}" }',
      '"headers": { "X-Acting-For": "staff:everybody" }',
    );
    expect((await mistakesOf(text)).join()).toMatch(
      new RegExp(`line ${line - 1}: "actors.agents" must tell the API who acts`),
    );
  });

  it('reads secrets out of files, and leaves bodies alone', async () => {
    const asked: string[] = [];
    const secrets = {
      env: (name: string) => secretsFor(nowhere).env(name),
      file(path: string) {
        asked.push(path);
        return 'secret\n';
      },
    };
    const text = mappingText
      .replace('{ "env": "PIGEONHOLE_KEY" }', '{ "file": "/run/secrets/key" }')
      .replace(
        '"body": { "body_text": "{text}", "is_private": false }',
        '"body": { "comment": { "file": "{text}" } }',
      );
    expect(await mistakesOf(text, secrets)).toEqual([]);
    expect(asked).toEqual(['/run/secrets/key']);
  });
});

describe('the styles of pages', () => {
  const tickets = Array.from({ length: 23 }, (_, index) => ({
    ticket_no: index + 1,
    title: `Ticket ${index + 1}`,
    state: 'new',
    account_no: 1018,
  }));
  const size = 5;
  const slice = (from: number) => tickets.slice(from, from + size);

  it.each<[string, object, (query: URLSearchParams) => Response]>([
    [
      'page',
      { style: 'page', parameter: 'p', first: 0, most: size },
      (query) => Response.json({ results: slice(Number(query.get('p')) * size) }),
    ],
    [
      'page with a total',
      { style: 'page', parameter: 'p', size: 'n', most: size },
      (query) =>
        Response.json({ results: slice((Number(query.get('p')) - 1) * size), paging: { total_rows: 23 } }),
    ],
    [
      'cursor',
      { style: 'cursor', parameter: 'after', next: 'next', most: size },
      (query) => {
        const from = Number((query.get('after') ?? 'c0').slice(1));
        return Response.json({ results: slice(from), next: from + size < 23 ? `c${from + size}` : null });
      },
    ],
    [
      'link',
      { style: 'link', most: size },
      (query) => {
        const from = Number(query.get('from') ?? 0);
        const link = `<../v2/tickets?from=0>; rel="prev", </v2/tickets?from=${from + size}&more=1>; rel="next"`;
        return Response.json({ results: slice(from) }, { headers: from + size < 23 ? { link } : {} });
      },
    ],
    ['none', { style: 'none' }, () => Response.json({ results: tickets })],
  ])('%s: all there is, each once', async (_name, page, answer) => {
    world = await ticketsWorld([], { 'cases.sorts': undefined, 'cases.list.page': page }, async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      return pathname === '/v2/tickets' ? answer(searchParams) : undefined;
    });
    for (const limit of [3, 5, 7, 100]) {
      const ids: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const place: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const { status, body } = await world.as('nadia', 'GET', `/cases?limit=${limit}${place}`);
        expect(status).toBe(200);
        ids.push(...body.items.map(({ id }) => id));
        cursor = body.next;
      }
      expect(ids).toEqual(tickets.map(({ ticket_no }) => String(ticket_no)));
    }
  });

  it('finds the next page among the links', () => {
    expect(nextLink('<a>; rel="first", <b>; title="x"; rel="last next"')).toBe('b');
    expect(nextLink('<a>; rel=next')).toBe('a');
    expect(nextLink('<a>; rel="nextish"')).toBeNull();
    expect(nextLink(null)).toBeNull();
  });
});

describe('the version by entity tag', () => {
  it('is sent with the write, and a list that knows none still guards', async () => {
    const ticket = aTicket(1);
    const sent: (string | null)[] = [];
    const tagged = async (request: Request) => {
      const { pathname } = new URL(request.url);
      if (pathname !== '/v2/tickets/1') return undefined;
      if (request.method === 'PATCH') {
        sent.push(request.headers.get('if-match'));
        if (request.headers.get('if-match') !== `W/"t-${ticket.lock}"`)
          return new Response('{}', { status: 412 });
        ticket.lock += 1;
        ticket.severity = 3;
        ticket.changedOn += 1;
      }
      const body = {
        ticket: {
          ticket_no: 1,
          state: 'new',
          account_no: 1018,
          title: ticket.title,
          severity: ticket.severity,
        },
      };
      return Response.json(body, { headers: { etag: `W/"t-${ticket.lock}"` } });
    };
    world = await ticketsWorld([ticket], { version: 'etag' }, tagged);
    const { body } = await world.as('nadia', 'GET', '/cases/1');
    expect(body.version).toBe('t-1');
    expect((await world.as('nadia', 'PATCH', '/cases/1', { priority: 'low' }, 't-1')).body).toMatchObject({
      version: 't-2',
    });
    expect(sent).toEqual(['W/"t-1"']);
    expect((await world.as('nadia', 'PATCH', '/cases/1', { priority: 'low' }, 't-1')).body.code).toBe(
      'version_conflict',
    );
    expect(sent).toHaveLength(1);
  });
});

describe('dates', () => {
  const berlin: DateForm = { format: 'dd.MM.yyyy HH:mm', zone: 'Europe/Berlin' };
  it.each<[DateForm, unknown, string | null]>([
    ['iso', '2026-03-01T10:00:00+02:00', '2026-03-01T08:00:00.000Z'],
    ['iso', '2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['epoch-seconds', 1_780_000_000, '2026-05-28T20:26:40.000Z'],
    ['epoch-seconds', '1780000000', '2026-05-28T20:26:40.000Z'],
    ['epoch-milliseconds', 1_780_000_000_123, '2026-05-28T20:26:40.123Z'],
    [berlin, '28.05.2026 22:26', '2026-05-28T20:26:00.000Z'],
    [berlin, '31.02.2026 10:00', null],
    ['iso', 'yesterday', null],
    ['epoch-seconds', null, null],
    ['epoch-seconds', '', null],
  ])('%j reads %j as %s', (form, value, expected) => {
    expect(instantOf(value, form)).toBe(expected);
  });

  it('writes moments and days as the API has them', () => {
    expect(theirDate('2026-05-28T20:26:00.000Z', berlin)).toBe('28.05.2026 22:26');
    expect(theirDate('2026-05-28', 'epoch-seconds')).toBe(1_779_926_400);
    expect(theirDate('2026-05-28', 'iso')).toBe('2026-05-28');
    expect(theirDate('2026-12-24', { format: 'yyyyMMdd' })).toBe('20261224');
  });

  it('moves no deadline by a day, wherever the API stands', () => {
    expect(dayOf('2026-05-28T00:00:00+13:00', 'iso')).toBe('2026-05-28');
    expect(dayOf('2026-05-28T23:59:00-11:00', 'iso')).toBe('2026-05-28');
    expect(dayOf('28.05.2026 00:00', berlin)).toBe('2026-05-28');
    expect(dayOf('20260528', { format: 'yyyyMMdd' })).toBe('2026-05-28');
  });
});

describe('pointers and templates', () => {
  it('find a value by dots or slashes', () => {
    const value = { a: { b: [{ 'c/d': 7 }] }, 'x.y': 1 };
    expect(at(value, 'a.b.0.c/d')).toBe(7);
    expect(at(value, '/a/b/0/c~1d')).toBe(7);
    expect(at(value, '/x.y')).toBe(1);
    expect(at(value, '')).toBe(value);
    expect(at(value, 'a.constructor')).toBeUndefined();
  });

  it('leave out what has no value, keep null, and encode paths', () => {
    const body = { ticket: { a: '{a}', b: '{b}', c: '{c}', d: 'x {a}', e: { f: '{b}' }, g: true } };
    expect(fillBody(body, { a: 1, c: null })).toEqual({ ticket: { a: 1, c: null, d: 'x 1', g: true } });
    expect(fillPath('/t/{id}', { id: '../a b' })).toBe('/t/..%2Fa%20b');
    expect(fillPath('/t/{id}', {})).toBeUndefined();
  });
});
