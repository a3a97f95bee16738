import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createFolderStore } from '../../server/attachments/folder-store.js';
import { createEngine } from '../../server/engine/engine.js';
import { openPostgres } from '../../server/engine/sql/postgres.js';
import type { Grant } from '../../src/contract/grants.js';
import type { NoticeDelivery } from '../../src/contract/notices.js';
import { portalFields } from '../../src/contract/portal.js';
import type { Settings } from '../../src/contract/settings.js';
import type { Caller, TestTenant } from '../support/app.js';
import { changeSettings } from '../support/projects.js';
import { aGrant, grantsOf, setSharing } from '../support/sharing.js';
import { aTellingApp, tellingBy, type TellingApp } from '../support/telling-app.js';
import { aTellingTenant, type TellingTenant } from '../support/telling-tenant.js';

const NETWORK = { kind: 'department', id: 'dept_network' } as const;

let world: TellingApp;
let tenant: TestTenant;
let { mark, at, mailTo, somebody, setNotices } = {} as Omit<TellingTenant, 'tenant'>;

beforeAll(async () => {
  world = await aTellingApp();
});
afterAll(() => world.dispose());
beforeEach(async () => {
  ({ tenant, mark, at, mailTo, somebody, setNotices } = await aTellingTenant(world));
});

async function grantIn(caseId: string, by: Caller): Promise<Grant | undefined> {
  return (await grantsOf(by, caseId)).items[0];
}

