import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { NoticeOutcome } from '../../server/engine/notices/options.js';
import type { Case } from '../../src/contract/cases.js';
import type { Grant } from '../../src/contract/grants.js';
import type { NoticeDelivery, NoticePreference } from '../../src/contract/notices.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Answer, Caller, TestTenant } from '../support/app.js';
import { aGrant, grantsOf, share } from '../support/sharing.js';
import { aTellingApp, publicUrl, type TellingApp } from '../support/telling-app.js';
import { aTellingTenant, type TellingTenant } from '../support/telling-tenant.js';

let world: TellingApp;
let tenant: TestTenant;
let pia: Caller;
let leo: Caller;
let { mark, at, mailTo, somebody, setNotices } = {} as Omit<TellingTenant, 'tenant'>;
const outcomes: NoticeOutcome[] = [];

const LEO = { kind: 'person', id: 'person_leo' } as const;
const QUIST = { kind: 'customer', id: 'cust_quist' } as const;

beforeAll(async () => {
  world = await aTellingApp(() => ({ onAttempt: (_, outcome) => void outcomes.push(outcome) }));
});
afterAll(() => world.dispose());
beforeEach(async () => {
  outcomes.length = 0;
  ({ tenant, mark, at, mailTo, somebody, setNotices } = await aTellingTenant(world));
  pia = await somebody('pia', 'customer', { customer: 'cust_aldermill', organisation: 'org_aldermill' });
  leo = await somebody('leo', 'customer', { customer: 'cust_aldermill', organisation: 'org_aldermill' });
});

const piasCase = (change: Record<string, unknown> = {}): Promise<Case> =>
  tenant.aCase({ subject: 'Oven smokes', contactMethod: 'portal', ...change }, pia);

const reply = (by: Caller, caseId: string, text: string): Promise<unknown> =>
  tenant.aNote(
    caseId,
    by === tenant.agent ? { visibility: 'public', text } : { visibility: 'public', subject: undefined, text },
    by,
  );

const wants = (by: Caller, caseId: string, body: object): Promise<Answer<NoticePreference & Problem>> =>
  by.send('PUT', `/v1/cases/${caseId}/notices`, { body });

async function grantIn(caseId: string, by = pia): Promise<Grant | undefined> {
  return (await grantsOf(by, caseId)).items[0];
}

