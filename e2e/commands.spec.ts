import { accessibilityProblems, expect, test, WorkbenchPage } from './support/test';

test('Ctrl+K finds what the page can do, and does it', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  const search = palette.getByRole('combobox');
  await expect(search).toBeFocused();
  await search.fill('view tr');
  await expect(palette.getByRole('option')).toHaveText(['View: Tree']);
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
  await expect(page.getByRole('radio', { name: 'Tree' })).toBeChecked();

  await page.keyboard.press('Control+k');
  await search.fill('seedling-1');
  await palette.getByRole('option', { name: 'Model: seedling-1', exact: true }).click();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Enter');
  await expect(workbench.verdict('5 of 5 runs identical.')).toBeVisible();

  await expect(page.getByRole('button', { name: 'Share' })).toBeEnabled();
  await page.keyboard.press('Control+k');
  await search.fill('share');
  await expect(palette.getByRole('option').first()).toHaveText('Share');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Share' })).toBeVisible();
});

test('the arrows go through the commands, and Esc leads back', async ({ page }) => {
  await new WorkbenchPage(page).open();
  const button = page.getByRole('button', { name: 'Commands' });
  await button.focus();
  await page.keyboard.press('Enter');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByRole('combobox').fill('temperature les');
  const marked = palette.getByRole('option', { selected: true });
  await expect(marked).toHaveText('Temperature bends the bars');
  await page.keyboard.press('ArrowDown');
  await expect(marked).toHaveText('Temperature 0');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(marked).toHaveText('Temperature 0');
  await palette.getByRole('combobox').fill('nothing of the kind');
  await expect(palette.getByText('Nothing is called “nothing of the kind”.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette).toHaveCount(0);
  await expect(button).toBeFocused();

  await page.keyboard.press('Enter');
  await palette.getByRole('combobox').fill('lessons dice');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'The dice' })).toBeVisible();
});

test('a link that locks a control locks its commands', async ({ page }) => {
  await new WorkbenchPage(page).open('/?lock=seed,model');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await expect(palette.getByRole('option', { name: 'Run' }).first()).toBeVisible();
  await expect(palette.getByRole('option', { name: /seed$|^Model/ })).toHaveCount(0);
});

test('? lists the keys, but not while one writes, and can be switched off', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await page.getByLabel('Prompt').press('?');
  await workbench.verdict('3 of 5 runs identical').click();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await expect(keys.getByText('to the next difference, and back')).toBeVisible();
  await keys.getByRole('checkbox', { name: '? opens this list' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(keys).toHaveCount(0);
  await page.keyboard.press('?');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await page.getByRole('combobox', { name: 'Search commands' }).fill('keys');
  await page.keyboard.press('Enter');
  await expect(keys).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const)
  for (const [name, key] of [
    ['Commands', 'Control+k'],
    ['Keys', '?'],
  ] as const)
    test(`${name} has no accessibility problem, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await new WorkbenchPage(page).open();
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog', { name })).toBeVisible();
      expect(await accessibilityProblems(page)).toEqual([]);
    });
