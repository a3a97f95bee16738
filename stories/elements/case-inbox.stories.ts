import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent } from 'storybook/test';

import '../../components/case-detail/case-detail.js';
import { inside, patient, type Inside } from '../support/find.js';
import { aCase } from '../support/samples.js';
import { worldOf } from '../support/story.js';
import type { World, WorldOptions } from '../support/world.js';

/** A case and the inbox it waits in: putting it there, seeing where it is, and ending both. */
const meta: Meta = {
  title: 'Elements/case-detail/Inbox',
  component: 'case-detail',
  globals: { person: 'nadia-brandt' },
  parameters: { layout: 'fullscreen' },
  render: (_, { loaded }) =>
    html`<case-detail
      style="max-inline-size: 760px; margin-inline: auto"
      case-id=${worldOf({ loaded }).caseId}
    ></case-detail>`,
};
export default meta;

type Story = StoryObj;

/** Finance, worked by Tarek Khalil; with `message`, the case waits there and is his. */
const withFinance = (message?: string): WorldOptions => ({
  cases: 'none',
  about: 'Invoice came twice by post',
  more: [
    aCase({
      customerId: 'c-2041',
      requesterId: 'marisol-vega',
      createdBy: 'nadia-brandt',
      contactMethod: 'phone',
    }),
  ],
  prepare: async (world: World) => {
    const administrator = world.as('ada-whitlock');
    const { id } = await administrator.inboxes.create({
      name: 'Finance',
      members: [{ personId: 'tarek-khalil', rights: ['read', 'forward'] }],
    });
    if (message === undefined) return;
    const entry = await administrator.inboxEntries.create({ caseId: world.caseId, inboxId: id, message });
    await world.as('tarek-khalil').inboxEntries.take(entry.id);
  },
});

const waiting = withFinance('Please refund one month.');

async function detailIn(canvasElement: HTMLElement): Promise<Inside> {
  return inside(canvasElement, 'case-detail');
}

async function openForm(detail: Inside): Promise<void> {
  await userEvent.click(await detail.findByRole('button', { name: 'More actions' }, patient));
  await userEvent.click(await detail.findByRole('menuitem', { name: 'Put into an inbox…' }, patient));
  await detail.findByRole('button', { name: 'Put into the inbox' }, patient);
}

/** In which inbox the case waits, whose it is there, and who did what in the history. */
export const Waiting: Story = {
  name: 'IB-03 Where it waits',
  parameters: { world: waiting },
  play: async ({ canvasElement }) => {
    const detail = await detailIn(canvasElement);
    await expect(await detail.findByText('In Finance · Tarek Khalil', {}, patient)).toBeVisible();
  },
};

export const Put: Story = {
  name: 'IB-03 Put into an inbox',
  parameters: { world: withFinance() },
  play: async ({ canvasElement }) => {
    await openForm(await detailIn(canvasElement));
  },
};

/** Every missing field is reported at once. */
export const PutIncomplete: Story = {
  name: 'IB-14 IB-15 Missing fields',
  parameters: { world: withFinance() },
  play: async ({ canvasElement }) => {
    const detail = await detailIn(canvasElement);
    await openForm(detail);
    await userEvent.click(detail.getByRole('button', { name: 'Put into the inbox' }));
    await expect(await detail.findByText('Choose an inbox.', {}, patient)).toBeVisible();
  },
};

/** A case is in one inbox at a time, unless the settings say otherwise. */
export const Already: Story = {
  name: 'IB-03 In an inbox already',
  parameters: { world: waiting },
  play: async ({ canvasElement }) => {
    const detail = await detailIn(canvasElement);
    await detail.findByText('In Finance · Tarek Khalil', {}, patient);
    await openForm(detail);
    await expect(await detail.findByText(/waits in an inbox already/, {}, patient)).toBeVisible();
  },
};

/** Closing the case asks about what waits; who may complete it ends both in one step. */
export const CloseBoth: Story = {
  name: 'IB-04 Close case and message',
  globals: { person: 'ada-whitlock' },
  parameters: { world: waiting },
  play: async ({ canvasElement }) => {
    const detail = await detailIn(canvasElement);
    await userEvent.click(await detail.findByRole('button', { name: 'Close case' }, patient));
    const panel = await inside(canvasElement, 'case-detail', 'case-edit-panel');
    await expect(await panel.findByLabelText('Complete the inbox message too', {}, patient)).toBeChecked();
  },
};

/** Who may not complete it reads why, and closes the case alone. */
export const CloseAlone: Story = {
  name: 'IB-04 Close the case alone',
  parameters: { world: waiting },
  play: async ({ canvasElement }) => {
    const detail = await detailIn(canvasElement);
    await userEvent.click(await detail.findByRole('button', { name: 'Close case' }, patient));
    const panel = await inside(canvasElement, 'case-detail', 'case-edit-panel');
    await expect(await panel.findByLabelText('Complete the inbox message too', {}, patient)).toBeDisabled();
  },
};
