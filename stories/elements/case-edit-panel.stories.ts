import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent, waitFor, within } from 'storybook/test';

import '../../components/case-edit-panel/case-edit-panel.js';
import type { CaseEditPanel } from '../../components/case-edit-panel/case-edit-panel.element.js';
import { inside, patient, renew, retype, type Inside } from '../support/find.js';
import { aCase, closure } from '../support/samples.js';
import { worldOf } from '../support/story.js';
import type { World, WorldOptions } from '../support/world.js';

interface Args {
  readonly section: NonNullable<Parameters<CaseEditPanel['open']>[0]['section']>;
}

/** Note, status and edit of one case, in a panel that `open({ caseId, section })` shows. `<case-detail>` has one. */
const meta: Meta<Args> = {
  title: 'Elements/case-edit-panel',
  component: 'case-edit-panel',
  args: { section: 'edit' },
  argTypes: { section: { control: 'select', options: ['note', 'status', 'edit'] } },
  parameters: {
    layout: 'fullscreen',
    controls: { include: ['section'] },
    docs: { story: { height: '120px' } },
    world: { about: 'Charged twice in October' },
  },
  render: ({ section }, { loaded }) =>
    html`<button
        style="margin: 16px"
        @click=${({ target }: Event) =>
          ((target as HTMLElement).nextElementSibling as CaseEditPanel).open({
            caseId: worldOf({ loaded }).caseId || 'case_nothere',
            section,
          })}
      >
        Open the panel</button
      ><case-edit-panel></case-edit-panel>`,
};
export default meta;

type Story = StoryObj<Args>;

async function opened(canvasElement: HTMLElement): Promise<Inside> {
  canvasElement.querySelector('button')?.click();
  const panel = await inside(canvasElement, 'case-edit-panel');
  await panel.findByRole('tabpanel', {}, patient);
  return panel;
}

async function changeElsewhere(world: World): Promise<void> {
  const { caseId } = world;
  const { cases } = world.as('nadia-brandt');
  const { version } = await cases.get(caseId);
  await cases.update(
    caseId,
    { subject: 'Charged twice, and in November too', priority: 'low', type: 'complaint' },
    { version },
  );
}

export const Edit: Story = {
  name: 'CC-32 Edit',
  play: async ({ canvasElement }) => {
    const panel = await opened(canvasElement);
    await expect(panel.getByLabelText(/Subject/)).toHaveValue('Charged twice in October');
  },
};

export const Note: Story = {
  name: 'CC-31 Note',
  args: { section: 'note' },
  play: async ({ canvasElement }) => {
    await opened(canvasElement);
  },
};

export const Status: Story = {
  name: 'CC-39 Status: close',
  args: { section: 'status' },
  play: async ({ canvasElement }) => {
    await opened(canvasElement);
  },
};

const closedCase: WorldOptions = {
  cases: 'none',
  about: 'Invoice came twice by post',
  more: [aCase({ entries: [closure] })],
};

/** A closed case takes neither notes nor edits, says why, and is opened again under Status. */
export const Closed: Story = {
  name: 'CC-34 CC-44 CC-48 Closed: reopen',
  parameters: { world: closedCase },
  play: async ({ canvasElement }) => {
    const panel = await opened(canvasElement);
    await expect(panel.getByRole('tab', { name: 'Status' })).toHaveAttribute('aria-selected', 'true');
    await expect(panel.getByRole('tab', { name: 'Edit case' })).toHaveAttribute('aria-disabled', 'true');
  },
};

export const NoteIncomplete: Story = {
  name: 'CC-35 CC-36 Note incomplete',
  args: { section: 'note' },
  play: async ({ canvasElement }) => {
    const panel = await opened(canvasElement);
    await userEvent.click(panel.getByRole('button', { name: /^Add/ }));
    await waitFor(() => expect(panel.getByRole('textbox')).toHaveAttribute('aria-invalid', 'true'));
  },
};

export const ClosingIncomplete: Story = {
  name: 'CC-40 CC-41 Closing incomplete',
  args: { section: 'status' },
  play: async ({ canvasElement }) => {
    const panel = await opened(canvasElement);
    await userEvent.click(panel.getByRole('button', { name: 'Close case' }));
    await expect(await panel.findByText('Explain why this case is closed.')).toBeVisible();
  },
};

