import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { bounceCommand } from '../../server/cli/bounce.js';
import type { NoticeOutcome } from '../../server/engine/notices/options.js';
import { readDeliveryReport } from '../../server/notices/delivery-report.js';
import { createSmtpChannel } from '../../server/notices/smtp-channel.js';
import { createWebhookChannel, signWebhook } from '../../server/notices/webhook-channel.js';
import type { NoticeDelivery } from '../../src/contract/notices.js';
import type { Problem } from '../../src/contract/problem.js';
import type { ProjectMessage } from '../../src/contract/projects.js';
import type { Page } from '../../src/contract/common.js';
import type { Settings } from '../../src/contract/settings.js';
import { aTenant, type Answer, type Caller, type TestTenant } from '../support/app.js';
import { aDeliveryReport } from '../support/delivery-report.js';
import { readEvents } from '../support/event-reader.js';
import type { ReceivedMail } from '../support/mail.js';
import { aProject, shareProject, showProjects } from '../support/projects.js';
import { aGrant, grantsOf, moreToShareWith, setSharing } from '../support/sharing.js';
import { theApp } from '../support/shared-app.js';
import { aTellingApp, type TellingApp } from '../support/telling-app.js';

const secret = 'a secret of the receivers, only for tests';
const from = 'cases@larkwell.example';
const bounces = 'bounces@larkwell.example';
const DAY = 86_400_000;

interface Received {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let receiver: Server;
let target: string;
let received: Received[] = [];
let answers: number[] = [];
let world: TellingApp;
let tenant: TestTenant;
let mark: string;
let ahead = 0;
const outcomes: [string, NoticeOutcome][] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      received.push({ path: request.url, headers: request.headers, body });
      const status = answers.shift() ?? 204;
      response.writeHead(status, status === 302 ? { location: `${target}/elsewhere` } : {}).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  target = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  world = await aTellingApp(
    (mail) => ({
      channels: [
        createSmtpChannel({ url: mail.url, from, bounces }),
        createWebhookChannel({ targets: [target], secret }),
      ],
      onAttempt: (channel, outcome) => void outcomes.push([channel, outcome]),
    }),
    () => new Date(Date.now() + ahead),
  );
});
afterAll(async () => {
  await world.dispose();
  await new Promise((resolve) => receiver.close(resolve));
});
beforeEach(async () => {
  mark = crypto.randomUUID().slice(0, 8);
  received = [];
  answers = [];
  tenant = await aTenant(world, moreToShareWith);
});

const at = (who: string) => `${who}.${mark}@example.com`;

async function somebody(who: string, kind: 'agent' | 'customer', more: object = {}): Promise<Caller> {
  const caller = await tenant.as({ sub: `person_${who}`, name: who, kind, email: at(who), ...more });
  await caller.get('/v1/session');
  return caller;
}

async function setNotices(notices: object): Promise<Answer<Settings & Problem>> {
  const { body } = await tenant.administrator.get<Settings>('/v1/settings');
  return tenant.administrator.patch('/v1/settings', { notices }, body);
}

const LEO = { kind: 'person', id: 'person_leo' } as const;
const piasCase = () => tenant.aCase({ contactMethod: 'portal' }, tenant.customer);

describe('signed requests', () => {
  it('go where the settings say and the operator allows, signed with the time', async () => {
    expect((await setNotices({ webhook: `${target}/notices` })).status).toBe(200);
    await somebody('leo', 'customer', { customer: 'cust_aldermill', organisation: 'org_aldermill' });
    const record = await piasCase();
    await aGrant(tenant.customer, record.id, LEO);
    await world.quiet();
    expect(received).toHaveLength(1);
    const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = received;
    expect(path).toBe('/notices');
    expect(JSON.parse(body)).toMatchObject({
      id: headers['casement-notice'],
      tenant: tenant.id,
      event: 'share',
      to: { id: 'person_leo', email: at('leo') },
      sms: `Pia Moreau has shared case #${record.number} with you. https://crm.example.com/cases/${record.number}?id=${record.id}`,
      about: { caseId: record.id },
    });
    const [, seconds = '', signature] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['casement-signature'])) ?? [];
    expect(signature).toBe(signWebhook(secret, Number(seconds), body));
    expect(signature).not.toBe(signWebhook(secret, Number(seconds) + 1, body));
    expect(world.mail.to(at('leo'))).toHaveLength(1);
    const [grant] = (await grantsOf(tenant.customer, record.id)).items;
    expect(grant?.notified).toBe('sent');
  });

  it('are allowed to no address that the operator has not named', async () => {
    for (const webhook of [
      'http://169.254.169.254/latest/meta-data',
      'http://127.0.0.1:1/',
      `${target}.example.com/`,
      target.replace('http://', 'http://user:pass@'),
      'file:///etc/passwd',
      'https://127.0.0.1/',
    ]) {
      expect(await setNotices({ webhook })).toMatchObject({
        status: 422,
        body: { code: 'validation_failed', errors: [{ field: 'notices.webhook' }] },
      });
    }
  });

  it('follow nobody elsewhere, and are tried again while the receiver is in trouble', async () => {
    await setNotices({ webhook: `${target}/notices` });
    answers = [503, 429];
    const record = await piasCase();
    await aGrant(tenant.customer, record.id, LEO);
    await world.quiet();
    // Without an address there is no mail to be sent: the request alone tells it.
    expect(received.map(({ path }) => path)).toEqual(['/notices', '/notices', '/notices']);
    expect(new Set(received.map(({ headers }) => headers['casement-notice'])).size).toBe(1);
    expect((await grantsOf(tenant.customer, record.id)).items[0]?.notified).toBe('sent');

    received = [];
    answers = [302];
    const other = await piasCase();
    await aGrant(tenant.customer, other.id, LEO);
    await world.quiet();
    expect(received.map(({ path }) => path)).toEqual(['/notices']);
    expect((await grantsOf(tenant.customer, other.id)).items[0]?.notified).toBe('failed');
    expect(outcomes).toContainEqual(['webhook', 'retried']);
    expect(outcomes).toContainEqual(['webhook', 'failed']);
  });
});

