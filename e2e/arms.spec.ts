import { accessibilityProblems, expect, test, WorkbenchPage } from './support/test';

test('two settings run side by side, and the second is read beside the first', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await new WorkbenchPage(page).choose('Pace', 'instant');
  await new WorkbenchPage(page).choose('Vary between runs', 'two');
  await page.getByRole('button', { name: /^Run / }).click();
  await expect(page.getByText('Change at least one setting here')).toBeVisible();
  const second = page.getByRole('group', { name: /second/i });
  await second.getByLabel('Temperature').fill('900');
  await page.getByRole('button', { name: /^Run / }).click();
  await expect(second.getByLabel('Temperature')).toBeFocused();
  await expect(second).toContainText('Temperature must be a number from 0 to 100.');
  await second.getByLabel('Temperature').fill('1.2');
  await new WorkbenchPage(page).fill({ 'Runs each': '2' });
  await page.getByRole('button', { name: /^Run 4/ }).click();
  await expect(workbench.column(1)).toContainText('T 0.7');
  await expect(workbench.column(4)).toContainText('T 1.2');
  await expect(page.getByRole('table', { name: 'Texts by setting' }).getByRole('rowheader')).toHaveText([
    'T 0.7',
    'T 1.2',
  ]);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.reload();
  await workbench.reach('Vary between runs');
  await expect(second.getByLabel('Temperature')).toHaveValue('1.2');
});

test('one click sends a recipe both ways, in parallel and one by one, and compares the second with the first', async ({
  page,
}) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.chooseModel('seedling-1');
  await new WorkbenchPage(page).choose('Pace', 'instant');
  await page.getByRole('button', { name: 'Experiments' }).click();
  await page.getByRole('button', { name: /^Sequential against parallel/ }).click();
  await page.getByRole('button', { name: /^Run 10/ }).click();
  const sentence = 'One after the other against all at once: 5 of 5 match the stored text.';
  await expect(page.getByRole('heading', { name: sentence })).toBeVisible();
});