describe('telling of a share', () => {
  it('CO-10 sends one e-mail, in plain text and HTML, and says that it was sent', async () => {
    const record = await piasCase({ subject: 'Oven <b>smokes</b> & {{link}}' });
    const grant = await aGrant(pia, record.id, LEO);
    expect(grant).toMatchObject({ notified: 'pending', notifiedAt: null });
    await world.quiet();
    const [mail, ...more] = mailTo('leo');
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      from: { name: 'Larkwell Fibre', address: 'cases@larkwell.example' },
      to: [{ name: 'Leo Aske', address: at('leo') }],
      subject: `Case #${record.number} has been shared with you: Oven <b>smokes</b> & {{link}}`,
    });
    expect(mail?.text).toContain('Pia Moreau has shared case');
    expect(mail?.text).toContain(`https://crm.example.com/cases/${record.number}?id=${record.id}`);
    // What was filled in is text, and is looked through for placeholders no more.
    expect(mail?.html).toContain('Oven &lt;b&gt;smokes&lt;/b&gt; &amp; {{link}}');
    expect(mail?.html).not.toContain('<b>smokes');
    expect(mail?.header('auto-submitted')).toBe('auto-generated');
    expect(await grantIn(record.id)).toMatchObject({
      notified: 'sent',
      notifiedAt: expect.stringMatching(/^20/) as string,
    });
    expect(mailTo('pia')).toEqual([]);
  });

  it('CO-10 sends one e-mail where the case is taken away and given back within a minute', async () => {
    const record = await piasCase();
    const first = await aGrant(pia, record.id, LEO);
    await pia.delete(`/v1/grants/${first.id}`);
    await aGrant(pia, record.id, LEO);
    await world.quiet();
    const third = await grantIn(record.id);
    expect(third).toMatchObject({ notified: 'sent' });
    await pia.delete(`/v1/grants/${third?.id}`);
    await aGrant(pia, record.id, LEO);
    await world.quiet();
    expect(await grantIn(record.id)).toMatchObject({ notified: 'sent' });
    expect(mailTo('leo')).toHaveLength(1);
  });

  it('CO-10 keeps the share where no mail gets through, says so, and tries again when asked', async () => {
    world.mail.answer(at('leo'), 550);
    const record = await piasCase();
    const grant = await aGrant(pia, record.id, LEO);
    await world.quiet();
    expect(await grantIn(record.id)).toMatchObject({ notified: 'failed', notifiedAt: null });
    expect((await leo.get(`/v1/cases/${record.id}`)).status).toBe(200);
    expect(world.mail.asked(at('leo'))).toBe(1);

    world.mail.answer(at('leo'), undefined);
    expect(await leo.post<Problem>(`/v1/grants/${grant.id}/notice`)).toMatchObject({
      status: 403,
      body: { rule: 'only_submitter_may_share' },
    });
    expect((await tenant.outsider.post(`/v1/grants/${grant.id}/notice`)).status).toBe(404);
    const again = await pia.post<Grant>(`/v1/grants/${grant.id}/notice`);
    expect(again).toMatchObject({ status: 200, body: { id: grant.id, notified: 'pending' } });
    await world.quiet();
    expect(await grantIn(record.id)).toMatchObject({ notified: 'sent' });
    // Once more changes nothing.
    expect((await pia.post<Grant>(`/v1/grants/${grant.id}/notice`)).body.notified).toBe('sent');
    await world.quiet();
    expect(mailTo('leo')).toHaveLength(1);
  });

  it('CO-10 tries again by itself while a mail server is in trouble', async () => {
    world.mail.answer(at('leo'), 451);
    const record = await piasCase();
    await aGrant(pia, record.id, LEO);
    await vi.waitFor(() => expect(world.mail.asked(at('leo'))).toBeGreaterThan(1), { timeout: 60_000 });
    expect(await grantIn(record.id)).toMatchObject({ notified: 'pending' });
    world.mail.answer(at('leo'), undefined);
    await world.quiet();
    expect(mailTo('leo')).toHaveLength(1);
    expect(await grantIn(record.id)).toMatchObject({ notified: 'sent' });
  });

  it('CO-10 says that nobody was told who has no address', async () => {
    const record = await piasCase();
    await aGrant(pia, record.id, { kind: 'person', id: 'person_ada' });
    await world.quiet();
    expect(await grantIn(record.id)).toMatchObject({ notified: 'failed' });
  });

  it('CO-09, CO-10 asks at the moment of sending whether they may still see the case', async () => {
    world.mail.answer(at('leo'), 451);
    const record = await piasCase();
    const grant = await aGrant(pia, record.id, LEO);
    await vi.waitFor(() => expect(world.mail.asked(at('leo'))).toBeGreaterThan(0), { timeout: 60_000 });
    await pia.delete(`/v1/grants/${grant.id}`);
    await world.quiet();
    // Not given up: no longer to be sent.
    expect(outcomes.at(-1)).toBe('dropped');
    expect(outcomes).not.toContain('failed');
  });

  it('writes in the language of the recipient, and in the tenant’s where that is not known', async () => {
    await setNotices({ locale: 'fr' });
    const record = await piasCase();
    leo = await somebody('leo', 'customer', {
      customer: 'cust_aldermill',
      organisation: 'org_aldermill',
      locale: 'de-AT',
    });
    await somebody('ada', 'customer', { customer: 'cust_aldermill', organisation: 'org_aldermill' });
    await share(pia, record.id, [LEO, { kind: 'person', id: 'person_ada' }]);
    await world.quiet();
    expect(mailTo('leo')[0]?.subject).toBe(`Fall #${record.number} wurde mit Ihnen geteilt: Oven smokes`);
    expect(mailTo('ada')[0]?.subject).toBe(
      `Le dossier #${record.number} a été partagé avec vous : Oven smokes`,
    );
    expect(mailTo('leo')[0]?.header('content-language')).toBe('de');
  });
});

