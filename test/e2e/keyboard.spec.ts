import type { Page } from '@playwright/test';

import { expect, openAs, test } from './support/fixtures.js';

/** What has the focus, through shadow roots. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element) return '';
    const label =
      element.getAttribute('aria-label') ??
      (element instanceof HTMLInputElement ||
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLSelectElement
        ? element.labels?.[0]?.textContent
        : element.textContent);
    return (label ?? '').replace(/\s+/g, ' ').trim();
  });
}

/** Presses Tab until the focus stands on something of that name, as somebody without a mouse would. */
async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 90; presses += 1) {
    const now = await focused(page);
    if (typeof name === 'string' ? now === name || now.startsWith(`${name} `) : name.test(now)) return;
    seen.push(now);
    await page.keyboard.press(key);
  }
  throw new Error(`Tab never reached ${String(name)}; it met: ${seen.join(' | ')}`);
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await tabTo(page, label);
  await page.keyboard.type(option);
}

test('the whole job by keyboard alone: filter, open, note, close, reopen, edit, create', async ({ page }) => {
  test.setTimeout(120_000);
  await openAs(page, 'ada-whitlock', '/cases');
  await expect(page.getByText(/^\s*\d+ cases\s*$/)).toBeVisible();
  const detail = page.locator('case-detail');
  const list = page.locator('case-list');

  await test.step('filter', async () => {
    await tabTo(page, 'Search cases');
    await page.keyboard.type('crackles');
    await expect(page.getByText(/^\s*1 of \d+ cases\s*$/)).toBeVisible();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('invoice');
    await tabTo(page, 'Status');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Status' })).toBeVisible();
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    expect(await focused(page)).toContain('Status');
    await expect(list.getByRole('button', { name: 'Collective invoice for both shops' })).toBeVisible();
  });

  await test.step('open', async () => {
    await tabTo(page, 'Collective invoice for both shops');
    await page.keyboard.press('Enter');
    await expect(detail.getByRole('heading', { name: 'Collective invoice for both shops' })).toBeVisible();
  });

  await test.step('CC-37 note', async () => {
    await tabTo(page, 'Note for colleagues');
    await page.keyboard.type('Sent the form to sign.');
    await choose(page, 'Subject', 'Information');
    await tabTo(page, 'Add internal note');
    await page.keyboard.press('Enter');
    await expect(detail.getByRole('article').getByText('Sent the form to sign.')).toBeVisible();
  });

  await test.step('CC-33 CC-42 close; the focus returns to the pencil', async () => {
    await tabTo(page, 'Close case', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tab', { name: 'Status', selected: true })).toBeVisible();
    await expect.poll(() => focused(page)).toContain('Closure reason');
    await page.keyboard.type('Resolved');
    await tabTo(page, 'Explain the closure');
    await page.keyboard.type('Signed by the group.');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(detail.locator('[part=status]')).toContainText('CLOSED');
    await expect.poll(() => focused(page)).toBe('Reopen case');
  });

  await test.step('CC-46 reopen', async () => {
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toContain('Reopen reason');
    await page.keyboard.type('Not solved');
    await tabTo(page, 'Explain the reopening');
    await page.keyboard.type('One signature is missing.');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(detail.locator('[part=status]')).toContainText('OPEN');
  });

  await test.step('CC-33 CC-50 edit; Escape with something typed asks first', async () => {
    await tabTo(page, 'Edit case');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toContain('Subject');
    await page.keyboard.press('End');
    await page.keyboard.type(' from January');
    await page.keyboard.press('Escape');
    await tabTo(page, /keep|go on|continue|stay/i);
    await page.keyboard.press('Enter');
    await tabTo(page, 'Save case');
    await page.keyboard.press('Enter');
    await expect(
      detail.getByRole('heading', { name: 'Collective invoice for both shops from January' }),
    ).toBeVisible();
    await expect.poll(() => focused(page)).toBe('Edit case');
  });

  await test.step('CC-29 create', async () => {
    await tabTo(page, 'Add case', 'Shift+Tab');
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'New customer case' });
    await expect.poll(() => focused(page)).toContain('Customer');
    await page.keyboard.type('finch');
    await expect(form.getByRole('option', { name: /Eleanor Finch/ })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Subject');
    await page.keyboard.type('Written without a mouse');
    await choose(page, 'Type', 'Question');
    await choose(page, 'Contact method', 'Phone');
    await tabTo(page, 'Description');
    await page.keyboard.type('Every step of it.');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(form).toBeHidden();
    await expect.poll(() => focused(page)).toBe('Add case');
    await expect(list.getByText(/Case #\d+ added\./)).toBeVisible();
  });
});
