import { afterEach as checkAccessibility } from '@storybook/addon-a11y/preview';
import type { StoryContext } from '@storybook/web-components-vite';

import { applyTheme, type Theme } from './looks.js';

/** In a test run, checks a story in the dark too, as its play function left it; the add-on checks it in the light. */
export async function checkInTheDark(context: StoryContext): Promise<void> {
  const theme = context.globals['theme'] as Theme;
  if (import.meta.env['VITEST_STORYBOOK'] !== 'false' || theme === 'dark') return;
  repaint('dark');
  try {
    await checkAccessibility(context);
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
