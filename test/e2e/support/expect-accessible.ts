import { expect, type Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules whose answer depends on the colours. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/** Expects that axe finds nothing in the page as it stands, light and dark, and that it does not scroll sideways. */
export async function expectNothingFound(page: Page, where: string): Promise<void> {
  expect.soft(await findings(page, { type: 'tag', values: standards }), where).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect.soft(await findings(page, { type: 'rule', values: ofColours }), `${where}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: null });
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect.soft(content, `${where}: no horizontal scrolling`).toBeLessThanOrEqual(window ?? 0);
}

async function findings(page: Page, runOnly: RunOptions['runOnly']): Promise<string[]> {
  // Half a megabyte, so once a document.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (chosen) => {
    // Colours on their way are no colours to judge.
    const finish = (root: Document | ShadowRoot) => {
      for (const animation of root.getAnimations())
        if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
      for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) finish(shadowRoot);
    };
    finish(document);
    const { run } = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await run(document, { runOnly: chosen, resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
  }, runOnly);
}
