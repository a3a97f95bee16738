import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, waitFor } from 'storybook/test';

import '../../components/case-list/case-list.js';
import type { CaseList } from '../../components/case-list/case-list.element.js';
import { inside, patient } from '../support/find.js';
import { worldOf } from '../support/story.js';

type Args = Pick<CaseList, 'customerId' | 'compactLimit' | 'withoutAdd'>;

/** The newest open cases of one customer: `<case-list compact>`, for a column of an account page. */
const meta: Meta<Args> = {
  title: 'Elements/case-list compact',
  component: 'case-list',
  args: { customerId: 'c-1018', compactLimit: 5, withoutAdd: false },
  parameters: { controls: { include: ['customerId', 'compactLimit', 'withoutAdd'] } },
  render: ({ customerId, compactLimit, withoutAdd }) =>
    html`<case-list
      compact
      style="max-inline-size: 400px; border: 1px solid var(--page-line); border-radius: 10px"
      customer-id=${customerId ?? ''}
      compact-limit=${compactLimit}
      ?without-add=${withoutAdd}
    ></case-list>`,
};
export default meta;

type Story = StoryObj<Args>;

export const Default: Story = {
  name: 'CC-02 Default',
  play: async ({ canvasElement }) => {
    const widget = await inside(canvasElement, 'case-list');
    await widget.findByText('Charged twice in October', {}, patient);
    await widget.findByText('Live', {}, patient);
  },
};

export const Loading: Story = {
  globals: { latency: 'forever' },
  play: async ({ canvasElement }) => {
    const widget = await inside(canvasElement, 'case-list');
    await widget.findByText('Loading cases…', {}, patient);
  },
};

export const NothingOpen: Story = {
  name: 'CC-02 Nothing open',
  args: { customerId: 'c-1090' },
  play: async ({ canvasElement }) => {
    const widget = await inside(canvasElement, 'case-list');
    await widget.findByText('No open cases', {}, patient);
  },
};

/** A case leaves the widget the moment it is closed elsewhere. */
export const ClosedElsewhere: Story = {
  name: 'CC-02 Closed elsewhere',
  parameters: { world: { about: 'Charged twice in October' } },
  play: async ({ canvasElement, loaded }) => {
    const world = worldOf({ loaded });
    const widget = await inside(canvasElement, 'case-list');
    await widget.findByText('Charged twice in October', {}, patient);
    await widget.findByText('Live', {}, patient);
    const { cases } = world.as('nadia-brandt');
    const { version } = await cases.get(world.caseId);
    await cases.close(world.caseId, { reason: 'resolved', note: 'Returned on Friday.' }, { version });
    await waitFor(() => expect(widget.queryByText('Charged twice in October')).toBeNull(), patient);
  },
};

export const Failed: Story = {
  globals: { trouble: 'failing' },
  play: async ({ canvasElement }) => {
    const widget = await inside(canvasElement, 'case-list');
    await widget.findByText('Cases could not be loaded', {}, patient);
  },
};

/** Live changes do not come; the cases do. */
export const NotLive: Story = {
  globals: { trouble: 'not-live' },
  play: async ({ canvasElement }) => {
    const widget = await inside(canvasElement, 'case-list');
    await widget.findByText('Charged twice in October', {}, patient);
    await widget.findByText(/Not live|Connecting…/, {}, patient);
  },
};

/** Finance may not see cases: the widget takes no room at all. */
export const Forbidden: Story = {
  name: 'CC-01 Forbidden: absent',
  globals: { person: 'victor-hale' },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('case-list')).not.toBeVisible(), patient);
  },
};

export const ForACustomer: Story = {
  globals: { person: 'marisol-vega' },
  args: { customerId: 'c-2041' },
  play: async ({ canvasElement }) => {
    const widget = await inside(canvasElement, 'case-list');
    await expect(
      await widget.findByText('Card terminals lose the connection at noon', {}, patient),
    ).toBeVisible();
  },
};

/** The host's own heading and words for an empty list. */
export const HostsOwnWords: Story = {
  args: { customerId: 'c-1090' },
  render: ({ customerId }) =>
    html`<case-list
      compact
      style="max-inline-size: 400px; border: 1px solid var(--page-line); border-radius: 10px"
      customer-id=${customerId ?? ''}
    >
      <h3 slot="heading" style="margin: 0">Support</h3>
      <p slot="empty" style="margin: 0; padding: 16px">All quiet. Call them anyway?</p>
    </case-list>`,
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading', { name: 'Support' })).toBeVisible();
    await waitFor(() => expect(canvas.getByText('All quiet. Call them anyway?')).toBeVisible(), patient);
  },
};

export const OnAPhone: Story = {
  globals: { viewport: { value: 'small', isRotated: false } },
  play: async ({ canvasElement }) => {
    const widget = await inside(canvasElement, 'case-list');
    await expect(await widget.findByText('Charged twice in October', {}, patient)).toBeVisible();
    await expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
  },
};
