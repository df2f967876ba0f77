import { accessibilityProblems, bring, expect, test, WorkbenchPage } from './support/test';

test.beforeEach(async ({ page }) => {
  await new WorkbenchPage(page).open();
});

for (const [view, seen] of [
  ['Variants', 'Variants, the most common first'],
  ['Differences', 'Table of differences'],
  ['Tree', 'Tree of texts'],
  ['Matrix', 'Similarity of texts'],
] as const)
  test(`the view ${view} is chosen by keyboard, kept in the address, and has no accessibility problem`, async ({
    page,
  }) => {
    await page.getByRole('radio', { name: 'Columns' }).focus();
    for (let step = 0; step < 4 && !(await page.getByRole('radio', { name: view }).isChecked()); step++)
      await page.keyboard.press('ArrowRight');
    const model = page.getByLabel(seen);
    await expect(model).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/\\?view=${view.toLowerCase()}$`));
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.reload();
    await expect(model).toBeVisible();
  });

test('the example’s differences name the place, the variants and the runs', async ({ page }) => {
  await page.getByText('Differences', { exact: true }).click();
  const table = page.getByRole('table').filter({ hasText: 'do not all agree' });
  await expect(table.getByRole('rowheader').first()).toHaveText('word 13');
  await expect(table).toContainText('runs 1, 3, 4');
  await expect(table).toContainText('runs 2, 5');
  await table.getByRole('button', { name: /Show/ }).first().click();
  await expect(new WorkbenchPage(page).column(1)).toBeVisible();
});

const boat = (colour: string, end: string) =>
  `The old keeper of the lighthouse told the children a story about a ${colour} boat that came in every night, and then ${end}.`;
const unlike =
  'Nobody knows why cats sleep all day long. Some say that it is the milk, others that nights are for thinking of fish.';

test('a text unlike the others stands apart, whole, and the others keep their places', async ({ page }) => {
  const stories = [boat('red', 'he slept'), boat('red', 'he slept'), boat('blue', 'he slept'), boat('red', 'she sang')];
  await bring(page, [...stories, unlike]);
  await page.getByText('Differences', { exact: true }).click();
  const table = page.getByRole('table').filter({ hasText: '2 places where 4 runs do not all agree' });
  await expect(table.getByRole('rowheader')).toHaveText(['word 14', 'word 23']);
  const first = table.getByRole('row').nth(1);
  await expect(first).toContainText('in 3 of 4');
  await expect(first).toContainText('boat that came in every');
  const apart = page.getByRole('region', { name: 'Texts unlike the others' });
  await expect(apart).toContainText('1 text is unlike the others');
  await expect(apart).toContainText(unlike);
  await first.getByRole('button', { name: 'Show word 14 in the columns' }).click();
  await expect(new WorkbenchPage(page).column(1)).toBeVisible();
  await expect(page.locator('[data-current]').first()).toBeAttached();
});

test('a tree of 200 different texts is as wide as the page, and a press unfolds what it folds away', async ({
  page,
}) => {
  const openings = ['Once upon a time there was', 'Once upon a time a fox', 'The old keeper', 'Why did you'];
  await bring(
    page,
    Array.from({ length: 200 }, (_, run) => `${openings[run % 4]} number ${run} ${run % 7} and went home.`),
  );
  await page.getByText('Tree', { exact: true }).click();
  const tree = page.getByRole('region', { name: 'Tree of texts' });
  for (const width of [1440, 768, 375]) {
    await page.setViewportSize({ width, height: 900 });
    await expect
      .poll(() => tree.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
      .toBeLessThanOrEqual(0);
    expect(await tree.evaluate(({ scrollHeight }) => scrollHeight)).toBeLessThan(1150);
  }
  const items = tree.getByRole('treeitem');
  const before = await items.count();
  await tree
    .getByRole('button', { name: /^\+\d+ more of \d+ branches$/ })
    .first()
    .click();
  await expect(tree.locator('[role=treeitem]:focus')).toHaveCount(1);
  expect(await items.count()).toBeGreaterThan(before);
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('the matrix names texts by their first words, and says what its numbers mean', async ({ page }) => {
  await bring(page, [boat('red', 'he slept'), boat('blue', 'he slept'), unlike]);
  await page.getByText('Matrix', { exact: true }).click();
  const matrix = page.getByRole('region', { name: 'Similarity of texts' });
  await expect(
    matrix.getByRole('table').getByRole('rowheader', { name: /Nobody knows why cats sleep all/ }),
  ).toBeVisible();
  await expect(matrix.getByRole('list', { name: 'Legend' })).toContainText('50 % half of their words in common');
});

test('what counts as equal is part of the verdict', async ({ page }) => {
  await page.goto('/history');
  await page.getByLabel('Outputs').fill('The answer is 42.\n---\nthe answer is  42\n---\nI make it 42!');
  await page.getByRole('button', { name: 'Compare these' }).click();
  const results = new WorkbenchPage(page);
  await expect(results.verdict(/^3 different texts in 3 runs\./)).toBeVisible();
  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByLabel('Equal is').selectOption('case-punctuation');
  await expect(results.verdict(/^2 of 3 runs identical, ignoring case and punctuation/)).toBeVisible();
  await page.getByLabel('Equal is').selectOption('answer');
  await expect(results.verdict(/^3 of 3 runs identical in the extracted answer\./)).toBeVisible();
  await page.getByLabel('Regular expression of the answer').fill('(');
  await expect(page.getByRole('alert').filter({ hasText: /\w/ }).first()).toBeVisible();
});

test('a sweep of temperatures has its settings side by side, and figures behind it', async ({ page }) => {
  await new WorkbenchPage(page).chooseModel('seedling-1');
  await new WorkbenchPage(page).choose('Pace', 'instant');
  await page.getByRole('button', { name: 'Experiments' }).click();
  await page.getByRole('button', { name: /^Temperature ladder/ }).click();
  await page.getByRole('button', { name: /^Run 15/ }).click();
  const settings = page.getByRole('table', { name: 'Texts by setting' });
  await expect(settings.getByRole('rowheader')).toHaveText(['T 0', 'T 0.4', 'T 0.8', 'T 1.2', 'T 1.6']);
  await expect(settings.getByRole('row').nth(1)).toContainText('1 in 3 runs');
  await page.getByText('Figures', { exact: true }).click();
  await expect(page.getByText('15 of 15 runs', { exact: true })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('the seed test says whether the seed does anything', async ({ page }) => {
  await new WorkbenchPage(page).chooseModel('seedling-1');
  await new WorkbenchPage(page).choose('Pace', 'instant');
  await page.getByLabel('Prompt', { exact: true }).fill('Tell me a story about a dragon.');
  await page.getByRole('button', { name: 'Experiments' }).click();
  await page.getByRole('button', { name: /^Seed test/ }).click();
  await page.getByRole('button', { name: /^Run 10/ }).click();
  await expect(page.getByText(/^The seed has a visible effect here/)).toBeVisible();
  await expect(page.getByText(/Exact permutation test, one-sided, p = 0\.\d+/)).toBeVisible();
});

test('many calls to a provider that may charge have to be confirmed first', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel('stub-same');
  await workbench.fill({ Runs: '30' });
  await workbench.run();
  await expect(page.getByRole('dialog', { name: 'That is a lot. Run it?' })).toBeVisible();
  await page.getByRole('button', { name: 'Do not run' }).click();
  await expect(page.getByText('An example that has already run')).toBeHidden();
  await expect(page).not.toHaveURL(/\/e\//);
});

test('F7 goes from difference to difference, and what cannot be seen is drawn', async ({ page }) => {
  await bring(page, [
    'One two\u00a0three. The cat sat on the old mat and slept.',
    'One two three. The cat sat on the old mat and woke.',
  ]);
  await expect(
    page.getByText('no-break space (U+00A0)').or(page.locator('mark').getByText('⍽')).first(),
  ).toBeAttached();
  await page.keyboard.press('F7');
  await expect(page.locator('[data-current]')).toHaveCount(1);
  const first = await page.locator('[data-current]').textContent();
  await page.keyboard.press('F7');
  expect(await page.locator('[data-current]').textContent()).not.toBe(first);
  await page.keyboard.press('Shift+F7');
  expect(await page.locator('[data-current]').textContent()).toBe(first);
});
