import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';

import '../../components/case-detail/case-detail.js';
import type { CaseDetail } from '../../components/case-detail/case-detail.element.js';
import { inside, patient, shadowOf } from '../support/find.js';
import { aCase, addFiles, aFile, closure, inDays, long, manyNotes } from '../support/samples.js';
import { worldOf } from '../support/story.js';
import type { World } from '../support/world.js';

type Args = Pick<CaseDetail, 'caseId' | 'standalone'>;

/** One case, whole: status and facts, history, and a place to write. Follows the choice made in the provider. */
const meta: Meta<Args> = {
  title: 'Elements/case-detail',
  component: 'case-detail',
  parameters: {
    layout: 'fullscreen',
    controls: { include: ['caseId', 'standalone'] },
    world: { about: 'Charged twice in October' },
  },
  render: ({ caseId, standalone }, { loaded }) =>
    html`<case-detail
      style="max-inline-size: 760px; margin-inline: auto"
      case-id=${caseId ?? worldOf({ loaded }).caseId}
      ?standalone=${standalone}
    ></case-detail>`,
};
export default meta;

type Story = StoryObj<Args>;

export const Default: Story = {
  play: async ({ canvasElement }) => {
    const history = await inside(canvasElement, 'case-detail', 'case-timeline');
    await history.findByText(/the card was charged twice by mistake/, {}, patient);
  },
};

export const NoneChosen: Story = {
  parameters: { world: { about: '' } },
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    await detail.findByText('No case chosen', {}, patient);
  },
};

export const Loading: Story = {
  globals: { latency: 'forever' },
  args: { caseId: 'any' },
  parameters: { world: { about: '' } },
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    await detail.findByText('Loading the case…', {}, patient);
    const root = await shadowOf(canvasElement, 'case-detail');
    await waitFor(() => expect(root.querySelector('[part=loading] .skeleton')).toBeVisible());
  },
};

/** The reason and the explanation stand below the subject; the way to open it again, where one would write. */
export const Closed: Story = {
  name: 'CC-16 Closed',
  parameters: {
    world: { cases: 'none', about: 'Invoice came twice by post', more: [aCase({ entries: [closure] })] },
  },
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    await detail.findByText('Resolved', {}, patient);
  },
};

export const Overdue: Story = {
  name: 'CC-19 Overdue',
  parameters: {
    world: {
      cases: 'none',
      about: 'Invoice came twice by post',
      more: [aCase({ deadline: inDays(-2), priority: 'high' })],
    },
  },
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    await detail.findByText(/overdue/, {}, patient);
  },
};

/** A customer reads what is public, and replies. Nothing offers what they may not do. */
export const ForACustomer: Story = {
  globals: { person: 'eleanor-finch' },
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    const history = await inside(canvasElement, 'case-detail', 'case-timeline');
    await history.findByText(/the card was charged twice by mistake/, {}, patient);
    await expect(history.queryByText(/31 accounts are affected/)).toBeNull();
    await expect(detail.queryByRole('button', { name: 'Edit case' })).toBeNull();
  },
};

/** A case of an older system: no type, no priority, no contact method, taken over by nobody who is still there. */
export const BareFacts: Story = {
  name: 'CC-17 CC-20 CC-21 Bare facts',
  parameters: {
    world: {
      cases: 'none',
      about: 'Line noise',
      imported: [
        {
          externalReference: 'old-1',
          customer: 'Eleanor Finch',
          subject: 'Line noise',
          description: 'Taken over from the old system.',
          createdAt: '2019-04-02T10:00:00Z',
          status: 'open',
        },
      ],
    },
  },
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    await expect(await detail.findByText('Line noise', {}, patient)).toBeVisible();
    await expect((await detail.findAllByText('former user', {}, patient))[0] ?? null).toBeVisible();
    await expect(detail.queryByText('Priority')).toBeNull();
  },
};

const crowded = {
  cases: 'none',
  about: long.subject,
  more: [
    aCase({
      subject: long.subject,
      description: long.description,
      tags: long.tags,
      deadline: inDays(0),
      entries: [
        {
          kind: 'note',
          by: 'nadia-brandt',
          at: new Date().toISOString(),
          subject: 'information',
          text: `${long.description}\n${'x'.repeat(300)}`,
        },
      ],
    }),
  ],
} as const;

/** Long words break, spaces and lines are kept, tags wrap, addresses are links. */
export const LongWords: Story = {
  name: 'CC-23 Long words and many tags',
  parameters: { world: crowded },
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    await expect(await detail.findByText(long.subject, {}, patient)).toBeVisible();
    for (const tag of long.tags) await expect(detail.getByText(tag)).toBeVisible();
    await expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
  },
};

export const OnAPhone: Story = {
  globals: { viewport: { value: 'small', isRotated: false } },
  parameters: { world: crowded },
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    await detail.findByText(long.subject, {}, patient);
    await expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
  },
};

/** Right to left, with a case and notes in Arabic. */
export const RightToLeft: Story = {
  globals: { direction: 'rtl' },
  parameters: { world: { about: 'انقطاع الإنترنت في مبنى العيادة الخارجية' } },
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    const subject = await detail.findByText('انقطاع الإنترنت في مبنى العيادة الخارجية', {}, patient);
    await expect(subject).toBeVisible();
    await expect(getComputedStyle(subject).direction).toBe('rtl');
  },
};

