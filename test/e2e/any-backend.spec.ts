import type { Page } from '@playwright/test';

import { DemoServer } from './support/demo-server.js';
import { expectNothingFound } from './support/expect-accessible.js';
import { expect, openAs, test as base } from './support/fixtures.js';

const subject = 'Charged twice in October';

/** Whether the focus is in an element, or in one below it. */
function hasFocus(page: Page, tag: string): Promise<boolean> {
  return page.evaluate((name) => {
    for (let found = document.activeElement; found; found = found.shadowRoot?.activeElement ?? null) {
      if (found.localName === name) return true;
    }
    return false;
  }, tag);
}

for (const backend of ['mapped-rest', 'request-tracker', 'zoho-desk'] as const) {
  const test = base.extend<{ demo: DemoServer; refused: string[] }>({
    demo: [
      // eslint-disable-next-line no-empty-pattern -- Playwright reads the dependencies from a pattern.
      async ({}, use) => {
        const demo = await DemoServer.startOn(backend);
        await use(demo);
        await demo.stop();
      },
      { scope: 'test', timeout: 180_000 },
    ],
    refused: [
      async ({ context }, use) => {
        const refused: string[] = [];
        context.on('response', (response) => {
          if (response.status() >= 400)
            refused.push(`${response.status()} ${response.request().method()} ${response.url()}`);
        });
        await use(refused);
        expect(refused, 'requests that were refused').toEqual([]);
      },
      { auto: true },
    ],
  });

  test(`the account page works on ${backend} as it is: list, open, answer, note, close, reopen, add, and the customer reads it`, async ({
    page,
  }) => {
    test.setTimeout(240_000);
    const widget = page.locator('case-list');
    const detail = page.locator('case-detail');
    const status = detail.locator('[part=status]');
    const panel = page.getByRole('dialog').filter({ has: page.getByRole('tab', { name: 'Status' }) });

    await test.step('the account page shows the customer’s open cases', async () => {
      await openAs(page, 'ada-whitlock', '/account');
      await expect(widget.getByRole('button', { name: subject })).toBeVisible();
      await expect(widget.getByText('4 open')).toBeVisible();
      await expectNothingFound(page, 'account');
      await page.setViewportSize({ width: 320, height: 720 });
      await expectNothingFound(page, 'account, on a phone');
      await page.setViewportSize({ width: 1366, height: 860 });
    });

    await test.step('a case is added', async () => {
      await widget.getByRole('button', { name: 'Add case' }).click();
      const form = page.getByRole('dialog', { name: 'New customer case' });
      await form.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(form.locator('[aria-invalid=true]')).toHaveCount(4);
      await form.getByLabel('Subject').fill('Router hums at night');
      await form.getByLabel('Type').selectOption('Technical');
      await form.getByLabel('Contact method').selectOption('Phone');
      await form.getByLabel('Description').fill('A high tone, from about eleven in the evening.');
      await form.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(form).toBeHidden();
      await expect(widget.getByRole('button', { name: 'Router hums at night' })).toBeVisible();
      await expect(widget.getByText('5 open')).toBeVisible();
    });

    await test.step('one is opened with the keyboard', async () => {
      await widget.getByRole('button', { name: subject }).press('Enter');
      await expect(detail.getByRole('heading', { name: subject })).toBeVisible();
      await expect(status).toContainText('OPEN');
      await expect(page).toHaveURL(/[?&]case=/);
      await expect(page.getByText(/^\s*7 cases\s*$/)).toBeVisible();
      await expectNothingFound(page, 'case');
    });

    await test.step('the customer is answered, and colleagues are told', async () => {
      const composer = detail.locator('note-composer');
      await composer.getByLabel('Reply to customer').check();
      await composer.getByLabel('Reply to the customer').fill('The second charge goes back today.');
      const subjects = composer.getByLabel('Subject');
      if (await subjects.isVisible()) await subjects.selectOption({ index: 1 });
      await composer.getByRole('button', { name: /^Reply to / }).click();
      await expect(detail.getByRole('article').getByText('The second charge goes back today.')).toBeVisible();
      await composer.getByLabel('Internal note').check();
      await composer.getByLabel('Note for colleagues').fill('The bank knows of it.');
      if (await subjects.isVisible()) await subjects.selectOption({ index: 1 });
      await composer.getByRole('button', { name: 'Add internal note' }).click();
      await expect(detail.getByRole('article').getByText('The bank knows of it.')).toBeVisible();
    });

    await test.step('it is closed, for a reason and with an explanation', async () => {
      await detail.getByRole('button', { name: 'Close case' }).first().click();
      await panel.getByLabel('Closure reason').selectOption('Resolved');
      await panel.getByLabel('Explain the closure').fill('Both charges are accounted for.');
      await panel.getByRole('button', { name: 'Close case', exact: true }).click();
      await expect(status).toContainText('CLOSED');
      await expect(detail.getByText('Both charges are accounted for.').first()).toBeVisible();
    });

    await test.step('and reopened', async () => {
      await detail.getByRole('button', { name: 'Reopen case' }).first().click();
      await panel.getByLabel('Reopen reason').selectOption({ index: 1 });
      await panel.getByLabel('Explain the reopening').fill('The bank sent the refund back.');
      await panel.getByRole('button', { name: 'Reopen case', exact: true }).click();
      await expect(status).toContainText('OPEN');
      await expect(detail.getByText('The bank sent the refund back.').first()).toBeVisible();
    });

    await test.step('the keyboard goes from the list into the case and stays there', async () => {
      await page.getByRole('button', { name: 'Router hums at night' }).press('Enter');
      await expect(detail.getByRole('heading', { name: 'Router hums at night' })).toBeVisible();
      await expect.poll(() => hasFocus(page, 'case-detail')).toBe(true);
    });

    await test.step('the customer reads the answer, not the note, and replies', async () => {
      await openAs(page, 'eleanor-finch', '/portal/cases');
      await page.getByRole('button', { name: subject }).click();
      await expect(detail.getByText('The second charge goes back today.')).toBeVisible();
      await expect(detail.getByText('The bank knows of it.')).toBeHidden();
      const composer = detail.locator('note-composer');
      await composer.getByLabel('Your reply').fill('Thank you.');
      await composer.getByRole('button', { name: 'Send reply' }).click();
      await expect(detail.getByRole('article').getByText('Thank you.')).toBeVisible();
    });
  });
}
