import { expect } from '@open-wc/testing';

import '../../components/share-manager/share-manager.js';
import '../../components/share-manager/share-body.js';
import type { Case } from '../../src/contract/cases.js';
import type { Grant } from '../../src/contract/grants.js';
import { aDetail, addNote, answering } from './case-detail-support.js';
import { aSharedTenant, leo, network, quist, share, waysToShare } from './sharing-support.js';
import {
  deepFocus,
  disposeClients,
  everything,
  find,
  findAll,
  nameOf,
  press,
  settled,
  textOf,
  type,
  untilFound,
  untilNoText,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

/** The panel that stands open. */
const panelOf = (detail: Element) => find(detail, 'dialog', /^(Share case|Who has access)/);

describe('who has a case, beside it', () => {
  afterEach(disposeClients);

  it('DE-17 DE-18 DE-19 CU-11 the badge, the icon and the menu open one panel', async () => {
    const { tenant, caseId } = await aSharedTenant();
    await share(tenant, caseId, 'agent', { ...network, level: 'restricted' });
    const { detail } = await aDetail({ tenant, caseId });
    for (const way of [/^Shared with 1$/, /^Share case$/, 'menu'] as const) {
      if (way === 'menu') {
        (await untilFound(detail, 'button', 'More actions')).click();
        (await untilFound(detail, 'menuitem', 'Share…')).click();
      } else (await untilFound(detail, 'button', way)).click();
      await waitUntil(() => panelOf(detail), `nothing opened by ${String(way)}`);
      const panel = panelOf(detail) as Element;
      expect(nameOf(panel)).to.match(/^Share case #\d+$/);
      await untilText(panel, 'Network');
      await waitUntil(() => deepFocus().id === 'grantees', 'names cannot be typed at once');
      press('Escape', panel);
      await waitUntil(() => !panelOf(detail), 'the panel stays');
    }
  });

  it('DE-17 the menu gives the focus back to its button when it is closed from inside', async () => {
    const { tenant, caseId } = await aSharedTenant();
    const { detail } = await aDetail({ tenant, caseId });
    const button = await untilFound(detail, 'button', 'More actions');
    const root = detail.shadowRoot as ShadowRoot;
    button.click();
    const item = await untilFound(detail, 'menuitem', 'Share…');
    await waitUntil(() => root.activeElement === item, 'the first item has no focus');
    (item.closest('[popover]') as HTMLElement).hidePopover();
    await waitUntil(() => root.activeElement === button, 'the focus is lost');
  });

  it('DE-14 DE-17 DE-18 DE-23 a department that received the case has the badge and no way to share it on', async () => {
    const { tenant, caseId } = await aSharedTenant();
    await share(tenant, caseId, 'agent', { ...network, level: 'read-only' });
    const { detail } = await aDetail({ tenant, caseId, as: 'technician' });
    const badge = await untilFound(detail, 'button', 'Shared by Customer Care · Read-only');
    expect(find(detail, 'button', 'Share case')).to.equal(undefined);
    find(detail, 'button', 'More actions')?.click();
    await settled();
    expect(findAll(detail, 'menuitem').map(nameOf)).to.deep.equal([]);
    badge.click();
    await waitUntil(() => panelOf(detail));
    await untilText(panelOf(detail) as Element, 'Network');
    expect(nameOf(panelOf(detail) as Element)).to.equal('Who has access');
    await waitUntil(() => deepFocus().id === 'title', 'the heading is not read');
  });

  it('DE-04 DE-05 DE-06 DE-24 DE-25 at the full level it can answer and edit, and never change status or the shares', async () => {
    const { tenant, caseId } = await aSharedTenant();
    await share(tenant, caseId, 'agent', network);
    const { detail } = await aDetail({ tenant, caseId, as: 'technician' });
    await untilFound(detail, 'button', 'Shared by Customer Care · Full');
    expect(find<HTMLInputElement>(detail, 'radio', 'Reply to customer')?.disabled).to.equal(false);
    expect(find(detail, 'button', 'Edit case')).to.exist;
    expect(find(detail, 'button', 'Close case')).to.equal(undefined);
    find(detail, 'button', /^Shared by/)?.click();
    await waitUntil(() => panelOf(detail));
    const panel = panelOf(detail) as Element;
    await untilText(panel, 'Network');
    expect(findAll(panel, 'button', /^Remove/)).to.deep.equal([]);
    expect(findAll(panel, 'combobox')).to.deep.equal([]);
  });

  it('CU-27 a customer who may only read has nowhere to write, and is told why', async () => {
    const { tenant, caseId } = await aSharedTenant();
    await share(tenant, caseId, 'administrator', { ...quist, level: 'view' });
    const { detail } = await aDetail({ tenant, caseId, as: 'outsider' });
    await untilText(detail, 'You may see this case, but not do this.');
    expect(find(detail, 'textbox')).to.equal(undefined);
  });

  it('CO-11 CO-12 CO-13 a co-worker chooses to be told of replies, and keeps the case without', async () => {
    const { tenant, caseId } = await aSharedTenant();
    await share(tenant, caseId, 'customer', leo);
    // A server that can reach Leo by mail.
    const reaching = async (request: Request) => {
      const answer = await fetch(request);
      if (!request.url.endsWith('/notices') || !answer.ok) return answer;
      const preference = (await answer.json()) as object;
      return Response.json({ ...preference, deliverable: true }, { headers: answer.headers });
    };
    const { detail } = await aDetail({ tenant, caseId, as: 'colleague', fetch: reaching });
    const { notices } = tenant.clientFor('colleague');
    const before = (await notices.get(caseId)).replies;
    for (const replies of [!before, before]) {
      (await untilFound(detail, 'button', 'More actions')).click();
      const item = await untilFound(detail, 'menuitemcheckbox', /^Tell me about replies/);
      await waitUntil(() => item.getAttribute('aria-disabled') === null);
      item.click();
      await untilText(
        detail,
        replies ? 'You will be told about replies.' : 'You will not be told about replies.',
      );
      expect((await notices.get(caseId)).replies).to.equal(replies);
    }
    await untilFound(detail, 'button', '2 people have access');
  });

  it('DE-23 a department that nobody knows by name is told by its id', async () => {
    const { tenant, caseId } = await aSharedTenant();
    await share(tenant, caseId, 'agent', network);
    const nameless = answering<Case>(/^\/v1\/cases\/[^/]+$/, (record) => ({
      ...record,
      department: { id: 'dept_care', name: '' },
    }));
    const { detail } = await aDetail({ tenant, caseId, as: 'technician', fetch: nameless });
    await untilFound(detail, 'button', 'Shared by dept_care · Full');
  });

  it('DE-01 CO-06 nobody who may not share is offered it', async () => {
    const { tenant, caseId } = await aSharedTenant();
    await share(tenant, caseId, 'customer', leo);
    const { detail } = await aDetail({ tenant, caseId, as: 'colleague' });
    await untilFound(detail, 'button', '2 people have access');
    expect(waysToShare(detail)).not.to.include('Share case');
    const refusing = answering<Case>(/^\/v1\/cases\/[^/]+$/, (record) => ({
      ...record,
      permissions: { ...record.permissions, share: { allowed: false, rule: 'departments.off' } },
    }));
    const other = await aDetail({ tenant, caseId, fetch: refusing });
    await untilFound(other.detail, 'button', 'Shared with 1');
    expect(find(other.detail, 'button', 'Share case')).to.equal(undefined);
  });

  it('CO-14 CO-18 CO-20 CO-25 a co-worker sees who is in, the subject as text, and who wrote what', async () => {
    const subject = 'Oven <b onmouseover="alert(1)">off</b> & on';
    const { tenant, caseId } = await aSharedTenant({ subject });
    await share(tenant, caseId, 'customer', leo);
    await addNote(tenant, caseId, 'We are on it.', 'agent');
    await tenant.clientFor('colleague').notes.create(caseId, { visibility: 'public', text: 'From Leo.' });
    const { detail } = await aDetail({ tenant, caseId, as: 'colleague' });
    await untilText(detail, 'Who has access: You and Pia Moreau');
    expect(textOf(await untilFound(detail, 'heading', subject))).to.equal(subject);
    expect(everything(detail).some(({ localName }) => localName === 'b')).to.equal(false);
    await untilText(detail, /Mara Lindqvist\s+Support/);
    const { detail: pias } = await aDetail({ tenant, caseId, as: 'customer' });
    await untilText(pias, /Leo Aske(?! Support).*From Leo\./);
  });

  it('CO-20 a support person without a profile is a placeholder, not an error', async () => {
    const { tenant, caseId } = await aSharedTenant();
    await addNote(tenant, caseId, 'We are on it.', 'agent');
    const unknown = answering<{ items: { by: unknown }[] }>(/\/timeline$/, ({ items, ...page }) => ({
      ...page,
      items: items.map((entry) => ({ ...entry, by: null })),
    }));
    const { detail } = await aDetail({ tenant, caseId, as: 'customer', fetch: unknown });
    await untilText(detail, /former user.*We are on it\./);
    expect(find(detail, 'alert')).to.equal(undefined);
  });

  it('CU-02 agents see which customers follow; without the right nothing is said of it', async () => {
    const { tenant, caseId } = await aSharedTenant();
    await share(tenant, caseId, 'administrator', quist);
    const { detail } = await aDetail({ tenant, caseId });
    await untilText(detail, 'Followers: Quist & Daughters');
    const asked: string[] = [];
    const refusing = answering<Case>(/^\/v1\/cases\/[^/]+$/, (record) => ({
      ...record,
      permissions: { ...record.permissions, listGrantees: { allowed: false, rule: 'test.hidden' } },
    }));
    const other = await aDetail({
      tenant,
      caseId,
      fetch: (request) => {
        asked.push(new URL(request.url).pathname);
        return refusing(request);
      },
    });
    await untilFound(other.detail, 'button', 'Share case');
    expect(textOf(other.detail)).not.to.contain('Followers');
    expect(asked.filter((path) => path.endsWith('/grants'))).to.deep.equal([]);
  });

  it('CU-02 CO-05 who loses access elsewhere leaves the names without a reload', async () => {
    const { tenant, caseId } = await aSharedTenant();
    const grant = await share(tenant, caseId, 'administrator', quist);
    const { detail } = await aDetail({ tenant, caseId });
    await untilText(detail, 'Followers: Quist & Daughters');
    await tenant.clientFor('administrator').grants.remove(grant.id);
    await untilNoText(detail, 'Followers');
  });

  it('DE-12 a masked field says that it is hidden at this level, and only where the record says so', async () => {
    const { tenant, caseId } = await aSharedTenant({ deadline: '2025-03-01' });
    const masked = answering<Case>(/^\/v1\/cases\/[^/]+$/, ({ deadline: _deadline, ...record }) => ({
      ...record,
      masked: ['deadline'],
    }));
    const { detail } = await aDetail({ tenant, caseId, fetch: masked });
    await untilText(detail, /Deadline Hidden at your level/);
    expect(textOf(detail).match(/Hidden at your level/g)).to.have.length(1);
  });

  it('DE-07 DE-10 a case is forwarded to a colleague alone; an outside address is refused and nothing sent', async () => {
    const { tenant, caseId } = await aSharedTenant();
    await share(tenant, caseId, 'agent', { ...network, level: 'restricted' });
    const { detail } = await aDetail({ tenant, caseId, as: 'technician' });
    (await untilFound(detail, 'button', 'More actions')).click();
    (await untilFound(detail, 'menuitem', 'Forward to a colleague…')).click();
    const dialog = await untilFound(detail, 'dialog', /^Forward case #/);
    const to = await untilFound(dialog, 'combobox', 'To');
    type(to, 'someone@elsewhere.example');
    type(await untilFound(dialog, 'textbox', /^What should they know/), 'Could you look at the line?');
    (find(dialog, 'button', 'Forward') as HTMLElement).click();
    await untilText(dialog, 'Cases are forwarded to agents only.');
    type(to, 'Mara');
    (await untilFound(dialog, 'option', /Mara Lindqvist/)).click();
    (find(dialog, 'button', 'Forward') as HTMLElement).click();
    await untilText(detail, 'Forwarded to Mara Lindqvist.');
    await untilText(
      detail,
      /Yuki Tanabe forwarded the case to Mara Lindqvist.*Internal.*Could you look at the line\?/,
    );
  });
});

describe('what counts as opening a case', () => {
  afterEach(disposeClients);

  it('CO-15 CO-16 the detail that is shown is told once; one out of sight is not', async () => {
    const { tenant, caseId } = await aSharedTenant();
    await share(tenant, caseId, 'customer', leo);
    let told = 0;
    const line = (request: Request) => {
      if (request.method === 'POST' && request.url.endsWith('/receipts')) told++;
      return fetch(request);
    };
    const reader = tenant.clientFor('customer');
    await tenant.clientFor('colleague').cases.list();
    expect((await reader.receipts.list(caseId)).items).to.deep.equal([]);
    const { detail, provider } = await aDetail({ tenant, caseId, as: 'colleague', fetch: line });
    await waitUntil(() => told === 1, 'the opening was not told');
    await addNote(tenant, caseId, 'Something new.', 'agent');
    await untilText(detail, 'Something new.');
    expect(told).to.equal(1);
    await waitUntil(async () => (await reader.receipts.list(caseId)).items.length === 1);
    expect((await reader.receipts.list(caseId)).items[0]?.person.name).to.equal('Leo Aske');
    provider.style.setProperty('display', 'none');
    detail.remove();
    provider.append(detail);
    await settled();
    expect(told).to.equal(1);
    provider.style.removeProperty('display');
    await waitUntil(() => told === 2, 'opened again');
  });
});

describe('access that ends while a case is open', () => {
  afterEach(disposeClients);

  it('CO-09 DE-27 it is read-blocked at once, and what was not sent can be copied, kept nowhere else', async () => {
    const { tenant, caseId } = await aSharedTenant();
    const grant: Grant = await share(tenant, caseId, 'agent', { ...network, level: 'restricted' });
    const { detail, provider } = await aDetail({ tenant, caseId, as: 'technician' });
    const text = await untilFound(detail, 'textbox', /^Note for colleagues/);
    text.focus();
    type(text, 'Half a thought.');
    await untilText(detail, 'Draft saved');
    await tenant.clientFor('agent').grants.remove(grant.id);
    await untilText(detail, 'This case is not available');
    await untilText(detail, 'What you had not sent');
    const kept = await untilFound<HTMLTextAreaElement>(detail, 'textbox', 'What you had not sent');
    expect(kept.value).to.equal('Half a thought.');
    await waitUntil(() => deepFocus() === kept, 'the focus is lost with the field it was in');
    expect(textOf(detail)).not.to.match(/Charged twice|Aldermill|Two debits/);
    const client = provider.activeClient;
    await waitUntil(
      async () => (await client?.drafts.load({ caseId, kind: 'note' })) === undefined,
      'the draft stays in the browser',
    );
  });

  it('DE-08 DE-09 DE-10 DE-11 DE-36 a level lowered while writing refuses the send, and keeps the text for those it was for', async () => {
    const { tenant, caseId } = await aSharedTenant();
    const grant = await share(tenant, caseId, 'agent', network);
    const { detail } = await aDetail({ tenant, caseId, as: 'technician' });
    const reply = await untilFound<HTMLInputElement>(detail, 'radio', 'Reply to customer');
    reply.click();
    const text = await untilFound<HTMLTextAreaElement>(detail, 'textbox', 'Reply to the customer');
    type(text, 'Dear customer.');
    await tenant.clientFor('agent').grants.update(grant.id, { level: 'restricted' }, grant);
    await waitUntil(() => find<HTMLInputElement>(detail, 'radio', 'Reply to customer')?.disabled);
    await untilText(detail, /Reply to customer: The level at which your department has this case/);
    expect(find(detail, 'button', /Edit case/)).to.equal(undefined);
    const send = find(detail, 'button', /^Reply to/) as HTMLElement;
    expect(send.getAttribute('aria-disabled')).to.equal('true');
    send.click();
    await settled();
    expect((await tenant.clientFor('administrator').notes.list(caseId)).items).to.deep.equal([]);
    expect(find<HTMLTextAreaElement>(detail, 'textbox', 'Reply to the customer')?.value).to.equal(
      'Dear customer.',
    );
    (find(detail, 'radio', 'Internal note') as HTMLElement).click();
    expect(await untilFound(detail, 'button', 'Add internal note')).to.exist;
  });
});
