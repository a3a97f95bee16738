import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent } from 'storybook/test';

import '../../components/inbox-settings/inbox-settings.js';
import type { NewInbox } from '../../src/contract/inboxes.js';
import { inside, patient, retype, type Inside } from '../support/find.js';
import { worldOf } from '../support/story.js';
import type { World, WorldOptions } from '../support/world.js';

const sample: readonly NewInbox[] = [
  {
    name: 'Customer service',
    members: [{ personId: 'nadia-brandt', rights: ['read', 'forward', 'cancel'] }],
  },
  {
    name: 'Finance',
    members: [
      { personId: 'lena-moss', rights: ['read', 'forward', 'cancel'] },
      { personId: 'tarek-khalil', rights: ['read', 'forward'] },
      { personId: 'nadia-brandt', rights: ['read'] },
    ],
  },
  { name: 'Legal', opensCases: false },
];

/** Inboxes as the administrator of the sample tenant made them. */
async function withInboxes(world: World): Promise<ReadonlyMap<string, string>> {
  const client = world.as('ada-whitlock');
  const made = new Map<string, string>();
  for (const inbox of sample) made.set(inbox.name ?? '', (await client.inboxes.create(inbox)).id);
  return made;
}

const filled: WorldOptions = {
  prepare: async (world) => {
    await withInboxes(world);
  },
};

/** For administrators: which inboxes there are, who works them, what may be due, and what comes into them by itself. */
const meta: Meta = {
  title: 'Elements/inbox-settings',
  component: 'inbox-settings',
  globals: { person: 'ada-whitlock' },
  parameters: { layout: 'fullscreen', docs: { story: { height: '720px' } }, world: filled },
  render: () =>
    html`<inbox-settings
      style="display: block; max-inline-size: 960px; margin-inline: auto"
    ></inbox-settings>`,
};
export default meta;

type Story = StoryObj;

async function settingsIn(canvasElement: HTMLElement): Promise<Inside> {
  const settings = await inside(canvasElement, 'inbox-settings');
  await settings.findByRole('button', { name: 'Add inbox' }, patient);
  return settings;
}

async function part(settings: Inside, name: RegExp): Promise<void> {
  await userEvent.click(settings.getByRole('tab', { name }));
}

export const Default: Story = {
  name: 'IB-26 Inboxes',
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await settings.findByRole('button', { name: 'Edit Finance' }, patient);
  },
};

export const Empty: Story = {
  parameters: { world: { prepare: () => Promise.resolve() } },
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await settings.findByText('There is no inbox yet.', {}, patient);
  },
};

/** Each right is granted by itself; without that to read the others reach nothing. */
export const Members: Story = {
  name: 'IB-25 Members and their rights',
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await userEvent.click(await settings.findByRole('button', { name: 'Edit Finance' }, patient));
    await userEvent.click(await settings.findByLabelText('Nadia Brandt: Read', {}, patient));
    await expect(settings.getByLabelText('Nadia Brandt: Forward')).toBeDisabled();
  },
};

/** What is wrong stands at its field; what is typed stays. */
export const Refused: Story = {
  name: 'IB-26 Refused',
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await userEvent.click(settings.getByRole('button', { name: 'Add inbox' }));
    await retype(await settings.findByRole('textbox', { name: /^Name/ }, patient), 'Finance');
    await userEvent.click(settings.getByRole('button', { name: 'Save inbox' }));
    await expect(await settings.findByText('Another inbox has this name.', {}, patient)).toBeVisible();
  },
};

/** Somebody else saved first: both states side by side, and nothing is lost. */
export const Conflict: Story = {
  name: 'E-CONF Somebody else saved first',
  play: async ({ canvasElement, loaded }) => {
    const settings = await settingsIn(canvasElement);
    await userEvent.click(await settings.findByRole('button', { name: 'Edit Finance' }, patient));
    const name = await settings.findByRole('textbox', { name: /^Name/ }, patient);
    await retype(name, 'Refunds');
    const client = worldOf({ loaded }).as('ada-whitlock');
    const { items } = await client.inboxes.list();
    const finance = items.find((inbox) => inbox.name === 'Finance');
    if (finance) await client.inboxes.update(finance.id, { name: 'Billing' }, { version: finance.version });
    const take = settings.queryByRole('button', { name: 'Take over the new values' });
    await userEvent.click(take ?? settings.getByRole('button', { name: 'Save inbox' }));
    await expect(await settings.findByText(/Both of you changed/, {}, patient)).toBeVisible();
  },
};

/** A rule as one sentence; opened, with what it asks of a case and where it leads. */
export const Rules: Story = {
  name: 'IB-03 Rules',
  parameters: {
    world: {
      prepare: async (world) => {
        const made = await withInboxes(world);
        const client = world.as('ada-whitlock');
        const { version, caseTypes, priorities } = await client.settings.get();
        const rule = (name: string) => ({ inboxId: made.get(name) ?? '' });
        await client.settings.update(
          {
            inboxes: {
              rules: [
                {
                  ...rule('Finance'),
                  when: {
                    type: caseTypes.slice(0, 1).map(({ id }) => id),
                    priority: priorities.slice(0, 1).map(({ id }) => id),
                  },
                  message: 'Check the invoice first.',
                },
                { ...rule('Customer service'), when: {} },
              ],
            },
          },
          { version },
        );
      },
    } satisfies WorldOptions,
  },
  play: async ({ canvasElement }) => {
    const settings = await settingsIn(canvasElement);
    await part(settings, /^Rules/);
    await userEvent.click(await settings.findByRole('button', { name: /^Rule 1/ }, patient));
    await expect(await settings.findByLabelText(/^Message/, {}, patient)).toHaveValue(
      'Check the invoice first.',
    );
  },
};

export const DueTypes: Story = {
  name: 'IB-14 Due types',
  play: async ({ canvasElement }) => {
    await part(await settingsIn(canvasElement), /^Due types/);
  },
};

export const Working: Story = {
  name: 'IB-11 Ownership, and several at once',
  play: async ({ canvasElement }) => {
    await part(await settingsIn(canvasElement), /^Working/);
  },
};

/** Whoever may not manage inboxes reads why, and sees none. */
export const Refusal: Story = {
  name: 'IB-26 Without the right',
  globals: { person: 'nadia-brandt' },
  play: async ({ canvasElement }) => {
    const settings = await inside(canvasElement, 'inbox-settings');
    await settings.findByRole('heading', { name: 'Inboxes' }, patient);
  },
};

export const Failed: Story = {
  globals: { trouble: 'offline' },
  play: async ({ canvasElement }) => {
    const settings = await inside(canvasElement, 'inbox-settings');
    await settings.findByRole('button', { name: 'Try again' }, patient);
  },
};
