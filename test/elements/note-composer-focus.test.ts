import { aComposer, aLine, textField, write } from './note-composer-support.js';
import { deepFocus, disposeClients, find, untilFound, untilText } from './support.js';
import { waitUntil } from './wait-until.js';

describe('the focus of somebody who writes by keyboard', () => {
  afterEach(disposeClients);

  const sendFromSubject = (composer: HTMLElement) => {
    const subject = find(composer, 'combobox', /Subject/) as HTMLElement;
    subject.focus();
    const key = { key: 'Enter', ctrlKey: true, bubbles: true, composed: true, cancelable: true };
    subject.dispatchEvent(new KeyboardEvent('keydown', key));
    return subject;
  };

  it('CC-37 is in the text again once a note was sent from its subject', async () => {
    const { composer } = await aComposer();
    await write(composer, 'By keyboard.');
    sendFromSubject(composer);
    await untilText(composer, 'Internal note added.');
    await waitUntil(() => deepFocus() === textField(composer), 'the focus is lost');
  });

  it('CC-37 is where it was when the note could not be sent', async () => {
    const line = aLine();
    line.cut = true;
    const { composer } = await aComposer({ fetch: line.fetch });
    await write(composer, 'By keyboard.');
    const subject = sendFromSubject(composer);
    await untilFound(composer, 'button', 'Try again');
    await waitUntil(() => deepFocus() === subject, 'the focus is lost');
  });
});
