import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent } from 'storybook/test';

import '../../components/case-detail/case-detail.js';
import '../../components/case-provider/case-provider.js';
import { registerAction } from '../../components/shared/host-actions/registry.js';
import type { CaseHost, RunOutcome } from '../../components/shared/host-actions/host-types.js';
import { inside, patient, type Inside } from '../support/find.js';
import { aCase } from '../support/samples.js';
import { worldOf } from '../support/story.js';

type Answer = () => RunOutcome | Promise<RunOutcome>;

/**
 * What the page around can do about a case, such as a refund: Casement shows the form and writes down what became of it,
 * the work is the page's own. A button for each action stands in the case, and beside the message of an inbox.
 */
const meta: Meta = {
  title: 'Elements/case-detail/Actions of the page',
  component: 'case-detail',
  parameters: {
    layout: 'fullscreen',
    docs: { story: { height: '620px' } },
    world: {
      cases: 'none',
      about: 'Picture freezes during live matches',
      more: [
        aCase({
          subject: 'Picture freezes during live matches',
          links: [{ type: 'invoice', id: 'INV-2031', label: 'INV-2031, November' }],
        }),
      ],
    },
  },
};
export default meta;

type Story = StoryObj;

const schema = {
  type: 'object',
  properties: {
    amount: {
      type: 'number',
      title: 'Amount in €',
      minimum: 0.01,
      maximum: 500,
      multipleOf: 0.01,
      default: 11.58,
    },
    reason: {
      type: 'string',
      title: 'Reason',
      oneOf: [
        { const: 'failure', title: 'Service failure' },
        { const: 'goodwill', title: 'Goodwill' },
      ],
      default: 'failure',
    },
  },
  required: ['amount', 'reason'],
} as const;

/** A page whose billing answers a refund like this; with `reason`, nobody may propose one. */
const withRefund = (answer: Answer, reason?: string): Pick<Story, 'render'> => ({
  render: (_, { loaded, canvasElement }) => {
    queueMicrotask(() => {
      const provider = canvasElement.querySelector<HTMLElement & { host: CaseHost | undefined }>(
        'case-provider',
      );
      if (!provider || provider.host) return;
      provider.host = { linkTypes: [{ type: 'invoice', label: 'Invoice', href: () => '#invoice' }] };
      registerAction(provider, {
        id: 'refund',
        label: 'Refund…',
        description: 'Goes back the way it was paid.',
        schema,
        mayPropose: () => (reason === undefined ? true : { allowed: false, reason }),
        run: () => answer(),
      });
    });
    return html`<case-detail
      style="max-inline-size: 760px; margin-inline: auto"
      case-id=${worldOf({ loaded }).caseId}
    ></case-detail>`;
  },
});

const granted: Answer = () => ({ message: 'Refunded 11.58 €', reference: 'RF-1001' });
const broken: Answer = () => Promise.reject(new Error('Billing answered 503.'));
const declined: Answer = () => ({
  ok: false,
  message: 'Only 9.00 € of what was paid can still be refunded.',
});

async function openForm(canvasElement: HTMLElement): Promise<Inside> {
  const detail = await inside(canvasElement, 'case-detail');
  await userEvent.click(await detail.findByRole('button', { name: 'Refund…' }, patient));
  const dialog = await inside(canvasElement, 'case-detail', 'host-action');
  await dialog.findByLabelText(/^Amount/, {}, patient);
  return dialog;
}

async function send(canvasElement: HTMLElement): Promise<Inside> {
  const dialog = await openForm(canvasElement);
  await userEvent.click(dialog.getByRole('button', { name: 'Refund' }));
  return dialog;
}

/** The form, filled in as the page thinks best. */
export const Form: Story = {
  ...withRefund(granted),
  play: async ({ canvasElement }) => {
    const dialog = await openForm(canvasElement);
    await expect(dialog.getByLabelText(/^Amount/)).toHaveValue(11.58);
    await expect(dialog.getByRole('checkbox', { name: 'Close the case' })).not.toBeChecked();
  },
};

/** Done: told above the case, and kept on it as an internal note with the number of the booking. */
export const Done: Story = {
  name: 'IB-04 Done',
  ...withRefund(granted),
  play: async ({ canvasElement }) => {
    await send(canvasElement);
    const detail = await inside(canvasElement, 'case-detail');
    await expect(await detail.findByText('Done and noted on the case: Refund', {}, patient)).toBeVisible();
    const history = await inside(canvasElement, 'case-detail', 'case-timeline');
    await expect(await history.findByText(/RF-1001/, {}, patient)).toBeVisible();
  },
};

/** The page gave no clear answer: nobody knows whether it was done, and a second attempt is the same one. */
export const Unknown: Story = {
  name: 'IB-04 No clear answer',
  ...withRefund(broken),
  play: async ({ canvasElement }) => {
    const dialog = await send(canvasElement);
    const alert = await dialog.findByRole('alert', {}, patient);
    await expect(alert).toHaveTextContent('it is not known whether this was done');
    await expect(alert).toHaveTextContent('Billing answered 503.');
    await expect(dialog.getByLabelText(/^Amount/)).toHaveValue(11.58);
  },
};

/** The page refused: nothing was done, what was filled in stays. */
export const Refused: Story = {
  name: 'IB-04 Refused by the page',
  ...withRefund(declined),
  play: async ({ canvasElement }) => {
    const dialog = await send(canvasElement);
    await expect(await dialog.findByRole('alert', {}, patient)).toHaveTextContent('Only 9.00 €');
    await expect(dialog.getByRole('button', { name: 'Refund' })).toBeEnabled();
  },
};

/** May not be proposed now: the button says why beside itself. */
export const NotProposed: Story = {
  name: 'May not be proposed',
  ...withRefund(granted, 'Take the inbox message first: it is its owner who refunds.'),
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    const button = await detail.findByRole('button', { name: 'Refund…' }, patient);
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveAccessibleDescription(/Take the inbox message first/);
    await expect(detail.getByText(/Take the inbox message first/)).toBeVisible();
    await userEvent.click(button);
    await expect(
      canvasElement.querySelector('case-detail')?.shadowRoot?.querySelector('host-action'),
    ).toBeNull();
  },
};

/** The form on a phone. */
export const Narrow: Story = {
  ...Form,
  globals: { viewport: { value: 'small', isRotated: false } },
  play: async (context) => {
    await Form.play?.(context);
    await expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
  },
};

/** Dark, after a refusal. */
export const Dark: Story = { ...Refused, name: 'Dark', globals: { theme: 'dark' } };

/** From right to left, without a clear answer. */
export const RightToLeft: Story = { ...Unknown, name: 'Right to left', globals: { direction: 'rtl' } };
