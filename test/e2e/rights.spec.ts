import { expect, openAs, test } from './support/fixtures.js';

test('CC-01 Finance sees no widget, and the list says why there is nothing', async ({ page }) => {
  await openAs(page, 'victor-hale', '/account');
  await expect(page.getByRole('heading', { level: 1, name: 'Eleanor Finch' })).toBeVisible();
  await expect(page.locator('case-list')).toBeHidden();

  await page.goto('/cases');
  await expect(page.locator('case-list').getByText('You may not see cases')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add case' })).toBeHidden();
});

// The tests add their cases to the first account, and the widget shows the newest five: those of this one stay.
test('CC-02 the widget shows open cases only, and an account without any says so', async ({ page }) => {
  await openAs(page, 'ada-whitlock', '/account?customer=c-1033');
  const widget = page.locator('case-list');
  await expect(
    widget.getByRole('button', { name: /Refund not received after cancelled trial/ }),
  ).toBeVisible();
  await expect(widget.getByText('Router hums loudly at night')).toBeHidden();

  await page.getByRole('link', { name: 'Sten Holm' }).click();
  await expect(widget.getByText('No open cases')).toBeVisible();
  await expect(widget.getByRole('button', { name: 'Add case' }).first()).toBeVisible();
});

test('CC-03 CC-04 the widget leads to the case, and to all cases of the customer', async ({ page }) => {
  await openAs(page, 'ada-whitlock', '/account?customer=c-1033');
  await page.getByRole('button', { name: /Refund not received after cancelled trial/ }).click();
  await expect(
    page.locator('case-detail').getByRole('heading', { name: 'Refund not received after cancelled trial' }),
  ).toBeVisible();

  await page.goBack();
  await page.getByRole('button', { name: /All cases/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Cases of Rafael Costa');
  await expect(page.locator('case-list').getByRole('button', { name: /Router hums loudly/ })).toBeVisible();
});

test('an agent sees the cases of the own department, the other department not', async ({ page }) => {
  await openAs(page, 'nadia-brandt', '/cases?customer=c-1018');
  const list = page.locator('case-list');
  await expect(list.getByRole('button', { name: 'Charged twice in October' })).toBeVisible();
  await expect(list.getByText('Picture freezes during live matches')).toBeHidden();
});

test('CO-19 a customer sees own cases only, replies, and never meets an internal note', async ({ page }) => {
  const answers: string[] = [];
  page.on('response', (response) => {
    if (response.headers()['content-type']?.includes('json'))
      void response.text().then(
        (text) => answers.push(text),
        () => undefined,
      );
  });
  await openAs(page, 'eleanor-finch', '/my-cases');
  const list = page.locator('case-list');
  await expect(list.getByText('Charged twice in October')).toBeVisible();
  await expect(list.getByText('Speed drops to a tenth every evening')).toBeHidden();

  await list.getByRole('button', { name: 'Picture freezes during live matches' }).click();
  const detail = page.locator('case-detail');
  await expect(detail.getByText('We found the cause near Wickham')).toBeVisible();
  await expect(detail.getByText('drops segments at peak')).toBeHidden();
  await expect(detail.getByRole('button', { name: /Close case|Edit case/ })).toHaveCount(0);

  const composer = detail.locator('note-composer');
  await expect(composer.getByRole('radio')).toHaveCount(0);
  await composer.getByLabel('Your reply').fill('Yesterday evening it was fine.');
  await composer.getByRole('button', { name: 'Send reply' }).click();
  await expect(detail.getByRole('article').getByText('Yesterday evening it was fine.')).toBeVisible();

  expect(answers.length).toBeGreaterThan(4);
  for (const answer of answers) {
    expect(answer).not.toContain('"visibility":"internal"');
    expect(answer).not.toContain('drops segments at peak');
    expect(answer).not.toContain('@larkwell.example');
  }
});

test('E-404 a case of somebody else is not available, and nothing of it is told', async ({ page }) => {
  await openAs(page, 'ada-whitlock', '/cases?customer=c-1033');
  await page.getByRole('button', { name: 'Speed drops to a tenth every evening' }).click();
  const address = new URL(page.url()).searchParams.get('case');

  await openAs(page, 'daniel-vega', `/my-cases?case=${address}`);
  await expect(page.locator('case-detail').getByText('This case is not available')).toBeVisible();
  await expect(page.getByText('Speed drops')).toBeHidden();
});
