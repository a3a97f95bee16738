import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { expect, userEvent, waitFor } from 'storybook/test';

import '../../components/case-list/case-list.js';
import type { CaseList } from '../../components/case-list/case-list.element.js';
import { inside, patient, shadowOf, type Inside } from '../support/find.js';
import { aCase, closure, inDays } from '../support/samples.js';

interface Args extends Pick<CaseList, 'columns'> {
  /** In pixels; the whole page when absent. */
  readonly width?: number;
}

/**
 * Columns that the host chooses, and the room it gives: a table where every column has its room, cards below that.
 *
 * How much room a table needs follows from its columns.
 */
const meta: Meta<Args> = {
  title: 'Elements/case-list/Columns and widths',
  component: 'case-list',
  parameters: {
    layout: 'fullscreen',
    controls: { include: ['columns', 'width'] },
    world: {
      cases: 'none',
      more: [
        aCase({
          subject: 'Netzwerkverbindungsunterbrechung am Gewerbestandort Donauufer',
          tags: ['Rückerstattungsanforderung', 'bank'],
          priority: 'high',
          deadline: inDays(-2),
        }),
        aCase({ subject: 'Moved out in spring', entries: [closure], assigneeId: 'tom-okafor' }),
        aCase({ subject: 'Router blinks red', type: 'technical', deadline: inDays(2) }),
      ],
    },
  },
  render: ({ columns, width }) =>
    html`<div style=${width ? `inline-size: ${width}px; margin-inline: auto` : ''}>
      <case-list columns=${ifDefined(columns)}></case-list>
    </div>`,
};
export default meta;

type Story = StoryObj<Args>;

async function drawn(canvasElement: HTMLElement): Promise<Inside> {
  const list = await inside(canvasElement, 'case-list');
  await expect(await list.findByText('Router blinks red', {}, patient)).toBeVisible();
  return list;
}

const headings = (list: Inside) =>
  list.queryAllByRole('columnheader').map((one) => one.textContent?.replace(/[↑↓]/, '').trim());

/** What does not fit would be cut off or scroll: neither may be. */
async function fits(canvasElement: HTMLElement): Promise<void> {
  const root = await shadowOf(canvasElement, 'case-list');
  const box = root.querySelector('.scroll');
  await waitFor(() => expect(box?.scrollWidth).toBeLessThanOrEqual(box?.clientWidth ?? 0));
}

const all = 'number subject customer status type priority deadline tags assignee updated';

/** Three columns; number, customer and status stand below the subject where they have none of their own. */
export const Few: Story = {
  args: { columns: 'subject status updated' },
  play: async ({ canvasElement }) => {
    const list = await drawn(canvasElement);
    await expect(headings(list)).toEqual(['Case', 'Status', 'Updated']);
    await expect(list.getAllByText('Eleanor Finch')[0] ?? null).toBeVisible();
    await fits(canvasElement);
  },
};

/** Every column, in the order of the host; dashes where there is nothing. */
export const All: Story = {
  args: { columns: all, width: 1400 },
  play: async ({ canvasElement }) => {
    const list = await drawn(canvasElement);
    await expect(headings(list)).toEqual([
      'Number',
      'Subject',
      'Customer',
      'Status',
      'Type',
      'Priority',
      'Deadline',
      'Tags',
      'Assignee',
      'Updated',
    ]);
    await expect(list.getByText('Rückerstattungsanforderung')).toBeVisible();
    await expect(list.getByText('Tom Okafor')).toBeVisible();
    await fits(canvasElement);
  },
};

/** The subject opens the case: it is among the columns whether the host names it or not. */
export const WithoutSubject: Story = {
  args: { columns: 'priority deadline' },
  play: async ({ canvasElement }) => {
    const list = await drawn(canvasElement);
    await expect(headings(list)).toEqual(['Case', 'Priority', 'Deadline']);
  },
};

/** A name that is no column is left out, and named to those who build the page. */
export const UnknownColumn: Story = {
  name: 'CC-14 A column that is none',
  args: { columns: 'subject colour updated' },
  render: ({ columns }) =>
    html`<p role="status" style="margin: 0; padding: 12px 16px"></p>
      <case-list
        columns=${ifDefined(columns)}
        @config-error=${({ target, detail }: CustomEvent<{ message: string }>) => {
          const status = (target as Element).previousElementSibling;
          if (status) status.textContent = detail.message;
        }}
      ></case-list>`,
  play: async ({ canvas, canvasElement }) => {
    const list = await drawn(canvasElement);
    await expect(await canvas.findByText('<case-list> does not know the columns: colour.')).toBeVisible();
    await expect(headings(list)).toEqual(['Case', 'Updated']);
  },
};

/** A table with its usual columns needs 736 pixels: narrower, the same facts stand on cards. */
function atWidth(width: number, shape: 'table' | 'cards', columns?: string): Story {
  return {
    args: { width, ...(columns !== undefined && { columns }) },
    play: async ({ canvasElement }) => {
      const list = await drawn(canvasElement);
      await expect(headings(list).length > 0).toBe(shape === 'table');
      await expect(list.getByText('2 days overdue')).toBeVisible();
      // Without headings to press, a menu orders the list.
      const order = list.queryByRole('combobox', { name: 'Order' });
      if (shape === 'cards') await expect(order).toBeVisible();
      else await expect(order).toBeNull();
      await fits(canvasElement);
    },
  };
}

export const At320: Story = { ...atWidth(320, 'cards'), name: '320 px: a small phone' };
export const At480: Story = { ...atWidth(480, 'cards'), name: '480 px: a column beside a case' };
export const At700: Story = { ...atWidth(700, 'cards'), name: '700 px: just too narrow for a table' };
export const At1000: Story = { ...atWidth(1000, 'table'), name: '1000 px: a table' };
export const At1000All: Story = {
  ...atWidth(1000, 'cards', all),
  name: '1000 px, every column: cards',
};

/** The order of a narrow list is chosen from a menu. */
export const OrderMenu: Story = {
  name: '480 px: ordered by priority',
  args: { width: 480 },
  play: async ({ canvasElement }) => {
    const list = await drawn(canvasElement);
    await userEvent.selectOptions(list.getByRole('combobox', { name: 'Order' }), '-priority');
    const root = await shadowOf(canvasElement, 'case-list');
    await waitFor(
      () => expect(root.querySelector('tbody tr')?.textContent).toContain('Netzwerkverbindung'),
      patient,
    );
  },
};
