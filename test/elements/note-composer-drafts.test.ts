import { expect, html } from '@open-wc/testing';

import '../../components/case-detail/case-detail.js';
import type { CaseDetail } from '../../components/case-detail/case-detail.element.js';
import '../../components/note-composer/note-composer.js';
import type { NoteComposer } from '../../components/note-composer/note-composer.element.js';
import type { CaseClient } from '../../src/client/client.js';
import {
  aCase,
  aProvider,
  aTenant,
  disposeClients,
  find,
  nextEvent,
  settled,
  textOf,
  type,
  untilFound,
  untilNoText,
  untilText,
} from './support.js';
import {
  aComposer,
  textField,
  submitButton,
  write,
  addFiles,
  aLine,
  notesOf,
  firstCaseId,
  findProgress,
} from './note-composer-support.js';
import { waitUntil } from './wait-until.js';

/** Takes tokens from elsewhere: everything is forgotten and read again. */
async function readAnew(client: CaseClient | undefined, caseId: string, token: string): Promise<void> {
  const session = client?.queries.session();
  client?.update({ getToken: () => token });
  expect(session?.getState().data).to.equal(undefined);
  await waitUntil(() => session?.getState().data && client?.queries.case(caseId).getState().data);
  await settled();
}

describe('<note-composer> keeps', () => {
  afterEach(disposeClients);

  describe('drafts', () => {
    it('come back when the element is made again', async () => {
      const first = await aComposer();
      await write(first.composer, 'Half a thought');
      await untilText(first.composer, 'Draft saved');
      first.provider.remove();

      const { composer } = await aComposer({ tenant: first.tenant, caseId: first.caseId });
      await waitUntil(() => textField(composer).value === 'Half a thought');
      expect(find<HTMLSelectElement>(composer, 'combobox', /Subject/)?.value).to.equal('follow-up');
    });

    it('never show in another case', async () => {
      const tenant = await aTenant([aCase(), aCase({ subject: 'Another' })]);
      const { items } = await tenant.clientFor('agent').cases.list();
      const [one, other] = items.map(({ id }) => id);
      const { composer } = await aComposer({ tenant, caseId: one ?? '' });
      await write(composer, 'For the first');
      composer.caseId = other;
      await waitUntil(() => find(composer, 'textbox') && textField(composer).value === '');

      composer.caseId = one;
      await waitUntil(() => find(composer, 'textbox') && textField(composer).value === 'For the first');
    });

    it('are discarded on request, and that can be undone', async () => {
      const { composer } = await aComposer();
      await write(composer, 'Better not');
      await untilText(composer, 'Draft saved');
      find(composer, 'button', 'Discard')?.click();
      await untilText(composer, 'Draft discarded.');
      expect(textField(composer).value).to.equal('');
      find(composer, 'button', 'Undo')?.click();
      await composer.updateComplete;
      expect(textField(composer).value).to.equal('Better not');
    });

    it('are gone once the note is sent', async () => {
      const first = await aComposer();
      await write(first.composer, 'Sent and done');
      await untilText(first.composer, 'Draft saved');
      const created = nextEvent(document, 'note-create');
      submitButton(first.composer).click();
      await created;
      await untilText(first.composer, 'Internal note added.');
      const client = first.tenant.clientFor('agent');
      await waitUntil(
        async () => (await client.drafts.load({ caseId: first.caseId, kind: 'note' })) === undefined,
      );
    });
  });

  describe('what is typed', () => {
    const typed = 'Typed a moment ago';

    for (const [name, answer] of [
      ['answers 503', () => Promise.resolve(new Response(null, { status: 503 }))],
      ['does not answer', () => Promise.reject(new TypeError('Failed to fetch'))],
    ] as const)
      it(`while the case and the person are read again and the server ${name}`, async () => {
        let down = false;
        const { composer, caseId } = await aComposer({
          fetch: (request) => (down && request.method === 'GET' ? answer() : fetch(request)),
        });
        await write(composer, typed);
        const { queries } = composer.client ?? {};
        down = true;
        void queries?.case(caseId).refetch();
        void queries?.session().refetch();
        await waitUntil(() => queries?.case(caseId).getState().error, 'never failed');
        await waitUntil(() => queries?.session().getState().error, 'never failed');
        await composer.updateComplete;
        expect(textField(composer).value).to.equal(typed);
        down = false;
        await Promise.all([queries?.case(caseId).refetch(), queries?.session().refetch()]);
        await composer.updateComplete;
        expect(textField(composer).value).to.equal(typed);
      }).timeout(20_000);

    it('before an older draft has been read', async () => {
      const tenant = await aTenant([aCase()]);
      const caseId = await firstCaseId(tenant);
      const kept = { visibility: 'internal', subject: 'follow-up', text: 'Older', attachments: [] };
      await tenant.clientFor('agent').drafts.save({ caseId, kind: 'note' }, kept);
      const provider = await aProvider({ tenant }, html`<note-composer></note-composer>`);
      const composer = provider.querySelector('note-composer') as NoteComposer;
      const shown = new Promise<void>((resolve) => {
        new MutationObserver((_, observer) => {
          if (!composer.shadowRoot?.querySelector('textarea')) return;
          observer.disconnect();
          type(textField(composer), typed);
          resolve();
        }).observe(composer.shadowRoot as ShadowRoot, { childList: true, subtree: true });
      });
      composer.caseId = caseId;
      await shown;
      await untilText(composer, 'Draft saved');
      expect(textField(composer).value).to.equal(typed);
    });

    it('when the page moves the element, at once or later', async () => {
      const { composer, provider } = await aComposer();
      await write(composer, typed);
      const section = document.createElement('section');
      provider.append(section);
      section.append(composer);
      await settled();
      expect(textField(composer).value).to.equal(typed);
      composer.remove();
      await settled();
      provider.append(composer);
      await settled();
      expect(textField(composer).value).to.equal(typed);
    });

    it('when the language changes', async () => {
      const { composer, provider } = await aComposer();
      await write(composer, typed);
      provider.locale = 'de-DE';
      await settled();
      expect(textField(composer).value).to.equal(typed);
    });

    it('when a token is fetched another way, or through another client, for the same person', async () => {
      const { composer, provider, tenant, caseId } = await aComposer();
      await write(composer, typed);
      await readAnew(provider.client, caseId, tenant.tokens.agent);
      await untilFound(composer, 'textbox');
      expect(textField(composer).value).to.equal(typed);

      type(textField(composer), `${typed}, and on`);
      provider.client = tenant.clientFor('agent');
      await waitUntil(() => composer.client === provider.client);
      await untilFound(composer, 'textbox');
      await untilText(composer, 'Draft saved');
      expect(textField(composer).value).to.equal(`${typed}, and on`);
    });

    it('in a <case-detail> that reads everything again', async () => {
      const tenant = await aTenant([aCase()]);
      const caseId = await firstCaseId(tenant);
      const provider = await aProvider({ tenant }, html`<case-detail case-id=${caseId}></case-detail>`);
      const detail = provider.querySelector('case-detail') as CaseDetail;
      await untilFound(detail, 'combobox', /Subject/);
      const composer = detail.shadowRoot?.querySelector('note-composer') as NoteComposer;
      await write(composer, typed);
      await readAnew(provider.client, caseId, tenant.tokens.agent);
      await untilFound(detail, 'combobox', /Subject/);
      expect(detail.shadowRoot?.querySelector('note-composer')).to.equal(composer);
      expect(textField(composer).value).to.equal(typed);
    });

    it('never for another person, on the screen or in the drafts', async () => {
      const { composer, provider, tenant, caseId } = await aComposer();
      await write(composer, typed);
      await readAnew(provider.client, caseId, tenant.tokens.otherAgent);
      await untilFound(composer, 'textbox');
      expect(textField(composer).value).to.equal('');
      const { drafts } = tenant.clientFor('otherAgent');
      expect(await drafts.load({ caseId, kind: 'note' })).to.equal(undefined);
    });
  });

  describe('files', () => {
    it('are uploaded when added and sent with the note', async () => {
      const { composer, tenant, caseId } = await aComposer();
      await addFiles(composer, new File(['speed'], 'speed-test.txt'));
      await waitUntil(() => !findProgress(composer) && textOf(composer).includes('speed-test.txt'));
      await write(composer, 'With a file.');
      const created = nextEvent(document, 'note-create');
      submitButton(composer).click();
      await created;
      const [note] = await notesOf(tenant, caseId);
      expect(note?.attachments.map(({ name }) => name)).to.deep.equal(['speed-test.txt']);
      await untilNoText(composer, 'speed-test.txt');
    });

    it('of a refused type or size are named before anything is sent, and the text stays', async () => {
      const line = aLine(/attachments/);
      const { composer } = await aComposer({ fetch: line.fetch });
      await write(composer, 'See attached.');
      await addFiles(
        composer,
        new File(['x'], 'virus.exe'),
        new File([new Uint8Array(10 * 1024 * 1024 + 1)], 'huge.pdf'),
      );
      await untilText(composer, 'virus.exe was not added: this type of file is not accepted.');
      expect(textOf(composer)).to.contain('huge.pdf was not added: it is larger than');
      expect(line.sent).to.deep.equal([]);
      expect(textField(composer).value).to.equal('See attached.');
    });

    it('that did not arrive can be tried again or removed', async () => {
      const line = aLine(/attachments/);
      line.cut = true;
      const { composer } = await aComposer({ fetch: line.fetch });
      await addFiles(composer, new File(['x'], 'one.txt'));
      const retry = await untilFound(composer, 'button', 'Try again');
      line.cut = false;
      retry.click();
      await waitUntil(() => !find(composer, 'button', 'Try again') && !findProgress(composer));
      expect(textOf(composer)).to.contain('one.txt');
      find(composer, 'button', 'Remove one.txt')?.click();
      await untilNoText(composer, 'one.txt');
    });

    it('may be pasted or dropped', async () => {
      const { composer } = await aComposer();
      const transfer = new DataTransfer();
      transfer.items.add(new File(['x'], 'pasted.png'));
      const paste = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
      // Firefox takes no files from a script that makes the event.
      Object.defineProperty(paste, 'clipboardData', { value: transfer });
      textField(composer).dispatchEvent(paste);
      await untilText(composer, 'pasted.png');
      const dropped = new DataTransfer();
      dropped.items.add(new File(['x'], 'dropped.png'));
      textField(composer).dispatchEvent(
        new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }),
      );
      await untilText(composer, 'dropped.png');
    });
  });
});
