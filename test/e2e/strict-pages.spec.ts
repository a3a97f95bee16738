import { expect, openAs, test } from './support/fixtures.js';

// That no page complains is what the fixture asserts after every test; here is every corner once, and that it would notice.

test('the pages declare the strict policy and no page breaks it while everything is used', async ({
  page,
}) => {
  const answer = await page.goto('/account?as=ada-whitlock');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"])
    expect(policy).toContain(part);
  expect(policy).toContain("require-trusted-types-for 'script'");

  await page.getByRole('button', { name: 'Add case' }).click();
  await page
    .getByRole('dialog', { name: 'New customer case' })
    .getByRole('button', { name: 'Cancel' })
    .click();
  for (const theme of ['dark', 'light']) await page.getByLabel('Theme').selectOption(theme);

  await openAs(page, 'ada-whitlock', '/cases');
  for (const name of ['Status', 'Priority', 'Raised', 'Deadline', 'Tag']) {
    await page.getByRole('search').getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    await page.keyboard.press('Escape');
  }
  const till = page.getByRole('button', { name: 'Till cannot print over the network' });
  // The list fetches more by itself when its end comes into view, and the button is gone then.
  const more = page.getByRole('button', { name: 'Show more' });
  await expect(async () => {
    if (!(await till.isVisible())) await more.click({ timeout: 2_000 });
    await expect(till).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await till.click();
  const detail = page.locator('case-detail');
  await detail.getByRole('radio', { name: 'Reply to customer' }).check();
  await detail.getByLabel('Reply to the customer').fill('<img src=x onerror=alert(1)> is how it prints');
  await detail.getByLabel('Subject').selectOption('Information');
  await detail.locator('input[type=file]').setInputFiles({
    name: 'receipt.html.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('<script>alert(1)</script>'),
  });
  await detail.getByRole('button', { name: /^Reply to Daniel/ }).click();
  await expect(
    detail.getByRole('article').getByText('<img src=x onerror=alert(1)> is how it prints'),
  ).toBeVisible();
  await detail.getByRole('button', { name: 'Edit case' }).click();
  const panel = page.getByRole('dialog').filter({ has: page.getByRole('tab') });
  await panel.getByRole('combobox', { name: 'Tags' }).fill('till');
  await panel.getByRole('combobox', { name: 'Tags' }).press('Enter');
  await panel.getByRole('button', { name: 'Save case' }).click();
  await expect(detail.getByText('Case saved.')).toBeVisible();

  await openAs(page, 'daniel-vega', '/my-cases');
  await page.getByRole('button', { name: 'Till cannot print over the network' }).click();
  await expect(page.getByText('is how it prints')).toBeVisible();
});

test('a violation would be noticed', async ({ page, complaints }) => {
  await page.goto('/account');
  await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
  await expect.poll(() => complaints.some((text) => text.includes('style-src'))).toBe(true);
  await page.evaluate(() => {
    try {
      document.body.innerHTML = '<b>raw</b>';
    } catch {
      // Refused, as it should be.
    }
  });
  await expect.poll(() => complaints.some((text) => text.includes('require-trusted-types-for'))).toBe(true);
  complaints.length = 0;
});
