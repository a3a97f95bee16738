import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules whose answer depends on the colours. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/** Expects that axe finds nothing in the page as it stands, light and dark, and that it does not scroll sideways. */
export async function expectNothingFound(page: Page, where: string): Promise<void> {
  expect.soft(await findings(page, (axe) => axe.withTags(standards)), where).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect.soft(await findings(page, (axe) => axe.withRules(ofColours)), `${where}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: null });
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect.soft(content, `${where}: no horizontal scrolling`).toBeLessThanOrEqual(window ?? 0);
}

async function findings(page: Page, chosen: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  // Colours on their way are no colours to judge.
  await page.evaluate(() => {
    const finish = (root: Document | ShadowRoot) => {
      for (const animation of root.getAnimations())
        if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
      for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) finish(shadowRoot);
    };
    finish(document);
  });
  const { violations } = await chosen(new AxeBuilder({ page })).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
}
