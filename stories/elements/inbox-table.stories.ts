import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';

import '../../components/inbox-table/inbox-table.js';
import { inside, patient, shadowOf, type Inside } from '../support/find.js';
import { withInboxes } from '../support/inboxes.js';
import { worldOf } from '../support/story.js';

const subject = 'Picture freezes during live matches';

/**
 * What waits in the inboxes of an agent: taken, completed, cancelled and forwarded where it stands. Use it on a page where
 * agents work through what was handed to them; a role that works no inboxes sees nothing of it.
 */
const meta: Meta = {
  title: 'Elements/inbox-table',
  component: 'inbox-table',
  globals: { person: 'lena-moss' },
  parameters: {
    layout: 'fullscreen',
    docs: { story: { height: '560px' } },
    world: { prepare: withInboxes({ takenBy: 'lena-moss' }) },
  },
  render: () => html`<inbox-table opens-customers style="margin: 20px"></inbox-table>`,
};
export default meta;

type Story = StoryObj;

async function tableIn(canvasElement: HTMLElement): Promise<Inside> {
  const table = await inside(canvasElement, 'inbox-table');
  await table.findByRole('button', { name: subject }, patient);
  return table;
}

async function rowIn(canvasElement: HTMLElement, title: string): Promise<HTMLElement> {
  const table = await tableIn(canvasElement);
  return (await table.findByRole('button', { name: title })).closest('tr') as HTMLElement;
}

async function press(canvasElement: HTMLElement, title: string, name: string): Promise<void> {
  const row = await rowIn(canvasElement, title);
  await userEvent.click(row.querySelector<HTMLElement>(`[aria-label="${name}"]`) as HTMLElement);
}

/** Several inboxes, one entry taken, its message open. */
export const Default: Story = {
  name: 'IB-05 IB-06 Entries',
  play: async ({ canvasElement }) => {
    await press(canvasElement, subject, 'Message');
    const table = await tableIn(canvasElement);
    await expect(await table.findByText(/lost four live matches/)).toBeVisible();
  },
};

/** One inbox alone. */
export const OneInbox: Story = {
  name: 'IB-02 One inbox',
  parameters: { world: { prepare: withInboxes({ names: ['Finance'] }) } },
  play: async ({ canvasElement }) => {
    const table = await tableIn(canvasElement);
    await expect(table.getAllByRole('tab')).toHaveLength(2);
  },
};

/** Many inboxes: their tabs wrap. */
export const ManyInboxes: Story = {
  name: 'IB-02 Many inboxes',
  parameters: {
    world: {
      prepare: withInboxes({
        names: [
          'Finance',
          'Legal',
          'Network',
          'On-site visits',
          'Retention',
          'Sales',
          'Technical',
          'Write-offs',
        ],
      }),
    },
  },
  play: async ({ canvasElement }) => {
    const table = await tableIn(canvasElement);
    await expect(table.getAllByRole('tab')).toHaveLength(9);
  },
};

/** Success on top, with the way back. */
export const Completed: Story = {
  name: 'IB-09 Completed',
  play: async ({ canvasElement }) => {
    await press(canvasElement, subject, 'Complete');
    const table = await inside(canvasElement, 'inbox-table');
    await expect(await table.findByText(`“${subject}” is complete.`, {}, patient)).toBeVisible();
    await expect(await table.findByRole('button', { name: /^Undo/ })).toBeVisible();
  },
};

/** What somebody else owns cannot be worked, and says why. */
export const OwnedByOther: Story = {
  name: 'IB-08 Owned by somebody else',
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'Charged twice in October', 'Complete');
    const table = await tableIn(canvasElement);
    await expect(await table.findByText('Tarek Khalil owns this.')).toBeVisible();
  },
};

/** What another took shows by itself. */
export const TakenMeanwhile: Story = {
  name: 'IB-07 Taken meanwhile',
  parameters: { world: { prepare: withInboxes() } },
  play: async ({ canvasElement, loaded }) => {
    const row = await rowIn(canvasElement, subject);
    const client = worldOf({ loaded }).as('tarek-khalil');
    const { items } = await client.inboxEntries.list({ owner: 'none', sort: 'due' });
    await client.inboxEntries.take(items.find((entry) => entry.case?.subject === subject)?.id ?? '');
    await waitFor(() => expect(row).toHaveTextContent('Tarek Khalil'), patient);
  },
};

/** To another inbox: everything that is missing is said at once. */
export const Forward: Story = {
  name: 'IB-12 IB-17 Forward',
  play: async ({ canvasElement }) => {
    await press(canvasElement, subject, 'Forward');
    const table = await inside(canvasElement, 'inbox-table');
    await table.findByRole('dialog', { name: 'Forward inbox message' }, patient);
    const send = (await shadowOf(canvasElement, 'inbox-table')).querySelector<HTMLElement>(
      'dialog [type=submit]',
    );
    await userEvent.click(send as HTMLElement);
    await expect(await table.findByText('Choose an inbox.')).toBeVisible();
    await expect(table.getByText('Say what is to be done.')).toBeVisible();
  },
};