export const EditIncomplete: Story = {
  name: 'CC-49 Edit incomplete',
  play: async ({ canvasElement }) => {
    const panel = await opened(canvasElement);
    await retype(panel.getByLabelText(/Subject/), '{Backspace}');
    await userEvent.click(panel.getByRole('button', { name: 'Save case' }));
    await expect(await panel.findByText('Enter a subject.')).toBeVisible();
  },
};

/** Somebody else changed the case under an edit: told at once, and what was not touched is taken over. */
export const MovedMeanwhile: Story = {
  name: 'CC-50 Moved under an edit',
  play: async ({ canvasElement, loaded }) => {
    const panel = await opened(canvasElement);
    await userEvent.type(panel.getByLabelText(/Subject/), ', says her bank');
    await changeElsewhere(worldOf({ loaded }));
    await panel.findByText(/Nadia Brandt changed Subject/, {}, patient);
  },
};

/** Both changed the same fields: each one is offered, and nothing is overwritten that was not chosen. */
export const Conflict: Story = {
  name: 'CC-50 Conflict',
  play: async ({ canvasElement, loaded }) => {
    const world = worldOf({ loaded });
    const panel = await opened(canvasElement);
    // Nothing tells this page of the change before it saves.
    world.line.set({ trouble: 'not-live' });
    await retype(panel.getByLabelText(/Subject/), 'Charged twice, refund promised');
    await userEvent.selectOptions(panel.getByLabelText(/Priority/), 'normal');
    await changeElsewhere(world);
    await userEvent.click(panel.getByRole('button', { name: 'Save case' }));
    const name = 'The case was changed while you edited it';
    const dialog = within(await panel.findByRole('dialog', { name }, patient));
    await expect(dialog.getByText(/Both of you changed Subject and Priority/)).toBeVisible();
    await expect(dialog.getByText(/Taken over, because you had not changed it: Type/)).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Save case' })).toBeVisible();
  },
};

export const SavingFails: Story = {
  name: 'CC-50 Saving fails',
  globals: { trouble: 'writes-lost' },
  play: async ({ canvasElement }) => {
    const panel = await opened(canvasElement);
    await userEvent.type(panel.getByLabelText(/Subject/), ', and in November');
    await userEvent.click(panel.getByRole('button', { name: 'Save case' }));
    await expect(await panel.findByRole('button', { name: 'Retry' }, patient)).toBeVisible();
    await expect(panel.getByLabelText(/Subject/)).toHaveValue('Charged twice in October, and in November');
  },
};

export const DiscardQuestion: Story = {
  name: 'CC-33 Discard?',
  play: async ({ canvasElement }) => {
    const panel = await opened(canvasElement);
    await userEvent.type(panel.getByLabelText(/Subject/), '!');
    await userEvent.keyboard('{Escape}');
    await expect(await panel.findByText('Discard what you typed?')).toBeVisible();
  },
};

export const DraftRestored: Story = {
  name: 'CC-33 Draft restored',
  args: { section: 'note' },
  play: async ({ canvasElement, loaded }) => {
    const world = worldOf({ loaded });
    const panel = await opened(canvasElement);
    await userEvent.type(panel.getByRole('textbox'), 'Called back, no answer.');
    const key = { caseId: world.caseId, kind: 'note' } as const;
    await waitFor(
      async () => expect(JSON.stringify(await world.client.drafts.load(key))).toContain('no answer.'),
      patient,
    );
    renew(canvasElement.querySelector('case-edit-panel') as CaseEditPanel);
    const again = await opened(canvasElement);
    await again.findByText('What you typed earlier is back.', {}, patient);
  },
};

/** A customer may reply, and nothing else. */
export const ForACustomer: Story = {
  name: 'CC-35 For a customer',
  globals: { person: 'eleanor-finch' },
  args: { section: 'note' },
  play: async ({ canvasElement }) => {
    await opened(canvasElement);
  },
};

export const NotAvailable: Story = {
  name: 'CC-33 Not available',
  parameters: { world: { about: '' } },
  play: async ({ canvasElement }) => {
    canvasElement.querySelector('button')?.click();
    const panel = await inside(canvasElement, 'case-edit-panel');
    await panel.findByRole('alert', {}, patient);
  },
};

export const OnAPhone: Story = {
  globals: { viewport: { value: 'small', isRotated: false } },
  play: async ({ canvasElement }) => {
    await opened(canvasElement);
    await expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
  },
};

export const RightToLeft: Story = {
  globals: { direction: 'rtl' },
  parameters: { world: { about: 'انقطاع الإنترنت في مبنى العيادة الخارجية' } },
  play: async ({ canvasElement }) => {
    await opened(canvasElement);
  },
};
