import type { Page } from '@playwright/test';
import { DateTime } from 'luxon';

import { DemoServer } from './support/demo-server.js';
import { expect, listen, openAs, test as base } from './support/fixtures.js';
import { readRequests, requestsFile, requestsMap } from './support/requests.js';

// A server without the sample data, which this story may kill.
const test = base.extend<{ demo: DemoServer }>({
  demo: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the dependencies from a pattern.
    async ({}, use) => {
      const demo = await DemoServer.startEmpty();
      await use(demo);
      await demo.stop();
    },
    { scope: 'test', timeout: 180_000 },
  ],
});

async function tick(page: Page, filter: string, value: string): Promise<void> {
  await page.getByRole('search').getByRole('button', { name: filter, exact: true }).click();
  const panel = page.getByRole('dialog', { name: filter });
  await panel.getByRole('checkbox', { name: value, exact: true }).check();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
}

const count = (page: Page) => page.locator('case-list').getByText(/^\s*[\d,]+ (of [\d,]+ )?cases?\s*$/);

test('CC-04 to CC-46 an agent works through two thousand real requests while a colleague watches', async ({
  demo,
  page,
  browser,
  complaints,
}) => {
  test.setTimeout(240_000);
  const requests = readRequests();

  await test.step('the requests are imported beside the running server', async () => {
    const printed = await demo.casement('import', requestsFile, '--map', requestsMap);
    expect(printed).toContain('2000 created, 0 unchanged, 0 rejected');
    await openAs(page, 'ada-whitlock', '/cases');
    await expect(count(page)).toHaveText('2,000 cases');
    await expect(page.getByRole('row')).toHaveCount(26);
  });

  await test.step('CC-08 CC-09 type and status narrow the list', async () => {
    const matching = requests.filter(({ type, open }) => type === 'Animal in a Park' && open);
    await tick(page, 'Type', 'Animal in a Park');
    await tick(page, 'Status', 'Open');
    await expect(count(page)).toHaveText(`${matching.length} of 2,000 cases`);
    expect(new URL(page.url()).searchParams.getAll('status')).toEqual(['open']);
    await page.reload();
    await expect(count(page)).toHaveText(`${matching.length} of 2,000 cases`);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect(count(page)).toHaveText('2,000 cases');
  });

  await test.step('CC-05 CC-06 CC-07 so do the days they were raised on', async () => {
    const zone = 'Europe/Rome';
    const from = DateTime.fromISO('2025-03-08', { zone });
    const until = DateTime.fromISO('2025-03-11', { zone });
    const matching = requests.filter(({ createdAt }) => createdAt >= from && createdAt < until);
    expect(matching.length).toBeGreaterThan(10);
    await page.getByRole('search').getByRole('button', { name: 'Raised', exact: true }).click();
    const panel = page.getByRole('dialog', { name: 'Raised' });
    await panel.getByLabel('On or after').fill('2025-03-08');
    await panel.getByLabel('On or before').fill('2025-03-07');
    await panel.getByRole('button', { name: 'Apply' }).click();
    await expect(panel.getByText('The last day is before the first one.')).toBeVisible();
    await panel.getByLabel('On or before').fill('2025-03-10');
    await panel.getByRole('button', { name: 'Apply' }).click();
    await expect(count(page)).toHaveText(`${matching.length} of 2,000 cases`);
    await page.getByRole('button', { name: 'Clear filters' }).click();
  });

  await test.step('CC-11 and keywords', async () => {
    await page.getByRole('searchbox', { name: 'Search cases' }).fill('rooster');
    const matching = requests.filter(({ subject }) => subject === 'Rooster');
    await expect(count(page)).toHaveText(`${matching.length} of 2,000 cases`);
    await tick(page, 'Status', 'Open');
    await expect(page.getByRole('row').nth(1)).toContainText('Rooster');
  });

  const watcher = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Rome', baseURL: demo.url });
  await listen(watcher, complaints);
  const watching = await watcher.newPage();
  const detail = page.locator('case-detail');
  const watched = watching.locator('case-detail');

  await test.step('CC-15 one is opened, by a colleague too', async () => {
    await page.getByRole('row').nth(1).getByRole('button').click();
    await expect(detail.getByRole('heading', { name: 'Rooster' })).toBeVisible();
    await expect(detail.locator('[part=status]')).toContainText('OPEN');
    const url = new URL(page.url());
    await openAs(watching, 'ada-whitlock', url.pathname + url.search);
    await expect(watched.locator('[part=status]')).toContainText('OPEN');
  });

  await test.step('CC-35 CC-36 CC-37 a note with a file arrives at both', async () => {
    const composer = detail.locator('note-composer');
    await composer.getByLabel('Note for colleagues').fill('Asked the owner for the permit.');
    await composer.getByLabel('Subject').selectOption('Investigation');
    await composer.locator('input[type=file]').setInputFiles({
      name: 'permit.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('Permit 77'),
    });
    await expect(composer.getByText('permit.txt')).toBeVisible();
    await composer.getByRole('button', { name: 'Add internal note' }).click();
    await expect(detail.getByRole('article').getByText('Asked the owner for the permit.')).toBeVisible();
    await expect(watched.getByText('Asked the owner for the permit.')).toBeVisible();
    const [download] = await Promise.all([
      watching.waitForEvent('download'),
      watched.getByRole('button', { name: /permit\.txt/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('permit.txt');
  });

  await test.step('CC-38 to CC-42 closing asks for reason and note, and both see it', async () => {
    await detail.getByRole('button', { name: 'Close case' }).first().click();
    const panel = page.getByRole('dialog').filter({ has: page.getByRole('tab', { name: 'Status' }) });
    await panel.getByRole('button', { name: 'Close case', exact: true }).click();
    await expect(panel.getByText('Choose why this case is closed.')).toBeVisible();
    await expect(panel.getByText('Explain why this case is closed.')).toBeVisible();
    await panel.getByLabel('Closure reason').selectOption('Resolved');
    await panel.getByLabel('Explain the closure').fill('The permit is in order.');
    await panel.getByRole('button', { name: 'Close case', exact: true }).click();
    await expect(detail.locator('[part=status]')).toContainText('CLOSED');
    await expect(detail.getByText('Closed: Resolved')).toBeVisible();
    await expect(watched.locator('[part=status]')).toContainText('CLOSED');
  });

  await test.step('CC-43 to CC-46 reopening likewise', async () => {
    await detail.getByRole('button', { name: 'Reopen case' }).first().click();
    const panel = page.getByRole('dialog').filter({ has: page.getByRole('tab', { name: 'Status' }) });
    await panel.getByLabel('Reopen reason').selectOption('New information');
    await panel.getByLabel('Explain the reopening').fill('The neighbours called again.');
    await panel.getByRole('button', { name: 'Reopen case', exact: true }).click();
    await expect(detail.locator('[part=status]')).toContainText('OPEN');
    await expect(watched.locator('[part=status]')).toContainText('OPEN');
    await expect(watched.getByText('The permit is in order.').first()).toBeVisible();
  });

  await test.step('CC-26 CC-27 CC-29 another case is added', async () => {
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('button', { name: 'Add case' }).click();
    const form = page.getByRole('dialog', { name: 'New customer case' });
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(form.locator('[aria-invalid=true]')).toHaveCount(5);
    await form.getByRole('combobox', { name: 'Customer' }).fill('04 brook');
    await form.getByRole('option', { name: /04 BROOKLYN/ }).click();
    await form.getByLabel('Subject').fill('Peacock on the fire escape');
    await form.getByLabel('Type').selectOption('Question');
    await form.getByLabel('Contact method').selectOption('Phone');
    await form.getByLabel('Description').fill('It has been there since Sunday and will not come down.');
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(form).toBeHidden();
    await expect(count(page)).toHaveText('2,001 cases');
    await expect(page.getByRole('row').filter({ hasText: 'Peacock on the fire escape' })).toBeVisible();
  });

  await test.step('a second import changes nothing', async () => {
    const printed = await demo.casement('import', requestsFile, '--map', requestsMap);
    expect(printed).toContain('0 created, 2000 unchanged, 0 rejected');
  });

  await test.step('everything survives a kill and a restart, and the pages go on without a reload', async () => {
    await demo.kill();
    await demo.start();
    const composer = watched.locator('note-composer');
    await composer.getByLabel('Note for colleagues').fill('After the restart.');
    await composer.getByLabel('Subject').selectOption('Follow-up');
    await composer.getByRole('button', { name: 'Add internal note' }).click();
    await expect(watched.getByRole('article').getByText('After the restart.')).toBeVisible();
    await expect(detail.getByText('After the restart.')).toBeVisible({ timeout: 60_000 });
    await page.reload();
    await expect(count(page)).toHaveText('2,001 cases');
    await expect(detail.getByText('Asked the owner for the permit.')).toBeVisible();
  });
  await watcher.close();
});
