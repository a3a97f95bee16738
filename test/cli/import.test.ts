import { copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Case, CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import { Caller } from '../support/app.js';
import { command } from '../support/casement-command.js';
import {
  administratorToken,
  aDataFolder,
  casement,
  serve,
  type ServerProcess,
} from '../support/casement-program.js';

const demo = join(import.meta.dirname, '../../demo/import');
const map = join(demo, 'nyc-311.map.json');

let folder: Awaited<ReturnType<typeof aDataFolder>>;
let data: string;
let server: ServerProcess;

beforeAll(async () => {
  folder = await aDataFolder();
  data = join(folder.path, 'data');
  server = await serve(data);
});

afterAll(async () => {
  server.child.kill('SIGTERM');
  await server.ended;
  await folder.remove();
});

async function administrator(tenant: string): Promise<Caller> {
  const token = await administratorToken(data, tenant);
  return new Caller(
    (request) => fetch(new URL(request.url.replace('http://test.local', server.url)), request),
    token,
  );
}

const importOf = (file: string, mapFile: string, tenant: string) =>
  ['import', file, '--map', mapFile, '--tenant', tenant, '--data', data] as const;

/** By the program itself, as people do. */
const importingByProgram = (...asked: Parameters<typeof importOf>) => casement(importOf(...asked));
const importing = (...asked: Parameters<typeof importOf>) => command(importOf(...asked));

async function caseOf(caller: Caller, reference: string, query: string): Promise<Case> {
  const list = await caller.get<Page<CaseSummary>>(`/v1/cases?limit=100&${query}`);
  for (const { id } of list.body.items) {
    const { body } = await caller.get<Case>(`/v1/cases/${id}`);
    if (body.externalReference === reference) return body;
  }
  throw new Error(`No case ${reference}.`);
}

describe('casement import', { timeout: 120_000 }, () => {
  it('takes over 2,000 real requests beside a running server, and twice changes nothing', async () => {
    const file = join(folder.path, 'requests.csv');
    await copyFile(join(demo, 'nyc-311-requests.csv'), file);
    const first = await importingByProgram(file, map, 'city');
    expect(first).toMatchObject({ code: 0, out: '2000 created, 0 unchanged, 0 rejected\n' });
    const again = await importing(file, map, 'city');
    expect(again).toMatchObject({ code: 0, out: '0 created, 2000 unchanged, 0 rejected\n' });
    await expect(stat(join(folder.path, 'requests.rejected.csv'))).rejects.toThrow();

    const caller = await administrator('city');
    const total = async (query: string) =>
      (await caller.get<Page<CaseSummary>>(`/v1/cases?count=true&limit=1&${query}`)).body.total;
    expect(await total('')).toBe(2000);
    expect(await total('status=open')).toBe(230);
    expect(await total('status=closed')).toBe(1770);

    // The file's first row, 3/14/2025 1:20 in New York, in summer time.
    const summer = await caseOf(
      caller,
      '64345465',
      'raisedAfter=2025-03-14T05:20:00Z&raisedBefore=2025-03-14T05:21:00Z',
    );
    expect(summer).toMatchObject({
      status: 'open',
      subject: 'Neglected',
      customer: { name: '05 BROOKLYN' },
      organisation: { name: 'BROOKLYN' },
      department: { name: 'NYPD' },
      closure: null,
    });
    expect(Date.parse(summer.createdAt ?? '')).toBe(Date.parse('2025-03-14T05:20:00Z'));
    expect(summer.description).toContain('Location type: Residential Building/House');
    expect(summer.description).not.toMatch(/: *$/m);
    const { body: settings } = await caller.get<{ caseTypes: { id: string; label: string }[] }>(
      '/v1/settings',
    );
    expect(settings.caseTypes.find(({ id }) => id === summer.type)?.label).toBe('Animal-Abuse');

    const closed = await caller.get<Page<CaseSummary>>('/v1/cases?status=closed&sort=created&limit=1');
    const { body: winter } = await caller.get<Case>(`/v1/cases/${closed.body.items[0]?.id}`);
    const row = (await readFile(file, 'utf8'))
      .split(/\r?\n/)
      .find((line) => line.startsWith(`${winter.externalReference},`));
    const [, date = '', hour = '', minute = ''] = /^\d+,(\d+\/\d+\/2025) (\d+):(\d+)/.exec(row ?? '') ?? [];
    const [month = '', day = ''] = date.split('/');
    // Winter time: five hours behind.
    expect(Date.parse(winter.createdAt ?? '')).toBe(
      Date.UTC(2025, Number(month) - 1, Number(day), Number(hour) + 5, Number(minute)),
    );
    expect(winter.closure?.reason).toBeTruthy();
    expect(winter.closure?.note).toContain('Closed by the agency');
    const { body: history } = await caller.get<Page<TimelineEntry>>(`/v1/cases/${winter.id}/timeline`);
    expect(history.items.map(({ kind }) => kind)).toEqual(['closure', 'creation']);
  });

  it('puts bad rows into a report, with line, reference and reason, while the good ones go in', async () => {
    const file = join(folder.path, 'bad.csv');
    const heading =
      'Unique Key,Created Date,Closed Date,Agency,Agency Name,Complaint Type,Descriptor,Location Type,Status,Due Date,Resolution Action Updated Date,Community Board,Borough';
    const row = (change: Partial<Record<'key' | 'date' | 'status' | 'subject', string>> = {}) =>
      [
        change.key ?? '1',
        change.date ?? '3/1/2025 9:00',
        '',
        'DPR',
        'Parks',
        'Animal in a Park',
        change.subject ?? 'Dog',
        'Park',
        change.status ?? 'In Progress',
        ',,01 BRONX,BRONX',
      ].join(',');
    const lines = [
      heading,
      row({ key: '1' }),
      row({ key: '2', date: '13/45/2025 9:00' }),
      row({ key: '' }),
      `${row({ key: '3' })},too,many`,
      row({ key: '4', status: 'Vanished' }),
      row({ key: '5', subject: 'x'.repeat(300) }),
      row({ key: '6', subject: '"a ""quoted"" dog, with commas\nand a second line"' }),
      row({ key: '=7', date: '' }),
      row({ key: '8' }),
      row({ key: '8' }),
    ];
    await writeFile(file, `\ufeff${lines.join('\r\n')}\r\n`);
    const { code, out } = await importing(file, map, 'holes');
    expect(code).toBe(0);
    expect(out).toMatch(/^3 created, 1 unchanged, 6 rejected\nRejected rows are in .*bad\.rejected\.csv/);
    const report = (await readFile(join(folder.path, 'bad.rejected.csv'), 'utf8')).trim().split('\n');
    expect(report[0]).toBe('line,reference,reason');
    const reasons: Record<string, string> = Object.fromEntries(
      report.slice(1).map((line) => [line.split(',')[0] ?? '', line]),
    );
    expect(reasons['3']).toMatch(/^3,2,.*13\/45\/2025 9:00.* is not a date/);
    expect(reasons['4']).toMatch(/^4,,no reference/);
    expect(reasons['5']).toMatch(/^5,,15 columns instead of 13/);
    expect(reasons['6']).toMatch(/^6,4,the status is not in the map/);
    expect(reasons['7']).toMatch(/^7,5,/);
    expect(reasons['10']).toMatch(/^10,'=7,no Created Date/);
    expect(Object.keys(reasons)).toHaveLength(6);

    const { body } = await (await administrator('holes')).get<Page<CaseSummary>>('/v1/cases?q=quoted');
    expect(body.items.map(({ subject }) => subject)).toEqual([
      'a "quoted" dog, with commas and a second line',
    ]);
  });

  it('refuses a file or map it cannot use before anything starts', async () => {
    const mapWith = async (name: string, change: (map: { fields: Record<string, unknown> }) => void) => {
      const json = JSON.parse(await readFile(map, 'utf8')) as { fields: Record<string, unknown> };
      change(json);
      const file = join(folder.path, name);
      await writeFile(file, JSON.stringify(json));
      return file;
    };
    const csv = join(demo, 'nyc-311-requests.csv');
    const unknown = await mapWith(
      'unknown.json',
      ({ fields }) => (fields['customer'] = { column: 'Client' }),
    );
    const first = await importing(csv, unknown, 'refused');
    expect(first.code).toBe(1);
    expect(first.err).toContain('The file has no column "Client"');
    expect(first.err).toContain('The map says nothing about the column "Community Board"');

    const broken = await mapWith('broken.json', ({ fields }) => {
      delete fields['subject'];
      fields['closureReason'] = { wrong: 1 };
    });
    const second = await importing(csv, broken, 'refused');
    expect(second.code).toBe(1);
    expect(second.err).toMatch(/fields\.subject: .*\n.*fields\.closureReason: /);

    const third = await importing(join(folder.path, 'absent.csv'), map, 'refused');
    expect(third).toMatchObject({ code: 1, err: expect.stringContaining('cannot be read') as string });
    const empty = join(folder.path, 'empty.csv');
    await writeFile(empty, '');
    expect(await importing(empty, map, 'refused')).toMatchObject({ code: 1 });

    const caller = await administrator('refused');
    expect((await caller.get<Page<Case>>('/v1/cases?count=true')).body.total).toBe(0);
  });
});
