import { expect, html, waitUntil } from '@open-wc/testing';

import '../../components/note-composer/note-composer.js';
import type { NoteComposer } from '../../components/note-composer/note-composer.element.js';
import type {
  NoteCreateEvent,
  NoteSubmitEvent,
} from '../../components/note-composer/note-composer.events.js';
import {
  aCase,
  aProvider,
  aTenant,
  closeElsewhere,
  deepFocus,
  disposeClients,
  everything,
  find,
  findAll,
  nextEvent,
  settled,
  textOf,
  type,
  untilFound,
  untilNoText,
  untilText,
  type ProviderOptions,
  type TestTenant,
} from './support.js';

async function firstCaseId(tenant: TestTenant): Promise<string> {
  const { items } = await tenant.clientFor('administrator').cases.list({ sort: 'number' });
  return items[0]?.id ?? '';
}

async function aComposer(options: Partial<ProviderOptions> & { readonly caseId?: string } = {}) {
  const tenant = options.tenant ?? (await aTenant([aCase()]));
  const caseId = options.caseId ?? (await firstCaseId(tenant));
  const provider = await aProvider(
    { ...options, tenant },
    html`<note-composer case-id=${caseId}></note-composer>`,
  );
  const composer = provider.querySelector('note-composer') as NoteComposer;
  expect(composer.shadowRoot, 'the composer is registered').to.exist;
  await untilFound(composer, 'textbox');
  return { tenant, caseId, provider, composer };
}

const textField = (composer: Element) =>
  find<HTMLTextAreaElement>(composer, 'textbox') as HTMLTextAreaElement;
const submitButton = (composer: Element) =>
  find<HTMLButtonElement>(
    composer,
    'button',
    /^(Add internal note|Reply to|Send reply)/,
  ) as HTMLButtonElement;

/** Writes a note that may be sent. */
async function write(composer: NoteComposer, text: string): Promise<void> {
  type(textField(composer), text);
  const subject = find(composer, 'combobox', /Subject/);
  if (subject) type(subject, 'follow-up');
  await composer.updateComplete;
}

async function addFiles(composer: NoteComposer, ...files: File[]): Promise<void> {
  const input = [...everything(composer)].find((element) => element.matches('input[type=file]'));
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  (input as HTMLInputElement).files = transfer.files;
  input?.dispatchEvent(new Event('change'));
  await composer.updateComplete;
}

/** Passes requests on and counts the notes sent; while `cut`, notes do not arrive. */
function aLine(matches = /\/notes$/) {
  const line = {
    sent: [] as string[],
    cut: false,
    fetch: (request: Request) => {
      const { pathname } = new URL(request.url);
      if (request.method === 'POST' && matches.test(pathname)) {
        line.sent.push(request.headers.get('idempotency-key') ?? '');
        if (line.cut) return Promise.reject(new TypeError('Failed to fetch'));
      }
      return fetch(request);
    },
  };
  return line;
}

const notesOf = async (tenant: TestTenant, caseId: string) =>
  (await tenant.clientFor('administrator').notes.list(caseId)).items;

