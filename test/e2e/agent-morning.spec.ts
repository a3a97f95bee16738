import type { Browser, Page } from '@playwright/test';

import type { DemoServer } from './support/demo-server.js';
import { expect, listen, openAs, test } from './support/fixtures.js';

const missing = process.env['CASEMENT_NO_FIREFOX'];
test.skip(
  ({ browserName }) => browserName === 'firefox' && missing !== undefined,
  `Firefox: not here because ${missing}`,
);

const subject = 'Picture freezes during live matches';
const words = 'I am sorry about the four matches. 54.90 € are on their way back to your card.';

/** A page of somebody else, in a browser of their own. */
async function pageOf(browser: Browser, demo: DemoServer, complaints: string[]): Promise<Page> {
  const context = await browser.newContext({ baseURL: demo.url });
  await listen(context, complaints);
  return context.newPage();
}

/** Tries to take what waits, through the server's own door. */
async function tryToTake(page: Page, as: string, entryId: string) {
  return page.evaluate(
    async ([person, id]) => {
      const { token } = (await (await fetch(`/demo/token?as=${person}`)).json()) as { token: string };
      const answer = await fetch(`/v1/inbox-entries/${id}/take`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID() },
      });
      const { code, by } = (await answer.json()) as { code?: string; by?: { name: string } };
      return { status: answer.status, code, by: by?.name };
    },
    [as, entryId] as const,
  );
}

test('IB-02 IB-04 IB-06 IB-07 IB-28 an agent’s morning: a complaint is taken, refunded, answered and closed, live for the customer and for the colleague at the same desk', async ({
  page: lena,
  browser,
  demo,
  complaints,
}) => {
  test.setTimeout(300_000);
  const desk = lena.locator('inbox-table');
  const row = desk.getByRole('row').filter({ hasText: subject });
  const detail = lena.locator('case-detail');
  const badge = lena.getByRole('navigation', { name: 'Main' }).getByRole('img');

  const tarek = await pageOf(browser, demo, complaints);
  const colleagues = tarek.locator('inbox-table').getByRole('row').filter({ hasText: subject });
  const eleanor = await pageOf(browser, demo, complaints);
  const portal = eleanor.locator('case-detail');
  const account = await pageOf(browser, demo, complaints);
  const refunds = account.getByRole('table', { name: 'Payments and refunds' }).getByRole('row').filter({
    hasText: 'Refund RF-',
  });

  await test.step('everybody opens their page: the desk, the portal, the account', async () => {
    await openAs(lena, 'lena-moss', '/desk');
    await openAs(tarek, 'tarek-khalil', '/desk');
    await openAs(account, 'nadia-brandt', '/account?customer=c-1018');
    await openAs(eleanor, 'eleanor-finch', '/portal/cases');
    await expect(row).toContainText('Nobody');
    await expect(badge).toBeHidden();
    await expect(colleagues.getByRole('button', { name: 'Take' })).toBeEnabled();
    await expect(refunds).toHaveCount(0);
    await eleanor.getByRole('button', { name: subject }).click();
    await expect(portal.getByRole('heading', { name: subject })).toBeVisible();
    await expect(portal.locator('[part=status]')).toContainText('OPEN');
  });

  await test.step('she reads why it is here, and takes it', async () => {
    await row.getByRole('button', { name: 'Message' }).click();
    await expect(desk.getByText('Poor video quality: the customer lost four live matches')).toBeVisible();
    await row.getByRole('button', { name: 'Take' }).click();
    await expect(row.getByRole('button', { name: 'Give back' })).toBeVisible();
    await expect(badge).toHaveAccessibleName('1 entry is mine');
  });

  const entryId = (await row.getAttribute('data-entry')) ?? '';
  const notForTarek = { status: 409, code: 'entry_owned', by: 'Lena Moss' };

  await test.step('her colleague sees that before he presses, and cannot take it', async () => {
    await expect(colleagues).toContainText('Lena Moss');
    await expect(colleagues.getByRole('button', { name: 'Take' })).toHaveAttribute('aria-disabled', 'true');
    expect(await tryToTake(tarek, 'tarek-khalil', entryId)).toEqual(notForTarek);
  });

  await test.step('she reads the case', async () => {
    await row.getByRole('button', { name: subject }).click();
    await expect(detail.getByRole('heading', { name: subject })).toBeVisible();
    await expect(detail.getByText('Yesterday evening it still stopped twice')).toBeVisible();
    await expect(lena).toHaveURL(/[?&]case=/);
  });

  await test.step('she grants a refund: Larkwell books it, and the case tells it', async () => {
    await detail.getByRole('button', { name: 'Refund…' }).click();
    const form = lena.getByRole('dialog', { name: 'Refund' });
    await expect(form.getByLabel('Amount in €')).toHaveValue('54.9');
    await form.getByLabel('Reason').selectOption('Service failure');
    // She has to write to the customer first.
    await form.getByRole('checkbox', { name: 'Complete the inbox message' }).uncheck();
    await form.getByRole('button', { name: 'Refund', exact: true }).click();
    await expect(form).toBeHidden();
    await expect(detail.getByRole('article').filter({ hasText: 'Refunded 54.90 €' })).toContainText(
      'RF-1001',
    );
    await expect(refunds).toHaveCount(1);
    await expect(refunds).toContainText('Refund RF-1001');
    await expect(refunds).toContainText('-€54.90');
  });

  await test.step('she writes to the customer, who reads it at once', async () => {
    await detail.getByRole('radio', { name: 'Reply to customer' }).check();
    await detail.getByLabel('Reply to the customer').fill(words);
    await detail.getByLabel('Subject').selectOption('Refund or credit');
    await detail.getByRole('button', { name: /^Reply to / }).click();
    await expect(detail.getByRole('article').getByText(words)).toBeVisible();
    await expect(portal.getByRole('article').getByText(words)).toBeVisible();
    await expect(portal.getByText('RF-1001')).toBeHidden();
    expect(await tryToTake(tarek, 'tarek-khalil', entryId)).toEqual(notForTarek);
  });

  await test.step('she closes the case, and with it what waited', async () => {
    await detail.getByRole('button', { name: 'Close case' }).first().click();
    const panel = lena.getByRole('dialog').filter({ has: lena.getByRole('tab') });
    await panel.getByLabel('Closure reason').selectOption('Resolved');
    await panel.getByLabel('Explain the closure').fill('Refunded and explained.');
    await expect(panel.getByRole('checkbox', { name: 'Complete the inbox message too' })).toBeChecked();
    await panel.getByRole('button', { name: 'Close case', exact: true }).click();
    await expect(row).toBeHidden();
    await expect(badge).toBeHidden();
  });

  await test.step('customer and colleague see it closed at once', async () => {
    await expect(portal.locator('[part=status]')).toContainText('CLOSED');
    await expect(colleagues).toBeHidden();
    expect(await tryToTake(tarek, 'tarek-khalil', entryId)).toMatchObject({ status: 410, by: 'Lena Moss' });
  });

  for (const page of [tarek, eleanor, account]) await page.context().close();
});
