import { expect, html } from '@open-wc/testing';

import type { ShareManager } from '../../components/share-manager/share-manager.element.js';
import type { Case } from '../../src/contract/cases.js';
import type { Grant } from '../../src/contract/grants.js';
import { expectAccessible } from './expect-accessible.js';
import {
  aProjectManager,
  aShareManager,
  aSharedCase,
  aSharingTenant,
  canAdd,
  chips,
  choose,
  click,
  lineOf,
  one,
  removals,
  select,
  shareAs,
  withoutEvents,
} from './share-manager-support.js';
import {
  type TestTenant,
  aProvider,
  aToken,
  deepFocus,
  disposeClients,
  find,
  findAll,
  nextEvent,
  textOf,
  type,
  untilFound,
  untilNoText,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

describe('<share-manager>', () => {
  let tenant: TestTenant;
  let record: Case;
  let posted: Request[];

  beforeEach(async () => {
    tenant = await aSharingTenant();
    record = await aSharedCase(tenant);
    posted = [];
  });
  afterEach(disposeClients);

  const listening = (request: Request) => {
    if (request.method === 'POST' && request.url.endsWith('/grants')) posted.push(request.clone());
    return fetch(request);
  };

  const stored = async (): Promise<Grant[]> => (await tenant.clientFor('agent').grants.list(record.id)).items;

  const untilLine = (element: ShareManager, name: string) =>
    waitUntil(() => lineOf(element, name), `${name} has no line`);

  it('waits for a case without keeping the page busy, and shows the one it is given', async () => {
    const provider = await aProvider({ tenant, width: 'wide' }, html`<share-manager></share-manager>`);
    const element = provider.querySelector('share-manager') as ShareManager;
    await untilFound(element, 'heading');
    // A page that is busy without end comes to no further task.
    await new Promise((resolve) => setTimeout(resolve));
    expect(element.isUpdatePending).to.equal(false);
    element.caseId = record.id;
    await untilText(element, `case #${record.number}`);
  });

  it('CO-01, CO-04 adds several co-workers at once by name, and nobody who is none', async () => {
    const element = await aShareManager(tenant, record.id, { as: 'customer', fetch: listening });
    const field = await untilFound<HTMLInputElement>(element, 'combobox', 'Add co-workers');
    field.focus();
    type(field, 'Nora Quist');
    await untilText(element, 'Nobody to choose matches.');
    await click(element, 'Share');
    await untilText(element, 'Nobody to choose is called “Nora Quist”. Choose a name from the list.');
    expect(deepFocus()).to.equal(field);
    type(field, 'Pia');
    await untilText(element, 'Nobody to choose matches.');

    await choose(element, 'Leo Aske');
    expect(deepFocus()).to.equal(field);
    await choose(element, 'Leo Aske');
    await untilText(element, 'Leo Aske is chosen already.');
    await choose(element, 'Ada Moreau');
    expect(chips(element)).to.deep.equal(['Leo Aske', 'Ada Moreau']);
    expect(posted).to.have.length(0);

    const told = nextEvent<CustomEvent<{ grants: Grant[] }>>(document, 'share-change');
    await click(element, 'Share');
    await untilText(element, /Shared with Leo Aske and Ada Moreau\./);
    expect((await told).detail.grants.map(({ grantee }) => grantee.name)).to.have.members([
      'Leo Aske',
      'Ada Moreau',
    ]);
    expect(posted).to.have.length(1);
    expect(chips(element)).to.deep.equal([]);
    await untilLine(element, 'Ada Moreau');
    expect((await stored()).map(({ grantee }) => grantee.id)).to.have.members(['person_leo', 'person_ada']);

    await click(element, 'Undo');
    await untilText(element, 'Shared with nobody yet.');
    expect(await stored()).to.have.length(0);
  });

  it('CO-05, DE-26 ends access only after a question, and says by whom it ended before', async () => {
    const { client, items } = await shareAs(
      tenant,
      'customer',
      record.id,
      one('person', 'person_leo'),
      one('person', 'person_ada'),
    );
    let ended = 0;
    const element = await aShareManager(tenant, record.id, {
      as: 'customer',
      fetch: (request) => {
        if (request.method === 'DELETE') ended += 1;
        return withoutEvents(request);
      },
    });
    await click(element, 'Remove Leo Aske');
    expect(textOf(await untilFound(element, 'button', 'Keep'))).to.equal(textOf(deepFocus()));
    await click(element, 'Keep');
    expect(find(element, 'button', 'Keep')).to.equal(undefined);
    expect(await stored()).to.have.length(2);
    await click(element, 'Remove Leo Aske');
    await click(element, 'Remove');
    await untilText(element, 'Leo Aske: access has ended.');
    await waitUntil(() => !lineOf(element, 'Leo Aske'), 'the line stays');
    expect((await stored()).map(({ grantee }) => grantee.name)).to.deep.equal(['Ada Moreau']);

    await client.grants.remove(items.find(({ grantee }) => grantee.id === 'person_ada')?.id ?? '');
    await click(element, 'Remove Ada Moreau');
    await click(element, 'Remove');
    await untilText(element, /Pia Moreau removed Ada Moreau already, /);
    await waitUntil(() => !lineOf(element, 'Ada Moreau'), 'the line stays');
    expect(ended, 'nothing but what was confirmed').to.equal(2);
  });

  it('CO-06, CO-07, CO-14 shows a co-worker and an agent who is in, and who alone can change that', async () => {
    await shareAs(tenant, 'customer', record.id, one('person', 'person_leo'), one('person', 'person_ada'));
    const refusal = 'Only Pia Moreau, who submitted this case, can add or remove co-workers.';
    const colleague = await aShareManager(tenant, record.id, { as: 'colleague' });
    await untilText(colleague, refusal);
    await untilLine(colleague, 'Ada Moreau');
    expect(canAdd(colleague)).to.equal(false);
    expect(removals(colleague)).to.equal(0);

    const agent = await aShareManager(tenant, record.id, { as: 'agent' });
    await untilText(agent, refusal);
    await untilLine(agent, 'Leo Aske');
    expect(removals(agent)).to.equal(0);
    const field = await untilFound(agent, 'combobox', /^Add departments, customers or organisations$/);
    type(field, 'Ada Moreau');
    await untilText(agent, 'Nobody to choose matches.');
  });

  it('CO-07, decision 6 lets a co-worker leave where the settings say so, and remove nobody else', async () => {
    await shareAs(tenant, 'customer', record.id, one('person', 'person_leo'), one('person', 'person_ada'));
    const { settings } = tenant.clientFor('administrator');
    const { version } = await settings.get();
    await settings.update({ sharing: { allowSelfLeave: true } }, { version });
    const element = await aShareManager(tenant, record.id, { as: 'colleague' });
    await untilFound(element, 'button', 'Remove Leo Aske');
    expect(removals(element)).to.equal(1);
    await click(element, 'Remove Leo Aske');
    await click(element, 'Remove');
    await untilText(element, /not available/);
    expect((await stored()).map(({ grantee }) => grantee.name)).to.deep.equal(['Ada Moreau']);
  });

  it('CO-15 marks who has viewed the case, and who has not yet', async () => {
    await shareAs(tenant, 'customer', record.id, one('person', 'person_leo'), one('person', 'person_ada'));
    await tenant.clientFor('colleague').receipts.record(record.id);
    const element = await aShareManager(tenant, record.id, { as: 'customer' });
    await waitUntil(() => /viewed \d/.test(textOf(lineOf(element, 'Leo Aske') as Node)), 'Leo has viewed it');
    expect(textOf(lineOf(element, 'Ada Moreau') as Node)).to.contain('not viewed yet');
  });

  it('DE-02, DE-03, DE-13, DE-20, DE-21, decision 9 gives each of several departments a level, full unless told', async () => {
    const element = await aShareManager(tenant, record.id, { fetch: listening });
    await choose(element, 'Network');
    await choose(element, 'Legal');
    const levels = await untilFound<HTMLSelectElement>(element, 'combobox', 'Level of Network');
    expect(levels.value).to.equal('full');
    expect([...levels.options].map(({ text }) => text.trim())).to.deep.equal([
      'Full',
      'Restricted',
      'Read-only',
    ]);
    await select(element, 'Level of Legal', 'restricted');
    await select(element, 'Access lasts', 'week');
    await click(element, 'Share');
    await untilText(element, /Shared with Network and Legal\./);
    const grants = await stored();
    expect(grants.map(({ grantee, level }) => [grantee.name, level])).to.have.deep.members([
      ['Network', 'full'],
      ['Legal', 'restricted'],
    ]);
    const days = (Date.parse(grants[0]?.expiresAt ?? '') - Date.now()) / 86_400_000;
    expect(days).to.be.within(6.9, 8.1);
    await untilLine(element, 'Legal');
    expect(textOf(lineOf(element, 'Legal') as Node)).to.match(
      /Restricted.*Shared by Mara Lindqvist, .* · until .* · cannot answer the customer or edit/,
    );
  });

  it('DE-19, DE-21 names what is wrong under the field and keeps every choice; who has it gets another level', async () => {
    const [agent, both] = await Promise.all([
      Promise.resolve(tenant.clientFor('agent')),
      aToken({
        sub: 'person_both',
        name: 'Bo Both',
        kind: 'agent',
        tenant: tenant.tenant,
        roles: ['customer-service'],
        departments: ['dept_care', 'dept_network'],
      }),
    ]);
    const asBoth = { ...tenant, tokens: { ...tenant.tokens, agent: both } };
    const element = await aShareManager(asBoth, record.id, { fetch: withoutEvents });
    const field = await untilFound(element, 'combobox', /^Add /);
    type(field, 'Customer Care');
    await untilText(element, 'Nobody to choose matches.');
    await choose(element, 'Network');
    await choose(element, 'Legal');
    const { version } = await agent.cases.get(record.id);
    await agent.cases.update(record.id, { departmentId: 'dept_network' }, { version });
    await click(element, 'Share');
    await untilText(element, 'Network: The case is theirs already.');
    await untilText(element, 'One name cannot be added. Nothing was shared.');
    expect(chips(element)).to.deep.equal(['Network', 'Legal']);
    await click(element, 'Do not add Network');
    await click(element, 'Share');
    await untilText(element, 'Shared with Legal.');

    await choose(element, 'Legal');
    await untilText(element, 'Legal has access already.');
    await click(element, 'Change level');
    await select(element, 'Level of Legal', 'read-only');
    await click(element, 'Save');
    await untilText(element, 'Legal: Read-only, no end date.');
    await click(element, 'Undo');
    await untilText(element, 'Legal: Full, no end date.');
  });

  it('DE-14, DE-24, DE-25 lets a department that received a case change nothing, and says why', async () => {
    await shareAs(tenant, 'agent', record.id, one('department', 'dept_network', 'restricted'));
    const element = await aShareManager(tenant, record.id, { as: 'technician' });
    await untilText(element, 'Your department received this case and cannot share it on.');
    await untilText(element, 'Your department received this case and cannot end a share.');
    await untilText(element, /^Who has access to case #/);
    await untilLine(element, 'Network');
    expect(canAdd(element)).to.equal(false);
    expect(findAll(element, 'button')).to.have.length(0);
  });

  it('DE-36 changes a level and says who was faster, with what was chosen kept', async () => {
    const { client, items } = await shareAs(tenant, 'agent', record.id, one('department', 'dept_network'));
    const element = await aShareManager(tenant, record.id, { fetch: withoutEvents });
    await click(element, 'Change the access of Network');
    await select(element, 'Level of Network', 'read-only');
    await client.grants.update(items[0]?.id ?? '', { level: 'restricted' }, { version: '1' });
    await click(element, 'Save');
    await untilText(element, 'Mara Lindqvist changed Network meanwhile. Look at it again.');
    await waitUntil(() => textOf(lineOf(element, 'Network') as Node).includes('Restricted'));
    expect(find<HTMLSelectElement>(element, 'combobox', 'Level of Network')?.value).to.equal('read-only');
    await click(element, 'Save');
    await untilText(element, 'Network: Read-only, no end date.');
    expect((await stored())[0]?.level).to.equal('read-only');
  });

  it('CU-02, CU-03, CU-13 shows who follows: one who does already is not added, one removed elsewhere leaves', async () => {
    const { client, items } = await shareAs(
      tenant,
      'agent',
      record.id,
      one('customer', 'cust_quist', 'view'),
    );
    const element = await aShareManager(tenant, record.id, { fetch: listening });
    await untilLine(element, 'Quist & Daughters');
    expect(textOf(lineOf(element, 'Quist & Daughters') as Node)).to.contain('Can view');
    await choose(element, 'Quist & Daughters');
    await untilText(element, 'Quist & Daughters has access already.');
    expect(chips(element)).to.deep.equal([]);
    expect(find(element, 'button', 'Change level'), 'only an administrator changes it').to.equal(undefined);
    await client.grants.remove(items[0]?.id ?? '');
    await untilText(element, 'No longer shared with Quist & Daughters.');
    expect(lineOf(element, 'Quist & Daughters')).to.equal(undefined);
    expect(posted).to.have.length(0);
  });

  it('CU-10, CU-12, decision 7 states how many an organisation is before and after, and that it follows who belongs to it', async () => {
    const element = await aShareManager(tenant, record.id);
    const field = await untilFound(element, 'combobox', /^Add /);
    type(field, 'Quist Group');
    expect(textOf(await untilFound(element, 'option', /^Quist Group/))).to.contain('1 person');
    await choose(element, 'Nobody Yet');
    await untilText(element, /Nobody Yet Organisation · 0 people/);
    await untilText(element, 'Whoever joins gets access, whoever leaves loses it.');
    await click(element, 'Share');
    await untilText(element, 'Shared with Nobody Yet.');
    await waitUntil(() => lineOf(element, 'Nobody Yet'), 'no line');
    expect(textOf(lineOf(element, 'Nobody Yet') as Node)).to.contain('0 people');
  });

  it('CU-09, CU-10, CU-13 shares a whole project with customers and organisations, and ends that', async () => {
    const { projects } = tenant.clientFor('agent');
    const { id } = await projects.create({ name: 'New ovens' });
    const element = await aProjectManager(tenant, id);
    await untilText(element, 'Share project New ovens');
    await choose(element, 'Harbour Dental');
    await choose(element, 'Nobody Yet');
    await click(element, 'Share');
    await untilText(element, /Shared with Harbour Dental and Nobody Yet\./);
    await waitUntil(() => lineOf(element, 'Nobody Yet'), 'no line');
    expect(textOf(lineOf(element, 'Nobody Yet') as Node)).to.contain('0 people');
    const { items } = await projects.grants(id);
    expect(items.map(({ grantee }) => grantee.name)).to.have.members(['Harbour Dental', 'Nobody Yet']);
    await click(element, 'Remove Harbour Dental');
    await click(element, 'Remove');
    await waitUntil(() => !lineOf(element, 'Harbour Dental'), 'the line stays');
    expect((await projects.grants(id)).items).to.have.length(1);
  });

  describe('with earlier replies', () => {
    beforeEach(async () => {
      record = await aSharedCase(tenant, {
        entries: [
          { kind: 'note', by: 'person_mara', at: '2025-02-10T10:00:00Z', text: 'Between us.' },
          {
            kind: 'note',
            by: 'person_mara',
            at: '2025-02-11T10:00:00Z',
            visibility: 'public',
            text: 'We found the second debit.',
          },
        ],
      });
    });

    const answers = async () =>
      (await tenant.clientFor('outsider').cases.timeline(record.id, { limit: 50 })).items.flatMap(
        ({ text }) => text ?? [],
      );

    it('CU-06, CU-07 asks what becomes of them, and warns of another organisation', async () => {
      const element = await aShareManager(tenant, record.id);
      await choose(element, 'Quist & Daughters');
      await click(element, 'Share');
      await untilText(element, /1 earlier reply could be read/);
      await untilText(element, /The oldest is from .*2025.*They went to Pia Moreau\./);
      await untilText(element, 'This shares with another organisation than those who have it so far.');
      await click(element, 'Confirm and share');
      await untilText(element, 'Choose what becomes of the earlier replies.');
      expect(await stored()).to.have.length(0);

      (await untilFound(element, 'radio', 'Do not share')).click();
      await click(element, 'Do not share');
      await untilText(element, 'Nothing was shared.');
      expect(chips(element), 'the choice stays').to.deep.equal(['Quist & Daughters']);
      expect(await stored()).to.have.length(0);

      await click(element, 'Share');
      (await untilFound(element, 'radio', 'Start a new conversation')).click();
      await click(element, 'Confirm and share');
      await untilText(element, 'Shared with Quist & Daughters.');
      expect(await answers()).to.deep.equal([]);
    });

    it('CU-06 shows before what exactly somebody will see, and shares that', async () => {
      const element = await aShareManager(tenant, record.id);
      await choose(element, 'Quist & Daughters');
      await click(element, 'Preview');
      await untilText(element, 'What Quist & Daughters will see');
      await untilText(element, /Visible .*Subject.*1 reply/);
      expect(textOf(element), 'what is empty discloses nothing').not.to.contain('Why it was closed');
      // It is read, and walked through by the keyboard, where it stands: above the form.
      const preview = element.shadowRoot?.querySelector('[part=preview]') as HTMLElement;
      const field = await untilFound(element, 'combobox', /^Add /);
      const follows = preview.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING;
      expect(follows).to.equal(Node.DOCUMENT_POSITION_FOLLOWING);
      await untilText(element, /Hidden .*1 internal note/);
      (await untilFound(element, 'radio', 'Include them')).click();
      await untilText(element, 'We found the second debit.');
      expect(textOf(element)).not.to.contain('Between us.');
      await click(element, 'Confirm and share');
      await untilText(element, 'Shared with Quist & Daughters.');
      await untilNoText(element, 'Confirm and share');
      expect(await answers()).to.deep.equal(['We found the second debit.']);
    });
  });

  it('CU-23 tells who shares that the portal shows customers nothing', async () => {
    const { settings } = tenant.clientFor('administrator');
    const { version } = await settings.get();
    await settings.update({ portalScope: 'none' }, { version });
    const element = await aShareManager(tenant, record.id);
    await choose(element, 'Quist & Daughters');
    await choose(element, 'Legal');
    await click(element, 'Share');
    await untilText(
      element,
      'The portal shows customers nothing at the moment: Quist & Daughters will not see the case until it is open.',
    );
    expect(await stored()).to.have.length(2);
  });

  it('CO-14 says that a backend hides somebody who has access, tells the host, and adds nobody', async () => {
    await shareAs(tenant, 'agent', record.id, one('department', 'dept_legal'));
    let hides = true;
    const element = await aShareManager(tenant, record.id, {
      fetch: async (request) => {
        const answer = await fetch(request);
        const { pathname } = new URL(request.url);
        if (!hides || request.method !== 'GET' || !/\/cases\/[^/]+\/grants$/.test(pathname)) return answer;
        const list = (await answer.json()) as { items: unknown[]; total: number };
        return Response.json({ ...list, total: list.items.length + 1 }, { headers: answer.headers });
      },
    });
    await untilText(
      element,
      'Somebody has access who is not named here. Nobody can be added until they are.',
    );
    await untilFound(element, 'alert', /./);
    expect(lineOf(element, 'Legal'), 'the others are shown').not.to.equal(undefined);
    expect(canAdd(element)).to.equal(false);
    await expectAccessible(element);
    hides = false;
    await shareAs(tenant, 'agent', record.id, one('department', 'dept_network'));
    await untilNoText(element, 'Somebody has access who is not named here.');
    expect(canAdd(element)).to.equal(true);
    hides = true;
    const told = nextEvent<CustomEvent<{ message: string }>>(element, 'config-error');
    await shareAs(tenant, 'agent', record.id, one('organisation', 'org_quist'));
    expect((await told).detail.message).to.contain('hides 1 of those who have access');
  });

  it('loses nothing that was chosen when sharing fails, and sends it once', async () => {
    let cut = true;
    const keys: (string | null)[] = [];
    const element = await aShareManager(tenant, record.id, {
      fetch: (request) => {
        if (request.method !== 'POST' || !request.url.endsWith('/grants')) return fetch(request);
        keys.push(request.headers.get('Idempotency-Key'));
        return cut ? Promise.reject(new TypeError('cut')) : fetch(request);
      },
    });
    await choose(element, 'Legal');
    await select(element, 'Level of Legal', 'read-only');
    await click(element, 'Share');
    await untilText(element, 'There is no connection. Nothing you typed is lost.');
    expect(chips(element)).to.deep.equal(['Legal']);
    expect(element.unsaved).to.equal(true);
    cut = false;
    await click(element, 'Share');
    await untilText(element, 'Shared with Legal.');
    expect(new Set(keys).size).to.equal(1);
    expect((await stored())[0]?.level).to.equal('read-only');
    expect(element.unsaved).to.equal(false);
  });

  it('is accessible, dark and on a narrow phone, with a question, a preview and a change open', async () => {
    await shareAs(
      tenant,
      'agent',
      record.id,
      one('department', 'dept_network'),
      one('customer', 'cust_harbour'),
    );
    await shareAs(tenant, 'customer', record.id, one('person', 'person_leo'));
    const element = await aShareManager(tenant, record.id, { width: 'phone', theme: 'dark' });
    await choose(element, 'Legal');
    await click(element, 'Preview');
    await untilText(element, 'Hidden');
    await click(element, 'Remove Network');
    await expectAccessible(element);
    await click(element, 'Change the access of Harbour Dental');
    await expectAccessible(element);
    const { scrollWidth, clientWidth } = element;
    expect(scrollWidth, 'nothing is wider than the phone').to.be.at.most(clientWidth);
  });
});
