import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';

import type { CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Settings } from '../../src/contract/settings.js';
import { aTenant, type Caller, type TestTenant } from '../support/app.js';
import { sampleCases } from '../support/sample-tenant.js';
import { theApp } from '../support/shared-app.js';

let sample: TestTenant;

beforeAll(async () => {
  sample = await aTenant(await theApp(), { cases: sampleCases ?? [] });
});

async function fileOf(query = '', by: Caller = sample.administrator, headers: Record<string, string> = {}) {
  const response = await by.raw('GET', `/v1/cases/export?${query}`, { headers });
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(response.status, new TextDecoder().decode(bytes)).toBe(200);
  return { response, bytes, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) };
}

/** The rows of an export as a reader of RFC 4180 takes them, the headings first. */
async function table(query = '', by?: Caller, headers?: Record<string, string>): Promise<string[][]> {
  const { text } = await fileOf(query, by, headers);
  return parse(text, { bom: true, recordDelimiter: '\r\n' });
}

async function idsOfList(query: string, by: Caller): Promise<string[]> {
  const ids: string[] = [];
  for (let next: string | null = ''; next !== null;) {
    const { body }: { body: Page<CaseSummary> } = await by.get<Page<CaseSummary>>(
      `/v1/cases?limit=100&${query}${next === '' ? '' : `&cursor=${next}`}`,
    );
    ids.push(...body.items.map(({ id }) => id));
    next = body.next;
  }
  return ids;
}

