import type { Browser, Page } from '@playwright/test';

import type { DemoServer } from './support/demo-server.js';
import { expect, listen, openAs, test } from './support/fixtures.js';

const phone = { width: 320, height: 720 };

/** A page of somebody else, in a browser of their own. */
async function pageOf(browser: Browser, demo: DemoServer, complaints: string[], viewport?: typeof phone) {
  const context = await browser.newContext({ baseURL: demo.url, ...(viewport && { viewport }) });
  await listen(context, complaints);
  return context.newPage();
}

/** The case that is open, by its address. */
function openCase(page: Page): string {
  const { pathname, searchParams } = new URL(page.url());
  return searchParams.get('case') ?? /^\/portal\/cases\/(.+)$/.exec(pathname)?.[1] ?? '';
}

/** What an agent may see of anything, as the server says it. */
async function read(page: Page, as: string, path: string): Promise<{ status: number; body: string }> {
  return page.evaluate(
    async ([person, address]) => {
      const { token } = (await (await fetch(`/demo/token?as=${person}`)).json()) as { token: string };
      const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
      return { status: answer.status, body: await answer.text() };
    },
    [as, path] as const,
  );
}

test('CO-03 CO-08 CO-09 CO-17 CO-19 a co-worker gets a case on a phone, answers, and loses it with what was not sent to copy', async ({
  page: marisol,
  browser,
  demo,
  complaints,
}) => {
  const daniel = await pageOf(browser, demo, complaints, phone);
  const answers: string[] = [];
  daniel.on('response', (response) => {
    if (response.headers()['content-type']?.includes('json'))
      void response.text().then(
        (text) => answers.push(text),
        () => undefined,
      );
  });
  await openAs(daniel, 'daniel-vega', '/my-cases');
  const list = daniel.locator('case-list');
  await expect(list.getByRole('button', { name: 'Shared with me' })).toBeVisible();
  await expect(list.getByText('Card terminals lose the connection')).toBeHidden();

  await openAs(marisol, 'marisol-vega', '/my-cases');
  await marisol.getByRole('button', { name: 'Card terminals lose the connection at noon' }).click();
  await marisol.getByRole('button', { name: 'Share case' }).click();
  const panel = marisol.getByRole('dialog', { name: /Share case/ });
  await panel.getByRole('combobox', { name: 'Add co-workers' }).fill('Daniel');
  await panel.getByRole('option', { name: /Daniel Vega/ }).click();
  await panel.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(panel.getByText('Shared with Daniel Vega.')).toBeVisible();
  const caseId = openCase(marisol);

  // It appears by itself, among his cases and under the tab.
  const row = list.getByRole('button', { name: 'Card terminals lose the connection at noon' });
  await expect(row).toBeVisible();
  await list.getByRole('button', { name: 'Shared with me' }).click();
  await expect(row).toBeVisible();
  await row.click();
  const detail = daniel.locator('case-detail');
  await expect(detail.getByRole('button', { name: '2 people have access' })).toBeVisible();
  const scrolls = () => daniel.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(await scrolls()).toBe(false);
  await detail.getByLabel('Your reply').fill('At the mill it happens too.');
  await detail.getByRole('button', { name: 'Send reply' }).click();
  await expect(
    marisol.locator('case-detail').getByRole('article').filter({ hasText: 'At the mill it happens too.' }),
  ).toContainText('Daniel Vega');
  const receipts = async () => (await read(marisol, 'marisol-vega', `/v1/cases/${caseId}/receipts`)).body;
  await expect.poll(receipts).toContain('Daniel Vega');

  await detail.getByLabel('Your reply').fill('And one more thing');
  await panel.getByRole('button', { name: /Remove Daniel Vega/ }).click();
  await panel.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(detail.getByText('This case is not available')).toBeVisible();
  await expect(detail.getByRole('textbox', { name: 'What you had not sent' })).toHaveValue(
    'And one more thing',
  );
  await expect(detail.getByText('Card terminals')).toBeHidden();
  expect(await scrolls()).toBe(false);
  expect((await read(daniel, 'daniel-vega', `/v1/cases/${caseId}`)).status).toBe(404);
  await daniel.reload();
  await expect(detail.getByText('This case is not available')).toBeVisible();
  await expect(detail.getByText('And one more thing')).toBeHidden();
  await daniel.goto('/my-cases');
  await expect(list.getByRole('button', { name: 'Shared with me' })).toBeVisible();
  await expect(row).toBeHidden();

  expect(answers.length).toBeGreaterThan(4);
  for (const answer of answers) expect(answer).not.toContain('"visibility":"internal"');
  await daniel.context().close();
});

