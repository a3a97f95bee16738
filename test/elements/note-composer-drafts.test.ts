import { expect, waitUntil } from '@open-wc/testing';

import '../../components/note-composer/note-composer.js';
import {
  aCase,
  aTenant,
  disposeClients,
  find,
  nextEvent,
  textOf,
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
  findProgress,
} from './note-composer-support.js';

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
      textField(composer).dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }),
      );
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
