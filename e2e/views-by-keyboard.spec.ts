import type { Locator, Page } from '@playwright/test';
import { accessibilityProblems, bring, expect, test } from './support/test';

const outputs = [
  'The old red boat lay in the harbour, and nobody went out to sea.',
  'The old red boat lay in the harbour, and everybody went out to sea!',
  'The old blue boat lay in the bay, and nobody went out to sea.',
  'The old red boat lay in the harbour, and nobody went out to sea.',
  'Nobody\u00a0went  out: \u65e9\u4e0a\u597d, \u0635\u0628\u0627\u062d \u0627\u0644\u062e\u064a\u0631.',
];

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluateAll((elements) => elements.some((element) => element === document.activeElement));

/** Presses Tab until the element has the focus, as a person without a mouse would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 120 && !(await hasFocus(target)); presses++) await page.keyboard.press('Tab');
  await expect(target).toBeFocused();
}

/** From the radio button of the view that is shown to that of another. */
async function chooseView(page: Page, view: string): Promise<void> {
  await tabTo(page, page.getByRole('group', { name: 'View' }).getByRole('radio', { checked: true }));
  const radio = page.getByRole('radio', { name: view });
  for (let presses = 0; presses < 5 && !(await radio.isChecked()); presses++) await page.keyboard.press('ArrowRight');
  await expect(radio).toBeChecked();
}

test('the table of alignment can be used by keyboard alone', async ({ page }) => {
  await bring(page, outputs);
  await chooseView(page, 'Differences');
  await tabTo(page, page.getByRole('radio', { name: 'List' }));
  await page.keyboard.press('ArrowRight');
  const table = page.getByRole('region', { name: 'Table of alignment' });
  await tabTo(page, table);
  await expect(table.getByRole('rowheader')).toHaveCount(4);
  await expect(table.getByRole('cell', { name: 'everybody' })).toBeVisible();
});

test('the tree is one stop of the Tab key, and arrows go along its branches', async ({ page }) => {
  await bring(page, ['the cat sat', 'the cat sat', 'the cat ran home', 'a dog']);
  await chooseView(page, 'Tree');
  const tree = page.getByRole('tree');
  await tabTo(page, tree.getByRole('treeitem').first());
  const press = async (key: string, name: RegExp) => {
    await page.keyboard.press(key);
    await expect(tree.getByRole('treeitem', { name })).toBeFocused();
  };
  await press('ArrowRight', /^3× the cat · 3 of 4 runs · words 1–2, then they part$/);
  await press('ArrowRight', /^variant A 2× sat /);
  await press('ArrowDown', /^variant B 1× ran home /);
  await expect(page.getByRole('region', { name: 'Branch', exact: true })).toContainText('ran home');
  await press('ArrowLeft', /^3× the cat /);
  await press('End', /^variant C 1× a dog /);
  await press('Home', /^4× nothing shared /);
  await page.keyboard.press('Tab');
  await expect(tree.locator(':focus')).toHaveCount(0);
});

test('the rejoined tree, and the path of a run in it, can be reached by keyboard alone', async ({ page }) => {
  await bring(page, outputs.slice(0, 4));
  await chooseView(page, 'Tree');
  await tabTo(page, page.getByRole('checkbox', { name: 'Rejoin when the words match again' }));
  await page.keyboard.press('Space');
  const text = page.getByRole('region', { name: 'Texts rejoined' });
  await expect(text).toBeVisible();
  const third = page.getByRole('button', { name: 'Trace run 3' });
  await tabTo(page, third);
  await expect(text.locator('[data-traced]').filter({ hasText: 'blue' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(third).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Tab');
  await expect(text.locator('[data-traced]').filter({ hasText: 'blue' })).toBeVisible();
});

test('a pair of the matrix can be opened by keyboard alone', async ({ page }) => {
  await bring(page, outputs);
  await chooseView(page, 'Matrix');
  const cells = page.getByRole('region', { name: 'Similarity of texts' }).getByRole('table').getByRole('button');
  await tabTo(page, cells.first());
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  const cell = cells.nth(2);
  await expect(cell).toBeFocused();
  const name = (await cell.getAttribute('aria-label')) ?? '';
  await page.keyboard.press('Enter');
  const pair = page.getByRole('region', { name });
  await expect(pair).toBeVisible();
  await tabTo(page, pair.getByRole('button', { name: 'Close' }));
  await page.keyboard.press('Escape');
  await expect(pair).toBeHidden();
  await expect(cell).toBeFocused();
});

test('the rest of a long list can be shown by keyboard alone', async ({ page }) => {
  await bring(
    page,
    Array.from({ length: 20 }, (_, index) => `All begin so, then comes number${index}`),
  );
  await chooseView(page, 'Tree');
  await tabTo(page, page.getByRole('button', { name: '+8 more of 20 branches' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('number19')).toBeVisible();
  await expect(page.getByRole('treeitem', { name: /number12/ })).toBeFocused();
});

test('a button that switches itself off keeps the focus', async ({ page }) => {
  await bring(page, outputs);
  const play = page.getByRole('button', { name: 'Step by step' });
  await tabTo(page, page.getByRole('button', { name: 'Options' }));
  await page.keyboard.press('Enter');
  await tabTo(page, play);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Step by step' })).toBeVisible();
  await expect(play).toBeDisabled();
  await expect(play).toBeFocused();
});

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [320, 1440])
    test(`every view has no accessibility problem at ${width} px, ${colorScheme}`, async ({ page }) => {
      test.slow();
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await bring(page, outputs);
      const sound = async (state: string) => {
        expect(await accessibilityProblems(page), state).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), state).toBeLessThanOrEqual(width);
      };
      const choose = (view: string) =>
        page.getByRole('group', { name: 'View' }).getByText(view, { exact: true }).click();
      await sound('columns');
      await page.keyboard.press('F7');
      await expect(page.locator('[data-current]').first()).toBeAttached();
      await sound('columns, a difference chosen');
      await choose('Variants');
      await expect(page.getByLabel('Variants, the most common first')).toBeVisible();
      await sound('variants');
      await choose('Differences');
      await expect(page.getByLabel('Table of differences')).toBeVisible();
      await sound('differences');
      await page.getByText('Table', { exact: true }).click();
      await expect(page.getByLabel('Table of alignment')).toBeVisible();
      await sound('table of alignment');
      await choose('Tree');
      await expect(page.getByLabel('Tree of texts')).toBeVisible();
      await sound('tree');
      await page.getByLabel('Rejoin when the words match again').click();
      await expect(page.getByLabel('Texts rejoined')).toBeVisible();
      await sound('rejoined tree');
      await choose('Matrix');
      await page
        .getByRole('button', { name: /of words shared$/ })
        .and(page.locator(':visible'))
        .first()
        .click();
      await expect(page.getByRole('region', { name: /of words shared$/ })).toBeVisible();
      await page.getByText('Figures', { exact: true }).click();
      await sound('matrix, a pair and the figures open');
    });
