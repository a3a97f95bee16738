import { expect } from '@open-wc/testing';

import { everything } from './support.js';

/** That an element is accessible once it has come to rest: the colours of what fades in are not its own. */
export async function expectAccessible(element: Element): Promise<void> {
  for (const part of [element, ...everything(element)])
    for (const animation of part.getAnimations({ subtree: true }))
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
  await expect(element).to.be.accessible();
}
