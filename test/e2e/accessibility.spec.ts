import { expectNothingFound } from './support/expect-accessible.js';
import { expect, openAs, test } from './support/fixtures.js';

const looks = [
  { name: 'desktop', width: 1366, height: 860 },
  { name: 'phone', width: 320, height: 720 },
] as const;

for (const { name, width, height } of looks) {
  test.describe(name, () => {
    test.use({ viewport: { width, height } });

    test(`CO-17 the account page and its form (${name})`, async ({ page }) => {
      await openAs(page, 'ada-whitlock', '/account?customer=c-1033');
      await expect(page.getByRole('button', { name: /Refund not received/ })).toBeVisible();
      await expectNothingFound(page, 'account');

      await page.getByRole('button', { name: 'Add case' }).click();
      const form = page.getByRole('dialog', { name: 'New customer case' });
      await form.getByRole('button', { name: 'Save and close' }).click();
      await form.getByRole('button', { name: 'Save and close' }).click();
      await expect(form.locator('[aria-invalid=true]').first()).toBeVisible();
      await expectNothingFound(page, 'new case with errors');
    });

    test(`CO-17 the cases page, its filters, a case and its panel (${name})`, async ({ page }) => {
      await openAs(page, 'ada-whitlock', '/cases');
      await expect(page.getByText(/^\s*\d+ cases\s*$/)).toBeVisible();
      await expectNothingFound(page, 'cases');

      await page.getByRole('search').getByRole('button', { name: 'Type', exact: true }).click();
      await page.getByRole('dialog', { name: 'Type' }).getByRole('checkbox', { name: 'Technical' }).check();
      // What is fetched anew is faded until it is there.
      await expect(page.getByText(/^\s*\d+ of \d+ cases\s*$/)).toBeVisible();
      await expectNothingFound(page, 'filter');
      await page.keyboard.press('Escape');

      await page.getByRole('searchbox').fill('nothing has such a word');
      await expect(page.getByText(/Nothing found for/)).toBeVisible();
      await expectNothingFound(page, 'no result');

      await openAs(page, 'ada-whitlock', '/cases?customer=c-1057');
      await page.getByRole('button', { name: 'Outage in Station Court' }).click();
      const detail = page.locator('case-detail');
      await expect(detail.getByText('A digger has cut the cable')).toBeVisible();
      await expectNothingFound(page, 'closed case');

      await openAs(page, 'ada-whitlock', '/cases?q=terminals');
      await page.getByRole('button', { name: 'Card terminals lose the connection at noon' }).click();
      await expect(detail.getByText('Threshold is far too low')).toBeVisible();
      await expectNothingFound(page, 'open case');

      await detail.getByRole('button', { name: 'Edit case' }).click();
      const panel = page.getByRole('dialog').filter({ has: page.getByRole('tab') });
      await expect(panel.getByRole('button', { name: 'Save case' })).toBeVisible();
      await expectNothingFound(page, 'edit section');
      await panel.getByRole('tab', { name: 'Status' }).click();
      await panel.getByRole('button', { name: 'Close case' }).click();
      await expectNothingFound(page, 'status section with errors');
      await panel.getByRole('tab', { name: 'Note' }).click();
      await expectNothingFound(page, 'note section');
    });

    test(`IB-05 an agent's desk, its rows and a case (${name})`, async ({ page }) => {
      await openAs(page, 'tarek-khalil', '/desk');
      const row = page.getByRole('row').filter({ hasText: 'Charged twice in October' });
      await expect(row).toBeVisible();
      await expect(page.getByRole('img', { name: '1 entry is mine' })).toBeVisible();
      await expectNothingFound(page, 'desk');
      await row.getByRole('button', { name: 'Message' }).click();
      await expect(page.getByText('One of the 31 of the batch on Friday.')).toBeVisible();
      await expectNothingFound(page, 'message');
      await row.getByRole('button', { name: 'Charged twice in October' }).click();
      await expect(
        page.locator('case-detail').getByText('the card was charged twice by mistake'),
      ).toBeVisible();
      await expectNothingFound(page, 'case at the desk');
    });

    test(`CO-17 a customer's cases, and who has none or no right (${name})`, async ({ page }) => {
      await openAs(page, 'eleanor-finch', '/my-cases');
      await page.getByRole('button', { name: 'Picture freezes during live matches' }).click();
      await expect(page.locator('case-detail').getByText('We found the cause near Wickham')).toBeVisible();
      await expectNothingFound(page, 'my case');

      await openAs(page, 'eleanor-finch', '/portal');
      await expect(page.getByRole('heading', { level: 1, name: 'Welcome, Eleanor Finch' })).toBeVisible();
      await expect(page.getByRole('table', { name: 'Payments and refunds' }).getByRole('row')).toHaveCount(3);
      await expect(page.getByRole('button', { name: /Charged twice in October/ })).toBeVisible();
      await expectNothingFound(page, 'overview of the portal');

      await openAs(page, 'sten-holm', '/my-cases');
      await expect(page.getByText('No cases yet')).toBeVisible();
      await expectNothingFound(page, 'no cases');

      await openAs(page, 'victor-hale', '/cases');
      await expect(page.locator('case-list').getByText('You may not see cases')).toBeVisible();
      await expectNothingFound(page, 'forbidden');
    });
  });
}

test.describe('from right to left', () => {
  for (const width of [1366, 320]) {
    test(`the pages mirror and nothing overflows at ${width} pixels`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await openAs(page, 'ada-whitlock', '/cases?customer=c-2103');
      const item = page.getByRole('button', { name: 'انقطاع الإنترنت في مبنى العيادة الخارجية' });
      // The strip of the demonstration is there before what listens to it.
      await expect(item).toBeVisible();
      await page.getByLabel('Direction').selectOption('rtl');
      await item.click();
      const detail = page.locator('case-detail');
      await expect(detail.getByText('وجدنا ضعفًا في الإشارة')).toBeVisible();
      if (width > 1000) {
        const list = await page.locator('case-list').boundingBox();
        const beside = await detail.boundingBox();
        expect(list && beside && list.x > beside.x, 'the list starts at the right').toBe(true);
      }
      await expectNothingFound(page, `right to left at ${width}`);
    });
  }
});
