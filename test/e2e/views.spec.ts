import type { Locator, Page } from '@playwright/test';

import { expect, listen, openAs, test } from './support/fixtures.js';

const listOf = (page: Page) => page.locator('case-list');
const menuButton = (list: Locator) => list.getByRole('button', { name: /^View/ });

async function act(page: Page, name: string): Promise<void> {
  await menuButton(listOf(page)).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

test('CC-14 a view is shared, met in an open menu, renamed and removed, and both sides hear of it', async ({
  browser,
  complaints,
  demo,
  page: ada,
}) => {
  const second = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Rome',
    baseURL: demo.url,
    viewport: { width: 1280, height: 900 },
  });
  await listen(second, complaints);
  const jonas = await second.newPage();
  await openAs(ada, 'ada-whitlock', '/cases?type=technical&sort=deadline');
  await openAs(jonas, 'jonas-lind', '/cases');
  const list = listOf(jonas);
  await expect(list.locator('.count')).toContainText(/\d+ cases/);
  const before = await list.locator('.count').innerText();

  await menuButton(list).click();
  await expect(jonas.getByRole('menuitemradio', { name: 'All cases' })).toBeVisible();

  await test.step('the administrator shares what she looks at', async () => {
    await act(ada, 'Save as a new view…');
    const dialog = ada.getByRole('dialog', { name: 'Save as a new view' });
    await dialog.getByLabel('Name').fill('Technical, soonest first');
    await dialog.getByLabel('Everybody with one of these roles').check();
    await dialog.getByLabel('Customer service').check();
    await dialog.getByRole('button', { name: 'Save view' }).click();
    await expect(menuButton(listOf(ada))).toHaveText('View: Technical, soonest first');
    await expect(ada).toHaveURL(/[?&]view=view_/);
    await expect(ada).not.toHaveURL(/type=technical/);
  });

  await test.step('the menu that the agent has open gets it', async () => {
    const offered = jonas.getByRole('menuitemradio', { name: /^Technical, soonest first by Ada Whitlock/ });
    await expect(offered).toBeVisible();
    await offered.click();
    await expect(menuButton(list)).toHaveText('View: Technical, soonest first');
    await expect(list.getByRole('button', { name: 'Type: Technical' })).toBeVisible();
    await expect(jonas).toHaveURL(/[?&]view=view_/);
  });

  await test.step('it is there again after a reload', async () => {
    await jonas.reload();
    await expect(menuButton(list)).toHaveText('View: Technical, soonest first');
    await expect(list.getByRole('button', { name: 'Type: Technical' })).toBeVisible();
  });

  await test.step('a view that is not his he cannot change', async () => {
    await menuButton(list).click();
    await expect(jonas.getByRole('menuitem')).toHaveText(['Save as a new view…']);
    await jonas.keyboard.press('Escape');
  });

  await test.step('he hears that it is renamed', async () => {
    await act(ada, 'Rename or share…');
    const dialog = ada.getByRole('dialog', { name: 'Edit the view' });
    await dialog.getByLabel('Name').fill('Technical');
    await dialog.getByRole('button', { name: 'Save view' }).click();
    await expect(menuButton(list)).toHaveText('View: Technical');
  });

  await test.step('he follows its filters', async () => {
    await listOf(ada).getByRole('button', { name: 'Clear Type' }).click();
    const filters = listOf(ada).getByRole('search', { name: 'Filter cases' });
    await filters.getByRole('button', { name: 'Priority' }).click();
    await ada.getByLabel('High').check();
    await ada.keyboard.press('Escape');
    await act(ada, 'Save changes');
    await expect(list.getByRole('button', { name: 'Priority: High' })).toBeVisible();
    await expect(list.getByText('The view “Technical” was changed. The list follows it.')).toBeVisible();
  });

  await test.step('he hears that it is removed, and keeps the filters', async () => {
    await act(ada, 'Delete…');
    await ada
      .getByRole('alertdialog', { name: 'Delete the view “Technical”?' })
      .getByRole('button', { name: 'Delete view' })
      .click();
    await expect(menuButton(listOf(ada))).toHaveText('Views');
    await expect(list.getByText('The view was removed. Your filters stay as they are.')).toBeVisible();
    await expect(menuButton(list)).toHaveText('Views');
    await expect(list.getByRole('button', { name: 'Priority: High' })).toBeVisible();
    await expect(jonas).toHaveURL(/priority=high/);
    await expect(jonas).not.toHaveURL(/view=/);
  });

  await list.getByRole('button', { name: 'Clear filters' }).click();
  await expect(list.locator('.count')).toHaveText(before);
  await second.close();
});

test('a view is worked with the keyboard alone', async ({ page }) => {
  await openAs(page, 'nadia-brandt', '/cases?status=open');
  const list = listOf(page);
  await menuButton(list).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitemradio', { name: 'All cases' })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Open now');
  await page.keyboard.press('Enter');
  await expect(menuButton(list)).toHaveText('View: Open now');
  await expect(menuButton(list)).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Delete…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(menuButton(list)).toHaveText('Views');
});