describe('telling of replies', () => {
  it('CO-11, CO-12 tells co-workers of replies once they want it, and nobody of their own', async () => {
    const record = await piasCase();
    await aGrant(pia, record.id, LEO);
    expect((await leo.get<NoticePreference>(`/v1/cases/${record.id}/notices`)).body).toEqual({
      replies: false,
      deliverable: true,
    });
    await reply(tenant.agent, record.id, 'The first answer');
    await world.quiet();
    expect(mailTo('leo')).toHaveLength(1);
    expect(await wants(leo, record.id, { replies: true })).toMatchObject({
      status: 200,
      body: { replies: true },
    });
    await reply(tenant.agent, record.id, 'By support');
    await reply(pia, record.id, 'By a co-worker');
    await reply(leo, record.id, 'By himself');
    await world.quiet();
    const texts = mailTo('leo').map(({ text }) => text ?? '');
    expect(texts).toHaveLength(3);
    expect(texts.filter((text) => text.includes('By support'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('By a co-worker'))).toHaveLength(1);
    const pias = mailTo('pia').map(({ text }) => text ?? '');
    expect(pias).toHaveLength(3);
    expect(pias.join()).not.toContain('By a co-worker');
    expect(await wants(leo, record.id, { replies: false })).toMatchObject({ body: { replies: false } });
    await reply(tenant.agent, record.id, 'Unheard');
    await world.quiet();
    expect(mailTo('leo')).toHaveLength(3);
    expect((await leo.get(`/v1/cases/${record.id}`)).status).toBe(200);
  });

  it('CO-12, CO-13 sends nothing any more to who wants no more, though it was on its way', async () => {
    world.mail.answer(at('pia'), 451);
    const record = await piasCase();
    await reply(tenant.agent, record.id, 'Not now');
    await vi.waitFor(() => expect(world.mail.asked(at('pia'))).toBeGreaterThan(0), { timeout: 60_000 });
    await wants(pia, record.id, { replies: false });
    await world.quiet();
    expect(outcomes.at(-1)).toBe('dropped');
    expect(outcomes).not.toContain('failed');
  });

  it('CO-09, CO-11 tells nobody of replies who may no longer see the case, whatever they asked for', async () => {
    const record = await piasCase();
    const grant = await aGrant(pia, record.id, LEO);
    expect((await wants(leo, record.id, { replies: true })).status).toBe(200);
    await world.quiet();
    await pia.delete(`/v1/grants/${grant.id}`);
    await reply(tenant.agent, record.id, 'Not for Leo');
    await world.quiet();
    expect(
      mailTo('pia')
        .map(({ text }) => text)
        .join(),
    ).toContain('Not for Leo');
    expect(
      mailTo('leo')
        .map(({ text }) => text)
        .join(),
    ).not.toContain('Not for Leo');
    // It was not to be sent: nothing went wrong.
    expect(outcomes).toContain('dropped');
    expect(outcomes).not.toContain('retried');
    expect(outcomes).not.toContain('failed');
  });

  it('CO-12 lets nobody choose for somebody else', async () => {
    const record = await piasCase();
    await aGrant(pia, record.id, LEO);
    for (const by of [pia, tenant.agent, tenant.administrator]) {
      expect(await wants(by, record.id, { replies: true, personId: 'person_leo' })).toMatchObject({
        status: 403,
        body: { code: 'forbidden', rule: 'notices.own' },
      });
    }
    expect((await leo.get<NoticePreference>(`/v1/cases/${record.id}/notices`)).body.replies).toBe(false);
    expect((await wants(leo, record.id, { replies: true, personId: 'person_leo' })).status).toBe(200);
    expect((await wants(tenant.outsider, record.id, { replies: true })).status).toBe(404);
    expect((await tenant.outsider.get(`/v1/cases/${record.id}/notices`)).status).toBe(404);
  });

  it('CO-13 ends notices by a link that works for its owner alone, and leaves access as it is', async () => {
    const record = await piasCase();
    await reply(tenant.agent, record.id, 'The first answer');
    await world.quiet();
    const [mail] = mailTo('pia');
    expect(mail?.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const address = mail?.header('list-unsubscribe')?.replace(/[<>\s]/g, '') ?? '';
    expect(address.startsWith(`${publicUrl}/v1/notices/unsubscribe?token=`)).toBe(true);
    expect(mail?.text).toContain(address);
    const path = address.slice(publicUrl.length);
    const ask = (method: string, headers: Record<string, string> = {}, where = path) =>
      world.app.fetch(new Request(`http://test.local${where}`, { method, headers }));
    const isTold = async () =>
      (await pia.get<NoticePreference>(`/v1/cases/${record.id}/notices`)).body.replies;

    // Looked at, by a person or by whatever reads mail beforehand, it changes nothing.
    const looked = await ask('GET');
    expect(looked.status).toBe(200);
    expect(looked.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(looked.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await looked.text()).toContain('<form method="post">');
    expect(await isTold()).toBe(true);

    const others = await ask('POST', { authorization: `Bearer ${leo.token}` });
    expect(others.status).toBe(403);
    expect(((await others.json()) as Problem).rule).toBe('notices.own');
    expect(await isTold()).toBe(true);
    for (const forged of [path.slice(0, -2), path.replace('token=', 'token=x'), '/v1/notices/unsubscribe']) {
      expect((await ask('POST', {}, forged)).status).toBe(404);
    }
    expect(await isTold()).toBe(true);

    const done = await ask('POST', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(done.status).toBe(200);
    expect(await isTold()).toBe(false);
    await reply(tenant.agent, record.id, 'The second answer');
    await world.quiet();
    expect(mailTo('pia')).toHaveLength(1);
    expect((await pia.get(`/v1/cases/${record.id}`)).status).toBe(200);
    // And the owner, signed in, may as well.
    expect((await ask('POST', { authorization: `Bearer ${pia.token}` })).status).toBe(200);
  });

  it('CU-04 tells customers a case was shared with, and refuses those nobody can write to', async () => {
    const record = await piasCase();
    const refused = await share(tenant.agent, record.id, [QUIST]);
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'grantees.0.id', code: 'no_address' }] },
    });
    const chosen = await share(tenant.agent, record.id, [QUIST], { portalOnly: true });
    expect(chosen).toMatchObject({ status: 201, body: { items: [{ notified: 'off' }] } });
    const nora = await somebody('nora', 'customer', { customer: 'cust_quist' });
    await reply(tenant.agent, record.id, 'In the portal alone');
    await world.quiet();
    expect(mailTo('nora')).toEqual([]);
    expect((await nora.get(`/v1/cases/${record.id}`)).status).toBe(200);

    const other = await piasCase();
    expect((await share(tenant.agent, other.id, [QUIST])).status).toBe(201);
    await reply(tenant.agent, other.id, 'For all who have it');
    await world.quiet();
    expect(mailTo('nora').map(({ text }) => text?.includes('For all who have it'))).toEqual([true]);
  });

  it('CU-04 shares in the portal alone with whom that is said of, and with nobody else of the call', async () => {
    await somebody('nora', 'customer', { customer: 'cust_quist' });
    const HARBOUR = { kind: 'customer', id: 'cust_harbour' } as const;
    const record = await piasCase();
    expect((await share(tenant.agent, record.id, [QUIST, HARBOUR])).body.errors).toMatchObject([
      { field: 'grantees.1.id', code: 'no_address' },
    ]);
    const both = [QUIST, { ...HARBOUR, portalOnly: true }];
    expect((await share(tenant.agent, record.id, both)).status).toBe(201);
    const hal = await somebody('hal', 'customer', { customer: 'cust_harbour' });
    await reply(tenant.agent, record.id, 'For all who are told');
    await world.quiet();
    expect(mailTo('nora')).toHaveLength(1);
    expect(mailTo('hal')).toEqual([]);
    expect((await hal.get(`/v1/cases/${record.id}`)).status).toBe(200);
    const told = (by: Caller) => by.get<NoticePreference>(`/v1/cases/${record.id}/notices`);
    expect((await told(hal)).body.replies).toBe(false);
  });

  it('CU-05 sends internal notes to nobody', async () => {
    const record = await piasCase();
    await aGrant(pia, record.id, LEO);
    await wants(leo, record.id, { replies: true });
    await wants(tenant.agent, record.id, { replies: true });
    await tenant.aNote(record.id, { text: `SECRET ${mark}` }, tenant.otherAgent);
    await reply(tenant.agent, record.id, 'Public words');
    const { body } = await tenant.agent.get<Case>(`/v1/cases/${record.id}`);
    await tenant.agent.post(
      `/v1/cases/${record.id}/close`,
      { reason: 'resolved', note: `SECRET ${mark}`, visibility: 'internal' },
      body,
    );
    await world.quiet();
    expect(mailTo('pia')).toHaveLength(1);
    for (const { subject, text, html } of world.mail.received) {
      expect(`${subject}${text}${html}`).not.toContain(`SECRET ${mark}`);
    }
  });

  it('CU-17 shows the author whom a reply did not reach', async () => {
    world.mail.answer(at('pia'), 550);
    const record = await piasCase();
    const note = await tenant.aNote(record.id, { visibility: 'public', text: 'Not to be delivered' });
    await world.quiet();
    const path = `/v1/notes/${note.id}/delivery`;
    expect((await tenant.agent.get<NoticeDelivery>(path)).body).toEqual({
      pending: 0,
      sent: 0,
      failed: [
        {
          person: { id: 'person_pia', name: 'Pia Moreau', kind: 'customer' },
          reason: `550 no mailbox ${at('pia')} here`,
          at: expect.stringMatching(/^20/) as string,
        },
      ],
    });
    expect(await pia.get<Problem>(path)).toMatchObject({ status: 403, body: { rule: 'notices.author' } });
    expect((await tenant.outsider.get(path)).status).toBe(404);
    expect((await tenant.agent.get('/v1/notes/note_absent/delivery')).status).toBe(404);
  });
});
