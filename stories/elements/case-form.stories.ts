import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { expect, userEvent, waitFor } from 'storybook/test';

import '../../components/case-form/case-form.js';
import type { CaseForm } from '../../components/case-form/case-form.element.js';
import { inside, patient, renew, shadowOf, type Inside } from '../support/find.js';
import { aCase, addFiles, aFile } from '../support/samples.js';
import { worldOf } from '../support/story.js';

type Args = Pick<CaseForm, 'customerId' | 'inline'>;

/** A new case: as a dialog that `open()` shows, or with `inline` in the page. */
const meta: Meta<Args> = {
  title: 'Elements/case-form',
  component: 'case-form',
  args: { customerId: 'c-1018', inline: true },
  parameters: {
    layout: 'fullscreen',
    controls: { include: ['customerId', 'inline'] },
    docs: { story: { height: '640px' } },
  },
  render: ({ customerId, inline }) =>
    html`${
        inline
          ? nothing
          : html`<button
              style="margin: 16px"
              @click=${({ target }: Event) => (target as HTMLElement).nextElementSibling?.matches('case-form') && ((target as HTMLElement).nextElementSibling as CaseForm).open()}
            >
              Add case
            </button>`
      }<case-form
        style=${inline ? 'display: block; max-inline-size: 720px; margin-inline: auto' : nothing}
        customer-id=${ifDefined(customerId)}
        ?inline=${inline}
      ></case-form>`,
};
export default meta;

type Story = StoryObj<Args>;

async function formOf(canvasElement: HTMLElement): Promise<Inside> {
  const form = await inside(canvasElement, 'case-form');
  await form.findByLabelText(/Subject/, {}, patient);
  return form;
}

async function fill(form: Inside): Promise<void> {
  await userEvent.type(form.getByLabelText(/Subject/), 'Wants to move in March');
  await userEvent.selectOptions(form.getByLabelText(/^Type/), 'question');
  await userEvent.selectOptions(form.getByLabelText(/Contact method/), 'phone');
  await userEvent.type(form.getByLabelText(/Description/), 'Asks what happens to the contract.');
}

export const Inline: Story = {
  play: async ({ canvasElement }) => {
    await formOf(canvasElement);
  },
};

/** The dialog is modal, names the customer, and gives the focus back to what opened it. */
export const Dialog: Story = {
  name: 'CC-25 Dialog',
  args: { inline: false },
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Add case' }));
    const form = await formOf(canvasElement);
    await expect(await form.findByText(/Eleanor Finch/, {}, patient)).toBeVisible();
  },
};

/** An agent picks the customer by typing when the page names none. */
export const PickingACustomer: Story = {
  name: 'CC-26 Picking a customer',
  args: { customerId: undefined as unknown as string },
  play: async ({ canvasElement }) => {
    const form = await formOf(canvasElement);
    await userEvent.type(form.getByRole('combobox', { name: /Customer/ }), 'harbour');
    await form.findByText('Harbour Bakery, Old Mill', {}, patient);
  },
};

/** Every missing field is said at once, without a request. */
export const Incomplete: Story = {
  name: 'CC-27 Incomplete',
  play: async ({ canvasElement }) => {
    const form = await formOf(canvasElement);
    await userEvent.click(form.getByRole('button', { name: 'Save' }));
    await expect(await form.findByText('Enter a subject.')).toBeVisible();
    await expect(form.getByText('Choose a contact method.')).toBeVisible();
    const root = await shadowOf(canvasElement, 'case-form');
    await waitFor(() => expect(root.activeElement).toBe(form.getByLabelText(/Subject/)));
  },
};

/** Closing at once takes a reason and an explanation. */
export const SaveAndClose: Story = {
  name: 'CC-30 Save and close',
  play: async ({ canvasElement }) => {
    const form = await formOf(canvasElement);
    await fill(form);
    await userEvent.click(form.getByRole('button', { name: 'Save and close' }));
    await expect(await form.findByLabelText(/Closure reason/)).toBeVisible();
  },
};

