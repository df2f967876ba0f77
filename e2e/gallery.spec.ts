import { exhibitSlugs, gallery } from '../lib/gallery/exhibits';
import { accessibilityProblems, expect, test, WorkbenchPage } from './support/test';

const exhibits = gallery.flatMap((part) => part.exhibits);

test('the gallery shows a dozen experiments and one of a real GPU', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Site' }).getByRole('link', { name: 'Explore' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Explore' })).toBeVisible();
  for (const { title, says } of exhibits) {
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
    await expect(card).toContainText(says.join(' '));
  }
  await expect(page.getByRole('link', { name: /^Look at it: / })).toHaveCount(exhibitSlugs.length + 1);
  await expect(page.getByRole('img', { name: '7 of 12 runs identical, 2 variants.' }).first()).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`the gallery has no accessibility problem and no sideways scroll in the ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    for (const path of ['/explore', '/explore/batch-rounding', '/explore/extracted-answer'])
      for (const width of [1440, 320]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        expect(await accessibilityProblems(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      }
  });

test('the gallery can be read without scripts', async ({ browser }) => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto('/explore');
  await page.getByRole('link', { name: 'Look at it: A busy server' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'A busy server' })).toBeVisible();
  await expect(page.getByText('7 of 12 runs identical, 2 variants.').first()).toBeVisible();
  await page.close();
});

test('an exhibit opens by keyboard in the full tool, and runs there', async ({ page }) => {
  await page.goto('/explore');
  await page.getByRole('link', { name: 'Look at it: One answer, six wordings' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'One answer, six wordings' })).toBeVisible();
  const workbench = new WorkbenchPage(page);
  const same = /^20 of 20 runs/;
  await expect(workbench.verdict(same)).toBeVisible();
  await workbench.choose('Pace', 'instant');
  await page.getByRole('button', { name: /^Run 20/ }).press('Enter');
  await page.waitForURL(/\/e\//);
  await expect(workbench.verdict(same)).toBeVisible();
  await expect(page.getByText('These runs were made')).toBeHidden();
});

test('an exhibit keeps its own address until something else is asked for', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open('/explore/seed-sweep');
  await expect(page).toHaveURL(/\/explore\/seed-sweep\?view=tree$/);
  await expect(page.getByRole('treeitem').first()).toBeVisible();
  await workbench.fill({ Prompt: 'Write a haiku about spring.' });
  await expect(page).toHaveURL(/\/\?view=tree#r=1\./);
});

test('“Run it yourself” opens the recipe as a draft', async ({ page }) => {
  await page.goto('/explore');
  await page.getByRole('link', { name: 'Run it yourself: Too few runs to tell' }).click();
  await expect(page.getByLabel('Prompt')).toHaveValue('Write a haiku about autumn leaves.');
  await new WorkbenchPage(page).run();
  await expect(new WorkbenchPage(page).verdict('4 of 5 runs identical, 2 variants.')).toBeVisible({ timeout: 30_000 });
});

test('the measurements of a real GPU can be read as a table, and lead to the lesson and back', async ({ page }) => {
  await page.goto('/explore/batch-rounding');
  await page.getByText('As a table').press('Enter');
  const row = page.getByRole('row').filter({ hasText: 'bfloat16' }).filter({ hasText: '4,096 × 4,096' });
  await expect(row).toContainText('1–24: B · 25: A · 26–47: A or B · 48: B · 49–256: A');
  await page.getByRole('link', { name: /^Lesson 9/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'When the server moves' })).toBeVisible();
  await expect(page.locator(`a[href="/explore/batch-rounding"]`)).toHaveText('See it on a real GPU');
});
