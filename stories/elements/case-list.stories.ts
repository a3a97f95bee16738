import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { expect, userEvent, waitFor, within } from 'storybook/test';

import '../../components/case-list/case-list.js';
import type { CaseList } from '../../components/case-list/case-list.element.js';
import { inside, patient, shadowOf } from '../support/find.js';
import { aCase, closure, importedCases, inDays, long } from '../support/samples.js';
import { worldOf } from '../support/story.js';
import type { WorldOptions } from '../support/world.js';

type Args = Pick<CaseList, 'customerId' | 'caseId' | 'filterState' | 'withoutAdd'>;

/** All cases the signed-in person may see, with filters: for a page of its own, beside `<case-detail>`. */
const meta: Meta<Args> = {
  title: 'Elements/case-list',
  component: 'case-list',
  parameters: {
    layout: 'fullscreen',
    controls: { include: ['customerId', 'caseId', 'filterState', 'withoutAdd'] },
  },
  render: ({ customerId, caseId, filterState, withoutAdd }) =>
    html`<case-list
      customer-id=${ifDefined(customerId)}
      case-id=${ifDefined(caseId)}
      .filterState=${filterState ?? ''}
      ?without-add=${withoutAdd}
    ></case-list>`,
};
export default meta;

type Story = StoryObj<Args>;

/** Everything the administrator sees, the latest update first. */
export const Default: Story = {
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await expect(await list.findByText('Charged twice in October', {}, patient)).toBeVisible();
  },
};

/** Rows of the shape that will come, after a blink. */
export const Loading: Story = {
  globals: { latency: 'forever' },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByText('Loading cases…', {}, patient);
  },
};

export const Empty: Story = {
  parameters: { world: { cases: 'none' } },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByText('No cases yet', {}, patient);
  },
};

/** The words that were not found are quoted as they were typed. */
export const NothingFound: Story = {
  name: 'CC-11 Nothing found',
  args: { filterState: 'q=<b>kitchen sink</b>' },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByText(/Nothing found for “<b>kitchen sink<\/b>”/, {}, patient);
    await userEvent.click(list.getAllByRole('button', { name: 'Clear filters' })[0] as HTMLElement);
    await list.findByText('Charged twice in October', {}, patient);
  },
};

/** Several filters at once; each chip clears its own. */
export const Filtered: Story = {
  name: 'CC-14 Filtered',
  args: { filterState: 'status=open&type=billing&type=technical&priority=high' },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await expect(await list.findByText(/^\d+ of \d+ cases$/, {}, patient)).toBeVisible();
    const filters = await inside(canvasElement, 'case-list', 'case-filters');
    for (const name of ['Clear Status', 'Clear Type', 'Clear Priority'])
      await expect(await filters.findByRole('button', { name }, patient)).toBeVisible();
  },
};

/** An open filter stands above the list, with what it can be narrowed to. */
export const FilterOpen: Story = {
  name: 'CC-08 Filter open',
  play: async ({ canvasElement }) => {
    const filters = await inside(canvasElement, 'case-list', 'case-filters');
    await userEvent.click(await filters.findByRole('button', { name: 'Type' }, patient));
    const panel = await filters.findByRole('dialog', { name: 'Type' });
    await waitFor(() => expect(panel).toBeVisible());
  },
};

/** A range that ends before it begins is refused under its fields, without a request. */
export const FilterRefused: Story = {
  name: 'CC-07 Filter refused',
  play: async ({ canvasElement }) => {
    const filters = await inside(canvasElement, 'case-list', 'case-filters');
    await userEvent.click(await filters.findByRole('button', { name: 'Raised' }, patient));
    const from = await filters.findByLabelText<HTMLInputElement>('On or after', {}, patient);
    from.value = inDays(0);
    filters.getByLabelText<HTMLInputElement>('On or before').value = inDays(-9);
    await userEvent.click(filters.getAllByRole('button', { name: 'Apply' })[0] as HTMLElement);
    await filters.findByText('The last day is before the first one.', {}, patient);
  },
};

const due = (subject: string, days: number) => aCase({ subject, deadline: inDays(days) });

