import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';

import '../../components/share-manager/share-manager.js';
import type { NewGrantee } from '../../src/contract/grants.js';
import { inside, patient, retype, type Inside } from '../support/find.js';
import { aCase, bakery, daysAgo, inDays } from '../support/samples.js';
import { worldOf } from '../support/story.js';
import type { World, WorldOptions } from '../support/world.js';

const about = 'Invoice came twice by post';

/** Who has access to a case, and sharing with more: departments, co-workers, customers and organisations. */
const meta: Meta = {
  title: 'Elements/share-manager',
  component: 'share-manager',
  globals: { person: 'nadia-brandt' },
  parameters: { docs: { story: { height: '640px' } } },
  render: (_, { loaded }) =>
    html`<share-manager
      style="max-inline-size: 560px; margin-inline: auto"
      case-id=${worldOf({ loaded }).caseId}
    ></share-manager>`,
};
export default meta;

type Story = StoryObj;

const answered = [
  { kind: 'note', by: 'nadia-brandt', at: daysAgo(2), text: 'The printing house sent both.' },
  {
    kind: 'note',
    by: 'nadia-brandt',
    at: daysAgo(1),
    visibility: 'public',
    text: 'The second envelope was a misprint. Nothing is owed.',
  },
] as const;

interface Shares {
  /** By the agents of the owning department. */
  readonly byAgent?: readonly NewGrantee[];
  /** By the person who submitted the case. */
  readonly byRequester?: readonly NewGrantee[];
  readonly entries?: typeof answered;
  /** It is kept who opens the case, and Daniel has. */
  readonly receipts?: boolean;
}

const sharing = ({ byAgent, byRequester, entries, receipts }: Shares = {}): WorldOptions => ({
  cases: 'none',
  about,
  more: [aCase({ ...bakery, ...(entries && { entries: [...entries] }) })],
  settings: {
    sharing: {
      departmentRoles: ['customer-service', 'system-administrator'],
      organisations: true,
      ...(receipts && { receipts: { enabled: true } }),
    },
  },
  prepare: async (world: World) => {
    const share = async (who: string, grantees: readonly NewGrantee[] | undefined) => {
      if (grantees)
        await world.as(who).grants.add(world.caseId, { grantees: [...grantees], history: 'include' });
    };
    await share('nadia-brandt', byAgent);
    await share('marisol-vega', byRequester);
    if (receipts) await world.as('daniel-vega').receipts.record(world.caseId);
  },
});

const everybody: Shares = {
  byAgent: [
    { kind: 'department', id: 'technical', level: 'restricted' },
    { kind: 'department', id: 'care', level: 'read-only', expiresAt: inDays(2) },
    { kind: 'customer', id: 'c-1018' },
    { kind: 'customer', id: 'c-1033', level: 'view' },
    { kind: 'organisation', id: 'studio-colombo', level: 'view', expiresAt: inDays(20) },
  ],
  byRequester: [{ kind: 'person', id: 'daniel-vega' }],
};

async function manager(canvasElement: HTMLElement): Promise<Inside> {
  return inside(canvasElement, 'share-manager');
}

async function add(shared: Inside, name: string): Promise<void> {
  const field = await shared.findByRole('combobox', { name: /^Add / }, patient);
  await retype(field, name);
  await userEvent.click(await shared.findByRole('option', { name: new RegExp(`^${name}`) }, patient));
}

/** Nobody has it yet besides those it belongs to. */
export const Empty: Story = {
  parameters: { world: sharing() },
  play: async ({ canvasElement }) => {
    await (await manager(canvasElement)).findByText('Shared with nobody yet.', {}, patient);
  },
};

/** Every kind of grantee at every level: from whom, since when, until when. */
export const Everybody: Story = {
  name: 'CU-02 Everybody who has access',
  parameters: { world: sharing(everybody) },
  play: async ({ canvasElement }) => {
    const shared = await manager(canvasElement);
    await shared.findByText('Daniel Vega', {}, patient);
    await expect(shared.getAllByText('Restricted').length).toBeGreaterThan(0);
    // Beside the lock of each co-worker, and once for all to read.
    const refusals = shared.getAllByText(
      'Only Marisol Vega, who submitted this case, can add or remove co-workers.',
    );
    await expect(refusals.at(-1)).toBeVisible();
  },
};

export const Dark: Story = {
  ...Everybody,
  name: 'Everybody, dark',
  globals: { theme: 'dark' },
};

export const RightToLeft: Story = {
  name: 'Everybody, from right to left',
  globals: { locale: 'ar', direction: 'rtl' },
  parameters: { world: sharing(everybody) },
  play: async ({ canvasElement }) => {
    const shared = await manager(canvasElement);
    await userEvent.click(await shared.findByRole('button', { name: /^إزالة .*Technical support/ }, patient));
    await userEvent.click(await shared.findByRole('button', { name: 'إزالة' }));
    // The sentence runs as its language does, whoever it begins with.
    const said = await shared.findByText(/انتهى الوصول/, {}, patient);
    await expect(getComputedStyle(said).direction).toBe('rtl');
  },
};

