import { expect, html } from '@open-wc/testing';

import '../../components/case-detail/case-detail.js';
import '../../components/case-edit-panel/case-edit-panel.js';
import '../../components/case-list/case-list.js';
import type { Case } from '../../src/contract/cases.js';
import { aDetail, firstCaseId } from './case-detail-support.js';
import { textField, submitButton, write } from './note-composer-support.js';
import {
  aCase,
  aProvider,
  aTenant,
  closeElsewhere,
  disposeClients,
  find,
  findAll,
  settled,
  textOf,
  type,
  untilFound,
  untilNoText,
  untilText,
  type TestTenant,
} from './support.js';
import { waitUntil } from './wait-until.js';

/** Hears nothing of what others do. */
const deaf = (request: Request) =>
  new URL(request.url).pathname === '/v1/events'
    ? Promise.reject(new TypeError('Failed to fetch'))
    : fetch(request);

/** Somebody moves the case to a department that the agent does not belong to. */
async function takeAway(tenant: TestTenant, caseId: string): Promise<void> {
  const { cases } = tenant.clientFor('administrator');
  const { version } = await cases.get(caseId);
  await cases.update(caseId, { departmentId: 'dept_network', assigneeId: null }, { version });
}

/** While `lost`, the server no longer lets the reader do `action`: the write is refused, and the record says so. */
function losing(action: string, write: (request: Request, path: string) => boolean) {
  const line = {
    lost: false,
    writes: 0,
    reads: 0,
    fetch: async (request: Request): Promise<Response> => {
      const { pathname } = new URL(request.url);
      const refusal = { rule: 'test.lost', reason: 'Your department no longer has this right.' };
      if (write(request, pathname)) {
        line.writes += 1;
        if (line.lost) return aRefusal(refusal);
      }
      const answer = await fetch(request);
      if (!line.lost || request.method !== 'GET' || !/^\/v1\/cases\/[^/]+$/.test(pathname)) return answer;
      line.reads += 1;
      const record = (await answer.json()) as Case;
      const permissions = { ...record.permissions, [action]: { allowed: false, ...refusal } };
      return Response.json({ ...record, permissions }, { headers: answer.headers });
    },
  };
  return line;
}

function aRefusal({ rule, reason }: { rule: string; reason: string }): Response {
  const type = 'urn:casement:problem:forbidden';
  const body = { type, title: 'Not allowed', status: 403, code: 'forbidden', rule, detail: reason };
  return Response.json(body, { status: 403, headers: { 'content-type': 'application/problem+json' } });
}