/** Overdue, due today, due in the next 7 days: reckoned where the reader is, and said in words on the chip. */
export const DuePresets: Story = {
  name: 'CC-13 Due presets',
  parameters: {
    world: {
      cases: 'none',
      more: [
        due('Was due yesterday', -1),
        due('Due today', 0),
        due('Due in a week', 7),
        due('Due later', 30),
      ],
    },
  },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    const filters = await inside(canvasElement, 'case-list', 'case-filters');
    await userEvent.click(await filters.findByRole('button', { name: 'Deadline' }, patient));
    await userEvent.click(await filters.findByLabelText(/^Due in the next 7 days/, {}, patient));
    const panel = within(filters.getByRole('dialog', { name: 'Deadline' }));
    await userEvent.click(panel.getByRole('button', { name: 'Apply' }));
    await filters.findByText('Due in the next 7 days', { selector: 'bdi' }, patient);
    await list.findByText('Due in a week', {}, patient);
    await waitFor(() => expect(list.queryByText('Due later')).toBeNull(), patient);
    await userEvent.click(filters.getByRole('button', { name: /^Deadline/ }));
    await expect(await filters.findByLabelText('Overdue')).toBeVisible();
  },
};

/** The tags in use with their counts, as soon as the filter opens; several may be chosen. */
export const TagFilter: Story = {
  name: 'CC-12 Tags suggested',
  parameters: {
    world: {
      cases: 'none',
      more: [aCase({ tags: ['storm', 'refund'] }), aCase({ tags: ['storm'] }), aCase({ tags: long.tags })],
    },
  },
  play: async ({ canvasElement }) => {
    const filters = await inside(canvasElement, 'case-list', 'case-filters');
    await userEvent.click(await filters.findByRole('button', { name: 'Tag' }, patient));
    await userEvent.click(await filters.findByRole('option', { name: /^storm.*on 2 cases/ }, patient));
    await filters.findByRole('button', { name: 'Remove tag storm' }, patient);
    await userEvent.type(filters.getByRole('combobox', { name: 'Cases with any of these tags' }), 're');
    await filters.findByRole('option', { name: /^refund/ }, patient);
  },
};

/** A host handed over a filter with a value that does not exist: named, and nothing is asked. */
export const BadFilters: Story = {
  name: 'CC-09 Filters from the host that cannot be applied',
  args: { filterState: 'status=frozen' },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByText('These filters cannot be applied', {}, patient);
  },
};

/** Loading fails; “Try again” works once the server does. */
export const Failed: Story = {
  name: 'Failed, then tried again',
  globals: { trouble: 'failing' },
  play: async ({ canvasElement, loaded }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByText('Cases could not be loaded', {}, patient);
    worldOf({ loaded }).line.set({ trouble: 'none' });
    await userEvent.click(list.getByRole('button', { name: 'Try again' }));
    await expect(await list.findByText('Charged twice in October', {}, patient)).toBeVisible();
  },
};

/** What the reader sees while the server fails. */
export const Unavailable: Story = {
  globals: { trouble: 'failing' },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByRole('alert', {}, patient);
  },
};

/** No connection from the start: asked four times, then said. */
export const NoConnection: Story = {
  globals: { trouble: 'offline' },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByText('Cases could not be loaded', {}, { timeout: 15_000 });
  },
};

/** The host's token is refused. */
export const SignedOut: Story = {
  globals: { trouble: 'signed-out' },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByText('Cases could not be loaded', {}, patient);
  },
};

/** Finance may not see cases, and is told so. */
export const Forbidden: Story = {
  name: 'CC-01 Forbidden',
  globals: { person: 'victor-hale' },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await expect(await list.findByText('You may not see cases', {}, patient)).toBeVisible();
    await expect(list.queryByRole('button', { name: 'Add case' })).toBeNull();
  },
};

/** The line breaks while the list is shown: what is there stays, and is said to be old. */
export const Outdated: Story = {
  args: { customerId: 'c-1018' },
  play: async ({ canvasElement, loaded }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByText('Charged twice in October', {}, patient);
    worldOf({ loaded }).line.set({ trouble: 'failing' });
    void canvasElement.querySelector('case-list')?.reload();
    await list.findByText(/These cases may be out of date/, {}, patient);
    await expect(list.getByText('Charged twice in October')).toBeVisible();
  },
};

/** A case that somebody else adds appears without being asked for. */
export const NewCaseArrives: Story = {
  play: async ({ canvasElement, loaded }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByText('Charged twice in October', {}, patient);
    await worldOf({ loaded }).as('nadia-brandt').cases.create({
      customerId: 'c-1033',
      subject: 'Came in this very moment',
      description: 'While the list was open.',
      type: 'question',
      contactMethod: 'chat',
    });
    await list.findByText('Came in this very moment', {}, patient);
  },
};

export const OfOneCustomer: Story = {
  name: 'CC-04 Of one customer',
  args: { customerId: 'c-2041' },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await expect(
      await list.findByText('Card terminals lose the connection at noon', {}, patient),
    ).toBeVisible();
    await expect(list.queryByText('Charged twice in October')).toBeNull();
  },
};

