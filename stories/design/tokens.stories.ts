import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { expect } from 'storybook/test';

import { tokens } from '../../components/shared/tokens.styles.js';
import './design.css';
import { elementEntries } from '../support/manifest.js';

interface Token {
  readonly name: string;
  /** What it is when nobody sets it. */
  readonly value: string;
  readonly description: string;
}

/** Every `--case-*` property, read from the styles of the elements, so that none is missing here. */
function allTokens(): Token[] {
  const described = new Map(
    elementEntries().flatMap(({ cssProperties = [] }) =>
      cssProperties.map(({ name, description = '' }) => [name, description] as const),
    ),
  );
  const found = new Map<string, Token>();
  for (const [, name = '', value = ''] of tokens.cssText.matchAll(/var\((--case-[\w-]+),\s*(.+?)\);/g))
    if (!found.has(name)) found.set(name, { name, value, description: described.get(name) ?? '' });
  return [...found.values()];
}

const isColour = ({ value }: Token): boolean => value.startsWith('light-dark(');

function sample({ name, value }: Token): TemplateResult {
  const set = `var(${name}, ${value})`;
  if (value.startsWith('light-dark(')) return html`<span class="swatch" style="background: ${set}"></span>`;
  if (name.includes('shadow')) return html`<span class="swatch" style="box-shadow: ${set}"></span>`;
  if (name.includes('radius')) return html`<span class="swatch filled" style="border-radius: ${set}"></span>`;
  if (name === '--case-control-size')
    return html`<span class="swatch filled" style="inline-size: ${set}; block-size: ${set}"></span>`;
  if (name.includes('font'))
    return html`<span style="${name.endsWith('size') ? 'font-size' : 'font-family'}: ${set}">Aa 123</span>`;
  return html`<span class="swatch moving" style="animation-duration: calc(${set} * 8)"></span>`;
}

function table(title: string, list: readonly Token[]): TemplateResult {
  return html`<h2>${title}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Property</th>
          <th scope="col">Looks like</th>
          <th scope="col">What it is for</th>
          <th scope="col">Unless set</th>
        </tr>
      </thead>
      <tbody>
        ${list.map(
          (token) =>
            html`<tr>
              <th scope="row"><code>${token.name}</code></th>
              <td>${sample(token)}</td>
              <td>${token.description}</td>
              <td><code>${token.value}</code></td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

/**
 * The properties by which a page gives the elements its look. Set them on any element above; a value with
 * `light-dark()` answers both colour schemes at once. Nothing else has to be known of what is inside.
 */
const meta: Meta = { title: 'Casement/Tokens', parameters: { world: false, controls: { disable: true } } };
export default meta;

type Story = StoryObj;

export const Colours: Story = {
  render: () => html`<div class="design">${table('Colours', allTokens().filter(isColour))}</div>`,
  play: async ({ canvas }) => {
    await expect(canvas.getByText('--case-accent')).toBeVisible();
  },
};

export const Shapes: Story = {
  name: 'Shape, type and motion',
  render: () =>
    html`<div class="design">
      ${table(
        'Shape, type and motion',
        allTokens().filter((token) => !isColour(token)),
      )}
    </div>`,
  play: async ({ canvas }) => {
    await expect(canvas.getByText('--case-radius')).toBeVisible();
  },
};