export const Stored: Story = {
  name: 'CC-29 Stored',
  play: async ({ canvasElement }) => {
    const form = await formOf(canvasElement);
    await fill(form);
    await userEvent.click(form.getByRole('button', { name: 'Save' }));
    await form.findByText(/Case #\d+/, {}, patient);
    await expect(form.getByLabelText(/Subject/)).toHaveValue('');
  },
};

/** Saving fails: the values stay, and Retry sends the same case once more. */
export const SavingFails: Story = {
  name: 'CC-29 Saving fails',
  globals: { trouble: 'writes-lost' },
  play: async ({ canvasElement }) => {
    const form = await formOf(canvasElement);
    await fill(form);
    await userEvent.click(form.getByRole('button', { name: 'Save' }));
    await expect(await form.findByRole('button', { name: 'Retry' }, patient)).toBeVisible();
    await expect(form.getByLabelText(/Subject/)).toHaveValue('Wants to move in March');
  },
};

export const TagsAndFiles: Story = {
  name: 'CC-29 Tags and files',
  play: async ({ canvasElement }) => {
    const form = await formOf(canvasElement);
    await userEvent.type(
      form.getByLabelText(/Tags/),
      'moving{Enter}second contact{Enter}Rückerstattung{Enter}',
    );
    addFiles(await shadowOf(canvasElement, 'case-form'), aFile('letter.pdf', 64_000), aFile('setup.exe'));
    await form.findByText('letter.pdf', {}, patient);
    await form.findByText(/setup.exe was not added/);
  },
};

/** Tags in use are suggested while one is typed, the most used first; one that nobody uses yet is as good. */
export const TagsSuggested: Story = {
  name: 'CC-29 Tags suggested',
  parameters: {
    world: {
      cases: 'none',
      more: [aCase({ tags: ['moving', 'refund'] }), aCase({ tags: ['moving'] }), aCase({ tags: ['storm'] })],
    },
  },
  play: async ({ canvasElement }) => {
    const form = await formOf(canvasElement);
    const field = form.getByRole('combobox', { name: 'Tags' });
    await userEvent.type(field, 'mo');
    const option = await form.findByRole('option', { name: /^moving/ }, patient);
    await expect(option).toHaveTextContent('on 2 cases');
    await expect(field).toHaveAttribute('aria-expanded', 'true');
    await expect(form.getByRole('option', { name: 'Add “mo”' })).toBeVisible();
    await userEvent.keyboard('{ArrowDown}');
    await waitFor(() => expect(option).toHaveAttribute('aria-selected', 'true'));
    await userEvent.keyboard('{Enter}');
    await form.findByRole('button', { name: 'Remove tag moving' });
    await userEvent.keyboard('{ArrowDown}');
    await form.findByRole('option', { name: /^refund/ }, patient);
  },
};

/** Suggestions that do not come keep nobody from typing tags. */
export const TagsWithoutSuggestions: Story = {
  name: 'CC-29 Tags without suggestions',
  play: async ({ canvasElement, loaded }) => {
    const form = await formOf(canvasElement);
    worldOf({ loaded }).line.set({ trouble: 'failing' });
    await userEvent.type(form.getByRole('combobox', { name: 'Tags' }), 'moving,storm{Enter}');
    await form.findByRole('button', { name: 'Remove tag moving' });
    await form.findByRole('button', { name: 'Remove tag storm' });
  },
};

/** What was typed before a reload is back, with a way to throw it away. */
export const DraftRestored: Story = {
  name: 'CC-29 Draft restored',
  play: async ({ canvasElement, loaded }) => {
    const { drafts } = worldOf({ loaded }).client;
    await fill(await formOf(canvasElement));
    const key = { caseId: null, kind: 'case', customerId: 'c-1018' } as const;
    await waitFor(async () => expect(JSON.stringify(await drafts.load(key))).toContain('contract.'), patient);
    renew(canvasElement.querySelector('case-form') as CaseForm);
    const form = await formOf(canvasElement);
    await form.findByText('What you typed earlier is back.', {}, patient);
  },
};

/** Thrown away, it does not come back with the next reload either. */
export const DraftDiscarded: Story = {
  name: 'CC-29 Draft discarded',
  play: async ({ canvasElement, loaded }) => {
    const { drafts } = worldOf({ loaded }).client;
    await fill(await formOf(canvasElement));
    const key = { caseId: null, kind: 'case', customerId: 'c-1018' } as const;
    await waitFor(async () => expect(JSON.stringify(await drafts.load(key))).toContain('contract.'), patient);
    renew(canvasElement.querySelector('case-form') as CaseForm);
    const form = await formOf(canvasElement);
    await form.findByText('What you typed earlier is back.', {}, patient);
    await userEvent.click(form.getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(form.getByLabelText(/Subject/)).toHaveValue(''), patient);
    await expect(form.queryByText('What you typed earlier is back.')).toBeNull();
    await waitFor(async () => expect(await drafts.load(key)).toBeFalsy(), patient);
  },
};

/** Closing the dialog with something typed asks first. */
export const DiscardQuestion: Story = {
  name: 'CC-29 Discard?',
  args: { inline: false },
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Add case' }));
    const form = await formOf(canvasElement);
    await userEvent.type(form.getByLabelText(/Subject/), 'Wants to move');
    await userEvent.click(form.getByRole('button', { name: 'Cancel' }));
    await expect(await form.findByText('Discard what you typed?')).toBeVisible();
  },
};

