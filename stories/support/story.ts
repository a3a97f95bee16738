import type { Decorator, Loader, StoryContext } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';

import '../../components/case-provider/case-provider.js';
import { showForcedRules } from './forced-colors.js';
import { latencies } from './line.js';
import { applyDirection, applyTheme, directionOf, type Theme } from './looks.js';
import { createWorld, type Viewpoint, type World, type WorldOptions } from './world.js';

declare module 'storybook/internal/types' {
  interface Parameters {
    /** What the story finds when it begins; `false` for pages without a server. */
    world?: WorldOptions | false;
    /** The story brings its provider itself. */
    withoutProvider?: boolean;
  }
}

const worlds = new Map<string, World>();

// In a page of documentation, several stories stand side by side, and a story is drawn anew at each change of the toolbar.
const keyOf = ({ id, viewMode }: StoryContext): string => `${viewMode} ${id}`;

function viewpointOf({ globals }: StoryContext): Viewpoint {
  const { person, locale, trouble, latency } = globals;
  return {
    person: String(person),
    locale: String(locale),
    trouble: trouble as Viewpoint['trouble'],
    latency: latencies[latency as keyof typeof latencies],
  };
}

/** Makes the world of a story before it is drawn for the first time. */
export const worldLoader: Loader = async (context) => {
  const options = context.parameters['world'];
  if (options === false) return {};
  const key = keyOf(context);
  const view = viewpointOf(context);
  const world = worlds.get(key) ?? (await createWorld(options ?? {}, view));
  worlds.set(key, world);
  world.look(view);
  return { world };
};

/** Lets go of the world of a story once it is left, or begun anew. */
export function leaveWorld(context: StoryContext): () => void {
  return () => {
    const key = keyOf(context);
    worlds.get(key)?.dispose();
    worlds.delete(key);
  };
}

/** The world of a story that is being drawn or played. */
export function worldOf(context: Pick<StoryContext, 'loaded'>): World {
  return context.loaded['world'] as World;
}

/** The page around every story: theme, language, direction, and the provider that elements take their client from. */
export const withFrame: Decorator = (story, context) => {
  const { globals, viewMode, parameters, loaded } = context;
  const theme = globals['theme'] as Theme;
  const locale = String(globals['locale']);
  const direction = globals['direction'] === 'auto' ? directionOf(locale) : String(globals['direction']);
  const world = loaded['world'] as World | undefined;
  if (viewMode === 'story') applyDirection(direction, locale);
  applyTheme(theme);
  requestAnimationFrame(() => showForcedRules(theme === 'forced'));
  return html`<div class="story-frame" dir=${direction} lang=${locale}>
    ${
      world && !parameters['withoutProvider']
        ? html`<case-provider
            .client=${world.client}
            locale=${locale}
            dir=${globals['direction'] === 'auto' ? nothing : direction}
            >${story()}</case-provider
          >`
        : story()
    }
  </div>`;
};
