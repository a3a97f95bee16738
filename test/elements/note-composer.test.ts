import { expect, html } from '@open-wc/testing';

import '../../components/note-composer/note-composer.js';
import type {
  NoteCreateEvent,
  NoteSubmitEvent,
} from '../../components/note-composer/note-composer.events.js';
import { expectAccessible } from './expect-accessible.js';
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
} from './support.js';
import {
  firstCaseId,
  aComposer,
  textField,
  submitButton,
  write,
  aLine,
  notesOf,
} from './note-composer-support.js';

describe('<note-composer>', () => {
  afterEach(disposeClients);

  it('writes internal notes unless told otherwise, and the button says what it will do', async () => {
    const { composer } = await aComposer();

    const internal = find<HTMLInputElement>(composer, 'radio', 'Internal note');
    expect(internal?.checked).to.equal(true);
    expect(textOf(submitButton(composer))).to.equal('Add internal note');

    find<HTMLInputElement>(composer, 'radio', 'Reply to customer')?.click();
    await composer.updateComplete;
    expect(textOf(submitButton(composer))).to.equal('Reply to Pia Moreau');
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

  it('tells nothing about a case that is not for the writer', async () => {
    const tenant = await aTenant([aCase()]);
    const caseId = await firstCaseId(tenant);
    const provider = await aProvider(
      { tenant, as: 'outsider' },
      html`<note-composer case-id=${caseId}></note-composer>`,
    );
    await untilText(provider, 'This is not available.');
    expect(find(provider, 'textbox')).to.equal(undefined);
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
        await expectAccessible(composer);
        submitButton(composer).click();
        await composer.updateComplete;
        await expectAccessible(composer);
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