describe('what else is told', () => {
  it('CU-16, CU-17 messages about a project go to those who follow it then, and to nobody afterwards', async () => {
    await showProjects(tenant, true);
    await somebody('nora', 'customer', { customer: 'cust_quist' });
    const project = await aProject(tenant.agent);
    const [grant] = (await shareProject(tenant.agent, project.id, [{ kind: 'customer', id: 'cust_quist' }]))
      .body.items;
    const path = `/v1/projects/${project.id}/messages`;
    await tenant.agent.post(path, { text: `The trench is open. ${mark}` });
    await world.quiet();
    const [mail, ...more] = world.mail.to(at('nora'));
    expect(more).toEqual([]);
    expect(mail?.subject).toBe(`New message about ${project.name}`);
    expect(mail?.text).toContain(`The trench is open. ${mark}`);

    world.mail.answer(at('nora'), 550);
    await tenant.agent.post(path, { text: 'It came back.' });
    await world.quiet();
    const { items } = (await tenant.agent.get<Page<ProjectMessage>>(path)).body;
    expect(items[0]?.delivery).toMatchObject({
      pending: 0,
      sent: 0,
      failed: [{ person: { id: 'person_nora' }, reason: `550 no mailbox ${at('nora')} here` }],
    });
    expect(items[1]?.delivery).toMatchObject({ pending: 0, sent: 1, failed: [] });

    world.mail.answer(at('nora'), undefined);
    await tenant.agent.delete(`/v1/grants/${grant?.id}`);
    await tenant.agent.post(path, { text: 'Nobody follows.' });
    await world.quiet();
    expect(world.mail.to(at('nora'))).toHaveLength(1);
  });

  it('DE-07 a case that was forwarded is told to the agent who may see it, without the internal words', async () => {
    await somebody('tomas', 'agent', { roles: ['sales-agent'], departments: ['dept_care'] });
    await somebody('yuki', 'agent', { roles: ['customer-service'], departments: ['dept_network'] });
    const record = await tenant.aCase({ departmentId: 'dept_care' });
    for (const to of ['person_tomas', 'person_yuki']) {
      const answer = await tenant.agent.post(`/v1/cases/${record.id}/forward`, {
        to,
        text: `INSIDE ${mark}`,
      });
      expect(answer.status).toBe(201);
    }
    await world.quiet();
    const [mail] = world.mail.to(at('tomas'));
    expect(mail?.subject).toBe(`Case #${record.number} has been forwarded to you: ${record.subject}`);
    expect(`${mail?.text}${mail?.html}`).not.toContain(`INSIDE ${mark}`);
    // Forwarding gives nobody access: who may not see the case is told nothing of it.
    expect(world.mail.to(at('yuki'))).toEqual([]);
  });

  it('the end of a share is told some days before, to who has it and to who gave it', async () => {
    await setSharing(tenant, { expiryReminderDays: 3 });
    const claims = { customer: 'cust_aldermill', organisation: 'org_aldermill' };
    const pia = await somebody('pia', 'customer', claims);
    await somebody('leo', 'customer', claims);
    const record = await tenant.aCase({ contactMethod: 'portal' }, pia);
    const expiresAt = new Date(Date.now() + ahead + 10 * DAY).toISOString();
    await aGrant(pia, record.id, { ...LEO, expiresAt });
    await world.quiet();
    ahead += 8 * DAY;
    const subjects = (who: string) => world.mail.to(at(who)).map(({ subject }) => subject);
    const reminder = `Access to case #${record.number} ends soon: ${record.subject}`;
    await vi.waitFor(() => expect(subjects('leo')).toContain(reminder), { timeout: 60_000 });
    await world.quiet();
    expect(subjects('leo')).toEqual([expect.stringContaining('shared with you'), reminder]);
    expect(subjects('pia')).toEqual([reminder]);
    const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(
      new Date(expiresAt),
    );
    expect(world.mail.to(at('pia'))[0]?.text).toContain(`ends on ${day}.`);
  });
});

