import { afterEach as checkAccessibility } from '@storybook/addon-a11y/preview';
import type { StoryContext } from '@storybook/web-components-vite';

import { applyTheme, type Theme } from './looks.js';

const isTest = import.meta.env['VITEST_STORYBOOK'] === 'false';

/** The panel shows what is right, too; a test run only asks what is wrong. */
export const accessibilityOptions = isTest ? { resultTypes: ['violations'] } : {};

/** The rules whose answer depends on the colours. */
const ofColours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** In a test run, checks the colours of a story in the dark too, as its play function left it; the add-on checks all of it in the light. */
export async function checkInTheDark(context: StoryContext): Promise<void> {
  const theme = context.globals['theme'] as Theme;
  if (!isTest || theme === 'dark') return;
  repaint('dark');
  try {
    const { parameters } = context;
    const options = { ...accessibilityOptions, runOnly: ofColours };
    const a11y = { ...(parameters['a11y'] as object), options };
    await checkAccessibility({ ...context, parameters: { ...parameters, a11y } });
  } finally {
    repaint(theme);
  }
}

/** Colours on their way from one theme to another have a contrast of neither. */
function repaint(theme: Theme): void {
  applyTheme(theme);
  for (const root of rootsBelow(document))
    for (const animation of root.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
}

function* rootsBelow(root: Document | ShadowRoot): Generator<Document | ShadowRoot> {
  yield root;
  for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) yield* rootsBelow(shadowRoot);
}
