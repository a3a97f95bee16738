import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, fireEvent, userEvent, waitFor } from 'storybook/test';

import '../../components/note-composer/note-composer.js';
import type { NoteComposer } from '../../components/note-composer/note-composer.element.js';
import { inside, patient, renew, shadowOf } from '../support/find.js';
import { aCase, addFiles, aFile, closure } from '../support/samples.js';
import { worldOf } from '../support/story.js';
import type { WorldOptions } from '../support/world.js';

type Args = Pick<NoteComposer, 'caseId'>;

/** Where a note is written, for the customer or for colleagues. Keeps what is typed as a draft of this case and person. */
const meta: Meta<Args> = {
  title: 'Elements/note-composer',
  component: 'note-composer',
  parameters: { controls: { include: ['caseId'] }, world: { about: 'Charged twice in October' } },
  render: ({ caseId }, { loaded }) =>
    html`<note-composer
      style="max-inline-size: 640px"
      case-id=${caseId ?? worldOf({ loaded }).caseId}
    ></note-composer>`,
};
export default meta;

type Story = StoryObj<Args>;

const written = 'The second amount left our bank this morning.';

async function composerOf(canvasElement: HTMLElement) {
  const composer = await inside(canvasElement, 'note-composer');
  return { composer, text: await composer.findByRole('textbox', {}, patient) };
}

/** For colleagues unless told otherwise; one line until it is entered. */
export const Default: Story = {
  play: async ({ canvasElement }) => {
    const { text } = await composerOf(canvasElement);
    await expect(text).toBeVisible();
  },
};

/** The button says what it will do, and to whom. */
export const ReplyToCustomer: Story = {
  play: async ({ canvasElement }) => {
    const { composer, text } = await composerOf(canvasElement);
    await userEvent.click(text);
    await userEvent.click(composer.getByRole('radio', { name: 'Reply to customer' }));
    await userEvent.type(text, written);
    await expect(composer.getByRole('button', { name: /Reply to/ })).toBeVisible();
  },
};

/** All that is missing is said at once, at its field. */
export const Incomplete: Story = {
  name: 'CC-35 CC-36 Incomplete',
  play: async ({ canvasElement }) => {
    const { composer, text } = await composerOf(canvasElement);
    await userEvent.type(text, '  ');
    await userEvent.click(composer.getByRole('button', { name: 'Add internal note' }));
    await expect(await composer.findByText('Write the note first.')).toBeVisible();
    await expect(composer.getByText('Choose a subject.')).toBeVisible();
  },
};

export const TooLong: Story = {
  name: 'CC-36 Too long',
  play: async ({ canvasElement }) => {
    const { composer, text } = await composerOf(canvasElement);
    await userEvent.click(text);
    await fireEvent.input(text, { target: { value: 'x'.repeat(4_007) } });
    await expect(await composer.findByText('This is too long by 7 characters.')).toBeVisible();
  },
};

export const Sent: Story = {
  name: 'CC-37 Sent',
  play: async ({ canvasElement, loaded }) => {
    const { composer, text } = await composerOf(canvasElement);
    await userEvent.type(text, written);
    await userEvent.selectOptions(composer.getByRole('combobox'), 'follow-up');
    await userEvent.click(composer.getByRole('button', { name: 'Add internal note' }));
    await composer.findAllByText('Internal note added.', {}, patient);
    await expect(text).toHaveValue('');
    const world = worldOf({ loaded });
    const { items } = await world.as('nadia-brandt').notes.list(world.caseId);
    await expect(items.filter((note) => note.text === written)).toHaveLength(1);
  },
};

/** Sending fails: everything stays, and can be sent once more. */
export const SendingFails: Story = {
  globals: { trouble: 'writes-lost' },
  play: async ({ canvasElement }) => {
    const { composer, text } = await composerOf(canvasElement);
    await userEvent.type(text, written);
    await userEvent.selectOptions(composer.getByRole('combobox'), 'follow-up');
    await userEvent.click(composer.getByRole('button', { name: 'Add internal note' }));
    await composer.findByRole('alert', {}, patient);
    await expect(text).toHaveValue(written);
  },
};

/** What was typed is back after a reload, with a way to throw it away. */
export const DraftRestored: Story = {
  play: async ({ canvasElement, loaded }) => {
    const world = worldOf({ loaded });
    const { text } = await composerOf(canvasElement);
    await userEvent.type(text, written);
    const draft = { caseId: world.caseId, kind: 'note' } as const;
    await waitFor(
      async () => expect(JSON.stringify(await world.client.drafts.load(draft))).toContain(written),
      patient,
    );
    renew(canvasElement.querySelector('note-composer') as NoteComposer);
    const again = await composerOf(canvasElement);
    await waitFor(() => expect(again.text).toHaveValue(written));
  },
};

/** A draft that is thrown away can be taken back, until something else is typed. */
export const DraftDiscarded: Story = {
  play: async ({ canvasElement, loaded }) => {
    const world = worldOf({ loaded });
    const { composer, text } = await composerOf(canvasElement);
    await userEvent.type(text, written);
    await userEvent.click(composer.getByRole('button', { name: 'Discard' }));
    await expect(text).toHaveValue('');
    await expect((await composer.findAllByText('Draft discarded.', {}, patient))[0] ?? null).toBeVisible();
    const draft = { caseId: world.caseId, kind: 'note' } as const;
    await waitFor(async () => expect(await world.client.drafts.load(draft)).toBeFalsy(), patient);
    await userEvent.click(composer.getByRole('button', { name: 'Undo' }));
    await expect(text).toHaveValue(written);
  },
};

