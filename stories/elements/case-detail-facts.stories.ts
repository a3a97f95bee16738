import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';

import '../../components/case-detail/case-detail.js';
import { inside, patient, type Inside } from '../support/find.js';
import { aCase, closure, inDays } from '../support/samples.js';
import { worldOf } from '../support/story.js';
import type { WorldOptions } from '../support/world.js';

const about = 'Invoice came twice by post';

/** The facts of a case as its reader finds them: what is due, what is no longer chosen, who is no longer there. */
const meta: Meta = {
  title: 'Elements/case-detail/Facts',
  component: 'case-detail',
  parameters: { layout: 'fullscreen', world: { cases: 'none', about, more: [aCase()] } },
  render: (_, { loaded }) =>
    html`<case-detail
      style="max-inline-size: 760px; margin-inline: auto"
      case-id=${worldOf({ loaded }).caseId}
    ></case-detail>`,
};
export default meta;

type Story = StoryObj;

const ofCase = (over: Parameters<typeof aCase>[0], more: WorldOptions = {}): Story['parameters'] => ({
  world: { cases: 'none', about, more: [aCase(over)], ...more } satisfies WorldOptions,
});

async function detailOf(canvasElement: HTMLElement): Promise<Inside> {
  const detail = await inside(canvasElement, 'case-detail');
  await detail.findByText(about, {}, patient);
  return detail;
}

/** A deadline says how much time is left, whatever its colour. */
function due(name: string, days: number, words: string | RegExp): Story {
  return {
    name,
    parameters: ofCase({ deadline: inDays(days) }),
    play: async ({ canvasElement }) => {
      const detail = await detailOf(canvasElement);
      await expect(await detail.findByText(words, {}, patient)).toBeVisible();
    },
  };
}

export const LongOverdue = due('CC-19 Long overdue', -400, /400 days overdue/);
export const DueToday = due('CC-19 Due today', 0, /Due today/);
export const DueTomorrow = due('CC-19 Due tomorrow', 1, /Due tomorrow/);
export const DueFar = due('CC-19 Due far from now', 300, /Due in 300 days/);

/** Nothing is due on a closed case: its deadline is a day like any other. */
export const ClosedAfterItsDeadline: Story = {
  name: 'CC-19 Closed after its deadline',
  parameters: ofCase({ deadline: inDays(-5), entries: [closure] }),
  play: async ({ canvasElement }) => {
    const detail = await detailOf(canvasElement);
    await expect(await detail.findByText('Deadline', {}, patient)).toBeVisible();
    await expect(detail.queryByText(/overdue/)).toBeNull();
  },
};

/** Values that can no longer be chosen are read as they were, and say so. */
export const RetiredValues: Story = {
  name: 'CC-17 Retired values',
  parameters: ofCase(
    { type: 'content', priority: 'low', contactMethod: 'letter' },
    {
      settings: {
        caseTypes: [
          { id: 'billing', label: 'Billing' },
          { id: 'content', label: 'Content', retired: true },
        ],
        priorities: [
          { id: 'normal', label: 'Normal' },
          { id: 'low', label: 'Low', retired: true },
        ],
        contactMethods: [
          { id: 'phone', label: 'Phone' },
          { id: 'letter', label: 'Letter', retired: true },
        ],
      },
    },
  ),
  play: async ({ canvasElement }) => {
    const detail = await detailOf(canvasElement);
    for (const text of ['Content (retired)', /Low \(retired\)/, 'Letter (retired)'])
      await expect(await detail.findByText(text, {}, patient)).toBeVisible();
  },
};

/** Somebody who has left is not named, wherever they acted. */
export const FormerUser: Story = {
  name: 'CC-21 Former user',
  parameters: ofCase({
    createdBy: 'paul-steiner',
    assigneeId: 'paul-steiner',
    entries: [
      { kind: 'note', by: 'paul-steiner', at: inDays(-1), subject: 'follow-up', text: 'Handed over.' },
    ],
  }),
  play: async ({ canvasElement }) => {
    const detail = await detailOf(canvasElement);
    await expect((await detail.findAllByText('former user', {}, patient))[0] ?? null).toBeVisible();
    const history = await inside(canvasElement, 'case-detail', 'case-timeline');
    await expect(await history.findByText('Handed over.', {}, patient)).toBeVisible();
    await expect(history.getAllByText(/former user/)[0] ?? null).toBeVisible();
    await expect(detail.queryByText(/Paul Steiner/)).toBeNull();
    await expect(history.queryByText(/Paul Steiner/)).toBeNull();
  },
};

/** Another help desk knows other statuses: shown as they came, and nothing is offered that could do harm. */
export const UnknownStatus: Story = {
  name: 'CC-16 A status that is not known here',
  parameters: ofCase({}, { foreign: (record) => ({ ...record, status: 'on_hold' }) }),
  play: async ({ canvasElement }) => {
    const detail = await detailOf(canvasElement);
    await expect(
      await detail.findByText(/The status “on_hold” is not known here/, {}, patient),
    ).toBeVisible();
    const composer = await inside(canvasElement, 'case-detail', 'note-composer');
    await expect(
      await composer.findByText('Nothing can be added while the status is “on_hold”.', {}, patient),
    ).toBeVisible();
    for (const name of ['Close case', 'Edit case'])
      await expect(detail.queryByRole('button', { name })).toBeNull();
  },
};

/** A backend that hides facts from its reader: no trace of them, not even a name without a value. */
export const MaskedFacts: Story = {
  name: 'Facts that are masked',
  parameters: ofCase(
    { priority: 'high', deadline: inDays(3) },
    {
      foreign: ({ type: _type, priority: _priority, deadline: _deadline, ...rest }) => rest,
    },
  ),
  play: async ({ canvasElement }) => {
    const detail = await detailOf(canvasElement);
    await expect(await detail.findByText('Contact method', {}, patient)).toBeVisible();
    for (const name of ['Type', 'Priority', 'Deadline']) await expect(detail.queryByText(name)).toBeNull();
  },
};
