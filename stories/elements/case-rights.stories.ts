import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';

import '../../components/case-detail/case-detail.js';
import { inside, patient, type Inside } from '../support/find.js';
import { aCase, closure } from '../support/samples.js';
import { worldOf } from '../support/story.js';
import type { World, WorldOptions } from '../support/world.js';

const about = 'Invoice came twice by post';

/**
 * What a reader may not do, and why, in words: as the server decides it for this person and this case.
 *
 * Nothing is offered that would be refused; what stands there disabled says why.
 */
const meta: Meta = {
  title: 'Elements/case-detail/Rights and refusals',
  component: 'case-detail',
  parameters: { layout: 'fullscreen' },
  render: (_, { loaded }) =>
    html`<case-detail
      style="max-inline-size: 760px; margin-inline: auto"
      case-id=${worldOf({ loaded }).caseId}
    ></case-detail>`,
};
export default meta;

type Story = StoryObj;

const shared = (level: string): WorldOptions => ({
  cases: 'none',
  about,
  more: [aCase()],
  settings: { sharing: { departmentRoles: ['customer-service', 'system-administrator'] } },
  prepare: async (world: World) => {
    await world.as('ada-whitlock').grants.add(world.caseId, {
      grantees: [{ kind: 'department', id: 'technical', level }],
    });
  },
});

const closedCase: WorldOptions = { cases: 'none', about, more: [aCase({ entries: [closure] })] };

async function composerOf(canvasElement: HTMLElement): Promise<Inside> {
  return inside(canvasElement, 'case-detail', 'note-composer');
}

async function openPanel(canvasElement: HTMLElement, name: string): Promise<Inside> {
  const detail = await inside(canvasElement, 'case-detail');
  await userEvent.click((await detail.findAllByRole('button', { name }, patient))[0] as HTMLElement);
  const panel = await inside(canvasElement, 'case-detail', 'case-edit-panel');
  await panel.findByRole('tabpanel', {}, patient);
  return panel;
}

/** A department that received the case to work on it: everything but its status. */
export const Received: Story = {
  name: 'DE-04 Received by another department',
  globals: { person: 'jonas-lind' },
  parameters: { world: shared('full') },
  play: async ({ canvasElement }) => {
    const panel = await openPanel(canvasElement, 'Edit case');
    const status = panel.getByRole('tab', { name: 'Status' });
    await expect(status).toHaveAttribute('aria-disabled', 'true');
    await expect(
      panel.getByText('A department that received a case cannot change its status.', { exact: false }),
    ).toBeVisible();
  },
};

/** A department that may only write to its colleagues: the way to the customer is closed, and says why. */
export const InternalNotesOnly: Story = {
  name: 'DE-10 Received to read',
  globals: { person: 'jonas-lind' },
  parameters: { world: shared('read-only') },
  play: async ({ canvasElement }) => {
    const composer = await composerOf(canvasElement);
    await userEvent.click(await composer.findByRole('textbox', {}, patient));
    await expect(composer.getByRole('radio', { name: 'Reply to customer' })).toBeDisabled();
    await expect(composer.getByText(/^Reply to customer: .* does not include this/)).toBeVisible();
    const detail = await inside(canvasElement, 'case-detail');
    await expect(detail.queryByRole('button', { name: 'Edit case' })).toBeNull();
    await expect(detail.queryByRole('button', { name: 'Close case' })).toBeNull();
  },
};

/** Nobody writes into a closed case: the composer says so, and offers what can be done. */
export const ClosedForAnAgent: Story = {
  name: 'CC-37 CC-44 Closed',
  parameters: { world: closedCase },
  play: async ({ canvasElement }) => {
    const composer = await composerOf(canvasElement);
    await expect(await composer.findByText(/This case is closed\./, {}, patient)).toBeVisible();
    await userEvent.click(composer.getByRole('button', { name: 'Reopen case' }));
    const panel = await inside(canvasElement, 'case-detail', 'case-edit-panel');
    await expect(
      await panel.findByText('This case is closed. Reopen it first.', { exact: false }, patient),
    ).toBeVisible();
    await expect(panel.getByRole('tab', { name: 'Note' })).toHaveAttribute('aria-disabled', 'true');
  },
};

/** A customer is told what they can do instead. */
export const ClosedForACustomer: Story = {
  name: 'CC-37 Closed, for a customer',
  globals: { person: 'eleanor-finch' },
  parameters: { world: closedCase },
  play: async ({ canvasElement }) => {
    const composer = await composerOf(canvasElement);
    await expect(await composer.findByText(/start a new case or get in touch/, {}, patient)).toBeVisible();
    await expect(composer.queryByRole('button', { name: 'Reopen case' })).toBeNull();
    await expect(composer.queryByRole('textbox')).toBeNull();
  },
};

/** A backend whose agents may only read: its own sentence stands where one would write. */
export const ReadOnly: Story = {
  name: 'CC-34 Nothing may be done',
  parameters: {
    world: {
      cases: 'none',
      about,
      more: [aCase()],
      foreign: ({ permissions, ...record }) => ({
        ...record,
        permissions: Object.fromEntries(
          Object.keys(permissions as object).map((action) => [
            action,
            action === 'view'
              ? { allowed: true, rule: 'desk.view' }
              : { allowed: false, rule: 'desk.frozen', reason: 'The books of this year are closed.' },
          ]),
        ),
      }),
    } satisfies WorldOptions,
  },
  play: async ({ canvasElement }) => {
    const composer = await composerOf(canvasElement);
    await expect(await composer.findByText('The books of this year are closed.', {}, patient)).toBeVisible();
    await expect(composer.queryByRole('textbox')).toBeNull();
    const detail = await inside(canvasElement, 'case-detail');
    await expect(detail.queryByRole('button', { name: 'Edit case' })).toBeNull();
  },
};

/** The right ends while a note is written: the words stay, and why they cannot be sent is said. */
export const RightEnds: Story = {
  name: 'E-FORB The share ends while a note is written',
  globals: { person: 'jonas-lind' },
  parameters: { world: shared('full') },
  play: async ({ canvasElement, loaded }) => {
    const world = worldOf({ loaded });
    const composer = await composerOf(canvasElement);
    await userEvent.type(await composer.findByRole('textbox', {}, patient), 'Measured at the mast.');
    const { grants } = world.as('ada-whitlock');
    const { items } = await grants.list(world.caseId);
    await grants.remove(items[0]?.id ?? '');
    const detail = await inside(canvasElement, 'case-detail');
    await waitFor(() => expect(detail.queryByText(about)).toBeNull(), patient);
    await expect(await detail.findByRole('alert', {}, patient)).toBeVisible();
  },
};
