import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';

import '../../components/case-detail/case-detail.js';
import type { NewGrantee } from '../../src/contract/grants.js';
import { inside, patient } from '../support/find.js';
import { aCase, bakery } from '../support/samples.js';
import { worldOf } from '../support/story.js';
import type { World, WorldOptions } from '../support/world.js';

/** A case that is shared, as each side sees it: who has it, what can be done about that, and how it ends. */
const meta: Meta = {
  title: 'Elements/case-detail/Sharing',
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

const shared = (by: string, ...grantees: readonly NewGrantee[]): WorldOptions => ({
  cases: 'none',
  about: 'Invoice came twice by post',
  more: [aCase(bakery)],
  settings: { sharing: { departmentRoles: ['customer-service', 'system-administrator'] } },
  prepare: async (world: World) => {
    await world.as(by).grants.add(world.caseId, { grantees: [...grantees], includeHistory: true });
  },
});

const toTechnical = (level: string) => shared('nadia-brandt', { kind: 'department', id: 'technical', level });

/** The badge opens the same panel as the share icon and the menu. */
export const Badge: Story = {
  name: 'DE-17 DE-18 Badge, icon and menu',
  globals: { person: 'nadia-brandt' },
  parameters: { world: toTechnical('restricted') },
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    await userEvent.click(await detail.findByRole('button', { name: 'Shared with 1' }, patient));
    const panel = await inside(canvasElement, 'case-detail', 'share-manager');
    await expect(await panel.findByText('Technical support', {}, patient)).toBeVisible();
  },
};

/** A department that received the case reads from whom and at which level, and cannot share it on. */
export const Received: Story = {
  name: 'DE-14 DE-23 Received from another department',
  globals: { person: 'jonas-lind' },
  parameters: { world: toTechnical('read-only') },
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    await detail.findByRole('button', { name: 'Shared by Billing · Read-only' }, patient);
    await expect(detail.queryByRole('button', { name: 'Share case' })).toBeNull();
  },
};

/** A co-worker sees everybody who is in. */
export const AmongCoworkers: Story = {
  name: 'CO-14 Among co-workers',
  globals: { person: 'daniel-vega' },
  parameters: { world: shared('marisol-vega', { kind: 'person', id: 'daniel-vega' }) },
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    await detail.findByRole('button', { name: '2 people have access' }, patient);
    await expect(detail.getByText(/You and Marisol Vega/)).toBeVisible();
  },
};

/** The share ends while Jonas writes: nothing of the case stays, and his words can be copied. */
export const ReadBlocked: Story = {
  name: 'DE-27 Read-blocked',
  globals: { person: 'jonas-lind' },
  parameters: { world: toTechnical('full') },
  play: async ({ canvasElement, loaded }) => {
    const world = worldOf({ loaded });
    const composer = await inside(canvasElement, 'case-detail', 'note-composer');
    await userEvent.type(await composer.findByRole('textbox', {}, patient), 'I will measure the line');
    const grants = world.as('nadia-brandt').grants;
    const { items } = await grants.list(world.caseId);
    await grants.remove(items[0]?.id ?? '');
    const detail = await inside(canvasElement, 'case-detail');
    await detail.findByText('This case is not available', {}, patient);
    await waitFor(
      () =>
        expect(detail.getByRole('textbox', { name: 'What you had not sent' })).toHaveValue(
          'I will measure the line',
        ),
      patient,
    );
  },
};

/** A case goes to a colleague, never to an address outside. */
export const Forward: Story = {
  name: 'DE-07 Forward to a colleague',
  globals: { person: 'jonas-lind' },
  parameters: { world: toTechnical('restricted') },
  play: async ({ canvasElement }) => {
    const detail = await inside(canvasElement, 'case-detail');
    await userEvent.click(await detail.findByRole('button', { name: 'More actions' }, patient));
    await userEvent.click(await detail.findByRole('menuitem', { name: 'Forward to a colleague…' }, patient));
    await userEvent.type(
      await detail.findByRole('combobox', { name: 'To' }, patient),
      'someone@elsewhere.example',
    );
    await userEvent.type(
      detail.getByRole('textbox', { name: /^What should they know/ }),
      'Look at the line.',
    );
    await userEvent.click(detail.getByRole('button', { name: 'Forward' }));
    await detail.findByText('Cases are forwarded to agents only. Nothing was sent.', {}, patient);
  },
};