/** A customer names neither priority nor deadline, and the case is their own. */
export const ForACustomer: Story = {
  name: 'CC-25 For a customer',
  globals: { person: 'eleanor-finch' },
  args: { customerId: undefined as unknown as string },
  play: async ({ canvasElement }) => {
    const form = await formOf(canvasElement);
    await expect(form.queryByLabelText(/Priority/)).toBeNull();
  },
};

/** The settings make other fields mandatory, and their default priority is retired. */
export const OtherSettings: Story = {
  name: 'CC-27 CC-28 Other settings',
  parameters: {
    world: {
      settings: {
        requiredFields: { newCase: ['subject', 'deadline', 'tags'] },
        defaultPriority: null,
        priorities: [
          { id: 'high', label: 'Before anything else' },
          { id: 'normal', label: 'Normal', retired: true },
          { id: 'low', label: 'When there is time' },
        ],
      },
    },
  },
  play: async ({ canvasElement }) => {
    const form = await formOf(canvasElement);
    await expect(form.getByLabelText(/Priority/)).toHaveTextContent('Before anything else');
    await userEvent.click(form.getByRole('button', { name: 'Save' }));
    await expect(await form.findByText('Enter a deadline.')).toBeVisible();
  },
};

/** Whoever may not add cases is shown nothing. */
export const Forbidden: Story = {
  name: 'CC-25 Forbidden: absent',
  globals: { person: 'victor-hale' },
  play: async ({ canvasElement, loaded }) => {
    await worldOf({ loaded }).client.session.get();
    const root = await shadowOf(canvasElement, 'case-form');
    await waitFor(() => expect(root.querySelector('form')).toBeNull());
  },
};

export const Loading: Story = {
  globals: { latency: 'forever' },
  play: async ({ canvasElement }) => {
    const root = await shadowOf(canvasElement, 'case-form');
    await waitFor(() => expect(root.querySelector('.skeleton')).toBeVisible(), patient);
  },
};

export const Failed: Story = {
  globals: { trouble: 'failing' },
  play: async ({ canvasElement }) => {
    const form = await inside(canvasElement, 'case-form');
    await form.findByRole('button', { name: 'Try again' }, patient);
  },
};

export const OnAPhone: Story = {
  args: { inline: false },
  globals: { viewport: { value: 'small', isRotated: false } },
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Add case' }));
    await formOf(canvasElement);
    await expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
  },
};
