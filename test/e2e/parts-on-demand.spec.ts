import { expect, openAs, test } from './support/fixtures.js';

// What stands in forms and panels comes when they first open: until it is there, and when it does not come, the reader
// is told, stays in the dialog, and loses nothing.

test('a form whose content cannot be fetched says so, tries again when asked and gives the focus back', async ({
  page,
}) => {
  let broken = true;
  await page.route('**/casement/casement/new-case-body.js', (route) =>
    broken ? route.abort() : route.continue(),
  );
  await openAs(page, 'ada-whitlock', '/cases');
  const add = page.getByRole('button', { name: 'Add case' });
  await add.click();
  const dialog = page.getByRole('dialog', { name: 'New customer case' });
  await expect(dialog.getByRole('alert')).toHaveText(/The form could not be loaded\./);
  broken = false;
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog.getByRole('combobox', { name: 'Customer' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(add).toBeFocused();
});

test('a panel whose content is slow opens at once, and can be left before it is there', async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/casement/casement/panel-body.js', async (route) => {
    await held;
    await route.continue();
  });
  await openAs(page, 'ada-whitlock', '/cases');
  // Wherever other tests have moved it to.
  await page.getByRole('searchbox', { name: 'Search cases' }).fill('till print');
  await page.getByRole('button', { name: 'Till cannot print over the network' }).click();
  const pencil = page.locator('case-detail').getByRole('button', { name: 'Edit case' });
  await pencil.click();
  const dialog = page.getByRole('dialog', { name: 'Edit case' });
  await expect(dialog.getByText('Loading…')).toBeAttached();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(pencil).toBeFocused();
  await pencil.click();
  release();
  await expect(dialog.getByRole('tab', { name: 'Edit' })).toHaveAttribute('aria-selected', 'true');
  await expect(dialog.getByRole('tabpanel').getByRole('textbox').first()).toBeFocused();
});