/** Has a mail server hand over that a message has come back, and gives what is said to that. */
async function comesBack({ messageId = '', envelopeId }: ReceivedMail): Promise<string> {
  const report = new TextEncoder().encode(aDeliveryReport({ messageId, envelopeId }));
  if (world.databaseUrl === undefined) {
    const bounce = await readDeliveryReport(report);
    return String(bounce && (await world.engine.bounceNotice(bounce)));
  }
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    const environment = { DATABASE_URL: world.databaseUrl };
    expect(
      await bounceCommand([], environment, Readable.from([report.slice(0, 100), report.slice(100)])),
    ).toBe(0);
    return String(said.mock.lastCall?.[0] === 'Shown as not delivered.');
  } finally {
    said.mockRestore();
  }
}

describe('mail that comes back after it was taken', () => {
  it('CU-17, CO-10 shows whom it did not reach, like mail that was refused at once', async () => {
    const claims = { customer: 'cust_aldermill', organisation: 'org_aldermill' };
    const pia = await somebody('pia', 'customer', claims);
    await somebody('leo', 'customer', claims);
    const record = await tenant.aCase({ contactMethod: 'portal' }, pia);
    await aGrant(pia, record.id, LEO);
    const note = await tenant.aNote(record.id, { visibility: 'public', text: 'Taken, and lost.' });
    await world.quiet();
    const [shared, replied] = [world.mail.to(at('leo'))[0], world.mail.to(at('pia'))[0]];
    if (!shared || !replied) throw new Error('Nothing was sent.');
    expect([shared.returnsTo, shared.envelopeId]).toEqual([
      bounces,
      /^<(notice_[0-9a-f]{32})@/.exec(shared.messageId ?? '')?.[1],
    ]);
    const events = await readEvents(pia);

    expect(await comesBack(shared)).toBe('true');
    const [grant] = (await grantsOf(pia, record.id)).items;
    expect(grant).toMatchObject({ notified: 'failed' });
    await vi.waitFor(
      () => expect(events.events.map(({ event }) => event.kind)).toContain('case.access-changed'),
      {
        timeout: 60_000,
      },
    );
    events.leave();
    expect((await pia.post(`/v1/grants/${grant?.id}/notice`)).status).toBe(200);
    await world.quiet();
    expect((await grantsOf(pia, record.id)).items[0]).toMatchObject({ notified: 'sent' });

    const path = `/v1/notes/${note.id}/delivery`;
    const reason = '550 5.1.1 <ada@example.com>: Recipient address rejected: User unknown';
    expect((await tenant.agent.get<NoticeDelivery>(path)).body).toMatchObject({ sent: 1, failed: [] });
    expect(await comesBack(replied)).toBe('true');
    expect((await tenant.agent.get<NoticeDelivery>(path)).body).toMatchObject({
      sent: 0,
      failed: [{ person: { id: 'person_pia' }, reason }],
    });
    // Once is enough, and what nobody was sent does not come back.
    expect(await comesBack(replied)).toBe('false');
    const unknown = `notice_${'0'.repeat(32)}`;
    expect(await comesBack({ ...replied, messageId: `<${unknown}@x>`, envelopeId: unknown })).toBe('false');
  });
});

describe('a server that tells nobody', () => {
  it('says so on every share, and sends nothing', async () => {
    const silent = await aTenant(await theApp(), moreToShareWith);
    const record = await silent.aCase({ contactMethod: 'portal' }, silent.customer);
    const grant = await aGrant(silent.customer, record.id, LEO);
    expect(grant).toMatchObject({ notified: 'off', notifiedAt: null });
    expect(await silent.customer.post<Problem>(`/v1/grants/${grant.id}/notice`)).toMatchObject({
      status: 501,
      body: { code: 'capability_missing' },
    });
    expect((await silent.colleague.get(`/v1/cases/${record.id}/notices`)).body).toEqual({
      replies: false,
      deliverable: false,
    });
    const { app } = await theApp();
    const link = await app.fetch(new Request('http://test.local/v1/notices/unsubscribe?token=x.y'));
    expect(link.status).toBe(404);
    // Without mail there is no address to be missed (CU-04).
    const customers = await aGrant(silent.agent, record.id, { kind: 'customer', id: 'cust_quist' });
    expect(customers.notified).toBe('off');
  });
});