export const Phone: Story = {
  ...Everybody,
  name: 'CO-17 Everybody, on a phone',
  render: (_, { loaded }) =>
    html`<share-manager style="inline-size: 288px" case-id=${worldOf({ loaded }).caseId}></share-manager>`,
};

/** The person who submitted the case adds and removes their co-workers. */
export const Submitter: Story = {
  name: 'CO-06 Who submitted the case',
  globals: { person: 'marisol-vega' },
  parameters: { world: sharing() },
  play: async ({ canvasElement }) => {
    const shared = await manager(canvasElement);
    await add(shared, 'Daniel Vega');
    await userEvent.click(shared.getByRole('button', { name: 'Share' }));
    await shared.findByText('Shared with Daniel Vega.', {}, patient);
  },
};

/** A co-worker sees everybody else who is in, and who alone can change that. */
export const Coworker: Story = {
  name: 'CO-14 A co-worker',
  globals: { person: 'daniel-vega' },
  parameters: { world: sharing(everybody) },
  play: async ({ canvasElement }) => {
    const shared = await manager(canvasElement);
    await shared.findByText('Daniel Vega', {}, patient);
    await expect(shared.queryByRole('combobox')).toBeNull();
  },
};

/** A department that received the case changes nothing, and reads why. */
export const Received: Story = {
  name: 'DE-14 A department that received it',
  globals: { person: 'jonas-lind' },
  parameters: { world: sharing(everybody) },
  play: async ({ canvasElement }) => {
    const shared = await manager(canvasElement);
    await shared.findByText('Your department received this case and cannot share it on.', {}, patient);
  },
};

/** A level for each department, chosen before anything is shared. */
export const Levels: Story = {
  name: 'DE-20 A level for a department',
  parameters: { world: sharing() },
  play: async ({ canvasElement }) => {
    const shared = await manager(canvasElement);
    await add(shared, 'Customer care');
    await userEvent.selectOptions(shared.getByLabelText('Level of Customer care'), 'read-only');
    await add(shared, 'Technical support');
    await userEvent.selectOptions(shared.getByLabelText('Level of Technical support'), 'restricted');
    await userEvent.selectOptions(shared.getByLabelText('Access lasts'), 'month');
  },
};

/** An organisation says how many it is, be it nobody. */
export const HeadCount: Story = {
  name: 'CU-12 How many an organisation is',
  parameters: { world: sharing() },
  play: async ({ canvasElement }) => {
    const shared = await manager(canvasElement);
    await add(shared, 'Al Noor Clinics');
    await shared.findByText('Whoever joins gets access, whoever leaves loses it.', {}, patient);
  },
};

/** A name that nobody has cannot be shared with. */
export const Nobody: Story = {
  name: 'CO-04 A name that nobody has',
  parameters: { world: sharing() },
  play: async ({ canvasElement }) => {
    const shared = await manager(canvasElement);
    await userEvent.type(await shared.findByRole('combobox', { name: /^Add / }, patient), 'Nobody at all');
    await userEvent.click(shared.getByRole('button', { name: 'Share' }));
    await shared.findByText(/^Nobody to choose is called/, {}, patient);
  },
};

/** What ends soon says so, and goes on with one press. */
export const Renewing: Story = {
  name: 'Renewing what ends soon',
  parameters: { world: sharing(everybody) },
  play: async ({ canvasElement }) => {
    const shared = await manager(canvasElement);
    await shared.findByText('ends in 2 days', {}, patient);
    await userEvent.click(shared.getByRole('button', { name: 'Renew for 30 days' }));
    await shared.findByText(/^Customer care: Read-only, until /, {}, patient);
  },
};

/** What was ended elsewhere leaves the list at once, and is named. */
export const Ended: Story = {
  name: 'CU-13 Ended elsewhere',
  parameters: { world: sharing(everybody) },
  play: async ({ canvasElement, loaded }) => {
    const shared = await manager(canvasElement);
    await shared.findByText('ends in 2 days', {}, patient);
    const world = worldOf({ loaded });
    const { grants } = world.as('ada-whitlock');
    const ended = (await grants.list(world.caseId)).items.find(({ grantee }) => grantee.id === 'care');
    await grants.remove(ended?.id ?? '');
    await shared.findByText('No longer shared with Customer care.', {}, patient);
  },
};

/** Whom the message about it did not reach: the share stands, and can be told again. */
export const NotNotified: Story = {
  name: 'CO-10 Not notified',
  globals: { person: 'marisol-vega' },
  parameters: {
    world: {
      ...sharing({ byRequester: [{ kind: 'person', id: 'daniel-vega' }] }),
      foreignGrants: (list) => ({
        ...list,
        items: list.items.map((grant) => ({ ...grant, notified: 'failed' })),
      }),
    },
  },
  play: async ({ canvasElement }) => {
    const shared = await manager(canvasElement);
    await shared.findByText('not notified', {}, patient);
    await expect(shared.getByRole('button', { name: 'Try again' })).toBeVisible();
  },
};