describe('telling departments', () => {
  const yukis = { roles: ['customer-service'], departments: ['dept_network'] };

  beforeEach(async () => {
    await setSharing(tenant, { departmentRoles: ['customer-service'] });
  });

  it('DE-31 tells nobody until an administrator has switched it on', async () => {
    await somebody('yuki', 'agent', yukis);
    const record = await tenant.aCase({ departmentId: 'dept_care' });
    expect(await aGrant(tenant.agent, record.id, NETWORK)).toMatchObject({ notified: 'off' });
    const departments = { dept_network: { onShare: true } };
    expect(await setNotices({ departments }, tenant.agent)).toMatchObject({
      status: 403,
      body: { rule: 'settings.administrator' },
    });
    expect((await setNotices({ departments })).status).toBe(200);
    const other = await tenant.aCase({ departmentId: 'dept_care' });
    expect(await aGrant(tenant.agent, other.id, NETWORK)).toMatchObject({ notified: 'pending' });
    await world.quiet();
    expect(mailTo('yuki').map(({ subject }) => subject)).toEqual([
      `Case #${other.number} has been shared with you: ${other.subject}`,
    ]);
  });

  it('DE-32 tells all agents of the department who may see the case, and no others', async () => {
    await somebody('yuki', 'agent', yukis);
    await somebody('ben', 'agent', yukis);
    await somebody('finn', 'agent', { roles: ['finance'], departments: ['dept_network'] });
    await somebody('cara', 'agent', { roles: ['customer-service'], departments: ['dept_legal'] });
    await setNotices({ departments: { dept_network: { onShare: true } } });
    const record = await tenant.aCase({ departmentId: 'dept_care' });
    await aGrant(tenant.agent, record.id, NETWORK);
    await world.quiet();
    expect(mailTo('yuki')).toHaveLength(1);
    expect(mailTo('ben')).toHaveLength(1);
    expect(mailTo('finn')).toEqual([]);
    expect(mailTo('cara')).toEqual([]);
    expect(await grantIn(record.id, tenant.agent)).toMatchObject({ notified: 'sent' });
  });

  it('DE-33 writes by the template of the department, and refuses placeholders that there are not', async () => {
    await somebody('yuki', 'agent', yukis);
    const template = {
      department: 'dept_network',
      event: 'share',
      locale: 'en',
      subject: 'Network: {{case.number}} {{ case.subject }}',
      text: '{{by.name}} asks for help, priority {{case.priority}}.\n\n{{link}}',
    };
    const departments = { dept_network: { onShare: true } };
    const refusals = [
      [{ ...template, text: 'See {{case.password}}' }, 'notices.templates.0.text', 'unknown_value'],
      [{ ...template, subject: '{{note.text}}' }, 'notices.templates.0.subject', 'unknown_value'],
      [{ ...template, sms: '{{constructor}}' }, 'notices.templates.0.sms', 'unknown_value'],
      [{ ...template, text: 'Open {{case.number' }, 'notices.templates.0.text', 'invalid'],
      [{ ...template, department: 'dept_absent' }, 'notices.templates.0.department', 'not_found'],
      [{ ...template, subject: 'Two\nlines' }, 'notices.templates.0.subject', 'invalid'],
    ] as const;
    for (const [wrong, field, code] of refusals) {
      expect(await setNotices({ templates: [wrong] })).toMatchObject({
        status: 422,
        body: { errors: [{ field, code }] },
      });
    }
    const twice = await setNotices({ templates: [template, template] });
    expect(twice).toMatchObject({ status: 422, body: { errors: [{ code: 'duplicate' }] } });
    expect((await setNotices({ departments, templates: [template] })).status).toBe(200);
    const record = await tenant.aCase({ departmentId: 'dept_care', subject: 'Line down', priority: 'high' });
    await aGrant(tenant.agent, record.id, NETWORK);
    await world.quiet();
    const [mail] = mailTo('yuki');
    expect(mail?.subject).toBe(`Network: #${record.number} Line down`);
    expect(mail?.text).toContain('Mara Lindqvist asks for help, priority High.');
  });

  it('DE-33 lets templates name no field that a reader may not see, and sends none', async () => {
    await somebody('yuki', 'agent', yukis);
    const template = {
      department: null,
      event: 'share',
      locale: 'en',
      subject: 'Shared',
      text: 'About: {{case.description}}',
    };
    const departments = { dept_network: { onShare: true } };
    expect((await setNotices({ departments, templates: [template] })).status).toBe(200);
    // Masked since: what stands in a template shows nothing of it.
    await setSharing(tenant, {
      masks: { department: { full: [], restricted: ['description'], 'read-only': ['description'] } },
    });
    expect(await setNotices({ templates: [template] })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'notices.templates.0.text', code: 'invalid' }] },
    });
    const record = await tenant.aCase({ departmentId: 'dept_care', description: `HIDDEN ${mark}` });
    await aGrant(tenant.agent, record.id, { ...NETWORK, level: 'restricted' });
    await world.quiet();
    const [mail] = mailTo('yuki');
    expect(mail?.text).toContain('About: —');
    expect(`${mail?.text}${mail?.html}`).not.toContain(`HIDDEN ${mark}`);
  });

  it('DE-12, CU-17 shows whom a note did not reach by the same masks, and customers only people of theirs', async () => {
    const yuki = await somebody('yuki', 'agent', yukis);
    const [one, other] = [
      { customer: 'cust_aldermill', organisation: 'org_aldermill' },
      { customer: 'cust_quist', organisation: 'org_quist' },
    ];
    const pia = await somebody('pia', 'customer', one);
    await somebody('leo', 'customer', one);
    await somebody('nora', 'customer', other);
    for (const who of ['pia', 'leo', 'nora', 'yuki']) world.mail.answer(at(who), 550);
    await setNotices({ departments: { dept_network: { onShare: false, onReply: true } } });
    const record = await tenant.aCase({ departmentId: 'dept_care', requesterId: 'person_pia' });
    await aGrant(pia, record.id, { kind: 'person', id: 'person_leo' });
    const leo = await somebody('leo', 'customer', one);
    await leo.send('PUT', `/v1/cases/${record.id}/notices`, { body: { replies: true } });
    await aGrant(tenant.agent, record.id, { ...NETWORK, level: 'restricted' });
    await aGrant(tenant.agent, record.id, { kind: 'customer', id: 'cust_quist' });
    const written = await tenant.aNote(record.id, { visibility: 'public', text: 'To all.' });
    const reply = await tenant.aNote(
      record.id,
      { visibility: 'public', subject: undefined, text: 'Thanks.' },
      pia,
    );
    await world.quiet();
    const reached = async (by: Caller, note: string) => {
      const { body } = await by.get<NoticeDelivery>(`/v1/notes/${note}/delivery`);
      return body.failed.map(({ person }) => person.id).sort();
    };
    const everybody = ['person_leo', 'person_nora', 'person_pia', 'person_yuki'];
    expect(await reached(tenant.agent, written.id)).toEqual(everybody);
    expect(await reached(yuki, written.id)).toEqual(everybody);
    // Which departments and which other customers have the case is not theirs to know.
    expect(await reached(pia, reply.id)).toEqual(['person_leo']);
    await setSharing(tenant, {
      masks: { department: { full: [], restricted: ['requester'], 'read-only': [] } },
    });
    expect(await reached(yuki, written.id)).toEqual(['person_yuki']);
    expect(await reached(tenant.agent, written.id)).toEqual(everybody);
  });

  it('CU-26 names nobody in a message whom its reader is not shown', async () => {
    const claims = { customer: 'cust_aldermill', organisation: 'org_aldermill' };
    const pia = await somebody('pia', 'customer', claims);
    await somebody('leo', 'customer', claims);
    await changeSettings(tenant, {
      portal: { fields: portalFields.filter((field) => field !== 'requester') },
    });
    const record = await tenant.aCase({ contactMethod: 'portal' }, pia);
    await aGrant(pia, record.id, { kind: 'person', id: 'person_leo' });
    await world.quiet();
    const [mail] = mailTo('leo');
    expect(mail?.text).toContain('has shared case');
    expect(`${mail?.text}${mail?.html}`).not.toContain('Pia Moreau');
  });

  it('shows the rules to administrators alone', async () => {
    await setNotices({ departments: { dept_network: { onShare: true } } });
    const read = async (by: Caller) => (await by.get<Settings>('/v1/settings')).body.notices;
    expect(await read(tenant.administrator)).toMatchObject({
      departments: { dept_network: { onShare: true } },
    });
    for (const by of [tenant.agent, tenant.customer]) {
      expect(await read(by)).toBeUndefined();
      const session = await by.get<{ settings: Settings }>('/v1/session');
      expect(session.body.settings.notices).toBeUndefined();
    }
  });
});

describe('several processes', () => {
  it('send each message once', async () => {
    const { databaseUrl } = world;
    // PGlite is one process's own.
    if (databaseUrl === undefined) return;
    const others = await Promise.all(
      [1, 2].map(() =>
        createEngine({
          database: openPostgres(databaseUrl),
          attachments: createFolderStore('/nonexistent'),
          notices: tellingBy(world.mail),
        }),
      ),
    );
    try {
      const claims = { customer: 'cust_aldermill', organisation: 'org_aldermill' };
      await somebody('leo', 'customer', claims);
      const { customer: pia } = tenant;
      const submitted = { contactMethod: 'portal' };
      const records = await Promise.all(Array.from({ length: 8 }, () => tenant.aCase(submitted, pia)));
      await Promise.all(records.map(({ id }) => aGrant(pia, id, { kind: 'person', id: 'person_leo' })));
      await world.quiet();
      const subjects = mailTo('leo').map(({ subject }) => subject);
      expect(subjects).toHaveLength(8);
      expect(new Set(subjects).size).toBe(8);
    } finally {
      await Promise.all(others.map((engine) => engine.dispose()));
    }
  });
});
