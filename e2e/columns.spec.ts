import { accessibilityProblems, bring, expect, test } from './support/test';

const words = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `w${from + index}`).join(' ');
const long = words(1, 150);
const outputs = [long, long.replace('w60 ', 'sixty '), long.replace('w120 ', 'a hundred and twenty '), long];

test('long stretches that are equal are folded, and open where they are wanted', async ({ page }) => {
  const workbench = await bring(page, outputs);
  const second = workbench.column(2);
  await expect(second.getByRole('button', { name: '… 51 identical words …' })).toBeVisible();
  await expect(second.getByText('w30 w31')).toBeHidden();
  await second.getByRole('button', { name: '… 51 identical words …' }).click();
  await expect(second.getByText('w30 w31')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await workbench.show('all');
  await expect(workbench.column(1).getByText('w30 w31')).toBeVisible();
  await workbench.show('differences');
  await expect(workbench.column(4)).toBeHidden();
  await page.getByRole('button', { name: 'Unfold runs 1, 4' }).click();
  await expect(workbench.column(4)).toContainText('w60');
});

test('the strip and F7 go from place to place in all columns at once', async ({ page }) => {
  const workbench = await bring(page, outputs);
  const slider = page.getByRole('slider', { name: 'Differences' });
  await expect(slider).toHaveAttribute('aria-valuetext', '2 differences, 2 places to go to');
  await page.keyboard.press('F7');
  await expect(slider).toHaveAttribute('aria-valuetext', 'Place 1 of 2, word 60');
  await expect(workbench.column(2).locator('[data-current]')).toHaveText('sixty');
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', 'Place 2 of 2, word 120');
  await expect(workbench.column(3).locator('[data-current]')).toHaveText('a hundred and twenty');
  await page.keyboard.press('Shift+F7');
  await expect(slider).toHaveAttribute('aria-valuetext', 'Place 1 of 2, word 60');
});

test('“Show” in Differences goes to that very place', async ({ page }) => {
  const workbench = await bring(page, outputs);
  await page.getByText('Differences', { exact: true }).click();
  await page.getByRole('button', { name: /^Show word 120/ }).click();
  await expect(workbench.column(3).locator('[data-current]')).toHaveText('a hundred and twenty');
});

test('texts are compared with whatever baseline is chosen', async ({ page }) => {
  const workbench = await bring(page, ['the old red boat', 'the old boat', 'a boat']);
  const baseline = page.getByLabel('Compare with');
  await baseline.selectOption('medoid');
  await expect(workbench.column(2)).toContainText('baseline');
  await baseline.selectOption('none');
  await expect(workbench.column(3)).toContainText('1/3');
  await baseline.selectOption('expected');
  await page.getByLabel('Expected text').fill('the old boat');
  await expect(workbench.verdict('1 of 3 runs match the expected text.')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('texts that share little are marked by what they share, until a press takes it back', async ({ page }) => {
  const own = (name: string) => Array.from({ length: 40 }, (_, index) => `${name}${index}`).join(' ');
  const workbench = await bring(page, [`${own('x')} in the old red boat`, `${own('y')} in the old red boat`]);
  await expect(workbench.column(2).locator('mark')).toHaveText('in the old red boat');
  await page.getByRole('button', { name: 'Why these marks?' }).click();
  await expect(page.getByText('These texts have less than half in common')).toBeVisible();
  await page.getByRole('button', { name: 'Mark differences instead' }).click();
  await expect(workbench.column(2).locator('mark').first()).toContainText('y0');
});

test('columns scroll together, place by place', async ({ page }) => {
  const workbench = await bring(page, [words(1, 600), words(1, 600).replace('w20 ', `${words(1, 200)} `)]);
  await workbench.show('all');
  const text = (run: number) => workbench.column(run).getByRole('region', { name: `Text of run ${run}` });
  await expect(text(2)).toContainText('w599');
  await text(1).evaluate((box) => {
    box.scrollTop = 600;
  });
  const top = (run: number) => text(run).evaluate((box) => box.scrollTop);
  await expect.poll(() => top(2)).toBeGreaterThan(660);
});

test('a thousand runs can be reached, and only those in sight are rendered', async ({ page }) => {
  test.slow();
  const workbench = await bring(
    page,
    Array.from({ length: 1000 }, (_, index) => `the same but for ${index}`),
  );
  await expect(workbench.verdict(/^1000 different texts in 1000 runs\. First difference at word 5\./)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Run 1', exact: true })).toBeVisible();
  expect(await page.getByRole('heading', { name: /^Run \d+$/ }).count()).toBeLessThan(20);
  await page.getByLabel('Go to run').fill('730');
  await page.keyboard.press('Enter');
  await expect(workbench.column(730)).toContainText('the same but for');
  expect(await accessibilityProblems(page)).toEqual([]);

  // Who reads a column keeps it, and is where they were when the page has been printed.
  const text = page.getByRole('region', { name: 'Text of run 730' });
  const scroller = page.getByRole('region', { name: 'Runs side by side' });
  await text.focus();
  await scroller.evaluate((row) => row.scrollTo({ left: 3000 }));
  await expect(page.getByRole('region', { name: 'Text of run 12', exact: true })).toBeVisible();
  await expect(text).toBeFocused();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('region', { name: /^Text of run \d+$/ })).toHaveCount(1000);
  await page.emulateMedia({ media: 'screen' });
  await expect(page.getByRole('region', { name: 'Text of run 1', exact: true })).toHaveCount(0);
  expect(await scroller.evaluate((row) => row.scrollLeft)).toBe(3000);
  await expect(text).toBeFocused();
});
