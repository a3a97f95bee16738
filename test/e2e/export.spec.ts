import { readFile } from 'node:fs/promises';

import type { Locator, Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';

import { addCase } from './support/cases.js';
import { expect, listen, openAs, test } from './support/fixtures.js';

/** Presses Export, and reads what the browser saves. */
async function exported(page: Page): Promise<{ name: string; rows: Record<string, string>[] }> {
  const saved = page.waitForEvent('download');
  await page
    .locator('case-list')
    .getByRole('button', { name: /^Export/ })
    .click();
  const download = await saved;
  const text = await readFile(await download.path(), 'utf8');
  return {
    name: download.suggestedFilename(),
    rows: parse(text, { columns: true, bom: true, skip_empty_lines: true }),
  };
}

/** The subjects in the list, all of them. */
async function subjects(list: Locator, count: number): Promise<string[]> {
  const buttons = list.locator('tbody .subject');
  const more = list.getByRole('button', { name: 'Show more' });
  await expect(async () => {
    if (await more.isVisible()) await more.click({ timeout: 1_000 });
    await expect(buttons).toHaveCount(count, { timeout: 500 });
  }).toPass();
  return (await buttons.allInnerTexts()).map((text) => text.trim());
}

test('CC-14 the file holds the cases that the list finds, with its columns, safe to open', async ({
  demo,
  page,
}) => {
  await addCase(demo, 'ada-whitlock', '=HYPERLINK("http://example.org";"Refund")');
  await openAs(page, 'ada-whitlock', '/cases?status=open&sort=-number');
  const list = page.locator('case-list');
  await expect(list.getByText('=HYPERLINK(', { exact: false })).toBeVisible();
  const button = list.getByRole('button', { name: /^Export \(\d+\)$/ });
  const count = Number(/\d+/.exec(await button.innerText())?.[0]);
  await expect(list.locator('.count')).toContainText(`${count} of `);

  const { name, rows } = await exported(page);
  expect(name).toMatch(/^casement-cases-\d{4}-\d\d-\d\d\.csv$/);
  await expect(list.getByText(`Saved as ${name}.`)).toBeVisible();
  expect(Object.keys(rows[0] ?? {})).toEqual([
    'Number',
    'Subject',
    'Customer',
    'Status',
    'Type',
    'Priority',
    'Deadline',
    'Updated',
  ]);
  expect(rows).toHaveLength(count);
  const shown = await subjects(list, count);
  const [first, ...others] = rows.map(({ Subject }) => Subject ?? '');
  expect(first).toBe(`'${shown[0] ?? ''}`);
  expect(others.map((subject) => subject.replace(/^'/, ''))).toEqual(shown.slice(1));
  expect(new Set(rows.map(({ Status }) => Status))).toEqual(new Set(['Open']));
});

test('nobody exports what they do not see', async ({ browser, complaints, demo, page }) => {
  await openAs(page, 'nadia-brandt', '/cases?customer=c-1018');
  const list = page.locator('case-list');
  await expect(list.getByRole('button', { name: 'Charged twice in October' })).toBeVisible();
  const nadias = (await exported(page)).rows.map(({ Subject }) => Subject);
  expect(nadias).toContain('Charged twice in October');
  expect(nadias).not.toContain('Picture freezes during live matches');

  const second = await browser.newContext({ locale: 'en-GB', baseURL: demo.url });
  await listen(second, complaints);
  const customer = await second.newPage();
  await openAs(customer, 'eleanor-finch', '/my-cases');
  const own = customer.locator('case-list');
  await expect(own.getByText('Charged twice in October')).toBeVisible();
  await expect(own.getByRole('button', { name: /^Export/ })).toHaveCount(0);
  await expect(own.getByRole('button', { name: /^View/ })).toHaveCount(0);
  const refused = await customer.evaluate(async () => {
    const { token } = (await (await fetch('/demo/token?as=eleanor-finch')).json()) as { token: string };
    const answer = await fetch('/v1/cases/export', { headers: { authorization: `Bearer ${token}` } });
    return { status: answer.status, body: (await answer.json()) as { rule?: string } };
  });
  expect(refused).toMatchObject({ status: 403, body: { rule: 'cases.export' } });
  await second.close();
});

test('an export that breaks off is told, and tried again', async ({ page }) => {
  await openAs(page, 'ada-whitlock', '/cases');
  const list = page.locator('case-list');
  let broken = true;
  await page.route('**/v1/cases/export*', (route) =>
    broken ? route.fulfill({ status: 500, body: '' }) : route.continue(),
  );
  await list.getByRole('button', { name: /^Export \(/ }).click();
  await expect(list.getByRole('alert')).toContainText('The cases could not be exported.');
  broken = false;
  const saved = page.waitForEvent('download');
  await list.getByRole('button', { name: 'Try again' }).click();
  expect((await saved).suggestedFilename()).toMatch(/\.csv$/);
  await expect(list.getByRole('alert')).toHaveCount(0);
});
