import type { Locator, Page } from '@playwright/test';
import { recipeToFragment } from '../lib/recipe/link';
import { accessibilityProblems, expect, test, WorkbenchPage } from './support/test';

/** Runs a prompt with a model of Sapling's, at temperature 0. */
async function run(page: Page, model: string, prompt: string, repeats = 1): Promise<WorkbenchPage> {
  const workbench = new WorkbenchPage(page);
  const messages = [{ role: 'user' as const, content: prompt }];
  const request = { model, messages, temperature: 0, max_completion_tokens: 60, seed: 42 };
  await workbench.open(`/#${await recipeToFragment({ v: 1, provider: 'seedling', request, repeats })}`);
  await workbench.choose('Pace', 'instant');
  await workbench.run();
  return workbench;
}

const lensOf = (page: Page): Locator => page.getByRole('region', { name: 'Token lens' });

for (const [width, colorScheme] of [
  [1440, 'light'],
  [375, 'dark'],
] as const)
  test(`the lens computes Sapling again and shows what it looked at, and how its guess grew, ${width} px, ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    const workbench = await run(page, 'sapling-1', 'Is a whale a fish?');
    await expect(workbench.column(1)).toContainText('No. A whale is a mammal.');
    await page.setViewportSize({ width, height: 900 });
    await page.getByRole('button', { name: 'Lens on run 1' }).click();
    const lens = lensOf(page);
    await expect(lens).toContainText('Exact: these are the real numbers and the real draw.');
    const inside = lens.getByRole('region', { name: 'Inside the network' });
    await expect(inside).toContainText(/: all heads looked most at “fish”: 16\.\d %/);
    await expect(inside).toContainText(/On average these heads left 4\d\.?\d* % on the first mark/);
    await expect(inside).toContainText('Only after the last layer “No” was the likeliest.');
    await expect(inside).toContainText('Marks, and what else cannot come here, are left out.');
    const layers = inside.getByRole('row');
    await expect(layers.filter({ has: page.getByRole('rowheader', { name: '5' }) })).toContainText('Yes');
    await inside.getByRole('button', { name: 'All heads' }).focus();
    await page.keyboard.press('ArrowDown');
    await expect(inside.getByRole('button', { name: 'The heads of layer 1', pressed: true })).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await expect(inside.getByRole('button', { name: 'Head 1 of layer 2', pressed: true })).toBeFocused();
    await expect(inside).toContainText('head 1 of layer 2 looked most at');
    await inside.getByRole('listbox').focus();
    await page.keyboard.press('Home');
    await expect(inside).toContainText(/The mark “user”: \d/);
    await inside.getByText('As a table').click();
    await expect(inside.getByRole('rowheader', { name: 'the mark “assistant”' })).toBeVisible();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

test('another temperature is tried on Sapling, and another word put in, as with Seedling', async ({ page }) => {
  const workbench = await run(page, 'sapling-1', 'Is a whale a fish?');
  await page.getByRole('button', { name: 'Lens on run 1' }).click();
  const lens = lensOf(page);
  await lens.getByRole('slider', { name: 'Temperature' }).press('End');
  await expect(lens.getByRole('status')).toContainText('With T 2 the same draw would');
  await lens.getByRole('button', { name: 'Go on with “Yes”' }).click();
  await expect(workbench.column(2)).toContainText('what if “Yes”');
  await expect(workbench.column(2)).toContainText(/Done, \d+ word/);
});

test('the scores of two back ends differ from the first token on, though the words part later', async ({ page }) => {
  const workbench = await run(page, 'sapling-1-fleet', 'Tell me a story about a cat.', 30);
  await expect(workbench.verdict(/of 30 runs identical, 2 variants/)).toBeVisible();
  await page.locator('button[data-fork]').first().click();
  const lens = lensOf(page);
  await expect(lens).toContainText(
    /The scores of run \d+ \(\w+\) and run \d+ \(\w+\) differ from token 1 on, by 0\.\d+/,
  );
  await expect(lens).toContainText(/The words part at token \d+\./);
  await expect(lens.getByRole('row', { name: /white.*taken/ })).toHaveCount(1);
  await expect(lens.getByRole('row', { name: /red.*taken/ })).toHaveCount(1);
  await expect(lens.getByRole('link', { name: 'What one real GPU does' })).toHaveAttribute(
    'href',
    '/explore/batch-rounding',
  );
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('runs of a back end that splits its sums by its load are computed again, each under the load that it had', async ({
  page,
}) => {
  await run(page, 'sapling-1-batched', 'Tell me a story about a cat.', 12);
  await page.locator('button[data-fork]').first().click();
  const lens = lensOf(page);
  await expect(lens).toContainText('Exact: these are the real numbers and the real draw.');
  await expect(lens).toContainText(/Sums in \d+ parts: runs? \d/);
  await expect(lens).toContainText(
    /The scores of run \d+ \(batched, \d+ in flight\) and run \d+ \(batched, \d+ in flight\) differ from token \d+ on/,
  );
  await expect(lens).toContainText(/The words part at token \d+\./);
});
