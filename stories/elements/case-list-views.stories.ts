import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';

import '../../components/case-list/case-list.js';
import type { CaseList } from '../../components/case-list/case-list.element.js';
import type { NewView } from '../../src/contract/views.js';
import { inside, patient, type Inside } from '../support/find.js';
import { worldOf } from '../support/story.js';
import type { World, WorldOptions } from '../support/world.js';

type Args = Pick<CaseList, 'filterState'>;

/** Lists under a name, private or shared with roles, and the list as a file: in the toolbar of `<case-list>`. */
const meta: Meta<Args> = {
  title: 'Elements/case-list views and export',
  component: 'case-list',
  parameters: { layout: 'fullscreen', controls: { include: ['filterState'] } },
  render: ({ filterState }) => html`<case-list .filterState=${filterState ?? ''}></case-list>`,
};
export default meta;

type Story = StoryObj<Args>;

const shared: NewView['visibility'] = { kind: 'roles', roles: ['customer-service', 'sales-agent'] };

/** A few views, as the administrator keeps and shares them. */
async function keepViews(world: World): Promise<void> {
  const { views } = world.as('ada-whitlock');
  await views.create({ name: 'My open cases', filters: { status: ['open'] }, sort: 'deadline' });
  await views.create({ name: 'Refunds', filters: { q: 'refund' }, visibility: shared });
  await views.create({
    name: 'Complaints that have waited for an answer for more than a week',
    filters: { type: ['complaint'] },
    visibility: shared,
  });
}

const withViews = { world: { prepare: keepViews } satisfies WorldOptions };

async function toolsOf(canvas: HTMLElement): Promise<Inside> {
  return inside(canvas, 'case-list', 'case-tools');
}

async function openMenu(canvas: HTMLElement): Promise<Inside> {
  const tools = await toolsOf(canvas);
  await userEvent.click(await tools.findByRole('button', { name: /^View/ }, patient));
  await tools.findByRole('menuitem', { name: 'Save as a new view…' }, patient);
  return tools;
}

async function choose(canvas: HTMLElement, name: RegExp): Promise<Inside> {
  const tools = await openMenu(canvas);
  await userEvent.click(await tools.findByRole('menuitemradio', { name }, patient));
  return tools;
}

/** Own views apart from shared ones, which say whose they are. */
export const Menu: Story = {
  parameters: withViews,
  play: async ({ canvasElement }) => {
    const tools = await openMenu(canvasElement);
    await expect(await tools.findByRole('menuitemradio', { name: /^Refunds/ }, patient)).toBeVisible();
  },
};

/** Nobody has kept a view yet. */
export const MenuWithoutViews: Story = {
  play: async ({ canvasElement }) => {
    const tools = await openMenu(canvasElement);
    await expect(tools.getByRole('menuitemradio', { name: 'All cases' })).toBeVisible();
  },
};

/** The list no longer stands as its view was saved: it can be taken back, or kept. */
export const Changed: Story = {
  name: 'CC-14 Changed since it was saved',
  parameters: withViews,
  play: async ({ canvasElement }) => {
    const tools = await choose(canvasElement, /^My open cases/);
    await tools.findByText('View: My open cases', {}, patient);
    const filters = await inside(canvasElement, 'case-list', 'case-filters');
    await userEvent.click(await filters.findByRole('button', { name: 'Clear Status' }, patient));
    await tools.findByText('changed', {}, patient);
    await openMenu(canvasElement);
    await tools.findByRole('menuitem', { name: 'Reset to the saved view' }, patient);
  },
};

/** A name, and for administrators the roles it is shared with. */
export const Save: Story = {
  parameters: withViews,
  args: { filterState: 'status=open&priority=high' },
  play: async ({ canvasElement }) => {
    const tools = await openMenu(canvasElement);
    await userEvent.click(tools.getByRole('menuitem', { name: 'Save as a new view…' }));
    const dialog = await tools.findByRole('dialog', { name: 'Save as a new view' }, patient);
    await waitFor(() => expect(dialog).toBeVisible());
    await userEvent.click(tools.getByLabelText('Everybody with one of these roles'));
  },
};

/** What is missing stands under its field. */
export const SaveRefused: Story = {
  name: 'Save, with what is missing',
  play: async ({ canvasElement }) => {
    const tools = await openMenu(canvasElement);
    await userEvent.click(tools.getByRole('menuitem', { name: 'Save as a new view…' }));
    await userEvent.click(await tools.findByLabelText('Everybody with one of these roles', {}, patient));
    await userEvent.click(tools.getByRole('button', { name: 'Save view' }));
    await tools.findByText('Enter a name.', {}, patient);
    await tools.findByText('Choose at least one role.', {}, patient);
  },
};

/** An agent keeps views for nobody but themselves. */
export const SaveAsAgent: Story = {
  name: 'Save, for somebody who may not share',
  globals: { person: 'jonas-lind' },
  play: async ({ canvasElement }) => {
    const tools = await openMenu(canvasElement);
    await userEvent.click(tools.getByRole('menuitem', { name: 'Save as a new view…' }));
    await tools.findByRole('dialog', { name: 'Save as a new view' }, patient);
    await expect(tools.queryByText('Who sees it')).toBeNull();
  },
};

/** The harmless answer has the focus. */
export const Delete: Story = {
  parameters: withViews,
  play: async ({ canvasElement }) => {
    const tools = await choose(canvasElement, /^Refunds/);
    await tools.findByText('View: Refunds', {}, patient);
    await openMenu(canvasElement);
    await userEvent.click(await tools.findByRole('menuitem', { name: 'Delete…' }, patient));
    await tools.findByRole('alertdialog', { name: 'Delete the view “Refunds”?' }, patient);
  },
};

/** A view that names a retired value works, and says what it names. */
export const Retired: Story = {
  name: 'CC-08 Retired value',
  parameters: {
    world: {
      prepare: async (world) => {
        await keepViews(world);
        const { settings } = world.as('ada-whitlock');
        const { caseTypes, version } = await settings.get();
        await settings.update(
          {
            caseTypes: caseTypes.map((type) => (type.id === 'complaint' ? { ...type, retired: true } : type)),
          },
          { version },
        );
      },
    } satisfies WorldOptions,
  },
  play: async ({ canvasElement }) => {
    const tools = await choose(canvasElement, /^Complaints/);
    await tools.findByText(/can no longer be chosen: Complaint \(retired\)/, {}, patient);
  },
};

/** The views cannot be read: the menu says so, and tries again from there. */
export const MenuFailed: Story = {
  parameters: withViews,
  play: async ({ canvasElement, loaded }) => {
    const tools = await toolsOf(canvasElement);
    const button = await tools.findByRole('button', { name: 'Views' }, patient);
    worldOf({ loaded }).line.set({ trouble: 'failing' });
    await userEvent.click(button);
    await tools.findByRole('menuitem', { name: 'The views could not be loaded. Try again' }, patient);
  },
};

/** The file cannot be made; “Try again” works once the server does. */
export const ExportFailed: Story = {
  name: 'Export failed',
  play: async ({ canvasElement, loaded }) => {
    const tools = await toolsOf(canvasElement);
    const button = await tools.findByRole('button', { name: /^Export \(\d+\)$/ }, patient);
    worldOf({ loaded }).line.set({ trouble: 'failing' });
    await userEvent.click(button);
    await tools.findByText(/The cases could not be exported\./, {}, patient);
  },
};
