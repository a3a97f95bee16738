import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent } from 'storybook/test';

import '../../components/case-detail/case-detail.js';
import '../../components/case-list/case-list.js';
import '../../components/shared-with/shared-with.js';
import { inside, patient } from '../support/find.js';
import { worldOf } from '../support/story.js';

/**
 * The same page on case systems that are not ours, each with its adapter and all of it in this page. What a system lacks is
 * absent, or a word stands in its place.
 */
const meta: Meta = {
  title: 'Pages/Any backend',
  parameters: { layout: 'fullscreen', docs: { story: { height: '720px' } } },
  tags: ['!autodocs'],
  render: (_, { loaded }) => {
    const { customerId } = worldOf({ loaded });
    return html`<div
      style="display: grid; grid-template-columns: repeat(auto-fit, minmax(min(340px, 100%), 1fr)); gap: 20px; padding: 20px; align-items: start"
    >
      <div style="display: grid; gap: 20px">
        <case-list
          compact
          customer-id=${customerId}
          style="border: 1px solid var(--page-line); border-radius: 10px"
        ></case-list>
        <shared-with customer-id=${customerId}></shared-with>
      </div>
      <case-detail style="border: 1px solid var(--page-line); border-radius: 10px"></case-detail>
    </div>`;
  },
};
export default meta;

type Story = StoryObj;

/** Opens a case of the list and answers its customer, as on every backend. */
const answered: NonNullable<Story['play']> = async ({ canvasElement }) => {
  const list = await inside(canvasElement, 'case-list');
  await list.findByText('4 open', {}, patient);
  await userEvent.click(await list.findByRole('button', { name: /Charged twice in October/ }, patient));
  const detail = await inside(canvasElement, 'case-detail');
  await expect(
    await detail.findByRole('heading', { name: /Charged twice in October/ }, patient),
  ).toBeVisible();
  const history = await inside(canvasElement, 'case-detail', 'case-timeline');
  await history.findByText(/the card was charged twice by mistake/, {}, patient);

  const composer = await inside(canvasElement, 'case-detail', 'note-composer');
  await userEvent.click(await composer.findByRole('radio', { name: 'Reply to customer' }, patient));
  await userEvent.type(
    await composer.findByRole('textbox', { name: /Reply to the customer/ }, patient),
    'It goes back today.',
  );
  const [subject] = composer.queryAllByRole('combobox', { name: /Subject/ });
  if (subject) await userEvent.selectOptions(subject, 'answer-to-customer');
  await userEvent.click(composer.getByRole('button', { name: /^Reply to / }));
  await history.findByText('It goes back today.', {}, patient);
};

/** A company's own API, by a JSON file that maps it. It shares nothing, and says so. */
export const MappedRest: Story = {
  name: 'A company’s own API, mapped',
  parameters: { world: { backend: 'mapped-rest' } },
  play: async (context) => {
    await answered(context);
    const shared = await inside(context.canvasElement, 'shared-with');
    await shared.findByText('The case backend cannot do this.', {}, patient);
  },
};

/** Request Tracker 5, as the tests have it in memory. */
export const RequestTracker: Story = {
  parameters: { world: { backend: 'request-tracker' } },
  play: answered,
};

/** Zoho Desk, as the tests have it in memory. */
export const ZohoDesk: Story = { parameters: { world: { backend: 'zoho-desk' } }, play: answered };