describe('the export of a list', () => {
  it('is a download in UTF-8 that spreadsheets know as such, named by the day', async () => {
    const { response, bytes, text } = await fileOf();
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="casement-cases-\d{4}-\d\d-\d\d\.csv"/,
    );
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.endsWith('\r\n')).toBe(true);
  });

  it.each(['administrator', 'agent', 'technician'] as const)(
    'CC-14 holds for %s exactly what the list holds, in its order',
    async (who) => {
      for (const query of [
        '',
        'status=open',
        'sort=deadline',
        'sort=-priority&status=open&status=closed',
        'q=line',
        'tag=refund&type=billing',
        'dueAfter=2025-01-01&dueBy=2025-12-31',
        'customerId=cust_aldermill&sort=number',
        'q=nothing-of-the-kind',
      ]) {
        const [, ...rows] = await table(`${query}&columns=id`, sample[who]);
        expect(rows.flat(), query).toEqual(await idsOfList(query, sample[who]));
      }
    },
  );

  it('shows one who sees little only that', async () => {
    const [, ...all] = await table('columns=subject');
    const [, ...few] = await table('columns=subject', sample.technician);
    expect(all).toHaveLength(4);
    expect(few).toHaveLength(3);
    const { text } = await fileOf('', sample.technician);
    expect(text).not.toContain('Charged twice');
  });

  it('writes labels, names and moments as the reader’s clock says', async () => {
    const columns =
      'number|subject|status|type|priority|deadline|contactMethod|tags|assignee|created|replies';
    const query = columns.split('|').map((name) => `columns=${name}`);
    const rows = await table(`q=charged&timeZone=Asia/Kolkata&${query.join('&')}`);
    expect(rows).toEqual([
      [
        'Number',
        'Subject',
        'Status',
        'Type',
        'Priority',
        'Deadline',
        'Contact method',
        'Tags',
        'Assignee',
        'Added',
        'Replies',
      ],
      [
        expect.stringMatching(/^\d+$/) as string,
        'Charged twice for the February line rental',
        'Open',
        'Billing',
        'High',
        '2025-03-01',
        'Phone',
        'refund; february',
        'Mara Lindqvist',
        '2025-02-10 14:42',
        '1',
      ],
    ]);
  });

  it('knows the summer time of a place', async () => {
    const own = await aTenant(await theApp(), {
      cases: ['2025-03-29T23:30:00Z', '2025-03-30T23:30:00Z', '2025-06-30T23:00:00Z'].map(
        (createdAt, index) => ({
          externalReference: `T-${index}`,
          customerId: 'cust_aldermill',
          subject: `${index}`,
          description: 'x',
          type: 'billing',
          createdAt,
        }),
      ),
    });
    const [, ...rows] = await table('sort=created&columns=created&timeZone=Europe/Rome', own.administrator);
    expect(rows.flat()).toEqual(['2025-03-30 00:30', '2025-03-31 01:30', '2025-07-01 01:00']);
  });

  it.each([
    ['de', 'Betreff', 'Offen'],
    ['fr-CA', 'Objet', 'Ouvert'],
    ['es, en;q=0.5', 'Asunto', 'Abierto'],
    ['en;q=0.2, it;q=0.9', 'Oggetto', 'Aperto'],
    ['ar', 'الموضوع', 'مفتوحة'],
    ['xx', 'Subject', 'Open'],
    ['__proto__', 'Subject', 'Open'],
    ['de;q=0', 'Subject', 'Open'],
  ])('has the headings of %s', async (language, subject, open) => {
    const rows = await table('status=open&columns=subject&columns=status', sample.agent, {
      'accept-language': language,
    });
    expect(rows[0]?.[0]).toBe(subject);
    expect(rows[1]?.[1]).toBe(open);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30 1', "'+49 30 1"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['=HYPERLINK("http://evil.example","click")', `'=HYPERLINK("http://evil.example","click")`],
    ['a=b', 'a=b'],
    ['one, "two"; three', 'one, "two"; three'],
    ["'quoted'", "'quoted'"],
    ['日本語 👩‍👩‍👧 ñ العربية', '日本語 👩‍👩‍👧 ñ العربية'],
    ['DROP TABLE cases; --', 'DROP TABLE cases; --'],
  ])('keeps %j in its cell, never a formula', async (subject, expected) => {
    const own = await aTenant(await theApp());
    await own.aCase({ subject, tags: [subject.slice(0, 40)] });
    const [, row] = await table('columns=subject&columns=tags&columns=status', own.agent);
    const tag = subject.slice(0, 40);
    expect(row).toEqual([expected, /^[=+\-@]/.test(tag) ? `'${tag}` : tag, 'Open']);
  });

  it('keeps line breaks and tabs of names inside their cell', async () => {
    const name = '\t=cmd|x,\r\n"Ünal"\n& Co';
    const own = await aTenant(await theApp(), { customers: [{ id: 'cust_odd', name }] });
    const made = await own.aCase({ customerId: 'cust_odd' }, own.administrator);
    const [, ...rows] = await table('customerId=cust_odd&columns=customer&columns=id', own.administrator);
    expect(rows).toContainEqual([`'${name}`, made.id]);
  });

  it('CC-21 names nobody who has left', async () => {
    const own = await aTenant(await theApp(), {
      cases: [
        {
          externalReference: 'F-1',
          customerId: 'cust_aldermill',
          assigneeId: 'person_former',
          createdBy: 'person_former',
          subject: 'Old',
          description: 'x',
          type: 'billing',
          createdAt: '2020-01-01T00:00:00Z',
        },
      ],
    });
    const [, row] = await table('columns=assignee&columns=createdBy', own.agent);
    expect(row).toEqual(['former user', 'former user']);
  });

  it('CC-08 finds a retired type and calls it by its label', async () => {
    const own = await aTenant(await theApp());
    await own.aCase({ type: 'complaint' });
    const { body: settings } = await own.administrator.get<Settings>('/v1/settings');
    const caseTypes = settings.caseTypes.map((type) =>
      type.id === 'complaint' ? { ...type, retired: true } : type,
    );
    await own.administrator.patch('/v1/settings', { caseTypes }, settings);
    const [, ...rows] = await table('type=complaint&columns=type', own.agent);
    expect(rows).toEqual([['Complaint']]);
  });

  it.each(['finance', 'customer', 'outsider'] as const)('is not for %s', async (who) => {
    const answer = await sample[who].get<Problem>('/v1/cases/export');
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden', rule: 'cases.export' } });
    const { body } = await sample[who].get<{ permissions: object }>('/v1/session');
    expect(body.permissions).toMatchObject({ exportCases: { allowed: false, rule: 'cases.export' } });
  });

  it.each([
    ['columns=password', 'columns'],
    ['columns=subject&columns=__proto__', 'columns'],
    ['timeZone=Mars/Olympus', 'timeZone'],
    ['timeZone=', 'timeZone'],
    ['cursor=x', 'cursor'],
    ['limit=5', 'limit'],
    ['count=true', 'count'],
    ['raisedAfter=yesterday', 'raisedAfter'],
    ['priority=urgent', 'priority'],
    ['raisedAfter=2025-02-02&raisedBefore=2025-02-01', 'raisedBefore'],
  ])('refuses %s before a byte of it is sent', async (query, field) => {
    const { status, headers, body } = await sample.agent.get<Problem>(`/v1/cases/export?${query}`);
    expect(status).toBe(422);
    expect(headers.get('content-disposition')).toBeNull();
    expect(body.errors).toEqual([expect.objectContaining({ field })]);
  });

  it('CC-04 answers a customer that is not there as the list does', async () => {
    expect((await sample.agent.get('/v1/cases/export?customerId=absent')).status).toBe(404);
  });

  it('answers a HEAD with the headers alone', async () => {
    const response = await sample.agent.raw('HEAD', '/v1/cases/export');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });

  it('streams 5,000 rows piece by piece, each case once', async () => {
    const own = await aTenant(await theApp(), {
      cases: Array.from({ length: 5_000 }, (_, index) => ({
        externalReference: `B-${index}`,
        customerId: 'cust_aldermill',
        subject: `Case ${index}`,
        description: 'x',
        type: 'billing',
        createdAt: new Date(Date.UTC(2024, 0, 1) + (index % 700) * 3_600_000).toISOString(),
      })),
    });
    const response = await own.agent.raw('GET', '/v1/cases/export?sort=created&columns=id&columns=subject');
    let pieces = 0;
    let largest = 0;
    let text = '';
    const decoder = new TextDecoder();
    for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
      pieces += 1;
      largest = Math.max(largest, piece.byteLength);
      text += decoder.decode(piece, { stream: true });
    }
    const [, ...rows] = parse(text, { recordDelimiter: '\r\n' });
    expect(rows).toHaveLength(5_000);
    expect(rows.map(([id]) => id)).toEqual(await idsOfList('sort=created', own.agent));
    expect(pieces).toBeGreaterThan(40);
    expect(largest).toBeLessThan(20_000);
  });
});
