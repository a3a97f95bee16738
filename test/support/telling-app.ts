import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'kysely';
import { expect, inject, vi } from 'vitest';

import { createApp } from '../../server/app.js';
import { createFolderStore } from '../../server/attachments/folder-store.js';
import { createEngine } from '../../server/engine/engine.js';
import type { NoticesOptions } from '../../server/engine/notices/options.js';
import type { Database } from '../../server/engine/sql/database.js';
import { openPostgres } from '../../server/engine/sql/postgres.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import { createSmtpChannel } from '../../server/notices/smtp-channel.js';
import { testSecret, type TestApp } from './app.js';
import { openMailServer, type MailServer } from './mail.js';
import { openTestPGlite } from './pglite.js';

/** The real app on a database of its own, which tells people what happens. */
export interface TellingApp extends TestApp {
  readonly mail: MailServer;
  readonly database: Database;
  /** Where its database is, for a second engine; `undefined` for PGlite. */
  readonly databaseUrl: string | undefined;
  /** Resolves once nothing is left to be told now. */
  readonly quiet: () => Promise<void>;
}

export const noticeSecret = 'a secret of the links, only for tests';
export const publicUrl = 'https://cases.example.com';

/** How an engine of a test tells people what happens. */
export function tellingBy(mail: MailServer, more: Partial<NoticesOptions> = {}): NoticesOptions {
  return {
    channels: [createSmtpChannel({ url: mail.url, from: 'Larkwell Fibre <cases@larkwell.example>' })],
    secret: noticeSecret,
    publicUrl,
    caseUrl: 'https://crm.example.com/cases/{number}?id={id}',
    firstWait: 20,
    pollEvery: 200,
    ...more,
  };
}

/** A database that nobody else has: what is told elsewhere is no mail here. */
async function ownDatabase(): Promise<{
  database: Database;
  url: string | undefined;
  readonly drop: () => Promise<void>;
}> {
  if ((process.env['CASEMENT_TEST_ENGINE'] ?? 'postgres') === 'pglite') {
    return { database: await openTestPGlite(), url: undefined, drop: () => Promise.resolve() };
  }
  const name = `notices_${crypto.randomUUID().replaceAll('-', '')}`;
  const server = inject('databaseUrl');
  const ask = async (words: string) => {
    const admin = openPostgres(server, { connections: 1 });
    await sql.raw(words).execute(admin.db);
    await admin.dispose();
  };
  await ask(`create database ${name}`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  const url = address.toString();
  return { database: openPostgres(url), url, drop: () => ask(`drop database ${name} with (force)`) };
}

/** Starts the app with a mail server beside it. */
export async function aTellingApp(
  more: (mail: MailServer) => Partial<NoticesOptions> = () => ({}),
  clock?: () => Date,
  onError: (error: unknown) => void = (error) => {
    throw error;
  },
  /** Milliseconds between looks for events without a wake-up, and between signs of life on a stream. */
  { pollEvery = 200, heartbeatMs = 50 } = {},
): Promise<TellingApp> {
  const mail = await openMailServer();
  const { database, url, drop } = await ownDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'casement-test-'));
  const engine = await createEngine({
    database,
    attachments: createFolderStore(join(folder, 'attachments')),
    notices: tellingBy(mail, more(mail)),
    events: { pollEvery },
    ...(clock && { clock }),
    onError,
  });
  const app = createApp({
    backend: engine,
    authenticate: jwtAuthenticator({ secret: testSecret }),
    heartbeatMs,
  });
  return {
    app,
    engine,
    mail,
    database,
    databaseUrl: url,
    async quiet() {
      await vi.waitFor(
        async () => {
          const { rows } = await sql<{ behind: boolean; waiting: boolean }>`select
              exists (select from outbox o, casement_notice_position p where (o.xid, o.seq) > (p.xid, p.seq)) as behind,
              exists (select from notices where state = 'waiting')
                or exists (select from postponed_notices where set_aside_at is null) as waiting`.execute(
            database.db,
          );
          expect(rows[0]).toEqual({ behind: false, waiting: false });
        },
        { timeout: 60_000, interval: 20 },
      );
    },
    async dispose() {
      await engine.dispose();
      await drop();
      await mail.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
