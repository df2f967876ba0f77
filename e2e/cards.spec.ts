import { accessibilityProblems, bring, expect, test, WorkbenchPage } from './support/test';

const poem = (word: string) => `The moon is a boat\nthat ${word} above the mountains\nand carries the night.`;
/** Runs 3 and 10 have one text, run 7 another, the nine others a third. */
const twelve = Array.from({ length: 12 }, (_, index) =>
  poem(['floats', 'sails', 'floats'][[2, 6, 9].indexOf(index)] ?? 'drifts'),
);

test('columns of equal texts are one card where they do not fit, and a press unfolds and folds them', async ({
  page,
}) => {
  const workbench = await bring(page, twelve);
  const card = page.getByRole('region', { name: 'Runs 1, 2, 4, 5, 6, 8, 9, 11, 12', exact: true });
  await expect(card).toContainText('= Same text in 9 runs');
  await expect(page.getByRole('region', { name: 'Runs 3, 10', exact: true })).toContainText('floats');
  await expect(workbench.column(7)).toContainText('sails');
  await expect(workbench.column(2)).toBeHidden();
  const { scrolls } = await page
    .getByRole('region', { name: 'Runs side by side' })
    .evaluate((row) => ({ scrolls: row.scrollWidth > row.clientWidth }));
  expect(scrolls).toBe(false);
  expect(await accessibilityProblems(page)).toEqual([]);
  const unfold = page.getByRole('button', { name: 'Unfold runs 3, 10' });
  await unfold.focus();
  await page.keyboard.press('Enter');
  await expect(workbench.column(10)).toBeVisible();
  const fold = page.getByRole('button', { name: 'Fold runs 3, 10' });
  await expect(fold).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(unfold).toBeFocused();
  await expect(workbench.column(10)).toBeHidden();
});

test('columns that fit stay apart, and so do all if all of the texts are wanted', async ({ page }) => {
  const workbench = await bring(page, [poem('drifts'), poem('drifts'), poem('sails')]);
  await expect(workbench.column(2)).toContainText('= Same text as run 1');
  await page.setViewportSize({ width: 700, height: 900 });
  await expect(page.getByRole('region', { name: 'Runs 1, 2', exact: true })).toBeVisible();
  await expect(workbench.column(2)).toBeHidden();
  await workbench.show('all');
  await expect(workbench.column(2)).toBeVisible();
});

test('a card says what its runs share and in what they differ', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await new WorkbenchPage(page).open();
  const card = page.getByRole('region', { name: 'Runs 1, 3, 4', exact: true });
  await expect(card).toContainText(/seed\s*69/);
  await expect(card).toContainText(/finish\s*stop/);
  await expect(card).toContainText(/They differ in\s*fingerprint\s*F1 \(runs 1, 4\); F3 \(run 3\)/);
});

test('the letter of a run leads to its own column, folded or not', async ({ page }) => {
  const workbench = await bring(page, twelve);
  await expect(workbench.column(12)).toBeHidden();
  await page
    .getByRole('list', { name: 'Texts by run' })
    .getByRole('link', { name: /^Run 12:/ })
    .click();
  await expect(workbench.column(12)).toBeInViewport();
});

test('the lens shows a token of a folded run in the card, and any run can be chosen', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await new WorkbenchPage(page).open();
  await page.getByRole('button', { name: 'Lens on run 1' }).click();
  const lens = page.getByRole('region', { name: 'Token lens' });
  await lens.getByLabel('of run', { exact: true }).selectOption('run 3');
  await expect(lens.getByRole('heading', { name: /of run 3$/ })).toBeVisible();
  const card = page.getByRole('region', { name: 'Runs 1, 3, 4', exact: true });
  const painted = await card.evaluate((column) =>
    [...CSS.highlights].some(([, highlight]) =>
      [...highlight].some((range) => range instanceof Range && column.contains(range.startContainer)),
    ),
  );
  expect(painted).toBe(true);
});

test('the columns that were there stay when the lens opens beside them', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const place = async () => {
    const box = await workbench.column(1).boundingBox();
    return box && { x: box.x, y: box.y };
  };
  const before = await place();
  await page.getByRole('button', { name: 'Lens on run 1' }).click();
  await expect(page.getByRole('region', { name: 'Token lens' }).getByRole('figure').first()).toBeVisible();
  for (const run of [1, 2, 3, 4, 5]) await expect(workbench.column(run)).toBeVisible();
  expect(await place()).toEqual(before);
});

test('live runs stay column by column, and so do those that were stopped', async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 900 });
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.chooseModel('stub-endless');
  await workbench.fill({ Prompt: 'Say the same for ever.' });
  await workbench.run();
  await expect(workbench.column(1)).toContainText(/Streaming, \d+ word/);
  await expect(workbench.column(2)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(workbench.column(2)).toContainText(/Stopped at/);
});

test('columns fold when the last run has ended', async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 900 });
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.chooseModel('seedling-1');
  await workbench.run();
  await expect(workbench.verdict('5 of 5 runs identical.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Runs 1, 2, 3, 4, 5', exact: true })).toBeVisible();
});

test('columns do not fold under the hands of whoever reads in them', async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 900 });
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const card = page.getByRole('region', { name: 'Runs 1, 3, 4', exact: true });
  await expect(card).toBeVisible();
  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByRole('button', { name: 'Step by step' }).click();
  await page.keyboard.press('Escape');
  await expect(workbench.column(3)).toBeAttached();
  await expect(card).toHaveCount(0);
  await page.getByRole('region', { name: 'Runs side by side' }).evaluate((row) => row.scrollTo({ left: 300 }));
  await page.getByRole('button', { name: 'Show all' }).click();
  const fold = page.getByRole('button', { name: 'Fold runs 1, 3, 4' });
  await expect(fold).toBeAttached();
  await expect(workbench.column(3)).toBeInViewport();
  await fold.click();
  await expect(card).toBeVisible();
});

test('of many runs, too, each text has one column, and any run can be gone to', async ({ page }) => {
  const workbench = await bring(
    page,
    Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? poem('drifts') : poem(`carries ${index}`))),
  );
  await expect(page.getByRole('region', { name: /^Runs 1, 3, 5, .* and 22 more$/ })).toBeVisible();
  await page.getByLabel('Go to run').fill('60');
  await page.keyboard.press('Enter');
  await expect(workbench.column(60)).toBeInViewport();
  await page.getByLabel('Go to run').fill('59');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: /^Runs 1, 3, 5, / })).toBeInViewport();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
  test('cards are there, too', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('region', { name: 'Runs 2, 5', exact: true })).toContainText('Look, a lonely moon');
  });
});
