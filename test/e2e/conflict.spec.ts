import type { Page } from '@playwright/test';

import { addCase } from './support/cases.js';
import { expect, listen, openAs, test } from './support/fixtures.js';

const mergeTitle = 'The case was changed while you edited it';

async function edit(page: Page): Promise<void> {
  await page.locator('case-detail').getByRole('button', { name: 'Edit case' }).click();
  await expect(page.getByRole('tab', { name: 'Edit case', selected: true })).toBeVisible();
}

const panelOf = (page: Page) => page.locator('case-edit-panel').getByRole('tabpanel');
const save = (page: Page) => page.getByRole('button', { name: 'Save case', exact: true }).last().click();

test('CC-50 two people edit one case: the second compares field by field, and neither edit is lost', async ({
  browser,
  complaints,
  demo,
  page: ada,
}) => {
  const caseId = await addCase(demo, 'jonas-lind', 'Router restarts at night');
  const address = `/cases?case=${caseId}`;
  const second = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Rome',
    baseURL: demo.url,
    viewport: { width: 1280, height: 900 },
  });
  await listen(second, complaints);
  const jonas = await second.newPage();
  await openAs(ada, 'ada-whitlock', address);
  await openAs(jonas, 'jonas-lind', address);
  // No event reaches the second, who does not look for himself while he waits for them: what moved meanwhile is told by
  // the refusal alone.
  await jonas.route('**/v1/events*', () => undefined);
  await jonas.reload();

  await edit(jonas);
  await panelOf(jonas).getByLabel('Subject').fill('Router restarts every night');
  await panelOf(jonas).getByLabel('Priority').selectOption('High');

  await edit(ada);
  await panelOf(ada).getByLabel('Subject').fill('Router restarts at two');
  await panelOf(ada).getByLabel('Type').selectOption('Technical');
  await save(ada);
  const adasDetail = ada.locator('case-detail');
  await expect(adasDetail.getByRole('heading', { name: 'Router restarts at two' })).toBeVisible();

  await save(jonas);
  const merge = jonas.getByRole('dialog', { name: mergeTitle });
  await expect(merge).toContainText('Ada Whitlock changed this case');
  await expect(merge.getByRole('row', { name: /^Subject/ })).toContainText('Router restarts at two');
  await expect(merge.getByRole('row', { name: /^Subject/ })).toContainText('Router restarts every night');
  await expect(merge.getByRole('row', { name: /^Type/ })).toContainText('Taken over');
  await expect(merge.getByRole('row', { name: /^Priority/ })).toContainText('Mine stays');
  await expect(adasDetail.getByRole('heading', { name: 'Router restarts at two' })).toBeVisible();

  await test.step('going back leaves everything as it was typed', async () => {
    await jonas.keyboard.press('Escape');
    await expect(merge).toBeHidden();
    await expect(panelOf(jonas).getByLabel('Subject')).toHaveValue('Router restarts every night');
    await expect(panelOf(jonas).getByLabel('Priority')).toHaveValue('high');
    await save(jonas);
    await expect(merge).toBeVisible();
  });

  await test.step('the case moves once more before it is saved', async () => {
    await edit(ada);
    await panelOf(ada).getByLabel('Subject').fill('Router restarts at three');
    await save(ada);
    await expect(adasDetail.getByRole('heading', { name: 'Router restarts at three' })).toBeVisible();
    const subject = merge.getByRole('radiogroup', { name: 'Subject' });
    await subject.getByRole('radio', { name: 'Keep mine' }).focus();
    await jonas.keyboard.press('Space');
    await jonas.keyboard.press('ControlOrMeta+Enter');
    await expect(merge.getByRole('row', { name: /^Subject/ })).toContainText('Router restarts at three');
    await merge.getByRole('button', { name: 'Save case' }).click();
    await expect(merge.getByText('Choose which value stays.')).toBeVisible();
    await subject.getByRole('radio', { name: 'Keep mine' }).check();
    await merge.getByRole('button', { name: 'Save case' }).click();
    await expect(merge).toBeHidden();
  });

  for (const page of [ada, jonas]) {
    const detail = page.locator('case-detail');
    await expect(detail.getByRole('heading', { name: 'Router restarts every night' })).toBeVisible();
    await expect(detail.locator('[part=facts]')).toContainText('High');
    await expect(detail.locator('[part=facts]')).toContainText('Technical');
  }
  await test.step('the history tells both edits apart, and can be narrowed to them', async () => {
    await adasDetail.getByRole('button', { name: 'Changes', exact: true }).click();
    const history = adasDetail.getByRole('region', { name: 'History' });
    await expect(history).toContainText('Ada Whitlock');
    await expect(history).toContainText('Jonas Lind');
    await expect(history).not.toContainText('Written for a test.');
  });
  await second.close();
});

test('CC-37 notes of two people at once never conflict', async ({ browser, complaints, demo, page: ada }) => {
  const caseId = await addCase(demo, 'jonas-lind', 'Two notes at once');
  const second = await browser.newContext({ locale: 'en-GB', baseURL: demo.url });
  await listen(second, complaints);
  const jonas = await second.newPage();
  await openAs(ada, 'ada-whitlock', `/cases?case=${caseId}`);
  await openAs(jonas, 'jonas-lind', `/cases?case=${caseId}`);
  for (const [page, text] of [
    [ada, 'Called the customer.'],
    [jonas, 'Looked at the line.'],
  ] as const) {
    const composer = page.locator('note-composer');
    await composer.getByLabel('Note for colleagues').fill(text);
    await composer.getByLabel('Subject').selectOption('Information');
  }
  await Promise.all(
    [ada, jonas].map((page) =>
      page.locator('note-composer').getByRole('button', { name: 'Add internal note' }).click(),
    ),
  );
  for (const page of [ada, jonas])
    for (const text of ['Called the customer.', 'Looked at the line.'])
      await expect(page.getByRole('article').getByText(text)).toBeVisible();
  await second.close();
});
