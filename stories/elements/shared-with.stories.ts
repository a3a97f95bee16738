import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';

import '../../components/shared-with/shared-with.js';
import { inside, patient } from '../support/find.js';
import { aCase } from '../support/samples.js';
import type { World } from '../support/world.js';

/** What is shared with a customer or an organisation now, for its page. */
const meta: Meta = {
  title: 'Elements/shared-with',
  component: 'shared-with',
  parameters: { docs: { story: { height: '320px' } } },
  render: () => html`<shared-with customer-id="c-1018"></shared-with>`,
};
export default meta;

type Story = StoryObj;

/** Projects they follow, and cases that are shared with them by themselves. */
export const Something: Story = {
  name: 'CU-15 Projects and cases',
  parameters: {
    world: {
      cases: 'none',
      about: 'Invoice came twice by post',
      more: [aCase({ customerId: 'c-2041', requesterId: 'marisol-vega' })],
      prepare: async (world: World) => {
        const { grants, projects } = world.as('nadia-brandt');
        const grantees = [{ kind: 'customer', id: 'c-1018' }] as const;
        await projects.share('project_wickham', { grantees: [...grantees] });
        await grants.add(world.caseId, { grantees: [...grantees] });
      },
    },
  },
  play: async ({ canvasElement }) => {
    const element = await inside(canvasElement, 'shared-with');
    await element.findByRole('button', { name: 'Fibre for Wickham' }, patient);
    await element.findByRole('button', { name: /Invoice came twice by post/ }, patient);
  },
};

export const Nothing: Story = {
  name: 'CU-15 Nothing is shared',
  play: async ({ canvasElement }) => {
    const element = await inside(canvasElement, 'shared-with');
    await element.findByText('No project is shared with them.', {}, patient);
  },
};
