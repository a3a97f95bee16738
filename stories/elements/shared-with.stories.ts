import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';

import '../../components/shared-with/shared-with.js';
import { inside, patient } from '../support/find.js';

/** What is shared with a customer or an organisation now, for its page. */
const meta: Meta = {
  title: 'Elements/shared-with',
  component: 'shared-with',
  parameters: { docs: { story: { height: '320px' } } },
  render: () => html`<shared-with customer-id="c-1018"></shared-with>`,
};
export default meta;

type Story = StoryObj;

export const Nothing: Story = {
  name: 'CU-15 Nothing is shared',
  play: async ({ canvasElement }) => {
    const element = await inside(canvasElement, 'shared-with');
    await element.findByText('No project is shared with them.', {}, patient);
  },
};
