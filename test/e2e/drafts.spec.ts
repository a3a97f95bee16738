import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium, type Page } from '@playwright/test';

import { browserArgs, ensureBrowser } from '../support/browser.mjs';
import { addCase } from './support/cases.js';
import { expect, openAs, test } from './support/fixtures.js';

const composerOf = (page: Page) => page.locator('case-detail note-composer');
const textOf = (page: Page) => composerOf(page).getByLabel('Note for colleagues');
const panelOf = (page: Page) => page.locator('case-edit-panel');
const formOf = (page: Page) => page.getByRole('dialog', { name: 'New customer case' });

/** Opens the edit panel on one of its sections. */
async function openSection(page: Page, name: 'Status' | 'Edit case'): Promise<void> {
  await page.locator('case-detail').getByRole('button', { name: 'Edit case' }).click();
  await panelOf(page).getByRole('tab', { name }).click();
}

/** Types into composer, both sections of the panel and the form, and waits until each says that it is kept. */
async function typeEverywhere(page: Page): Promise<void> {
  await textOf(page).fill('A half-written note');
  await expect(composerOf(page).getByText('Draft saved')).toBeVisible();
  await openSection(page, 'Edit case');
  await panelOf(page).getByLabel('Subject').fill('A half-changed subject');
  await expect(panelOf(page).getByText('Draft saved')).toBeVisible();
  await panelOf(page).getByRole('tab', { name: 'Status' }).click();
  await panelOf(page).getByLabel('Explain the closure').fill('A half-explained closure');
  await expect(panelOf(page).getByText('Draft saved')).toBeVisible();
}

/** What `typeEverywhere` typed is there again. */
async function expectEverything(page: Page): Promise<void> {
  await expect(textOf(page)).toHaveValue('A half-written note');
  await openSection(page, 'Edit case');
  await expect(panelOf(page).getByText('What you typed earlier is back.')).toBeVisible();
  await expect(panelOf(page).getByLabel('Subject')).toHaveValue('A half-changed subject');
  await panelOf(page).getByRole('tab', { name: 'Status' }).click();
  await expect(panelOf(page).getByLabel('Explain the closure')).toHaveValue('A half-explained closure');
}

test('what is typed survives a reload, and can be discarded for good', async ({ demo, page }) => {
  const caseId = await addCase(demo, 'jonas-lind', 'Drafts and reloads');
  await openAs(page, 'jonas-lind', `/cases?case=${caseId}`);
  await typeEverywhere(page);
  await panelOf(page).getByLabel('Explain the closure').fill('A half-explained');
  await panelOf(page).getByLabel('Explain the closure').pressSequentially(' closure');
  await page.reload();
  await expectEverything(page);

  await panelOf(page).getByRole('button', { name: 'Discard' }).click();
  await expect(panelOf(page).getByLabel('Explain the closure')).toHaveValue('');
  await panelOf(page).getByRole('tab', { name: 'Edit case' }).click();
  await panelOf(page).getByRole('button', { name: 'Discard' }).click();
  await expect(panelOf(page).getByLabel('Subject')).toHaveValue('Drafts and reloads');
  await panelOf(page).getByRole('button', { name: 'Cancel' }).click();
  await composerOf(page).getByRole('button', { name: 'Discard' }).click();
  await expect(textOf(page)).toHaveValue('');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Drafts and reloads' })).toBeVisible();
  await expect(textOf(page)).toHaveValue('');
  await openSection(page, 'Status');
  await expect(panelOf(page).getByLabel('Explain the closure')).toHaveValue('');
});

test('a new case being written survives a reload', async ({ page }) => {
  await openAs(page, 'jonas-lind', '/cases?customer=c-1018');
  await page.getByRole('button', { name: 'Add case' }).first().click();
  await formOf(page).getByLabel('Subject').fill('A half-written case');
  await expect(formOf(page).getByText('Draft saved')).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Add case' }).first().click();
  await expect(formOf(page).getByText('What you typed earlier is back.')).toBeVisible();
  await expect(formOf(page).getByLabel('Subject')).toHaveValue('A half-written case');

  await test.step('it is not there for another customer', async () => {
    const other = await page.context().newPage();
    await openAs(other, 'jonas-lind', '/cases?customer=c-2041');
    await other.getByRole('button', { name: 'Add case' }).first().click();
    await expect(formOf(other).getByLabel('Subject')).toHaveValue('');
    await other.close();
  });
  await formOf(page).getByRole('button', { name: 'Discard' }).first().click();
  await expect(formOf(page).getByLabel('Subject')).toHaveValue('');
});

