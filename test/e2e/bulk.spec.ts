import type { Browser, Locator, Page } from '@playwright/test';

import { addCase } from './support/cases.js';
import type { DemoServer } from './support/demo-server.js';
import { expect, listen, openAs, test } from './support/fixtures.js';

async function anotherPage(browser: Browser, demo: DemoServer, complaints: string[]): Promise<Page> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Rome',
    baseURL: demo.url,
    viewport: { width: 1280, height: 900 },
  });
  await listen(context, complaints);
  return context.newPage();
}

/** The row of a case, be it drawn as a card. */
const rowOf = (list: Locator, subject: string) => list.locator('tbody tr').filter({ hasText: subject });
const boxOf = (list: Locator, subject: string) =>
  list.getByRole('checkbox', { name: new RegExp(` ${subject}$`) });

test('CC-42 CC-38 CC-40 CC-41 two agents at once: many are closed, the one that was closed meanwhile is named, and everybody sees it', async ({
  browser,
  complaints,
  demo,
  page: ada,
}) => {
  test.setTimeout(120_000);
  const subjects = ['Squall one', 'Squall two', 'Squall three', 'Squall four', 'Squall five'];
  const ids: string[] = [];
  for (const subject of subjects) ids.push(await addCase(demo, 'jonas-lind', subject));
  const jonas = await anotherPage(browser, demo, complaints);
  const eleanor = await anotherPage(browser, demo, complaints);
  await openAs(ada, 'ada-whitlock', '/cases?q=Squall');
  await openAs(jonas, 'jonas-lind', `/cases?q=Squall&case=${ids[2]}`);
  await openAs(eleanor, 'eleanor-finch', '/my-cases');
  const adasList = ada.locator('case-list');
  const jonasList = jonas.locator('case-list');

  await test.step('Ada selects all five', async () => {
    for (const subject of subjects) await expect(rowOf(adasList, subject)).toBeVisible();
    await boxOf(adasList, 'Squall five').check();
    await boxOf(adasList, 'Squall one').click({ modifiers: ['Shift'] });
    await expect(adasList.getByText('5 of 5 selected')).toBeVisible();
    await adasList.getByRole('button', { name: 'Close…' }).click();
  });
  const dialog = adasList.getByRole('dialog', { name: /^Close \d cases$/ });
  await dialog.getByLabel('Closure reason').selectOption('Resolved');
  await dialog.getByLabel('Explain the closure').fill('The mast stands again.');

  await test.step('Jonas closes one of them meanwhile', async () => {
    await jonas.locator('case-detail').getByRole('button', { name: 'Edit case' }).click();
    await jonas.getByRole('tab', { name: 'Status' }).click();
    const panel = jonas.locator('case-edit-panel').getByRole('tabpanel');
    await panel.getByLabel('Closure reason').selectOption('Resolved');
    await panel.getByLabel('Explain the closure').fill('Called the customer.');
    await jonas.getByRole('button', { name: 'Close case', exact: true }).last().click();
    await expect(rowOf(jonasList, 'Squall three')).toContainText('Closed');
    await expect(dialog).toContainText('4 of 5 selected cases allow this.');
  });

  await test.step('the others are closed; who closed the one is said', async () => {
    await dialog.getByRole('button', { name: 'Close 5 cases' }).click();
    const outcome = adasList.getByRole('dialog', { name: '4 closed, 1 refused' });
    await expect(outcome.getByRole('listitem')).toHaveCount(1);
    await expect(outcome.getByRole('listitem')).toContainText('Squall three');
    await expect(outcome.getByRole('listitem')).toContainText('Jonas Lind closed this case at');
    await outcome.getByRole('button', { name: 'Keep 1 selected' }).click();
    await expect(adasList.getByText('1 of 5 selected')).toBeVisible();
  });

  await test.step('the other agent and the customer see it without a reload', async () => {
    for (const subject of subjects) await expect(rowOf(jonasList, subject)).toContainText('Closed');
    for (const subject of subjects)
      await expect(rowOf(eleanor.locator('case-list'), subject)).toContainText('Closed');
    await expect(eleanor.locator('case-list').getByRole('checkbox', { name: /Squall/ })).toHaveCount(0);
  });

  await test.step('CC-44 CC-45 CC-46 all are opened again, by keyboard alone', async () => {
    await boxOf(adasList, 'Squall one').focus();
    await ada.keyboard.press('ControlOrMeta+a');
    await expect(adasList.getByText('5 of 5 selected')).toBeVisible();
    await ada.keyboard.press('Enter');
    await expect(adasList.getByRole('button', { name: 'Reopen…' })).toBeFocused();
    await ada.keyboard.press('Enter');
    const reopening = adasList.getByRole('dialog', { name: 'Reopen 5 cases' });
    await expect(reopening.getByLabel('Reopen reason')).toBeFocused();
    await ada.keyboard.press('ControlOrMeta+Enter');
    await expect(reopening.getByText('Explain why this case is reopened.')).toBeVisible();
    await reopening.getByLabel('Reopen reason').selectOption({ index: 1 });
    await reopening.getByLabel('Explain the reopening').focus();
    await ada.keyboard.type('Down again.');
    await ada.keyboard.press('ControlOrMeta+Enter');
    await expect(adasList.getByText('5 cases reopened.').first()).toBeVisible();
    for (const subject of subjects) await expect(rowOf(jonasList, subject)).not.toContainText('Closed');
  });
  await Promise.all([jonas, eleanor].map((page) => page.context().close()));
});

test('CC-42 many are tagged and assigned, and a range is picked by keyboard', async ({ demo, page }) => {
  const subjects = ['Gust one', 'Gust two', 'Gust three'];
  for (const subject of subjects) await addCase(demo, 'jonas-lind', subject);
  await openAs(page, 'ada-whitlock', '/cases?q=Gust');
  const list = page.locator('case-list');
  await boxOf(list, 'Gust three').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(list.getByText('3 of 3 selected')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(list.getByText(/^\s*3 of \d+ cases\s*$/)).toBeVisible();
  // A range with Shift and Space, as the browser sends it.
  await boxOf(list, 'Gust three').focus();
  await page.keyboard.press('Space');
  await boxOf(list, 'Gust one').focus();
  await page.keyboard.press('Shift+Space');
  await expect(list.getByText('3 of 3 selected')).toBeVisible();

  await list.getByRole('button', { name: 'Tag…' }).click();
  const tagging = list.getByRole('dialog', { name: 'Tag 3 cases' });
  await expect(tagging.getByRole('combobox', { name: 'Add tags' })).toBeFocused();
  await page.keyboard.type('gale');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(list.getByText('3 cases tagged.').first()).toBeVisible();

  await list.getByRole('checkbox', { name: /^Select all/ }).check();
  await list.getByRole('button', { name: 'Assign…' }).click();
  const assigning = list.getByRole('dialog', { name: 'Assign 3 cases' });
  await assigning.getByRole('combobox', { name: 'Assignee' }).fill('Jonas');
  await assigning.getByRole('option', { name: 'Jonas Lind' }).click();
  await assigning.getByRole('button', { name: 'Assign 3 cases' }).click();
  await expect(list.getByText('3 cases assigned.').first()).toBeVisible();
  await list.getByRole('button', { name: 'Gust two' }).click();
  await expect(page.locator('case-detail')).toContainText('gale');
  await expect(page.locator('case-detail').locator('[part=facts]')).toContainText('Jonas Lind');
});