/** Who submitted the case sees who has opened it, and when. */
export const Receipts: Story = {
  name: 'CO-15 Who has viewed it',
  globals: { person: 'marisol-vega' },
  parameters: {
    world: sharing({ byRequester: [{ kind: 'person', id: 'daniel-vega' }], receipts: true }),
  },
  play: async ({ canvasElement }) => {
    await (await manager(canvasElement)).findByText(/^viewed /, {}, patient);
  },
};

/** A backend that does not name everybody: nobody is added until it does. */
export const Hidden: Story = {
  name: 'CO-14 Somebody is not named',
  parameters: {
    world: { ...sharing(everybody), foreignGrants: (list) => ({ ...list, total: list.items.length + 2 }) },
  },
  play: async ({ canvasElement }) => {
    const shared = await manager(canvasElement);
    await shared.findByText(/^2 more have access who are not named here\./, {}, patient);
    await expect(shared.queryByRole('combobox', { name: /^Add / })).toBeNull();
  },
};

/** The level and the end of what was given are changed in one step. */
export const Changing: Story = {
  name: 'DE-36 Changing a level',
  parameters: { world: sharing(everybody) },
  play: async ({ canvasElement }) => {
    const shared = await manager(canvasElement);
    await userEvent.click(
      await shared.findByRole('button', { name: 'Change the access of Technical support' }, patient),
    );
    await userEvent.selectOptions(shared.getByLabelText('Level of Technical support'), 'read-only');
    await userEvent.click(shared.getByRole('button', { name: 'Save' }));
    await shared.findByText('Technical support: Read-only, no end date.', {}, patient);
  },
};

/** Nothing ends without a question. */
export const Removing: Story = {
  name: 'DE-26 Ending access',
  parameters: { world: sharing(everybody) },
  play: async ({ canvasElement }) => {
    const shared = await manager(canvasElement);
    await userEvent.click(await shared.findByRole('button', { name: 'Remove Customer care' }, patient));
    await shared.findByRole('alertdialog', { name: 'Remove Customer care?' }, patient);
    const keep = shared.getByRole('button', { name: 'Keep' });
    await waitFor(() => expect((keep.getRootNode() as ShadowRoot).activeElement).toBe(keep));
  },
};

/** Customers that no e-mail reaches have the case in the portal only, where somebody chooses that. */
export const PortalOnly: Story = {
  name: 'CU-04 In the portal only',
  parameters: { world: { ...sharing(), unreachable: ['c-1033'] } },
  play: async ({ canvasElement }) => {
    const shared = await manager(canvasElement);
    await add(shared, 'Rafael Costa');
    await userEvent.click(shared.getByRole('button', { name: 'Share' }));
    await shared.findByText(/No e-mail reaches them/, {}, patient);
    await expect(
      shared.getByRole('checkbox', { name: 'Share with Rafael Costa in the portal only' }),
    ).not.toBeChecked();
    await expect(shared.getByRole('button', { name: 'Do not add Rafael Costa' })).toBeVisible();
  },
};

/** Earlier replies travel only when somebody decides it, and another organisation is warned of. */
export const History: Story = {
  name: 'CU-06 Earlier replies',
  parameters: { world: sharing({ entries: answered }) },
  play: async ({ canvasElement }) => {
    const shared = await manager(canvasElement);
    await add(shared, 'Eleanor Finch');
    await userEvent.click(shared.getByRole('button', { name: 'Share' }));
    await shared.findByRole('radio', { name: 'Start a new conversation' }, patient);
    await shared.findByText(/another organisation/, {}, patient);
  },
};

/** What somebody will see, as the server would show it. */
export const Preview: Story = {
  parameters: { world: sharing({ entries: answered }) },
  render: (_, { loaded }) =>
    html`<share-manager
      style="max-inline-size: 1000px; margin-inline: auto"
      case-id=${worldOf({ loaded }).caseId}
    ></share-manager>`,
  play: async ({ canvasElement }) => {
    const shared = await manager(canvasElement);
    await add(shared, 'Eleanor Finch');
    await userEvent.click(shared.getByRole('button', { name: 'Preview' }));
    await shared.findByRole('heading', { name: 'What Eleanor Finch will see' }, patient);
    await shared.findByText('Hidden', {}, patient);
  },
};

/** Nothing chosen is lost when the line is cut. */
export const Cut: Story = {
  name: 'Without a connection',
  parameters: { world: sharing() },
  play: async ({ canvasElement, loaded }) => {
    const shared = await manager(canvasElement);
    await add(shared, 'Technical support');
    worldOf({ loaded }).line.set({ trouble: 'writes-lost' });
    await userEvent.click(shared.getByRole('button', { name: 'Share' }));
    await shared.findByText('There is no connection. Nothing you typed is lost.', {}, patient);
    await expect(shared.getByRole('button', { name: 'Do not add Technical support' })).toBeVisible();
  },
};

/** The case is gone, or not shared with the reader. */
export const NotAvailable: Story = {
  parameters: { world: { cases: 'none' } },
  render: () => html`<share-manager case-id="case_none"></share-manager>`,
  play: async ({ canvasElement }) => {
    const shared = await manager(canvasElement);
    await shared.findByText(/^This is not available/, {}, patient);
  },
};