test('what is typed shows in no other case and for no other person', async ({ browser, demo, page }) => {
  const caseId = await addCase(demo, 'jonas-lind', 'Mine alone');
  const otherCaseId = await addCase(demo, 'jonas-lind', 'Another case');
  await openAs(page, 'jonas-lind', `/cases?case=${caseId}`);
  await typeEverywhere(page);

  await test.step('another case', async () => {
    const other = await page.context().newPage();
    await openAs(other, 'jonas-lind', `/cases?case=${otherCaseId}`);
    await expect(other.getByRole('heading', { name: 'Another case' })).toBeVisible();
    await openSection(other, 'Edit case');
    await expect(panelOf(other).getByLabel('Subject')).toHaveValue('Another case');
    await expect(textOf(other)).toHaveValue('');
    await other.close();
  });
  await test.step('another person, in this browser', async () => {
    const other = await page.context().newPage();
    await openAs(other, 'ada-whitlock', `/cases?case=${caseId}`);
    await expect(other.getByRole('heading', { name: 'Mine alone' })).toBeVisible();
    await openSection(other, 'Edit case');
    await expect(panelOf(other).getByLabel('Subject')).toHaveValue('Mine alone');
    await panelOf(other).getByRole('tab', { name: 'Status' }).click();
    await expect(panelOf(other).getByLabel('Explain the closure')).toHaveValue('');
    await expect(textOf(other)).toHaveValue('');
    await other.close();
  });
  await test.step('another person, in another browser', async () => {
    const context = await browser.newContext({ locale: 'en-GB', baseURL: demo.url });
    const other = await context.newPage();
    await openAs(other, 'ada-whitlock', `/cases?case=${caseId}`);
    await expect(other.getByRole('heading', { name: 'Mine alone' })).toBeVisible();
    await expect(textOf(other)).toHaveValue('');
    await context.close();
  });
  await page.reload();
  await expectEverything(page);
});

test('what is typed survives the end of the session, until the same person signs in again', async ({
  demo,
  page,
}) => {
  const caseId = await addCase(demo, 'jonas-lind', 'Drafts and sessions');
  await openAs(page, 'jonas-lind', `/cases?case=${caseId}`);
  await typeEverywhere(page);
  await panelOf(page).getByRole('button', { name: 'Clear' }).click();
  await panelOf(page).getByLabel('Explain the closure').fill('A half-explained closure');

  // The server refuses the token from here on, and the host gives no other.
  await page.route('**/v1/**', (route) =>
    route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer ended' } }),
  );
  await page.route('**/demo/token*', (route) => route.fulfill({ status: 401, json: {} }));
  await panelOf(page).getByLabel('Closure reason').selectOption('Resolved');
  await panelOf(page).getByRole('button', { name: 'Close case' }).click();
  await expect(panelOf(page).getByRole('alert')).toBeVisible();
  await expect(panelOf(page).getByLabel('Explain the closure')).toHaveValue('A half-explained closure');
  await page.reload();
  await expect(textOf(page)).toHaveCount(0);

  await test.step('somebody else signs in first, and finds nothing', async () => {
    await page.unrouteAll();
    await openAs(page, 'ada-whitlock', `/cases?case=${caseId}`);
    await expect(page.getByRole('heading', { name: 'Drafts and sessions' })).toBeVisible();
    await expect(page.locator('case-detail [part=status]')).toContainText('OPEN');
    await expect(textOf(page)).toHaveValue('');
  });
  await openAs(page, 'jonas-lind', `/cases?case=${caseId}`);
  await expectEverything(page);
});

/** A browser on a profile that stays; `kill` ends it as a crash would. */
async function launch(profile: string) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await ensureBrowser(),
    args: browserArgs,
    locale: 'en-GB',
  });
  const browser = context.browser();
  if (!browser) throw new Error('A browser on a profile of its own was not told.');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const pid = processInfo.find(({ type }) => type === 'browser')?.id;
  if (pid === undefined) throw new Error('The browser does not say which process it is.');
  return {
    page: await context.newPage(),
    close: () => context.close(),
    kill: async () => {
      const gone = new Promise((resolve) => context.once('close', resolve));
      process.kill(pid, 'SIGKILL');
      await gone;
    },
  };
}

test('what is typed survives a browser that is killed', async ({ demo }) => {
  const caseId = await addCase(demo, 'jonas-lind', 'Drafts and crashes');
  const address = `${demo.url}/cases?case=${caseId}`;
  const profile = await mkdtemp(join(tmpdir(), 'casement-profile-'));
  try {
    const first = await launch(profile);
    await openAs(first.page, 'jonas-lind', address);
    await typeEverywhere(first.page);
    await first.kill();
    const second = await launch(profile);
    await openAs(second.page, 'jonas-lind', address);
    await expectEverything(second.page);
    await second.close();
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