/** Files are sent when they are added, and the note waits for them. */
export const Uploaded: Story = {
  play: async ({ canvasElement }) => {
    const { composer, text } = await composerOf(canvasElement);
    await userEvent.type(text, written);
    addFiles(
      await shadowOf(canvasElement, 'note-composer'),
      aFile('statement.pdf', 48_000),
      aFile('a-picture-with-a-very-long-name-from-a-telephone-20261003-184402.jpg', 2_400_000),
    );
    await composer.findByText('statement.pdf', {}, patient);
    await waitFor(() => expect(composer.queryByRole('progressbar')).toBeNull(), patient);
  },
};

export const Uploading: Story = {
  play: async ({ canvasElement, loaded }) => {
    const { composer, text } = await composerOf(canvasElement);
    await userEvent.type(text, written);
    worldOf({ loaded }).line.set({ latency: 'forever' });
    addFiles(await shadowOf(canvasElement, 'note-composer'), aFile('statement.pdf', 48_000));
    await composer.findByText('statement.pdf', {}, patient);
  },
};

/** Files that may not be sent are named, and nothing is sent; one that did not arrive can be tried again. */
export const FilesRefused: Story = {
  globals: { trouble: 'writes-lost' },
  play: async ({ canvasElement }) => {
    const { composer, text } = await composerOf(canvasElement);
    await userEvent.type(text, written);
    addFiles(
      await shadowOf(canvasElement, 'note-composer'),
      aFile('installer.exe'),
      aFile('film.mov', 10 * 1_048_576 + 1),
      aFile('lost-on-the-way.txt'),
    );
    await composer.findByText(/installer.exe was not added/, {}, patient);
    await composer.findByRole('button', { name: 'Try again' }, patient);
  },
};

/** The case was closed while a note was written: it says by whom, keeps the text and offers to open the case again. */
export const ClosedMeanwhile: Story = {
  name: 'CC-37 Closed meanwhile',
  play: async ({ canvasElement, loaded }) => {
    const world = worldOf({ loaded });
    const { composer, text } = await composerOf(canvasElement);
    await userEvent.type(text, written);
    const { cases } = world.as('ada-whitlock');
    const { version } = await cases.get(world.caseId);
    await cases.close(world.caseId, { reason: 'resolved', note: 'Returned on Friday.' }, { version });
    await composer.findByText(/your text is kept here/i, {}, patient);
    await expect(composer.getByRole('button', { name: 'Reopen case' })).toBeVisible();
  },
};

const closedCase: WorldOptions = {
  cases: 'none',
  about: 'Invoice came twice by post',
  more: [aCase({ entries: [closure] })],
};

export const Closed: Story = {
  parameters: { world: closedCase },
  play: async ({ canvasElement }) => {
    const composer = await inside(canvasElement, 'note-composer');
    await expect(await composer.findByRole('button', { name: 'Reopen case' }, patient)).toBeVisible();
    await expect(composer.queryByRole('textbox')).toBeNull();
  },
};

export const ClosedForACustomer: Story = {
  globals: { person: 'eleanor-finch' },
  parameters: { world: closedCase },
  play: async ({ canvasElement }) => {
    const composer = await inside(canvasElement, 'note-composer');
    await expect(await composer.findByText(/start a new case/, {}, patient)).toBeVisible();
    await expect(composer.queryByRole('button', { name: 'Reopen case' })).toBeNull();
  },
};

/** A customer has neither subject nor audience: what they write, everybody reads. */
export const ForACustomer: Story = {
  globals: { person: 'eleanor-finch' },
  play: async ({ canvasElement }) => {
    const { composer, text } = await composerOf(canvasElement);
    await userEvent.type(text, 'Thank you, I will watch the account.');
    await expect(composer.queryByRole('radio')).toBeNull();
    await expect(composer.getByRole('button', { name: 'Send reply' })).toBeEnabled();
  },
};

export const NotAvailable: Story = {
  args: { caseId: 'case_nothere' },
  play: async ({ canvasElement }) => {
    const composer = await inside(canvasElement, 'note-composer');
    await composer.findByRole('alert', {}, patient);
  },
};

export const Loading: Story = {
  globals: { latency: 'forever' },
  args: { caseId: 'any' },
  parameters: { world: { about: '' } },
  play: async ({ canvasElement }) => {
    const root = await shadowOf(canvasElement, 'note-composer');
    await waitFor(() => expect(root.querySelector('.skeleton')).toBeVisible(), patient);
  },
};

export const OnAPhone: Story = {
  globals: { viewport: { value: 'small', isRotated: false } },
  play: async ({ canvasElement }) => {
    const { text } = await composerOf(canvasElement);
    await userEvent.type(text, written);
    await expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
  },
};

export const RightToLeft: Story = {
  globals: { direction: 'rtl' },
  play: async ({ canvasElement }) => {
    const { text } = await composerOf(canvasElement);
    await userEvent.type(text, 'عاد المبلغ الثاني إلى الحساب هذا الصباح.');
  },
};
