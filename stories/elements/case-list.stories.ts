import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { expect, userEvent } from 'storybook/test';

import '../../components/case-list/case-list.js';
import type { CaseList } from '../../components/case-list/case-list.element.js';
import { inside, patient } from '../support/find.js';
import { worldOf } from '../support/story.js';

type Args = Pick<CaseList, 'customerId' | 'caseId' | 'filterState' | 'withoutAdd'>;

/** All cases the signed-in person may see, with filters: for a page of its own, beside `<case-detail>`. */
const meta: Meta<Args> = {
  title: 'Elements/case-list',
  component: 'case-list',
  render: ({ customerId, caseId, filterState, withoutAdd }) =>
    html`<case-list
      customer-id=${ifDefined(customerId)}
      case-id=${ifDefined(caseId)}
      filter-state=${ifDefined(filterState)}
      ?without-add=${withoutAdd}
    ></case-list>`,
};
export default meta;

type Story = StoryObj<Args>;

export const Default: Story = {};

/** Rows of the shape that will come, after a blink. */
export const Loading: Story = { globals: { latency: 'forever' } };

export const Empty: Story = { parameters: { world: { cases: 'none' } } };

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
