import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { expect, userEvent, waitFor } from 'storybook/test';

import '../../components/case-list/case-list.js';
import type { CaseList } from '../../components/case-list/case-list.element.js';
import { inside, patient, shadowOf, type Inside } from '../support/find.js';
import { aCase, closure, importedCases } from '../support/samples.js';
import { worldOf } from '../support/story.js';
import type { WorldOptions } from '../support/world.js';

type Args = Pick<CaseList, 'filterState' | 'withoutBulk' | 'columns'>;

const storm: WorldOptions = {
  cases: 'none',
  more: [
    aCase({
      subject: 'No line since the storm',
      tags: ['storm', 'line'],
      priority: 'high',
      type: 'technical',
    }),
    aCase({ subject: 'Mast in Wickham is down', tags: ['storm'], type: 'technical' }),
    aCase({ subject: 'Router blinks red', tags: ['line'], type: 'technical' }),
    aCase({ subject: 'Invoice came twice by post' }),
    aCase({ subject: 'Moved out in spring', entries: [closure] }),
  ],
};

/**
 * Several cases selected, and one thing done to all of them: close, reopen, tag, assign (CC-42).
 *
 * The checkboxes show where the backend takes bulk calls and the reader may do something with a case in the list.
 */
const meta: Meta<Args> = {
  title: 'Elements/case-list/Many at once',
  component: 'case-list',
  parameters: {
    layout: 'fullscreen',
    controls: { include: ['filterState', 'withoutBulk', 'columns'] },
    world: storm,
  },
  args: { filterState: 'sort=number' },
  render: ({ filterState, withoutBulk, columns }) =>
    html`<case-list
      .filterState=${filterState ?? ''}
      columns=${ifDefined(columns)}
      ?without-bulk=${withoutBulk}
    ></case-list>`,
};
export default meta;

type Story = StoryObj<Args>;

async function pick(list: Inside, ...subjects: readonly string[]): Promise<void> {
  for (const subject of subjects)
    await userEvent.click(await list.findByRole('checkbox', { name: new RegExp(`${subject}$`) }, patient));
  await list.findByRole('group', { name: 'What is selected' }, patient);
}

async function open(
  canvasElement: HTMLElement,
  action: string,
  ...subjects: readonly string[]
): Promise<Inside> {
  const list = await inside(canvasElement, 'case-list');
  await pick(list, ...subjects);
  await userEvent.click(list.getByRole('button', { name: action }));
  await list.findByRole('dialog', {}, patient);
  return list;
}

/** Some rows are selected: what can be done with them takes the place of the toolbar. */
export const Selected: Story = {
  name: 'CC-42 Selected',
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await pick(list, 'No line since the storm', 'Mast in Wickham is down');
    await list.findByText('2 of 5 selected', {}, patient);
  },
};

/** The page does without: no checkbox, no bar. */
export const Without: Story = {
  args: { withoutBulk: true },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByText('Router blinks red', {}, patient);
    await expect(list.queryByRole('checkbox', { name: /Router/ })).toBeNull();
  },
};

/** What none of them allows is disabled, and says why when it is pressed. */
export const Refused: Story = {
  name: 'CC-43 Not with these',
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await pick(list, 'Router blinks red');
    await userEvent.click(list.getByRole('button', { name: 'Reopen…' }));
    await list.findByText('What you selected is open already.', {}, patient);
  },
};

/** More cases than were loaded: all of them are loaded, and then counted. */
export const AllOfMany: Story = {
  parameters: { world: { cases: 'none', more: [], imported: importedCases(60) } },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await userEvent.click(await list.findByRole('checkbox', { name: /^Select all/ }, patient));
    await userEvent.click(await list.findByRole('button', { name: 'Select all 60' }, patient));
    await list.findByText('60 of 60 selected', {}, patient);
  },
};

