import type { Locator, Page } from '@playwright/test';

import { addCase } from './support/cases.js';
import { expect, openAs, test } from './support/fixtures.js';

/** Types a day and a month, and no year: the browser then has no date, and no empty field either. */
async function typeHalf(date: Locator): Promise<void> {
  await date.click();
  await date.press('Home');
  await date.pressSequentially('1203');
  await expect.poll(() => isHalf(date)).toBe(true);
}

const isHalf = (date: Locator) => date.evaluate((input: HTMLInputElement) => input.validity.badInput);

/** Every question for cases from now on. */
function listening(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/v1/cases') asked.push(request.url());
  });
  return asked;
}

for (const [rows, filter, label] of [
  ['CC-05', 'Raised', 'On or after'],
  ['CC-06', 'Raised', 'On or before'],
  ['CC-13', 'Deadline', 'Due on or before'],
] as const)
  test(`${rows} half a date in “${label}” is no date, and leaves the list as it is`, async ({ page }) => {
    await openAs(page, 'ada-whitlock', '/cases');
    const count = page.locator('case-list').getByText(/^\s*\d+ cases\s*$/);
    await expect(count).toBeVisible();
    const before = await count.textContent();
    await page.getByRole('search').getByRole('button', { name: filter, exact: true }).click();
    const panel = page.getByRole('dialog', { name: filter });
    if (filter === 'Deadline') await panel.getByLabel('Within a range of days').check();
    const date = panel.getByLabel(label);
    await typeHalf(date);
    const asked = listening(page);
    await panel.getByRole('button', { name: 'Apply' }).click();
    await expect(panel.getByText('This is not a date.')).toBeVisible();
    await expect(date).toHaveAttribute('aria-invalid', 'true');
    await expect(date).toBeFocused();
    expect(await isHalf(date), 'what was typed is kept').toBe(true);
    expect(asked).toEqual([]);
    expect(await count.textContent()).toBe(before);
    expect(new URL(page.url()).search).not.toMatch(/raised|due/);
  });

test('CC-51 Clear empties half a date too, and the edit can be saved then', async ({ demo, page }) => {
  const caseId = await addCase(demo, 'ada-whitlock', 'Half a deadline');
  await openAs(page, 'ada-whitlock', `/cases?case=${caseId}`);
  await page.locator('case-detail').getByRole('button', { name: 'Edit case' }).click();
  const panel = page.locator('case-edit-panel');
  const deadline = panel.getByLabel('Deadline');
  await typeHalf(deadline);
  await panel.getByRole('button', { name: 'Save case' }).click();
  await expect(panel.getByText('This is not a date.')).toBeVisible();
  await panel.getByRole('button', { name: 'Clear' }).click();
  await expect(panel.getByText('This is not a date.')).toBeHidden();
  expect(await isHalf(deadline)).toBe(false);
  await panel.getByLabel('Subject').fill('No deadline at all');
  await panel.getByRole('button', { name: 'Save case' }).click();
  await expect(
    page.locator('case-detail').getByRole('heading', { name: 'No deadline at all' }),
  ).toBeVisible();
});

test('CC-29 a new case with half a date is not saved; once discarded, nothing of it is left', async ({
  page,
}) => {
  await openAs(page, 'ada-whitlock', '/account?customer=c-1018');
  await page.getByRole('button', { name: 'Add case' }).click();
  const form = page.getByRole('dialog', { name: 'New customer case' });
  await form.getByLabel('Subject').fill('Half a deadline');
  await form.getByLabel('Type').selectOption('Question');
  await form.getByLabel('Contact method').selectOption('Phone');
  await form.getByLabel('Description').fill('With the year still to come.');
  const deadline = form.getByLabel('Deadline');
  await typeHalf(deadline);
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(form.getByText('This is not a date.')).toBeVisible();
  await expect(form.getByLabel('Subject')).toHaveValue('Half a deadline');
  await form.getByRole('button', { name: 'Discard' }).click();
  await expect(form.getByLabel('Subject')).toHaveValue('');
  expect(await isHalf(deadline)).toBe(false);
});
