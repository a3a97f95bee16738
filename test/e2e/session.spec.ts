import { expect, openAs, test } from './support/fixtures.js';

test('the list and the detail that show one case ask for it once', async ({ page }) => {
  await openAs(page, 'ada-whitlock', '/cases?customer=c-2041');
  await expect(page.getByRole('button', { name: 'Guest network for the café tables' })).toBeVisible();
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/v1/')) asked.push(pathname);
  });
  await page.evaluate(() => {
    const second = document.createElement('case-detail');
    second.id = 'second';
    document.getElementById('detail')?.after(second);
  });
  await page.getByRole('button', { name: 'Guest network for the café tables' }).click();
  for (const id of ['#detail', '#second'])
    await expect(page.locator(id).getByText('It is part of your plan.')).toBeVisible();
  expect(asked.filter((path) => /^\/v1\/cases\/[^/]+$/.test(path))).toHaveLength(1);
  expect(asked.filter((path) => path.endsWith('/timeline'))).toHaveLength(1);
});

test('signing in as somebody else leaves nothing of the last person', async ({ page }) => {
  await openAs(page, 'ada-whitlock', '/cases');
  await page.getByRole('button', { name: 'Card terminals lose the connection at noon' }).click();
  const detail = page.locator('case-detail');
  await expect(detail.getByText('Threshold is far too low')).toBeVisible();
  await detail.getByLabel('Note for colleagues').fill('A half-written thought');
  await expect(detail.getByText('Draft saved')).toBeVisible();

  await page.getByLabel('Signed in as').selectOption({ label: 'Nadia Brandt · Billing' });
  const list = page.locator('case-list');
  await expect(list.getByRole('button', { name: 'Charged twice in October' })).toBeVisible();
  await expect(page.getByText('Card terminals lose the connection at noon')).toHaveCount(0);
  await expect(page.getByText('Threshold is far too low')).toHaveCount(0);
  const kept = await page.evaluate(async () => {
    const texts: string[] = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name ?? '');
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(new Error(String(opening.error)));
      });
      for (const store of database.objectStoreNames) {
        const values = await new Promise<unknown[]>((resolve) => {
          const reading = database.transaction(store).objectStore(store).getAll();
          reading.onsuccess = () => resolve(reading.result);
        });
        texts.push(JSON.stringify(values));
      }
      database.close();
    }
    return texts.join('\n');
  });
  expect(kept).not.toContain('half-written');
  expect(kept).not.toContain('ada-whitlock');
});

test('two tabs can be two people', async ({ page, context }) => {
  await openAs(page, 'ada-whitlock', '/cases');
  const other = await context.newPage();
  await openAs(other, 'jonas-lind', '/cases');
  await expect(other.getByRole('button', { name: 'Speed drops to a tenth every evening' })).toBeVisible();
  await expect(other.getByText('Charged twice in October')).toHaveCount(0);
  await page.reload();
  await expect(page.getByLabel('Signed in as')).toHaveValue('ada-whitlock');
  await expect(page.getByRole('button', { name: 'Charged twice in October' })).toBeVisible();
});
