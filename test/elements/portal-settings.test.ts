import { expect } from '@open-wc/testing';

import '../../components/portal-settings/portal-settings.js';
import type { PortalSettings } from '../../components/portal-settings/portal-settings.element.js';
import { expectAccessible } from './expect-accessible.js';
import { SettingsStage, click, turnTo } from './settings-support.js';
import {
  type ProviderOptions,
  disposeClients,
  find,
  findAll,
  nextEvent,
  settled,
  textOf,
  type,
  untilFound,
  untilText,
} from './support.js';

describe('<portal-settings>', () => {
  let stage: SettingsStage<'portal-settings'>;

  beforeEach(async () => {
    stage = await SettingsStage.of('portal-settings');
  });
  afterEach(disposeClients);

  const shown = (over: Partial<ProviderOptions> = {}) =>
    stage.show(over.as ? 'Portal and sharing' : 'What comes of it', over);

  async function tick(element: PortalSettings, name: string | RegExp): Promise<void> {
    (await untilFound(element, 'checkbox', name)).click();
    await element.updateComplete;
  }

  async function save(element: PortalSettings): Promise<void> {
    await click(element, 'Save settings');
    await untilText(element, 'The settings are saved.');
  }

  const patches = () => stage.writes.filter(({ method }) => method === 'PATCH');
  const boxes = (element: PortalSettings, name: string | RegExp) =>
    findAll<HTMLInputElement>(element, 'checkbox', name);
  const isTicked = (element: PortalSettings, name: string | RegExp) => boxes(element, name)[0]?.checked;

  for (const as of ['agent', 'customer'] as const)
    it(`CU-20 tells ${as === 'agent' ? 'an agent' : 'a customer'} why they cannot change the portal, and shows nothing of it`, async () => {
      const element = await shown({ as });
      await untilText(element, 'Only a system administrator');
      expect(boxes(element, /./)).to.deep.equal([]);
      expect(find(element, 'button', 'Save settings')).to.equal(undefined);
      expect(textOf(element)).not.to.contain('What comes of it');
    });

  it('CU-20 CU-22 CU-23 stores which cases customers see, once asked, and says what comes of it', async () => {
    const element = await shown();
    await untilText(element, 'Customers see their own cases.');
    await tick(element, 'All cases of their organisation');
    await tick(element, 'All cases of the projects they follow');
    await untilText(
      element,
      /Customers see their own cases, all cases of their organisation,? and all cases of the projects they follow\./,
    );
    await click(element, 'Save settings');
    const question = await untilFound(element, 'alertdialog', 'Others will see more than before:');
    expect(textOf(question)).to.contain(
      'Customers will see all cases of their organisation and all cases of the projects they follow.',
    );
    expect(patches(), 'nothing is sent before the answer').to.have.length(0);
    await click(element, 'Do not save yet');
    expect(isTicked(element, 'All cases of their organisation'), 'nothing is lost').to.equal(true);
    expect(patches()).to.have.length(0);
    await click(element, 'Save settings');
    await click(element, 'Save and show it');
    await untilText(element, 'The settings are saved.');
    expect((await stage.stored()).portal?.scope).to.deep.equal(['own', 'organisation', 'projects']);
    expect(await patches()[0]?.json()).to.deep.equal({
      portal: { scope: ['own', 'organisation', 'projects'] },
    });
  });

  it('CU-21 narrows without asking: own cases alone', async () => {
    await stage.update({ portal: { scope: ['own', 'organisation'] } });
    const element = await shown();
    await tick(element, 'All cases of their organisation');
    const announced = nextEvent<CustomEvent<{ version: string }>>(element, 'settings-change');
    await save(element);
    const settings = await stage.stored();
    expect(settings.portal?.scope).to.deep.equal(['own']);
    expect((await announced).detail.version).to.equal(settings.version);
  });

  /** The element over settings as another backend might have stored them. */
  const shownWithUnknown = () =>
    shown({
      fetch: async (request) => {
        if (request.method !== 'GET') stage.writes.push(request.clone());
        const answer = await fetch(request);
        const { pathname } = new URL(request.url);
        const read = request.method === 'GET' && ['/v1/settings', '/v1/session'].includes(pathname);
        return read && answer.ok ? withScope(answer, ['own', 'organisation', 'galaxy']) : answer;
      },
    });

  it('CU-21 CU-24 E-CONFIG tells of a scope nobody knows, applies the narrowest, and is put right by unticking it', async () => {
    const errors: string[] = [];
    const listen = (event: Event) => errors.push((event as CustomEvent<{ message: string }>).detail.message);
    document.addEventListener('config-error', listen);
    const element = await shownWithUnknown();
    await untilText(element, '“galaxy” in “portal.scope” is not known: the narrowest applies.');
    document.removeEventListener('config-error', listen);
    expect(errors).to.deep.equal([
      'The setting portal.scope cannot be used as it is stored ("galaxy" is not known); the narrowest applies.',
    ]);
    expect(textOf(element)).to.contain('Customers see their own cases.');
    expect(isTicked(element, 'galaxy')).to.equal(true);
    await tick(element, 'galaxy');
    await click(element, 'Save settings');
    const question = await untilFound(element, 'alertdialog', 'Others will see more than before:');
    expect(textOf(question)).to.contain('Customers will see all cases of their organisation.');
    await click(element, 'Save and show it');
    await untilText(element, 'The settings are saved.');
    expect(await patches()[0]?.json()).to.deep.equal({ portal: { scope: ['own', 'organisation'] } });
  });

  it('CU-24 E-CONFIG stores the narrowest, which applies already, without asking', async () => {
    const element = await shownWithUnknown();
    await click(element, 'Store what applies now');
    await save(element);
    expect(await patches()[0]?.json()).to.deep.equal({ portal: { scope: ['own'] } });
    expect((await stage.stored()).portal?.scope).to.deep.equal(['own']);
  });

  it('CU-25 CU-26 unticks what customers do and see, and asks before it shows again', async () => {
    const element = await shown();
    await tick(element, 'Attach files');
    await tick(element, 'Priority');
    await tick(element, 'Assignee');
    await untilText(element, 'They may not: Attach files.');
    expect(textOf(element)).to.match(/Kept from them: (Priority and Assignee)\./);
    await save(element);
    const { portal } = await stage.stored();
    expect(portal?.features['attach']).to.equal(false);
    expect(portal?.features['reply']).to.equal(true);
    expect(portal?.fields).to.include('type').and.not.include('priority');
    expect(portal?.fields).not.to.include('assignee');
    await tick(element, 'Priority');
    await click(element, 'Save settings');
    const question = await untilFound(element, 'alertdialog', 'Others will see more than before:');
    expect(textOf(question)).to.contain('Customers will see in each case: Priority.');
  });

  it('CU-26 names everything that shows when a closed portal opens', async () => {
    await stage.update({ portalScope: 'none', portal: { fields: ['type', 'tags'] } });
    const element = await shown();
    await untilText(element, 'Customers see no cases, and cannot submit any.');
    await tick(element, 'Customers see cases in the portal');
    await click(element, 'Save settings');
    const question = await untilFound(element, 'alertdialog', 'Others will see more than before:');
    expect(textOf(question)).to.contain('Customers will see their own cases.');
    expect(textOf(question)).to.contain('Customers will see in each case: Type and Tags.');
  });

  it('DE-01 DE-34 names the roles that may share with departments, and the usual level', async () => {
    const element = await shown();
    await turnTo(element, 'Sharing');
    expect(isTicked(element, 'Customer service')).to.equal(false);
    await tick(element, 'Customer service');
    const level = find<HTMLSelectElement>(element, 'combobox', 'Usual level of a department');
    if (level) {
      level.value = 'restricted';
      level.dispatchEvent(new Event('change'));
    }
    await save(element);
    const { sharing } = await stage.stored();
    expect([sharing?.departmentRoles, sharing?.departmentLevel]).to.deep.equal([
      ['customer-service'],
      'restricted',
    ]);
  });

  it('DE-20 says which levels each department may be given', async () => {
    const element = await shown();
    await turnTo(element, 'Sharing');
    await tick(element, 'Network: Full');
    await save(element);
    expect((await stage.stored()).sharing?.departmentLevels).to.deep.equal({
      dept_network: ['restricted', 'read-only'],
    });
    await tick(element, 'Network: Full');
    await save(element);
    expect((await stage.stored()).sharing?.departmentLevels, 'all of them is the rule').to.deep.equal({});
  });

  it('CO-07 CO-15 CO-26 CO-27 decision 6 decision 9 stores the rules of co-workers, and asks before more people can be shared with', async () => {
    const element = await shown();
    await turnTo(element, 'Sharing');
    await tick(element, 'Co-workers may leave a case by themselves');
    await tick(element, 'Replies may name addresses for a copy');
    const field = (name: string) => find<HTMLInputElement>(element, 'textbox', name) as HTMLInputElement;
    type(field('Keep it for, in days'), 'soon');
    await click(element, 'Save settings');
    await untilText(element, 'Enter a whole number of days from 1 to 3650, or nothing.');
    expect(patches(), 'nothing was sent').to.have.length(0);
    type(field('Keep it for, in days'), '30');
    type(field('Remind before access ends, in days'), '');
    const scope = find<HTMLSelectElement>(
      element,
      'combobox',
      'Who counts as a co-worker',
    ) as HTMLSelectElement;
    scope.value = 'tenant';
    scope.dispatchEvent(new Event('change'));
    await tick(element, 'Cases can be shared with whole organisations');
    await click(element, 'Save settings');
    const question = await untilFound(element, 'alertdialog', 'Others will see more than before:');
    expect(textOf(question)).to.contain(
      'Customers can share their cases with: All customers, whoever they belong to.',
    );
    expect(textOf(question)).to.contain('Everybody of an organisation will see the cases');
    await click(element, 'Save and show it');
    await untilText(element, 'The settings are saved.');
    const { sharing } = await stage.stored();
    expect(sharing).to.deep.include({
      allowSelfLeave: true,
      ccAllowed: true,
      organisations: true,
      candidateScope: 'tenant',
      expiryReminderDays: null,
      receipts: { enabled: true, keepDays: 30 },
    });
    await tick(element, 'Keep who has opened a case');
    await save(element);
    expect((await stage.stored()).sharing?.receipts).to.deep.equal({ enabled: false, keepDays: 30 });
  });

  it('DE-12 hides fields from departments by level, and asks before it shows them', async () => {
    const element = await shown();
    await turnTo(element, 'Hidden fields');
    await tick(element, 'Hide Priority at the level Restricted');
    await tick(element, 'Hide Priority at the level Read-only');
    await tick(element, 'Hide People of the customer at the level Read-only');
    await save(element);
    expect((await stage.stored()).sharing?.masks?.department).to.deep.include({
      restricted: ['priority'],
      'read-only': ['requester', 'priority'],
    });
    await tick(element, 'Hide Priority at the level Read-only');
    await click(element, 'Save settings');
    const question = await untilFound(element, 'alertdialog', 'Others will see more than before:');
    expect(textOf(question)).to.contain('Departments with the level “Read-only” will see: Priority.');
  });

  it('DE-31 tells a department of what is shared with it only once it is ticked', async () => {
    const element = await shown();
    await turnTo(element, 'Notices');
    await untilFound(element, 'checkbox', 'Network: A case was shared');
    expect(
      boxes(element, /A case was shared$/).some(({ checked }) => checked),
      'off at first',
    ).to.equal(false);
    await tick(element, 'Network: A case was shared');
    await save(element);
    expect((await stage.stored()).notices?.departments).to.deep.equal({
      dept_network: { onShare: true, onReply: false },
    });
  });

  it('DE-33 writes words for a notice with a preview as text and as HTML, and refuses what there is not', async () => {
    const element = await shown();
    await turnTo(element, 'Notices');
    await click(element, 'Write own words');
    const field = (name: string) =>
      findAll<HTMLInputElement>(element, 'textbox', name).at(-1) as HTMLInputElement;
    type(field('Subject *'), 'Look at {{case.number}}');
    type(field('Text *'), 'Hello {{recipient.name}},\n\n<b>{{case.subject}}</b> {{case.colour}}\n\n{{link}}');
    await untilText(element, 'Look at #2291');
    const html = find(element, 'region', 'HTML') as HTMLElement;
    expect(textOf(html), 'what is typed is text').to.contain('<b>Charged twice in February</b>');
    expect(textOf(html)).to.contain('Hello Marta Ferri,');
    await click(element, 'Save settings');
    await untilText(element, 'There is no placeholder {{case.colour}} here.');
    expect(patches(), 'nothing was sent').to.have.length(0);
    type(field('Text *'), 'Hello {{recipient.name}}');
    await click(element, '{{link}}');
    await save(element);
    const [template] = (await stage.stored()).notices?.templates ?? [];
    expect(template).to.deep.include({
      department: null,
      event: 'share',
      locale: 'en',
      subject: 'Look at {{case.number}}',
    });
    expect(template?.text).to.equal('Hello {{recipient.name}}{{link}}');
    await click(element, /^Use the usual words again/);
    await save(element);
    expect((await stage.stored()).notices?.templates).to.deep.equal([]);
  });

  it('E-CONF keeps both sides when somebody else saved first', async () => {
    stage.deaf = true;
    const element = await shown();
    await turnTo(element, 'Hidden fields');
    await tick(element, 'Hide Priority at the level Restricted');
    await stage.byAnother({
      portal: { scope: ['own', 'customer'] },
      sharing: { masks: { department: { restricted: ['tags'] } } },
    });
    await click(element, 'Save settings');
    await untilText(element, /Vera Holm saved the settings at/);
    const said = textOf(element);
    expect(said).to.contain('Taken over, because you had not changed it: Which cases');
    expect(said).to.match(/Keep mine: Restricted: Added: Priority\./);
    expect(said).to.match(/Take over from Vera Holm: Restricted: Added: Tags\./);
    await click(element, 'Save again');
    await click(element, 'Save and show it');
    await untilText(element, 'The settings are saved.');
    const { portal, sharing } = await stage.stored();
    expect(portal?.scope).to.deep.equal(['own', 'customer']);
    expect(sharing?.masks?.department['restricted']).to.deep.equal(['priority']);
  });

  it('brings back what was not saved, and never to somebody else', async () => {
    const element = await shown();
    await tick(element, 'Tags');
    await settled();
    expect(element.unsaved).to.equal(true);
    (element.parentElement?.parentElement as HTMLElement).remove();
    const again = await shown();
    await untilText(again, 'What you typed earlier is back.');
    expect(isTicked(again, 'Tags')).to.equal(false);
  });

  it('tells who changed what in the portal, in sharing and in notices', async () => {
    await stage.update({ portal: { features: { attach: false } }, sharing: { organisations: true } });
    await stage.update({ reopenOnCustomerReply: true });
    await stage.update({ notices: { departments: { dept_network: { onShare: true } } } });
    const element = await shown();
    await turnTo(element, 'Changes');
    await untilText(element, 'Iris Vahl');
    const said = textOf(element);
    expect(said).to.contain('What customers see: What customers may do: Taken out: Attach files.');
    expect(said).to.contain('Cases can be shared with whole organisations: Switched on.');
    expect(said).to.match(
      /Notices: Which departments are told: Network: From “as usual” to “A case was shared”\./,
    );
    expect(said, 'told by <case-settings>').not.to.contain('reopens a closed case');
  });

  for (const [how, over] of [
    ['', {}],
    [' in the dark', { theme: 'dark' }],
    [' on a phone', { width: 'phone' }],
  ] as const)
    it(`can be used by everybody${how}`, async () => {
      const element = await shown(over);
      for (const part of ['sharing', 'masks', 'notices', 'portal']) {
        const chooser = element.shadowRoot?.querySelector<HTMLSelectElement>('#part');
        if (chooser) {
          chooser.value = part;
          chooser.dispatchEvent(new Event('change'));
        }
        await element.updateComplete;
        if (part === 'notices') await click(element, 'Write own words');
        await expectAccessible(element);
        const { scrollWidth, clientWidth } = element;
        expect(scrollWidth, `${part} fits`).to.be.at.most(clientWidth);
      }
    });
});

/** The same answer with a scope as another backend might have stored it. */
async function withScope(answer: Response, scope: readonly string[]): Promise<Response> {
  const body = (await answer.json()) as { settings?: { portal?: object }; portal?: object };
  const put = <T extends { portal?: object }>(settings: T) => ({
    ...settings,
    portal: { ...settings.portal, scope },
  });
  const changed = body.settings ? { ...body, settings: put(body.settings) } : put(body);
  const headers = new Headers(answer.headers);
  headers.delete('content-length');
  return new Response(JSON.stringify(changed), { status: answer.status, headers });
}
