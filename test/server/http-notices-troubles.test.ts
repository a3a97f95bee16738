import { createServer } from 'node:net';

import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { createLogger } from '../../server/cli/log.js';
import { NoticeUnanswered, type NoticeChannel } from '../../server/engine/notices/channel.js';
import { describeError } from '../../server/middleware/describe-error.js';
import { createSmtpChannel } from '../../server/notices/smtp-channel.js';
import { createWebhookChannel } from '../../server/notices/webhook-channel.js';
import type { Grant } from '../../src/contract/grants.js';
import type { NoticeDelivery } from '../../src/contract/notices.js';
import type { Caller } from '../support/app.js';
import { aGrant, grantsOf } from '../support/sharing.js';
import { aTellingApp, type TellingApp } from '../support/telling-app.js';
import { aTellingTenant, type TellingTenant } from '../support/telling-tenant.js';

const LEO = { kind: 'person', id: 'person_leo' } as const;
const ALDERMILL = { customer: 'cust_aldermill', organisation: 'org_aldermill' };
const HOUR = 3_600_000;

let world: TellingApp;
let ahead = 0;
/** Nobody answers at the mail server. */
let away = false;
let errors: unknown[] = [];

beforeAll(async () => {
  world = await aTellingApp(
    (mail) => {
      const channel = createSmtpChannel({ url: mail.url, from: 'cases@larkwell.example' });
      const behindALine: NoticeChannel = {
        ...channel,
        send: (message) =>
          away ? Promise.reject(new NoticeUnanswered('The line is cut.')) : channel.send(message),
      };
      return { channels: [behindALine], attempts: 3 };
    },
    () => new Date(Date.now() + ahead),
    (error) => void errors.push(error),
  );
});
afterAll(() => world.dispose());
beforeEach(() => {
  errors = [];
  away = false;
});

interface Place extends TellingTenant {
  readonly pia: Caller;
}

async function aPlace(): Promise<Place> {
  const place = await aTellingTenant(world);
  const pia = await place.somebody('pia', 'customer', ALDERMILL);
  await place.somebody('leo', 'customer', ALDERMILL);
  return { ...place, pia };
}

const aCaseOf = ({ tenant, pia }: Place) => tenant.aCase({ contactMethod: 'portal' }, pia);
const grantIn = async ({ pia }: Place, id: string): Promise<Grant | undefined> =>
  (await grantsOf(pia, id)).items[0];

/** Whatever is to be written for this tenant into `notices` fails, until the given function is called. */
async function breaking({ tenant }: Place, state = 'P0001'): Promise<() => Promise<void>> {
  const { db } = world.database;
  const name = sql.id(`broken_${tenant.id.replaceAll('-', '')}`);
  await sql`create function ${name}() returns trigger language plpgsql as
    ${sql.lit(`begin raise exception 'broken for a test' using errcode = '${state}'; end`)}`.execute(db);
  await sql`create trigger ${name} before insert on notices for each row
    when (new.tenant = ${sql.lit(tenant.id)}) execute function ${name}()`.execute(db);
  return async () => {
    await sql`drop trigger ${name} on notices`.execute(db);
    await sql`drop function ${name}()`.execute(db);
  };
}

async function postponed({ tenant }: Place) {
  return world.database.db
    .selectFrom('postponed_notices')
    .select(['kind', 'attempts', 'set_aside_at'])
    .where('tenant', '=', tenant.id)
    .orderBy('seq')
    .execute();
}

describe('what cannot be told', () => {
  it('CO-10 keeps nothing else from being told, is set aside after some attempts, and says so', async () => {
    const [broken, sound] = [await aPlace(), await aPlace()];
    const mend = await breaking(broken);
    const record = await aCaseOf(broken);
    const grant = await aGrant(broken.pia, record.id, LEO);
    const other = await aCaseOf(sound);
    await aGrant(sound.pia, other.id, LEO);
    await world.quiet();
    expect(sound.mailTo('leo')).toHaveLength(1);
    expect(await grantIn(sound, other.id)).toMatchObject({ notified: 'sent' });

    expect(await grantIn(broken, record.id)).toMatchObject({ notified: 'failed' });
    expect(await postponed(broken)).toMatchObject([
      { kind: 'case.shared', attempts: 3, set_aside_at: expect.stringMatching(/^20/) as string },
    ]);
    const lines: string[] = [];
    const logger = createLogger('info', { write: (line: string) => void lines.push(line) });
    for (const error of errors) logger?.error({ err: describeError(error) }, 'background work failed');
    expect(lines.filter((line) => line.includes('is tried again'))).toHaveLength(2);
    expect(
      lines.filter((line) => line.includes('is told to nobody and set aside: case.shared')),
    ).toHaveLength(1);
    expect(lines.join()).not.toMatch(/person_leo|Leo/);

    await mend();
    expect(await broken.pia.post<Grant>(`/v1/grants/${grant.id}/notice`)).toMatchObject({ status: 200 });
    await world.quiet();
    expect(await grantIn(broken, record.id)).toMatchObject({ notified: 'sent' });
    expect(broken.mailTo('leo')).toHaveLength(1);
  });

  it('CO-11 is told once it can be, though later than what came after it', async () => {
    const place = await aPlace();
    const record = await aCaseOf(place);
    const mend = await breaking(place);
    const text = `Early ${place.mark}`;
    await place.tenant.aNote(record.id, { visibility: 'public', text });
    await vi.waitFor(async () => expect(await postponed(place)).toHaveLength(1), { timeout: 20_000 });
    await mend();
    await world.quiet();
    // Given up meanwhile or not: what was set aside is told once somebody has it tried again.
    await sql`update postponed_notices set attempts = 0, set_aside_at = null where tenant = ${place.tenant.id}`.execute(
      world.database.db,
    );
    await world.quiet();
    expect(place.mailTo('pia').map((mail) => mail.text?.includes(text))).toEqual([true]);
    expect(await postponed(place)).toEqual([]);
  });

  it('CO-10 is given up where the message cannot be written, and the log has why', async () => {
    const [broken, sound] = [await aPlace(), await aPlace()];
    // As a hand in the database may leave it.
    await broken.setNotices({ locale: 'de' });
    await sql`update settings set data = jsonb_set(data, '{notices,templates}', '7') where tenant = ${broken.tenant.id}`.execute(
      world.database.db,
    );
    const [record, other] = [await aCaseOf(broken), await aCaseOf(sound)];
    await aGrant(broken.pia, record.id, LEO);
    await aGrant(sound.pia, other.id, LEO);
    await world.quiet();
    expect(sound.mailTo('leo')).toHaveLength(1);
    expect(await grantIn(broken, record.id)).toMatchObject({ notified: 'failed' });
    expect(errors).toHaveLength(3);
    expect(broken.mailTo('leo')).toEqual([]);
  });
});

