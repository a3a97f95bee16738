import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent } from 'storybook/test';

import '../../components/project-panel/project-panel.js';
import { inside, patient } from '../support/find.js';
import type { World } from '../support/world.js';

/** A project: its cases, the messages to those who follow it, and who they are. */
const meta: Meta = {
  title: 'Elements/project-panel',
  component: 'project-panel',
  parameters: { layout: 'fullscreen', docs: { story: { height: '560px' } } },
  render: () =>
    html`<project-panel
      project-id="project_wickham"
      style="display: block; max-inline-size: 720px; margin-inline: auto"
    ></project-panel>`,
};
export default meta;

type Story = StoryObj;

export const Default: Story = {
  play: async ({ canvasElement }) => {
    const panel = await inside(canvasElement, 'project-panel');
    await panel.findByText('Nobody follows this project.', {}, patient);
  },
};

/** The share icon leads to the Customers tab; without the right there is neither. */
export const Sharing: Story = {
  name: 'CU-11 Share with customers',
  play: async ({ canvasElement }) => {
    const panel = await inside(canvasElement, 'project-panel');
    await userEvent.click(await panel.findByRole('button', { name: 'Share project' }, patient));
    await expect(panel.getByRole('tab', { name: 'Customers' })).toHaveAttribute('aria-selected', 'true');
  },
};

/** Who follows, what to know before it is shared with more, and a message to all of them. */
export const Followed: Story = {
  name: 'CU-14 CU-18 CU-23 Followed',
  parameters: {
    world: {
      settings: { automations: [{ id: 'weekly', label: 'Weekly progress mail' }] },
      prepare: async (world: World) => {
        const { projects } = world.as('nadia-brandt');
        await projects.share('project_wickham', {
          grantees: [{ kind: 'customer', id: 'c-1033' }],
          history: 'none',
        });
      },
    },
  },
  play: async ({ canvasElement }) => {
    const panel = await inside(canvasElement, 'project-panel');
    await panel.findByText('Followed by Rafael Costa', {}, patient);
    await userEvent.click(panel.getByRole('tab', { name: 'Customers' }));
    const shared = await inside(canvasElement, 'project-panel', 'share-manager');
    await shared.findByText('These automations will write to them too: Weekly progress mail.', {}, patient);
    await expect(shared.getByText(/^The portal does not show projects to customers/)).toBeVisible();
  },
};

/** What is written here goes to everybody who follows. */
export const Messages: Story = {
  name: 'CU-16 Messages',
  play: async ({ canvasElement }) => {
    const panel = await inside(canvasElement, 'project-panel');
    await userEvent.click(await panel.findByRole('tab', { name: 'Messages' }, patient));
    await panel.findByRole('textbox', { name: 'Message to everybody who follows' }, patient);
  },
};