/** The notes of the case, and a new one. */
export const MaintainCase: Story = {
  name: 'IB-20 IB-22 Maintain case',
  play: async ({ canvasElement }) => {
    await press(canvasElement, subject, 'Maintain case');
    const table = await inside(canvasElement, 'inbox-table');
    await table.findByRole('dialog', { name: 'Maintain case' }, patient);
    await expect(await table.findByRole('button', { name: 'Close and save' }, patient)).toBeVisible();
    // The history opens at its newest end, and takes the focus once it is known to scroll.
    const history = await shadowOf(canvasElement, 'inbox-table', 'case-timeline');
    await waitFor(() => expect(history.querySelector('.scroll')).toHaveAttribute('tabindex', '0'), patient);
  },
};

/** Before an entry is given back. */
export const Release: Story = {
  name: 'IB-29 Give back',
  play: async ({ canvasElement }) => {
    await press(canvasElement, subject, 'Give back');
    const table = await tableIn(canvasElement);
    await expect(await table.findByRole('alertdialog')).toBeVisible();
  },
};

/** For administrators: to a member. */
export const Assign: Story = {
  name: 'IB-29 Assign',
  globals: { person: 'ada-whitlock' },
  play: async ({ canvasElement }) => {
    await press(canvasElement, subject, 'Message');
    const table = await tableIn(canvasElement);
    await userEvent.click(await table.findByRole('button', { name: 'Assign…' }));
    await expect(await table.findByLabelText(/^Member/, {}, patient)).toBeVisible();
  },
};

/** A member who may read, and nothing else: no arrow, a cross that says why. */
export const ReadOnly: Story = {
  name: 'IB-25 Right to read alone',
  parameters: { world: { prepare: withInboxes({ rights: ['read'] }) } },
  play: async ({ canvasElement }) => {
    const row = await rowIn(canvasElement, subject);
    await expect(row.querySelector('[data-act=forward]')).toBeNull();
    await expect(row.querySelector('[data-act=cancel]')).toHaveAttribute('aria-disabled', 'true');
  },
};

/** A member without the right to read. */
export const NotToRead: Story = {
  name: 'IB-25 No right to read',
  parameters: { world: { prepare: withInboxes({ rights: [] }) } },
  play: async ({ canvasElement }) => {
    const table = await inside(canvasElement, 'inbox-table');
    await expect(
      await table.findByText('You may not read what is in this inbox.', {}, patient),
    ).toBeVisible();
  },
};

/** Nothing waits. */
export const Empty: Story = {
  parameters: { world: { prepare: withInboxes({ empty: true }) } },
  play: async ({ canvasElement }) => {
    const table = await inside(canvasElement, 'inbox-table');
    await expect(await table.findByText('Nothing waits here', {}, patient)).toBeVisible();
  },
};

/** The reader is a member of no inbox. */
export const NoInbox: Story = {
  globals: { person: 'jonas-lind' },
  play: async ({ canvasElement }) => {
    const table = await inside(canvasElement, 'inbox-table');
    await expect(await table.findByText('You work no inbox yet', {}, patient)).toBeVisible();
  },
};

/** A role that works no inboxes sees nothing. */
export const NoRole: Story = {
  name: 'IB-01 No role',
  globals: { person: 'eleanor-finch' },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('inbox-table')).not.toBeVisible(), patient);
  },
};

/** While the answer is awaited. */
export const Loading: Story = { globals: { latency: 'forever' } };

/** The inboxes cannot be had. */
export const Failed: Story = {
  globals: { trouble: 'failing' },
  play: async ({ canvasElement }) => {
    const table = await inside(canvasElement, 'inbox-table');
    await expect(await table.findByRole('button', { name: 'Try again' }, patient)).toBeVisible();
  },
};

/** The keys, on demand. */
export const Keys: Story = {
  play: async ({ canvasElement }) => {
    const table = await tableIn(canvasElement);
    await userEvent.click(await table.findByRole('button', { name: 'Keys' }));
    await expect(await table.findByText('Next row')).toBeVisible();
  },
};

/** On a phone rows are cards. */
export const Narrow: Story = {
  globals: { viewport: { value: 'small', isRotated: false } },
  play: async (context) => {
    await Default.play?.(context);
    await expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
  },
};

/** Dark. */
export const Dark: Story = { globals: { theme: 'dark' }, play: Default.play };

/** From right to left. */
export const RightToLeft: Story = { globals: { direction: 'rtl' }, play: Default.play };

/** A thousand entries come page by page, as the end comes near. */
export const Thousand: Story = {
  name: 'A thousand entries',
  tags: ['!autodocs'],
  parameters: { world: { prepare: withInboxes({ many: 1000 }) } },
  play: async ({ canvasElement }) => {
    const table = await tableIn(canvasElement);
    await expect(await table.findByRole('button', { name: 'Show more' }, patient)).toBeVisible();
    await expect(table.getByText(/of 1,004$/)).toBeVisible();
  },
};