async function withFiles(world: World): Promise<void> {
  const client = world.as('nadia-brandt');
  const files = ['statement-october.pdf', 'a-picture-with-a-very-long-name-from-a-telephone-20261003.jpg'];
  const attachmentIds = await Promise.all(
    files.map(async (name) => (await client.attachments.upload(aFile(name, 48_000), { name })).id),
  );
  await client.notes.create(world.caseId, {
    visibility: 'public',
    subject: 'answer-to-customer',
    text: 'The statement and a picture of the letter.',
    attachmentIds,
  });
}

export const WithFiles: Story = {
  parameters: { world: { about: 'Charged twice in October', prepare: withFiles } },
  play: async ({ canvasElement }) => {
    const history = await inside(canvasElement, 'case-detail', 'case-timeline');
    await history.findByText(/statement-october/, {}, patient);
  },
};

/** What was changed, in words, between the notes. */
export const ChangesInWords: Story = {
  name: 'CC-24 Changes in words',
  parameters: {
    world: {
      about: 'Charged twice in October',
      prepare: async (world: World) => {
        const { cases } = world.as('ada-whitlock');
        const { version } = await cases.get(world.caseId);
        await cases.update(
          world.caseId,
          { priority: 'low', deadline: null, tags: ['refund', 'bank'] },
          { version },
        );
      },
    },
  },
  play: async ({ canvasElement }) => {
    const history = await inside(canvasElement, 'case-detail', 'case-timeline');
    for (const words of [/Ada Whitlock set the priority to Low/, /Ada Whitlock removed the deadline/])
      await expect(await history.findByText(words, {}, patient)).toBeVisible();
  },
};

/** A long history begins with its end; earlier entries are fetched above. */
export const LongHistory: Story = {
  name: 'CC-24 Long history',
  parameters: {
    world: {
      cases: 'none',
      about: 'Speed measurements',
      more: [aCase({ subject: 'Speed measurements', entries: manyNotes(70) })],
    },
  },
  play: async ({ canvasElement }) => {
    const history = await inside(canvasElement, 'case-detail', 'case-timeline');
    await history.findByText(/Measurement 70:/, {}, patient);
    await userEvent.click(history.getByRole('button', { name: /earlier/i }));
    await history.findByText(/Measurement 21:/, {}, patient);
  },
};

/** A note that somebody else adds appears while the case is read. */
export const NoteArrives: Story = {
  play: async ({ canvasElement, loaded }) => {
    const world = worldOf({ loaded });
    const history = await inside(canvasElement, 'case-detail', 'case-timeline');
    await history.findByText(/the card was charged twice by mistake/, {}, patient);
    await world.as('nadia-brandt').notes.create(world.caseId, {
      visibility: 'internal',
      subject: 'follow-up',
      text: 'The batch left the bank at noon.',
    });
    await history.findByText('The batch left the bank at noon.', {}, patient);
  },
};

/** Absent, hidden or gone: which of them is not told. */
export const NotAvailable: Story = {
  name: 'CC-03 Not available',
  args: { caseId: 'case_nothere' },
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    await detail.findByText('This case is not available', {}, patient);
  },
};

export const Forbidden: Story = {
  name: 'CC-01 Forbidden',
  globals: { person: 'victor-hale' },
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    await expect(await detail.findByText('You may not see this case', {}, patient)).toBeVisible();
    await expect(detail.queryByText('Charged twice in October')).toBeNull();
  },
};

export const Failed: Story = {
  name: 'Failed, then tried again',
  globals: { trouble: 'failing' },
  play: async ({ canvasElement, loaded }) => {
    const detail = await inside(canvasElement, 'case-detail');
    await detail.findByText('The case could not be loaded', {}, patient);
    worldOf({ loaded }).line.set({ trouble: 'none' });
    await userEvent.click(detail.getByRole('button', { name: 'Try again' }));
    await detail.findByText('Charged twice in October', {}, patient);
  },
};

/** Closing from the pencil beside the status: the panel opens there, and the case says what was done. */
export const JustClosed: Story = {
  name: 'CC-39 CC-42 Closed just now',
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    await userEvent.click(await detail.findByRole('button', { name: 'Close case' }, patient));
    const panel = await inside(canvasElement, 'case-detail', 'case-edit-panel');
    await userEvent.selectOptions(await panel.findByLabelText(/reason/i, {}, patient), 'resolved');
    await userEvent.type(panel.getByRole('textbox'), 'The second amount is back on the card.');
    await userEvent.click(panel.getByRole('button', { name: 'Close case' }));
    await detail.findByText('Resolved', {}, patient);
  },
};

/** Alone on a page, with the way back to the list. */
export const Standalone: Story = {
  args: { standalone: true },
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    await expect(await detail.findByRole('button', { name: 'Back to the list' }, patient)).toBeVisible();
  },
};

/** A file waits to be sent while its case is read. */
export const WritingWithAFile: Story = {
  play: async ({ canvasElement }) => {
    const composer = await inside(canvasElement, 'case-detail', 'note-composer');
    await userEvent.type(await composer.findByRole('textbox', {}, patient), 'The bank’s answer is attached.');
    const root = canvasElement
      .querySelector('case-detail')
      ?.shadowRoot?.querySelector('note-composer')?.shadowRoot;
    addFiles(root as ShadowRoot, aFile('answer-of-the-bank.pdf'));
    await composer.findByText('answer-of-the-bank.pdf', {}, patient);
  },
};
