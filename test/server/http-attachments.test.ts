import { beforeAll, describe, expect, it } from 'vitest';

import type { Note } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import { contentDisposition } from '../../server/middleware/content-disposition.js';
import { aNewNote, aTenant, type TestTenant } from '../support/app.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;
const limit = 10 * 1024 * 1024;

beforeAll(async () => {
  tenant = await aTenant(await theApp());
});

function zeroes(bytes: number): ReadableStream<Uint8Array> {
  let left = bytes;
  return new ReadableStream({
    pull(controller) {
      const size = Math.min(left, 64 * 1024);
      if (size === 0) return controller.close();
      left -= size;
      controller.enqueue(new Uint8Array(size));
    },
  });
}

function upload(name: string, body: BodyInit, key = `k-${crypto.randomUUID()}`): Promise<Response> {
  return tenant.agent.raw('POST', `/v1/attachments?name=${encodeURIComponent(name)}`, {
    headers: { 'idempotency-key': key },
    body,
    duplex: 'half',
  } as RequestInit);
}

describe('an upload', () => {
  it('E-LIMIT is stopped at the limit, which it states', async () => {
    const response = await upload('big.zip', zeroes(limit + 1));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'too_large', limit });
  });

  it('may be as large as the limit', async () => {
    const response = await upload('just.zip', zeroes(limit));
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ size: limit });
  });

  it.each(['run.exe', 'page.html', 'drawing.svg', 'no-ending', 'invoice.pdf.js', '.txt.', 'a.htm'])(
    'refuses %s by its type',
    async (name) => {
      const response = await upload(name, 'x');
      expect(response.status).toBe(422);
      expect(((await response.json()) as Problem).errors).toEqual([
        expect.objectContaining({ field: 'name', code: 'blocked_type' }),
      ]);
    },
  );

  it('needs a name of bearable length', async () => {
    for (const query of ['', '?name=', `?name=${'x'.repeat(256)}.txt`, '?name=a.txt&colour=red']) {
      const response = await tenant.agent.raw('POST', `/v1/attachments${query}`, {
        headers: { 'idempotency-key': crypto.randomUUID() },
        body: 'x',
      });
      expect(response.status, query).toBe(422);
    }
  });

  it('is seen by its uploader alone until a note names it', async () => {
    const { body: file } = await tenant.agent.upload('mine.txt', 'mine');
    expect((await tenant.agent.get(`/v1/attachments/${file.id}`)).status).toBe(200);
    expect((await tenant.otherAgent.get(`/v1/attachments/${file.id}`)).status).toBe(404);
    const { id } = await tenant.aCase({ requesterId: 'person_pia' });
    const stolen = await tenant.otherAgent.post<Problem>(
      `/v1/cases/${id}/notes`,
      aNewNote({ attachmentIds: [file.id] }),
    );
    expect(stolen.status).toBe(422);
    const note = await tenant.agent.post<Note>(
      `/v1/cases/${id}/notes`,
      aNewNote({ attachmentIds: [file.id] }),
    );
    expect(note.body.attachments).toEqual([file]);
    expect((await tenant.otherAgent.get(`/v1/attachments/${file.id}`)).status).toBe(200);
  });

  it('CO-19 on an internal note is hidden from customers, its bytes too', async () => {
    const { id } = await tenant.aCase({ requesterId: 'person_pia' });
    const { body: hidden } = await tenant.agent.upload('internal.txt', 'internal');
    const { body: shown } = await tenant.agent.upload('public.txt', 'public');
    await tenant.aNote(id, { attachmentIds: [hidden.id] });
    await tenant.aNote(id, { attachmentIds: [shown.id], visibility: 'public' });
    for (const path of ['', '/content']) {
      expect((await tenant.customer.get(`/v1/attachments/${hidden.id}${path}`)).status).toBe(404);
      expect((await tenant.customer.get(`/v1/attachments/${shown.id}${path}`)).status).toBe(200);
      expect((await tenant.outsider.get(`/v1/attachments/${shown.id}${path}`)).status).toBe(404);
    }
  });
});

describe('a download', () => {
  it('is a download and nothing else', async () => {
    const { body } = await tenant.agent.upload('photo.png', '<script>alert(1)</script>');
    const response = await tenant.agent.raw('GET', `/v1/attachments/${body.id}/content`);
    const { headers } = response;
    expect(headers.get('content-type')).toBe('image/png');
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="photo.png"; filename*=UTF-8''photo.png`,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('cache-control')).toBe('no-store, private');
    expect(headers.get('content-length')).toBe('25');
    await response.body?.cancel();
  });

  it.each([
    [
      'naïve résumé.pdf',
      `attachment; filename="na_ve r_sum_.pdf"; filename*=UTF-8''na%C3%AFve%20r%C3%A9sum%C3%A9.pdf`,
    ],
    ['a"b\\c.txt', `attachment; filename="a_b_c.txt"; filename*=UTF-8''a%22b%5Cc.txt`],
    [
      'x\r\nSet-Cookie: a=b.txt',
      `attachment; filename="x__Set-Cookie: a=b.txt"; filename*=UTF-8''x%0D%0ASet-Cookie%3A%20a%3Db.txt`,
    ],
    ["it's (1)*.txt", `attachment; filename="it's (1)*.txt"; filename*=UTF-8''it%27s%20%281%29%2A.txt`],
    [
      '../../etc/passwd.txt',
      `attachment; filename=".._.._etc_passwd.txt"; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd.txt`,
    ],
    ['50%.txt', `attachment; filename="50_.txt"; filename*=UTF-8''50%25.txt`],
    ['猫🐈.txt', `attachment; filename="__.txt"; filename*=UTF-8''%E7%8C%AB%F0%9F%90%88.txt`],
  ])('keeps the name %j inside its header', (name, header) => {
    expect(contentDisposition(name)).toBe(header);
    expect(() => new Headers({ 'content-disposition': header })).not.toThrow();
  });

  it.each([
    '../../etc/passwd.txt',
    'a"b\\c.txt',
    '猫🐈.txt',
    'x\r\nSet-Cookie: a=b.txt',
    `${'é'.repeat(120)}.txt`,
  ])('of a file sent as %j is safe, whatever it is called', async (name) => {
    const { status, body } = await tenant.agent.upload(name, 'x');
    if (status === 422) return expect(body.errors?.[0]?.field).toBe('name');
    expect(status).toBe(201);
    const response = await tenant.agent.raw('GET', `/v1/attachments/${body.id}/content`);
    expect(response.status).toBe(200);
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(response.headers.get('content-disposition')).toBe(contentDisposition(body.name));
    expect(body.name).not.toMatch(/[/\\\r\n]/);
    expect(await response.text()).toBe('x');
  });
});