describe('what changed since it was shown', () => {
  afterEach(disposeClients);

  const both = (customer: string | undefined) => html`
    <case-list ?compact=${customer !== undefined} customer-id=${customer ?? ''}></case-list>
    <case-detail></case-detail>
  `;

  for (const where of ['widget', 'list'] as const) {
    it(`CC-03 CC-15 a case closed since opens as it stands now, from the ${where}`, async () => {
      const tenant = await aTenant([aCase()]);
      const caseId = await firstCaseId(tenant);
      const customer = where === 'widget' ? tenant.customers.aldermill : undefined;
      const provider = await aProvider({ tenant, fetch: deaf }, both(customer));
      const row = await untilFound(provider, 'button', /^Charged twice/);
      await closeElsewhere(tenant, caseId);
      row.click();
      const detail = provider.querySelector('case-detail') as Element;
      await untilText(detail, /CLOSED.*Closed: Resolved/);
      await untilFound(detail, 'button', 'Reopen case');
    });

    it(`CC-03 CC-15 E-404 a case taken away since is not available, from the ${where}`, async () => {
      const tenant = await aTenant([aCase({ departmentId: 'dept_care' })]);
      const caseId = await firstCaseId(tenant);
      const customer = where === 'widget' ? tenant.customers.aldermill : undefined;
      const provider = await aProvider({ tenant, fetch: deaf }, both(customer));
      const row = await untilFound(provider, 'button', /^Charged twice/);
      await takeAway(tenant, caseId);
      row.click();
      const detail = provider.querySelector('case-detail') as Element;
      await untilText(detail, 'This case is not available');
      expect(textOf(detail)).not.to.match(/Charged twice|Aldermill|Two debits|#\d/);
      expect(find(detail, 'textbox')).to.equal(undefined);
      const list = provider.querySelector('case-list') as Element;
      await waitUntil(() => !find(list, 'button', /^Charged twice/), 'the row stays');
    });
  }

  it('CC-15 E-404 a panel on a case that is taken away says so, and keeps what was typed', async () => {
    const tenant = await aTenant([aCase({ departmentId: 'dept_care' })]);
    const caseId = await firstCaseId(tenant);
    const provider = await aProvider({ tenant, fetch: deaf }, html`<case-edit-panel></case-edit-panel>`);
    const panel = provider.querySelector('case-edit-panel') as HTMLElementTagNameMap['case-edit-panel'];
    panel.open({ caseId, section: 'note' });
    type(await untilFound(panel, 'textbox', /^Note for colleagues/), 'Half a thought.');
    type(await untilFound(panel, 'combobox', /^Note subject/), 'follow-up');
    await takeAway(tenant, caseId);
    find(panel, 'button', 'Add internal note')?.click();
    await untilText(panel, 'This is not available.');
    await untilNoText(panel, 'Charged twice');
    expect(find(panel, 'textbox')).to.equal(undefined);
    const client = provider.activeClient;
    await waitUntil(async () =>
      JSON.stringify((await client?.drafts.load({ caseId, kind: 'note' })) ?? null).includes(
        'Half a thought.',
      ),
    );
  });
});

describe('E-FORB a right that is lost while it is used', () => {
  afterEach(disposeClients);

  for (const [row, action, section, tabName, button, field] of [
    ['CC-32', 'edit', 'edit', 'Edit case', 'Save case', /^Subject/],
    ['CC-39', 'close', 'status', 'Status', 'Close case', /^Explain the closure/],
    ['CC-31', 'addInternalNote', 'note', 'Note', 'Add internal note', /^Note for colleagues/],
  ] as const)
    it(`${row} CC-34 in the section ${tabName}: says why, reads the case again and keeps the text`, async () => {
      const tenant = await aTenant([aCase()]);
      const caseId = await firstCaseId(tenant);
      const line = losing(
        action,
        ({ method }, path) => ['POST', 'PATCH'].includes(method) && path.startsWith('/v1/cases/'),
      );
      const provider = await aProvider(
        { tenant, fetch: line.fetch },
        html`<case-edit-panel></case-edit-panel>`,
      );
      const panel = provider.querySelector('case-edit-panel') as HTMLElementTagNameMap['case-edit-panel'];
      panel.open({ caseId, section });
      const text = await untilFound<HTMLInputElement>(panel, 'textbox', field);
      type(text, 'What I typed.');
      const reason = find(panel, 'combobox', /^(Closure reason|Note subject)/);
      if (reason) type(reason, section === 'note' ? 'follow-up' : 'resolved');
      line.lost = true;
      const send = find(panel, 'button', button) as HTMLElement;
      send.click();
      const alert = await untilFound(panel, 'alert');
      expect(textOf(alert)).to.contain('Your department no longer has this right.');
      expect(find(panel, 'button', 'Retry'), 'trying again cannot help').to.equal(undefined);
      const tab = find(panel, 'tab', tabName) as HTMLElement;
      // A note for colleagues is refused, one for the customer is not: then the section stays open for that.
      if (action !== 'addInternalNote') {
        await waitUntil(() => tab.getAttribute('aria-disabled') === 'true', 'the case was not read again');
        await waitUntil(() => send.getAttribute('aria-disabled') === 'true');
        const writes = line.writes;
        send.click();
        await settled();
        expect(line.writes, 'nothing is sent in vain').to.equal(writes);
      } else await waitUntil(() => line.reads > 0, 'the case was not read again');
      expect(text.value).to.equal('What I typed.');
    });

  it('CC-37 in the composer: says why, reads the case again and keeps the text', async () => {
    const line = losing('reply', ({ method }, path) => method === 'POST' && path.endsWith('/notes'));
    const { detail } = await aDetail({ as: 'customer', fetch: line.fetch });
    const composer = (await untilFound(detail, 'textbox')).getRootNode() as ShadowRoot;
    const host = composer.host as HTMLElementTagNameMap['note-composer'];
    await write(host, 'What I typed.');
    line.lost = true;
    submitButton(host).click();
    await untilText(host, 'Your department no longer has this right.');
    await untilText(host, 'Your text is kept here.');
    expect(textField(host).value).to.equal('What I typed.');
    expect(findAll(host, 'button', 'Try again'), 'trying again cannot help').to.deep.equal([]);
    expect(submitButton(host).getAttribute('aria-disabled')).to.equal('true');
  });
});
