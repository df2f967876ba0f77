import { accessibilityProblems, expect, test, WorkbenchPage } from './support/test';

test('in a wide window the settings can be pinned open beside the results, and stay so', async ({ page }) => {
  await page.setViewportSize({ width: 1720, height: 900 });
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const temperature = page.getByRole('form', { name: 'Recipe' }).getByLabel('Temperature', { exact: true });
  await expect(temperature).toBeHidden();
  await page.getByRole('button', { name: 'Pin the settings beside the results' }).click();
  await expect(temperature).toBeVisible();
  const text = page.getByRole('region', { name: 'Text of run 1' });
  expect((await text.boundingBox())?.x).toBeGreaterThan(336);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1720);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: /^Temperature/ }).click();
  await expect(temperature).toBeFocused();
  await temperature.fill('1.5');
  await expect(page.getByText('These results are from other settings.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Stop/ }).or(page.getByText(/^Saved, /))).toBeVisible();
  await page.reload();
  await expect(temperature).toBeVisible();
  await page.getByRole('button', { name: 'Pin the settings beside the results' }).click();
  await expect(temperature).toBeHidden();
});

test('below 1680 px nothing is pinned open, whatever is remembered', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('seedbed-rail', 'on'));
  await page.setViewportSize({ width: 1679, height: 900 });
  await new WorkbenchPage(page).open();
  await expect(page.getByRole('button', { name: 'New random seed' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Pin the settings beside the results' })).toBeHidden();
  await expect(page.getByRole('region', { name: 'Set Temperature' })).toHaveCount(0);
  await page.setViewportSize({ width: 1680, height: 900 });
  await expect(page.getByRole('region', { name: 'Set Temperature' })).toBeVisible();
});
