import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';

import '../../components/case-detail/case-detail.js';
import '../../components/case-list/case-list.js';
import './design.css';
import { inside, patient } from '../support/find.js';
import { elementEntries } from '../support/manifest.js';
import { worldOf } from '../support/story.js';

interface Args {
  readonly element: 'case-list' | 'case-detail';
  readonly part: string;
}

/**
 * The parts of the elements that a page may style beyond the tokens, with `::part()`. They are promises: a name stays,
 * and what it names stays in its place.
 */
const meta: Meta<Args> = { title: 'Casement/Parts' };
export default meta;

type Story = StoryObj<Args>;

/** Parts and slots of every element, as its manifest names them. */
export const AllParts: Story = {
  parameters: { world: false, controls: { disable: true } },
  render: () =>
    html`<div class="design">
      ${elementEntries()
        .filter(({ cssParts, slots }) => cssParts ?? slots)
        .map(
          ({ tagName, cssParts = [], slots = [] }) =>
            html`<h3><code>&lt;${tagName}&gt;</code></h3>
              <table>
                <tbody>
                  ${cssParts.map(
                    ({ name, description }) =>
                      html`<tr>
                        <th scope="row"><code>::part(${name})</code></th>
                        <td>${description}</td>
                      </tr>`,
                  )}
                  ${slots.map(
                    ({ name, description }) =>
                      html`<tr>
                        <th scope="row"><code>${name ? `slot="${name}"` : 'its content'}</code></th>
                        <td>${description}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>`,
        )}
    </div>`,
};

/** Choose an element and one of its parts in the controls to see where it is. */
export const PointedOut: Story = {
  args: { element: 'case-list', part: 'item' },
  argTypes: {
    element: { control: 'select', options: ['case-list', 'case-detail'] },
    part: { control: 'text' },
  },
  parameters: { world: { about: 'Charged twice in October' }, controls: { include: ['element', 'part'] } },
  render: ({ element, part }, { loaded }) =>
    html`<style>
        ${`.pointed ::part(${CSS.escape(part)}) { outline: 2px dashed #d6249f; outline-offset: -2px; }`}
      </style>
      <div class="pointed">
        ${
          element === 'case-list'
            ? html`<case-list></case-list>`
            : html`<case-detail case-id=${worldOf({ loaded }).caseId}></case-detail>`
        }
      </div>`,
  play: async ({ canvasElement }) => {
    const list = await inside(canvasElement, 'case-list');
    const row = (await list.findByText('Charged twice in October', {}, patient)).closest('[part~=item]');
    await expect(getComputedStyle(row as Element).outlineStyle).toBe('dashed');
  },
};
