import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';

import '../../components/case-detail/case-detail.js';
import { inside, patient, type Inside } from '../support/find.js';
import { aCase, closure, daysAgo } from '../support/samples.js';
import { worldOf } from '../support/story.js';
import type { World, WorldOptions } from '../support/world.js';

const note = 'Called the printing house, they look into it.';
const description = 'Two envelopes on the same day, with the same invoice in each.';

async function change(world: World): Promise<void> {
  const { cases } = world.as('nadia-brandt');
  const { version } = await cases.get(world.caseId);
  await cases.update(world.caseId, { priority: 'high', tags: ['paper'] }, { version });
}

/** A case with some of everything that a history tells. */
const eventful: WorldOptions = {
  cases: 'none',
  about: 'Invoice came twice by post',
  more: [
    aCase({
      entries: [
        { kind: 'note', by: 'nadia-brandt', at: daysAgo(2), subject: 'follow-up', text: note },
        closure,
        {
          kind: 'reopening',
          by: 'nadia-brandt',
          at: daysAgo(1),
          reason: 'problem-came-back',
          visibility: 'public',
          text: 'A third envelope came this morning.',
        },
      ],
    }),
  ],
  prepare: change,
};

/** What is told of a case, as a whole or one kind alone (CC-24). */
const meta: Meta = {
  title: 'Elements/case-detail/History by kind',
  component: 'case-detail',
  parameters: { layout: 'fullscreen', world: eventful },
  render: (_, { loaded }) =>
    html`<case-detail
      style="max-inline-size: 760px; margin-inline: auto"
      case-id=${worldOf({ loaded }).caseId}
    ></case-detail>`,
};
export default meta;

type Story = StoryObj;

async function choose(canvasElement: HTMLElement, name: string): Promise<Inside> {
  const history = await inside(canvasElement, 'case-detail', 'case-timeline');
  const button = await history.findByRole('button', { name }, patient);
  await userEvent.click(button);
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  return history;
}

/** What the history shows, and what it leaves out. */
async function shows(
  history: Inside,
  {
    shown,
    left,
  }: { readonly shown: readonly (string | RegExp)[]; readonly left: readonly (string | RegExp)[] },
): Promise<void> {
  for (const text of left) await waitFor(() => expect(history.queryByText(text)).toBeNull(), patient);
  for (const text of shown) await expect(await history.findByText(text, {}, patient)).toBeVisible();
}

const closed = /Second envelope was a misprint/;
const reopened = /A third envelope came/;
const changed = /paper/;

export const All: Story = {
  name: 'CC-24 All',
  play: async ({ canvasElement }) => {
    const history = await choose(canvasElement, 'All');
    await shows(history, { shown: [description, note, closed, reopened, changed], left: [] });
  },
};

/** What people wrote, from the text of the case on. */
export const Notes: Story = {
  name: 'CC-24 Notes',
  play: async ({ canvasElement }) => {
    const history = await choose(canvasElement, 'Notes');
    await shows(history, { shown: [description, note], left: [closed, reopened, changed] });
  },
};

/** When it was closed and opened again, by whom and why. */
export const Status: Story = {
  name: 'CC-24 Status',
  play: async ({ canvasElement }) => {
    const history = await choose(canvasElement, 'Status');
    await shows(history, { shown: [closed, reopened], left: [description, note, changed] });
  },
};

/** Every field that was changed, from what to what. */
export const Changes: Story = {
  name: 'CC-24 Changes',
  play: async ({ canvasElement }) => {
    const history = await choose(canvasElement, 'Changes');
    await shows(history, { shown: [changed], left: [description, note, closed, reopened] });
  },
};

/** A change that arrives meanwhile is told if it is of the kind that is shown. */
export const ArrivesMeanwhile: Story = {
  name: 'CC-24 Changes, while another one is made',
  play: async ({ canvasElement, loaded }) => {
    const history = await choose(canvasElement, 'Changes');
    await shows(history, { shown: [changed], left: [note] });
    const world = worldOf({ loaded });
    const { cases } = world.as('ada-whitlock');
    const { version } = await cases.get(world.caseId);
    await cases.update(world.caseId, { tags: ['paper', 'misprint'] }, { version });
    await expect(await history.findByText(/misprint/, {}, patient)).toBeVisible();
  },
};

const untouched: WorldOptions = {
  cases: 'none',
  about: 'Invoice came twice by post',
  more: [aCase()],
};

/** Nothing of that kind: said, with the choice still there. */
export const NeverClosed: Story = {
  name: 'CC-24 Status: nothing',
  parameters: { world: untouched },
  play: async ({ canvasElement }) => {
    const history = await choose(canvasElement, 'Status');
    await expect(
      await history.findByText('This case has not been closed or reopened.', {}, patient),
    ).toBeVisible();
    await userEvent.click(history.getByRole('button', { name: 'All' }));
    await expect(await history.findByText(description, {}, patient)).toBeVisible();
  },
};

/** A customer is told what is public, and has nothing to choose from. */
export const ForACustomer: Story = {
  globals: { person: 'eleanor-finch' },
  play: async ({ canvasElement }) => {
    const history = await inside(canvasElement, 'case-detail', 'case-timeline');
    await shows(history, { shown: [description, closed], left: [note] });
    await expect(history.queryByRole('button', { name: 'Changes' })).toBeNull();
  },
};
