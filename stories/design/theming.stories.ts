import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';

import '../../components/case-detail/case-detail.js';
import '../../components/case-list/case-list.js';
import './design.css';
import { inside, patient } from '../support/find.js';
import { worldOf } from '../support/story.js';

interface Args {
  readonly css: string;
}

/**
 * Recipes for the look of a page. Each one is a few lines of the page's own CSS, shown as they are used: change them
 * in the controls and look.
 */
const meta: Meta<Args> = {
  title: 'Casement/Theming',
  argTypes: { css: { control: 'text', description: 'The CSS of the page.' } },
  parameters: {
    layout: 'fullscreen',
    controls: { include: ['css'] },
    docs: { source: { transform: (_: string, { args }: { args: Args }) => args.css, language: 'css' } },
    world: { about: 'Charged twice in October' },
  },
  render: ({ css }, { loaded, id }) =>
    html`<style>
        ${css.replaceAll('.page', `#page-${id}`)}
      </style>
      <div id="page-${id}" class="recipe" style="padding: 16px">
        <case-list compact customer-id="c-1018"></case-list>
        <case-detail case-id=${worldOf({ loaded }).caseId}></case-detail>
      </div>`,
  play: async ({ canvasElement }) => {
    const history = await inside(canvasElement, 'case-detail', 'case-timeline');
    await history.findByText(/the card was charged twice by mistake/, {}, patient);
  },
};
export default meta;

type Story = StoryObj<Args>;

/** The accent of the house: for links, for what is chosen, for the first button. Set the text on it as well. */
export const BrandColour: Story = {
  args: {
    css: `.page {
  --case-accent: light-dark(#0c6350, #6fd0b5);
  --case-on-accent: light-dark(#ffffff, #07211a);
  --case-accent-soft: light-dark(#e3f3ee, #14302a);
}`,
  },
};

/** The elements take the font from the page. A size of their own, all others follow from it. */
export const OwnFont: Story = {
  args: {
    css: `.page {
  --case-font: Georgia, 'Noto Serif', serif;
  --case-font-size: 1rem;
}`,
  },
};

/** For desks where a screen holds a lot: square corners, lower fields. */
export const DenseAndSquare: Story = {
  args: {
    css: `.page {
  --case-radius: 2px;
  --case-radius-card: 2px;
  --case-control-size: 28px;
  --case-font-size: 0.8125rem;
}`,
  },
};

/** Warm paper instead of white: surfaces, lines and what only colleagues read. */
export const WarmSurfaces: Story = {
  args: {
    css: `.page {
  --case-surface: light-dark(#fffdf8, #1a1815);
  --case-surface-sunken: light-dark(#f6f1e7, #131210);
  --case-surface-raised: light-dark(#fffdf8, #221f1b);
  --case-text-muted: light-dark(#625c50, #b3aa9b);
  --case-line: light-dark(#e8e0d0, #36322b);
  --case-internal: light-dark(#eef3fb, #17202f);
  --case-internal-line: light-dark(#c3d3ee, #33486b);
}`,
  },
};

/** More contrast than is asked for: black, white, strong lines. */
export const HighContrast: Story = {
  args: {
    css: `.page {
  --case-accent: light-dark(#00308f, #a9c8ff);
  --case-text: light-dark(#000000, #ffffff);
  --case-text-muted: light-dark(#262b33, #dfe4ea);
  --case-line: light-dark(#5a6472, #9aa5b3);
  --case-line-strong: light-dark(#1a1f27, #e7eaee);
}`,
  },
};

/** Dark whatever the reader's system says; the same with \`<case-provider theme="dark">\`. */
export const AlwaysDark: Story = {
  args: {
    css: `.page {
  color-scheme: dark;
  background: #0f1216;
}`,
  },
};

/** What no token names is a part. */
export const PartsOfTheirOwn: Story = {
  args: {
    css: `.page case-detail::part(header) {
  border-block-start: 4px solid var(--case-accent, #1f5fbf);
}
.page case-list::part(footer) {
  justify-content: center;
}`,
  },
};
