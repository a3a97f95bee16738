import { expect, html } from '@open-wc/testing';

import '../../components/case-detail/case-detail.js';
import '../../components/case-edit-panel/case-edit-panel.js';
import type { CaseEditPanel } from '../../components/case-edit-panel/case-edit-panel.element.js';
import '../../components/case-form/case-form.js';
import '../../components/case-list/case-list.js';
import '../../components/note-composer/note-composer.js';
import { injectionCorpus, oneLineCorpus } from '../support/injection-corpus.js';
import {
  aCase,
  aProvider,
  aTenant,
  disposeClients,
  everything,
  settled,
  textOf,
  type TestTenant,
  untilFound,
} from './support.js';
import { waitUntil } from './wait-until.js';

const forbidden =
  'script, iframe, object, embed, base, meta, link, math, img:not([src^="blob:"]), video, audio';
const started = new Set(Object.getOwnPropertyNames(window));

/** Everything hostile that an element must not have made of a text. */
function madeOf(root: Node): string[] {
  return everything(root).flatMap((element) => {
    const handlers = element.getAttributeNames().filter((name) => name.startsWith('on') || name === 'srcdoc');
    const addresses = ['href', 'src', 'action', 'formaction', 'xlink:href']
      .map((name) => element.getAttribute(name)?.trim() ?? '')
      .filter((address) => address !== '' && !/^(https?:\/\/|mailto:|blob:|#)/i.test(address));
    const tag = element.matches(forbidden) ? [`<${element.localName}>`] : [];
    return [...tag, ...handlers, ...addresses].map((what) => `${element.localName}: ${what}`);
  });
}

/** What went out to anywhere but our own server. */
function strangeRequests(): string[] {
  return performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin !== location.origin || pathname.startsWith('/pwned'))
    .map(String);
}

async function expectHarmless(root: Node): Promise<void> {
  await settled();
  expect(madeOf(root)).to.deep.equal([]);
  expect(strangeRequests()).to.deep.equal([]);
  expect('casementPwned' in window, 'a text has run').to.equal(false);
  const added = Object.getOwnPropertyNames(window).filter((name) => !started.has(name));
  expect(added.filter((name) => /pwned/i.test(name))).to.deep.equal([]);
}

/** The text as it is read on a page: blanks drawn together, as `textOf` reads them. */
const asRead = (text: string) => {
  const holder = document.createElement('p');
  holder.textContent = text;
  return textOf(holder);
};

const corpusOf = (from: number, length: number) => oneLineCorpus.slice(from, from + length);
const size = 12;
const parts = Array.from({ length: Math.ceil(oneLineCorpus.length / size) }, (_, index) => index * size);

/** One case a text of the corpus: in its subject, description, tags, notes and closure. */
function hostileCases(texts: readonly string[]) {
  return texts.map((text) =>
    aCase({
      subject: text,
      description: `${text}\n${text}`,
      tags: [text.slice(0, 50)].filter((tag) => tag.trim() !== ''),
      entries: [
        { kind: 'note', by: 'person_mara', at: '2025-02-11T08:00:00Z', subject: 'follow-up', text },
        { kind: 'note', by: 'person_pia', at: '2025-02-11T08:10:00Z', visibility: 'public', text },
      ],
    }),
  );
}

async function firstId(tenant: TestTenant): Promise<string> {
  const { items } = await tenant.clientFor('administrator').cases.list({ sort: 'number', limit: 1 });
  return items[0]?.id ?? '';
}

describe('hostile texts', () => {
  const dialogs: string[] = [];
  before(() => {
    window.alert = () => void dialogs.push('alert');
    window.confirm = () => Boolean(dialogs.push('confirm'));
    window.prompt = () => String(dialogs.push('prompt'));
  });
  afterEach(() => {
    disposeClients();
    expect(dialogs).to.deep.equal([]);
  });

  for (const from of parts) {
    it(`are only read in <case-list>, from ${from}`, async () => {
      const texts = corpusOf(from, size);
      const tenant = await aTenant(hostileCases(texts));
      const provider = await aProvider({ tenant, width: 'wide' }, html`<case-list></case-list>`);
      await waitUntil(
        () => texts.every((text) => textOf(provider).includes(asRead(text))),
        'not all is read',
      );
      await expectHarmless(provider);
    });
  }

  for (const from of parts) {
    it(`are only read in <case-detail> with its history, from ${from}`, async () => {
      const texts = corpusOf(from, size);
      const all = texts.join('\n');
      const [only] = hostileCases([all.replaceAll('\n', ' ').slice(0, 180)]);
      const entries = texts.map((text, index) => ({
        kind: 'note' as const,
        by: 'person_mara',
        at: `2025-02-11T08:${String(index).padStart(2, '0')}:00Z`,
        subject: 'follow-up',
        text,
      }));
      const tenant = await aTenant([{ ...(only ?? aCase()), description: all, entries }]);
      const id = await firstId(tenant);
      const provider = await aProvider({ tenant }, html`<case-detail case-id=${id}></case-detail>`);
      await waitUntil(
        () => texts.every((text) => textOf(provider).includes(asRead(text))),
        'not all is read',
      );
      await expectHarmless(provider);
    });
  }

  it('are only read as names: of customers, people, departments, lists and files', async () => {
    const tenant = await aTenant();
    const bad = '"><img src=x onerror=window.casementPwned=50>';
    const worse = '</option><script>window.casementPwned=51</script>';
    await tenant.seed({
      departments: [{ id: 'dept_bad', name: bad }],
      customers: [{ id: 'cust_bad', name: bad, number: worse, mainContactId: 'person_bad' }],
      people: [
        { id: 'person_bad', name: worse, kind: 'customer', customerId: 'cust_bad' },
        { id: 'agent_bad', name: bad, kind: 'agent', departments: ['dept_bad'] },
      ],
    });
    const administrator = tenant.clientFor('administrator');
    const settings = await administrator.settings.get();
    const change = {
      caseTypes: [...settings.caseTypes, { id: bad, label: worse }],
      noteSubjects: [...settings.noteSubjects, { id: worse, label: bad }],
    };
    await administrator.settings.update(change, { version: settings.version });
    await tenant.seed({
      cases: [
        aCase({
          customerId: 'cust_bad',
          requesterId: 'person_bad',
          assigneeId: 'agent_bad',
          departmentId: 'dept_bad',
          type: bad,
        }),
      ],
    });
    const id = await firstId(tenant);
    const provider = await aProvider(
      { tenant, as: 'administrator', width: 'wide' },
      html`<case-list></case-list><case-detail case-id=${id}></case-detail><case-edit-panel></case-edit-panel>
        <case-form inline customer-id="cust_bad"></case-form><note-composer case-id=${id}></note-composer>`,
    );
    const panel = provider.querySelector<CaseEditPanel>('case-edit-panel');
    await untilFound(provider, 'textbox', /^Subject/);
    panel?.open({ caseId: id, section: 'edit' });
    await waitUntil(
      () => textOf(provider).includes(bad) && textOf(provider).includes(worse),
      'names are not read',
    );
    await expectHarmless(provider);
  });

  it('become no links unless they lead to the web or to a mailbox', async () => {
    const text = `${injectionCorpus
      .join(' ')
      .replace(/[\u0000\uD800-\uDFFF]/gu, '')
      .slice(0, 3_500)} https://good.example/a mailto:mara@larkwell.example`;
    const tenant = await aTenant([aCase({ description: text })]);
    const provider = await aProvider(
      { tenant },
      html`<case-detail case-id=${await firstId(tenant)}></case-detail>`,
    );
    await waitUntil(() =>
      everything(provider).some((element) => element.matches('a[href^="https://good.example"]')),
    );
    const links = everything(provider).filter((element): element is HTMLAnchorElement =>
      element.matches('a[href]'),
    );
    for (const { protocol } of links) expect(protocol).to.match(/^(https?|mailto):$/);
    await expectHarmless(provider);
  });

  it('can be typed without being more than typed', async () => {
    const tenant = await aTenant([aCase()]);
    const id = await firstId(tenant);
    const provider = await aProvider(
      { tenant },
      html`<note-composer case-id=${id}></note-composer><case-detail case-id=${id}></case-detail>`,
    );
    const agent = tenant.clientFor('agent');
    for (const text of ['<img src=x onerror=window.casementPwned=60>', '${window.casementPwned=61}']) {
      await agent.notes.create(id, { visibility: 'internal', subject: 'follow-up', text });
      await waitUntil(() => textOf(provider).includes(text), 'the note is not read');
    }
    await expectHarmless(provider);
  });
});