describe('an outage', () => {
  it('CO-11 of the mail server loses nothing: it is waited for, however often that fails', async () => {
    const place = await aPlace();
    const record = await aCaseOf(place);
    away = true;
    const note = await place.tenant.aNote(record.id, { visibility: 'public', text: 'Into the void' });
    const attempts = async () => {
      const row = await world.database.db
        .selectFrom('notices')
        .select(['attempts', 'state'])
        .where('tenant', '=', place.tenant.id)
        .executeTakeFirst();
      return row?.attempts ?? 0;
    };
    await vi.waitFor(async () => expect(await attempts()).toBeGreaterThan(4), { timeout: 30_000 });
    away = false;
    await world.quiet();
    expect(place.mailTo('pia')).toHaveLength(1);
    const { body } = await place.tenant.agent.get<NoticeDelivery>(`/v1/notes/${note.id}/delivery`);
    expect(body).toEqual({ pending: 0, sent: 1, failed: [] });
  });

  it('CO-11 of the database counts as no attempt', async () => {
    const place = await aPlace();
    const record = await aCaseOf(place);
    // A statement that took too long.
    const mend = await breaking(place, '57014');
    await place.tenant.aNote(record.id, { visibility: 'public', text: 'In a bad hour' });
    await vi.waitFor(() => expect(errors.length).toBeGreaterThan(4), { timeout: 20_000 });
    expect(await postponed(place)).toMatchObject([{ attempts: 0, set_aside_at: null }]);
    await mend();
    await world.quiet();
    expect(place.mailTo('pia')).toHaveLength(1);
  });

  it('CO-10 of more than a day is given up', async () => {
    const place = await aPlace();
    away = true;
    const record = await aCaseOf(place);
    await aGrant(place.pia, record.id, LEO);
    await vi.waitFor(
      async () => {
        const { attempts } = await world.database.db
          .selectFrom('notices')
          .select('attempts')
          .where('tenant', '=', place.tenant.id)
          .executeTakeFirstOrThrow();
        expect(attempts).toBeGreaterThan(0);
      },
      { timeout: 20_000 },
    );
    expect(await grantIn(place, record.id)).toMatchObject({ notified: 'pending' });
    ahead += 25 * HOUR;
    await world.quiet();
    expect(await grantIn(place, record.id)).toMatchObject({ notified: 'failed' });
  });

  it('is told from a refusal: nobody at the port, or somebody who is busy', async () => {
    // A port where nobody listens any more.
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const message = {
      ...({} as Parameters<NoticeChannel['send']>[0]),
      id: 'notice_x',
      to: { id: 'p', name: 'P', kind: 'customer', email: 'p@example.com' },
      subject: 'S',
      text: 'T',
      html: '<p>T</p>',
      locale: 'en',
      unsubscribe: null,
      webhook: `http://127.0.0.1:${port}/`,
    } as const;
    const mail = createSmtpChannel({ url: `smtp://127.0.0.1:${port}`, from: 'cases@larkwell.example' });
    await expect(mail.send(message)).rejects.toBeInstanceOf(NoticeUnanswered);
    await mail.close?.();
    const hook = createWebhookChannel({ targets: [`http://127.0.0.1:${port}`], secret: 's' });
    await expect(hook.send(message)).rejects.toBeInstanceOf(NoticeUnanswered);

    world.mail.answer('busy@example.com', 450);
    const busy = createSmtpChannel({ url: world.mail.url, from: 'cases@larkwell.example' });
    const refused = busy.send({ ...message, to: { ...message.to, email: 'busy@example.com' } });
    await expect(refused).rejects.not.toBeInstanceOf(NoticeUnanswered);
    await busy.close?.();
  });
});