/** Reason and note are asked for as for one case. */
export const Closing: Story = {
  name: 'CC-40 CC-41 Closing',
  play: async ({ canvasElement }) => {
    const list = await open(canvasElement, 'Close…', 'No line since the storm', 'Moved out in spring');
    await list.findByText('Close 2 cases', { selector: 'h2' }, patient);
    const root = await shadowOf(canvasElement, 'case-list');
    await userEvent.click(root.querySelector('dialog button[type=submit]') as HTMLElement);
    await list.findByText('Choose why this case is closed.', {}, patient);
  },
};

export const Reopening: Story = {
  name: 'CC-44 CC-45 Reopening',
  play: async ({ canvasElement }) => {
    await open(canvasElement, 'Reopen…', 'Moved out in spring');
  },
};

/** Tags to add, with those in use to choose from, and tags to take away. */
export const Tagging: Story = {
  play: async ({ canvasElement }) => {
    const list = await open(canvasElement, 'Tag…', 'No line since the storm', 'Mast in Wickham is down');
    await list.findByRole('checkbox', { name: /^storm/ }, patient);
  },
};

/** To an agent, or to nobody. */
export const Assigning: Story = {
  play: async ({ canvasElement }) => {
    const list = await open(canvasElement, 'Assign…', 'Router blinks red', 'Invoice came twice by post');
    await userEvent.click(list.getByRole('combobox', { name: 'Assignee' }));
    await list.findByRole('option', { name: 'Nobody' }, patient);
  },
};

async function closeWith(list: Inside, root: ShadowRoot): Promise<void> {
  await userEvent.selectOptions(list.getByLabelText(/Closure reason/), 'resolved');
  await userEvent.type(list.getByLabelText(/Explain the closure/), 'The mast is repaired.');
  await userEvent.click(root.querySelector('dialog button.primary[type=submit]') as HTMLElement);
}

/** Somebody was faster with one of them: the others are closed, and that one is named with who closed it. */
export const Mixed: Story = {
  name: 'CC-38 CC-42 Some refused',
  play: async ({ canvasElement, loaded }) => {
    const list = await open(
      canvasElement,
      'Close…',
      'No line since the storm',
      'Mast in Wickham is down',
      'Router blinks red',
    );
    const world = worldOf({ loaded });
    const { id, version } = await world.caseNamed('Router blinks red');
    await world.as('nadia-brandt').cases.close(id, { reason: 'resolved', note: 'Called.' }, { version });
    await closeWith(list, await shadowOf(canvasElement, 'case-list'));
    await list.findByText('2 closed, 1 refused', {}, patient);
    await list.findByText(/Nadia Brandt closed this case/, {}, patient);
  },
};

/** All went well: said above the rows. */
export const Done: Story = {
  name: 'CC-42 Done',
  play: async ({ canvasElement }) => {
    const list = await open(canvasElement, 'Close…', 'Mast in Wickham is down', 'Router blinks red');
    await closeWith(list, await shadowOf(canvasElement, 'case-list'));
    await list.findByText('2 cases closed.', { selector: '.banner *' }, patient);
  },
};

/** The line breaks: what was typed stays, and the same is sent again. */
export const LineBroken: Story = {
  name: 'E-DUP The line breaks',
  play: async ({ canvasElement, loaded }) => {
    const list = await open(canvasElement, 'Close…', 'Mast in Wickham is down', 'Router blinks red');
    worldOf({ loaded }).line.set({ trouble: 'writes-lost' });
    await closeWith(list, await shadowOf(canvasElement, 'case-list'));
    await list.findByText(/There is no connection/, {}, { timeout: 15_000 });
    worldOf({ loaded }).line.set({ trouble: 'none' });
    await userEvent.click(list.getByRole('button', { name: 'Retry' }));
    await list.findByText('2 cases closed.', { selector: '.banner *' }, patient);
  },
};

/** Cards with room for a finger; nothing scrolls sideways. */
export const OnAPhone: Story = {
  globals: { viewport: { value: 'small', isRotated: false } },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await pick(list, 'No line since the storm', 'Mast in Wickham is down');
    await waitFor(() => expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth));
  },
};

export const RightToLeft: Story = {
  globals: { direction: 'rtl' },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await pick(list, 'No line since the storm', 'Mast in Wickham is down');
  },
};