describe('<note-composer>', () => {
  afterEach(disposeClients);

  it('writes internal notes unless told otherwise, and the button says what it will do', async () => {
    const { composer } = await aComposer();

    const internal = find<HTMLInputElement>(composer, 'radio', 'Internal note');
    expect(internal?.checked).to.equal(true);
    expect(submitButton(composer).innerText).to.equal('Add internal note');

    find<HTMLInputElement>(composer, 'radio', 'Reply to customer')?.click();
    await composer.updateComplete;
    expect(submitButton(composer).innerText).to.equal('Reply to Pia Moreau');
  });

  it('CC-35 asks for a subject from the list and sends nothing without one', async () => {
    const line = aLine();
    const { composer } = await aComposer({ fetch: line.fetch });
    const subject = find<HTMLSelectElement>(composer, 'combobox', /Subject/) as HTMLSelectElement;
    expect([...subject.options].map(({ value }) => value)).to.include('call-with-customer');

    type(textField(composer), 'Called back.');
    submitButton(composer).click();
    await untilText(composer, 'Choose a subject.');
    expect(deepFocus()).to.equal(subject);
    expect(subject.getAttribute('aria-describedby')).to.contain('error');
    expect(line.sent).to.deep.equal([]);
  });

  it('CC-36 refuses a blank note at its field, with everything else that is missing', async () => {
    const line = aLine();
    const { composer } = await aComposer({ fetch: line.fetch });
    type(textField(composer), '   ');
    submitButton(composer).click();
    await untilText(composer, 'Write the note first.');
    expect(textOf(composer)).to.contain('Choose a subject.');
    expect(deepFocus()).to.equal(textField(composer));
    expect(line.sent).to.deep.equal([]);
  });

  it('CC-36 counts near the limit and says by how much a text is too long', async () => {
    const line = aLine();
    const { composer } = await aComposer({ fetch: line.fetch });
    await write(composer, 'x'.repeat(3900));
    expect(textOf(composer)).to.contain('3,900 of 4,000 characters.');
    await write(composer, 'x'.repeat(4007));
    expect(textOf(composer)).to.contain('This is too long by 7 characters.');
    submitButton(composer).click();
    await settled();
    expect(line.sent).to.deep.equal([]);
    expect(textField(composer).value).to.have.length(4007);
  });

  it('CC-37 adds a note to the existing case and empties itself', async () => {
    const { composer, tenant, caseId } = await aComposer();
    await write(composer, 'Called back, no answer.');
    const created = nextEvent<NoteCreateEvent>(document, 'note-create');
    submitButton(composer).click();
    const { detail } = await created;

    const [note] = await notesOf(tenant, caseId);
    expect(detail).to.deep.equal({ caseId, noteId: note?.id });
    expect(note).to.include({
      text: 'Called back, no answer.',
      visibility: 'internal',
      subject: 'follow-up',
    });
    await untilText(composer, 'Internal note added.');
    expect(textField(composer).value).to.equal('');
  });

  it('CC-37 sends by Ctrl+Enter', async () => {
    const { composer, tenant, caseId } = await aComposer();
    await write(composer, 'By keyboard.');
    const created = nextEvent(document, 'note-create');
    textField(composer).dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }),
    );
    await created;
    expect(await notesOf(tenant, caseId)).to.have.length(1);
  });

  it('lets the page keep a note from being sent', async () => {
    const line = aLine();
    const { composer, provider, caseId } = await aComposer({ fetch: line.fetch });
    const asked: string[] = [];
    provider.addEventListener('note-submit', (event: NoteSubmitEvent) => {
      asked.push(event.detail.caseId);
      event.preventDefault();
    });
    await write(composer, 'Not yet.');
    submitButton(composer).click();
    await settled();
    expect(asked).to.deep.equal([caseId]);
    expect(line.sent).to.deep.equal([]);
    expect(textField(composer).value).to.equal('Not yet.');
  });

  it('CC-37 adds one note when pressed twice', async () => {
    const line = aLine();
    const { composer, tenant, caseId } = await aComposer({ fetch: line.fetch });
    await write(composer, 'Once.');
    const created = nextEvent(document, 'note-create');
    submitButton(composer).click();
    submitButton(composer).click();
    await created;
    expect(line.sent).to.have.length(1);
    expect(await notesOf(tenant, caseId)).to.have.length(1);
  });

  it('keeps everything when sending fails, and sends the same note again', async () => {
    const line = aLine();
    line.cut = true;
    const { composer, tenant, caseId } = await aComposer({ fetch: line.fetch });
    await write(composer, 'Through a bad line.');
    submitButton(composer).click();
    const retry = await untilFound(composer, 'button', 'Try again');
    expect(textOf(composer)).to.contain('There is no connection.');
    expect(textField(composer).value).to.equal('Through a bad line.');

    line.cut = false;
    const created = nextEvent(document, 'note-create');
    retry.click();
    await created;
    expect(new Set(line.sent).size, 'one key for one note').to.equal(1);
    expect(await notesOf(tenant, caseId)).to.have.length(1);
    await untilNoText(composer, 'There is no connection.');
  });

  it('CC-37 on a case closed meanwhile keeps the text, says who closed it and offers to reopen it', async () => {
    const { composer, tenant, caseId } = await aComposer();
    await write(composer, 'One more thing.');
    await closeElsewhere(tenant, caseId);
    submitButton(composer).click();
    await untilText(composer, 'Iris Vahl closed this case');
    expect(textField(composer).value).to.equal('One more thing.');

    const asked = nextEvent<CustomEvent<{ caseId: string }>>(document, 'case-reopen-request');
    find(composer, 'button', 'Reopen case')?.click();
    expect((await asked).detail).to.deep.equal({ caseId });
    await untilFound(composer, 'dialog');
  });

  it('says under the field what only the server could tell', async () => {
    const { composer } = await aComposer({
      fetch: (request) =>
        request.method === 'POST' && request.url.endsWith('/notes')
          ? Promise.resolve(
              Response.json(
                {
                  type: 'urn:casement:problem:validation_failed',
                  title: 'Some fields need attention',
                  status: 422,
                  code: 'validation_failed',
                  errors: [{ field: 'text', code: 'invalid', message: 'This text is not accepted.' }],
                },
                { status: 422, headers: { 'content-type': 'application/problem+json' } },
              ),
            )
          : fetch(request),
    });
    await write(composer, 'Something.');
    submitButton(composer).click();
    await untilText(composer, 'This text is not accepted.');
    expect(textField(composer).getAttribute('aria-invalid')).to.equal('true');
    expect(textField(composer).value).to.equal('Something.');
  });

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

  describe('of a customer', () => {
    it('has neither subject nor visibility and sends a public reply', async () => {
      const { composer, tenant, caseId } = await aComposer({ as: 'customer' });
      expect(find(composer, 'combobox')).to.equal(undefined);
      expect(findAll(composer, 'radio')).to.have.length(0);
      expect(textOf(composer)).to.contain('Support will see it');
      expect(textField(composer).placeholder).to.equal('Write a reply…');
      expect(submitButton(composer).getAttribute('aria-disabled')).to.equal('true');

      await write(composer, 'It happened again.');
      expect(submitButton(composer).hasAttribute('aria-disabled')).to.equal(false);
      const created = nextEvent(document, 'note-create');
      submitButton(composer).click();
      await created;
      const [note] = await notesOf(tenant, caseId);
      expect(note).to.deep.include({ text: 'It happened again.', visibility: 'public', subject: null });
      await untilText(composer, 'Reply sent.');
    });

    it('says on a closed case what can be done instead', async () => {
      const tenant = await aTenant([aCase()]);
      const caseId = await firstCaseId(tenant);
      await closeElsewhere(tenant, caseId);
      const provider = await aProvider(
        { tenant, as: 'customer' },
        html`<note-composer case-id=${caseId}></note-composer>`,
      );
      await untilText(provider, 'This case is closed.');
      expect(textOf(provider)).to.contain('start a new case');
      expect(find(provider, 'textbox')).to.equal(undefined);
      expect(find(provider, 'button', 'Reopen case')).to.equal(undefined);
    });
  });

  for (const theme of ['light', 'dark'] as const)
    for (const as of ['agent', 'customer'] as const)
      it(`is accessible to a ${as} in ${theme}`, async () => {
        const { composer } = await aComposer({ as, theme });
        await expect(composer).to.be.accessible();
        submitButton(composer).click();
        await composer.updateComplete;
        await expect(composer).to.be.accessible();
      });

  it('fits a phone of 320 px', async () => {
    const { composer } = await aComposer({ width: 'phone' });
    await write(composer, 'A'.repeat(300));
    await untilText(composer, 'Draft saved');
    expect(composer.scrollWidth).to.be.at.most(320);
    for (const element of everything(composer))
      if (!element.matches('.visually-hidden, option'))
        expect(element.getBoundingClientRect().right, element.outerHTML).to.be.at.most(
          composer.getBoundingClientRect().right + 1,
        );
  });
});

function findProgress(composer: Element): Element | undefined {
  return [...everything(composer)].find((element) => element.localName === 'progress');
}