test('DE-15 DE-16 DE-26 DE-27 DE-35 DE-36 two departments work on one case, until the level and then the share goes', async ({
  page: nadia,
  browser,
  demo,
  complaints,
}) => {
  await openAs(nadia, 'nadia-brandt', '/cases?customer=c-1018');
  await nadia.getByRole('button', { name: 'Charged twice in October' }).click();
  const own = nadia.locator('case-detail');
  await expect(own.getByRole('button', { name: 'Shared with 1' })).toBeVisible();
  const caseId = openCase(nadia);

  const jonas = await pageOf(browser, demo, complaints);
  await openAs(jonas, 'jonas-lind', '/cases');
  const list = jonas.locator('case-list');
  await expect(list.getByRole('button', { name: 'Shared with us' })).toBeVisible();
  await expect(list.getByText('Charged twice in October')).toBeHidden();
  await list.getByRole('button', { name: 'Shared with us' }).click();
  await list.getByRole('button', { name: 'Charged twice in October' }).click();
  const detail = jonas.locator('case-detail');
  await expect(detail.getByRole('button', { name: 'Shared by Billing · Restricted' })).toBeVisible();
  expect(openCase(jonas)).toBe(caseId);
  await expect(detail.getByRole('button', { name: 'Share case' })).toBeHidden();

  // One case: what one department writes stands in the other, and nothing is counted twice.
  await detail.getByLabel('Note for colleagues').fill('The line is fine.');
  await detail.getByRole('combobox', { name: /Subject/ }).selectOption('investigation');
  await detail.getByRole('button', { name: 'Add internal note' }).click();
  await expect(own.getByRole('article').filter({ hasText: 'The line is fine.' })).toBeVisible();
  const all = JSON.parse(
    (await read(nadia, 'ada-whitlock', '/v1/cases?q=charged+twice+october&count=true')).body,
  ) as { total: number };
  expect(all.total).toBe(1);

  // The level changes while Jonas writes: to full, then down again.
  await own.getByRole('button', { name: 'Shared with 1' }).click();
  const panel = nadia.getByRole('dialog', { name: /Share case/ });
  await changeLevel(nadia, caseId, 'full');
  const toCustomer = detail.getByRole('radio', { name: 'Reply to customer' });
  await expect(toCustomer).toBeEnabled();
  await detail.locator('label').filter({ hasText: 'Reply to customer' }).click();
  await detail.getByLabel('Reply to the customer').fill('We will look at it.');
  await changeLevel(nadia, caseId, 'read-only');
  await expect(toCustomer).toBeDisabled();
  await expect(detail.getByRole('button', { name: /^Reply to/ })).toHaveAttribute('aria-disabled', 'true');
  await expect(detail.getByLabel('Reply to the customer')).toHaveValue('We will look at it.');

  await panel.getByRole('button', { name: /Remove Technical support/ }).click();
  await panel.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(detail.getByText('This case is not available')).toBeVisible();
  await expect(detail.getByRole('textbox', { name: 'What you had not sent' })).toHaveValue(
    'We will look at it.',
  );
  await expect(list.getByRole('button', { name: 'Charged twice in October' })).toBeHidden();
  await jonas.context().close();
});

/** Changes the level of the one department that has a case, as the parent. */
async function changeLevel(page: Page, caseId: string, level: string): Promise<void> {
  const status = await page.evaluate(
    async ([id, to]) => {
      const { token } = (await (await fetch('/demo/token?as=nadia-brandt')).json()) as { token: string };
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const list = (await (await fetch(`/v1/cases/${id}/grants`, { headers })).json()) as {
        items: { id: string; version: string }[];
      };
      const [grant] = list.items;
      const answer = await fetch(`/v1/grants/${grant?.id ?? ''}`, {
        method: 'PATCH',
        headers: { ...headers, 'if-match': `"${grant?.version ?? ''}"` },
        body: JSON.stringify({ level: to }),
      });
      return answer.status;
    },
    [caseId, level] as const,
  );
  expect(status).toBe(200);
}