export const CustomerNotThere: Story = {
  name: 'CC-04 A customer that is not there',
  args: { customerId: 'c-nobody' },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByRole('alert', {}, patient);
  },
};

/** A customer sees their own cases, and no column that says whose they are. */
export const ForACustomer: Story = {
  globals: { person: 'eleanor-finch' },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByText('Charged twice in October', {}, patient);
    await expect(list.queryByRole('columnheader', { name: 'Customer' })).toBeNull();
  },
};

const crowded: WorldOptions = {
  cases: 'none',
  more: [
    aCase({
      subject: long.subject,
      description: long.description,
      tags: long.tags,
      priority: 'high',
      deadline: inDays(-30),
    }),
    aCase({
      subject: 'انقطاع الإنترنت في مبنى العيادة الخارجية منذ صباح اليوم',
      tags: ['عاجل'],
      deadline: inDays(0),
    }),
    aCase({ subject: 'x', deadline: inDays(1), assigneeId: 'paul-steiner' }),
    aCase({ subject: 'A type that is retired', type: 'content', priority: 'low' }),
  ],
  settings: {
    caseTypes: [
      { id: 'billing', label: 'Billing' },
      { id: 'content', label: 'Content', retired: true },
    ],
  },
};

/** Long words, many tags, a retired type, a deadline that has passed, today and tomorrow. */
export const LongWords: Story = {
  parameters: { world: crowded },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await expect(await list.findByText(long.subject, {}, patient)).toBeVisible();
    await expect(list.getByText('30 days overdue')).toBeVisible();
    await expect(await list.findByText('Content (retired)', {}, patient)).toBeVisible();
  },
};

/** Overdue, today, tomorrow, soon and later, in words, each with its date as the title; of a closed case, the date alone. */
export const Deadlines: Story = {
  name: 'CC-19 Deadlines',
  parameters: {
    world: {
      cases: 'none',
      more: [
        ...[-30, -1, 0, 1, 3, 20].map((days) =>
          aCase({ subject: `${days} days from today`, deadline: inDays(days) }),
        ),
        aCase({ subject: 'Closed since', deadline: inDays(-9), entries: [closure] }),
      ],
    },
  },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByText('30 days overdue', {}, patient);
    for (const words of ['1 day overdue', 'Due today', 'Due tomorrow', 'Due in 3 days', 'Due in 20 days'])
      await expect(list.getByText(words)).toHaveAttribute('title');
    const closed = list.getByText('Closed since').closest('tr')?.querySelector('time');
    await expect(closed).toHaveAttribute('datetime', inDays(-9));
    await expect(list.queryByText('9 days overdue')).toBeNull();
  },
};

/** Rows become cards, and the order a menu. Nothing scrolls sideways. */
export const OnAPhone: Story = {
  globals: { viewport: { value: 'small', isRotated: false } },
  parameters: { world: crowded },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByText(long.subject, {}, patient);
    await expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
  },
};

export const RightToLeft: Story = {
  globals: { direction: 'rtl' },
  parameters: { world: crowded },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    const row = (await list.findByText(long.subject, {}, patient)).closest('tr') as Element;
    await expect(row).toBeVisible();
    await expect(getComputedStyle(row).direction).toBe('rtl');
  },
};

/** More cases than one page holds: the next one is fetched at the end, by scrolling or by the button. */
export const ManyCases: Story = {
  parameters: { world: { cases: 'none', imported: importedCases(60) } },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await list.findByText('60 cases', {}, patient);
  },
};

/** A case was chosen: here, or by the host. */
export const Chosen: Story = {
  name: 'CC-15 Chosen',
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await userEvent.click(await list.findByText('Charged twice in October', {}, patient));
    const root = await shadowOf(canvasElement, 'case-list');
    await waitFor(() => expect(root.querySelector('[aria-current=true]')).toBeVisible());
  },
};

/** “Add case” opens the form, and the list says what came of it. */
export const Added: Story = {
  name: 'CC-25 CC-29 Added',
  args: { customerId: 'c-1033' },
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    await userEvent.click(await list.findByRole('button', { name: 'Add case' }, patient));
    const form = await inside(canvasElement, 'case-list', 'case-form');
    await userEvent.type(await form.findByLabelText(/Subject/, {}, patient), 'Wants to move in March');
    await userEvent.selectOptions(form.getByLabelText(/^Type/), 'question');
    await userEvent.selectOptions(form.getByLabelText(/Contact method/), 'phone');
    await userEvent.type(form.getByLabelText(/Description/), 'Asks what happens to the contract.');
    await userEvent.click(form.getByRole('button', { name: 'Save' }));
    await list.findByText(/Case #\d+ added/, {}, patient);
  },
};
