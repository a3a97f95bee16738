import { readFile } from 'node:fs/promises';

import { afterEach, describe, expect, it } from 'vitest';

import { chooseBackend } from '../../server/backends/open-backend.js';
import { signToken } from '../../server/sign-token.js';
import { aTicket, ticketsWorld, type TicketsWorld } from './support/tickets-world.js';

let world: TicketsWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

/** The ticket system with files besides: what was uploaded, by number. */
async function withFiles(as: 'multipart' | 'raw') {
  const files: { name: string; text: string; by: string | null }[] = [];
  const notes: unknown[] = [];
  const opened = await ticketsWorld(
    [aTicket(1)],
    {
      attachments: {
        upload: { path: '/files', id: 'file.no', as, field: as === 'raw' ? 'filename' : 'file' },
        get: { path: '/files/{id}' },
        download: '/files/{id}/bytes',
        fields: { id: 'no', name: 'name', size: 'bytes' },
      },
      'ids.attachment': { as: 'number', prefix: 'file-' },
      'notes.reply.body.files': '{attachmentIds}',
    },
    async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      const by = request.headers.get('x-acting-for');
      if (pathname.endsWith('/comments') && request.method === 'POST')
        notes.push(await request.clone().json());
      if (!pathname.startsWith('/v2/files')) return undefined;
      if (request.method === 'POST') {
        const form = as === 'multipart' ? await request.formData() : undefined;
        const part = form?.get('file') as File | undefined;
        const text = part ? await part.text() : await request.text();
        files.push({ name: part?.name ?? searchParams.get('filename') ?? '', text, by });
        return Response.json({ file: { no: files.length } }, { status: 201 });
      }
      const found = files[Number(/\d+/.exec(pathname.slice(9))?.[0]) - 1];
      if (found?.by !== by) return Response.json({}, { status: 404 });
      return pathname.endsWith('/bytes')
        ? new Response(found?.text)
        : Response.json({ no: 1, name: found?.name, bytes: found?.text.length });
    },
  );
  world = opened;
  const headersOf = async (sub: string) => {
    const claims = {
      sub,
      tenant: 'default',
      kind: 'agent',
      email: `${sub}@larkwell.example`,
      roles: ['customer-service'],
    } as const;
    const token = await signToken(claims, { secret: 'a secret that only the tests know, 32+' });
    return { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID() };
  };
  const upload = async (name: string, text: string) =>
    opened.app.request(`/v1/attachments?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { ...(await headersOf('nadia')), 'content-type': 'application/octet-stream' },
      body: text,
    });
  return { ...opened, files, notes, upload, headersOf };
}

describe('a mapped API: files', () => {
  it.each(['multipart', 'raw'] as const)(
    'hands them on as %s and back, to whoever the API lets have them',
    async (how) => {
      const { upload, files, app, headersOf, as, notes } = await withFiles(how);
      const answer = await upload('Räuber.txt', 'a bill');
      expect(answer.status).toBe(201);
      expect(await answer.json()).toEqual({
        id: 'file-1',
        name: 'Räuber.txt',
        size: 6,
        mediaType: 'text/plain',
      });
      expect(files).toEqual([{ name: 'Räuber.txt', text: 'a bill', by: 'staff:nadia@larkwell.example' }]);
      const bytes = await app.request('/v1/attachments/file-1/content', {
        headers: await headersOf('nadia'),
      });
      expect(await bytes.text()).toBe('a bill');
      const others = await app.request('/v1/attachments/file-1/content', {
        headers: await headersOf('theo'),
      });
      expect(others.status).toBe(404);
      const note = {
        visibility: 'public',
        subject: 'information',
        text: 'See there.',
        attachmentIds: ['file-1'],
      };
      expect((await as('nadia', 'POST', '/cases/1/notes', note)).status).toBe(201);
      expect(notes).toMatchObject([{ files: [1] }]);
    },
  );

  it('takes none of a kind or a size that is not accepted', async () => {
    const { upload, files } = await withFiles('multipart');
    expect(((await (await upload('virus.exe', 'x')).json()) as { code: string }).code).toBe(
      'validation_failed',
    );
    expect((await upload('large.txt', 'x'.repeat(10 * 1024 * 1024 + 1))).status).toBe(413);
    expect(files).toEqual([]);
  });
});

describe('the mapping in the documentation', () => {
  it('is one that can be used', async () => {
    const text = await readFile(new URL('../../docs/mapped-rest.md', import.meta.url), 'utf8');
    const block = /```json\n([^]*?)```/.exec(text)?.[1] ?? '';
    const source = { kind: 'mapped-rest', name: 'docs', text: block, at: [] } as const;
    const choice = await chooseBackend(source, { secrets: { env: () => 'x', file: () => 'Bearer x' } });
    expect(choice.where).toBe('the mapped API at https://tickets.example.com/api');
  });
});
