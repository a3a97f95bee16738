import { expect, openAs, test } from './support/fixtures.js';

const subject = 'Charged twice in October';

test('the portal keeps the open case and the filters in its address, and the browser goes back and forth', async ({
  page,
}) => {
  await openAs(page, 'eleanor-finch', '/portal');
  await page.getByRole('button', { name: subject }).click();
  const detail = page.locator('case-detail');
  await expect(detail.getByRole('heading', { name: subject })).toBeVisible();
  await expect(page).toHaveURL(/\/portal\/cases\/case_\w+$/);
  const address = page.url();

  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome, Eleanor Finch' })).toBeVisible();
  await page.goForward();
  await expect(detail.getByRole('heading', { name: subject })).toBeVisible();

  await page.goto('/portal/nowhere');
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome, Eleanor Finch' })).toBeVisible();

  await page.getByRole('link', { name: 'My cases' }).click();
  await page.getByRole('searchbox').fill('Subtitles');
  await expect(page.getByRole('button', { name: subject })).toBeHidden();
  await expect(page).toHaveURL(/q=Subtitles/);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Subtitles are missing in the film archive' })).toBeVisible();
  await expect(page.getByRole('button', { name: subject })).toBeHidden();

  await page.goto(`/my-cases?case=${address.split('/').at(-1)}`);
  await expect(page).toHaveURL(address);
  await expect(detail.getByRole('heading', { name: subject })).toBeVisible();
});

test('the portal speaks another language, and the elements with it', async ({ page }) => {
  await openAs(page, 'eleanor-finch', '/portal/cases');
  await page.getByLabel('Language').selectOption('Deutsch');
  await expect(page.getByRole('heading', { level: 1, name: 'Meine Vorgänge' })).toBeVisible();
  await expect(page.getByRole('searchbox', { name: 'Vorgänge suchen' })).toBeVisible();

  await page.getByLabel('Sprache').selectOption('العربية');
  await expect(page.getByRole('heading', { level: 1, name: 'طلباتي' })).toBeVisible();
  expect(await page.evaluate(() => getComputedStyle(document.body).direction)).toBe('rtl');
  await expect
    .poll(() => page.locator('case-list').evaluate((list) => getComputedStyle(list).direction))
    .toBe('rtl');
});
