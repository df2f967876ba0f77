import { accessibilityProblems, expect, scriptsAtWork, test } from './support/test';

test('each lesson has a card with what it really gives, and nine are marked as one class', async ({ page }) => {
  await page.goto('/learn');
  const cards = page.getByRole('main').getByRole('listitem');
  await expect(cards).toHaveCount(14);
  await expect(cards.filter({ hasText: 'in the class' })).toHaveCount(9);
  await expect(page.getByText('the 9 lessons marked “in the class” take 42')).toBeVisible();
  await expect(cards.filter({ hasText: 'One word, another world' })).toContainText('The texts part at word 53');
  await expect(cards.filter({ hasText: 'How many runs are enough?' })).toContainText(/60 runs, \d texts/);
});

test('a card leads to its lesson, and says how far that has come', async ({ page }) => {
  await page.goto('/learn');
  const card = page.getByRole('listitem').filter({ hasText: 'Same seed, same text' });
  await expect(card).toContainText('not begun');
  const ready = scriptsAtWork(page);
  await card.click({ position: { x: 60, y: 40 } });
  await ready;
  await page.getByRole('spinbutton').fill('1');
  await page.getByRole('button', { name: 'Keep my guess' }).click();
  await expect(page.getByRole('heading', { name: '2 Run' })).toBeVisible();
  await page.goto('/learn');
  await expect(card).toContainText('step 2 of 7');
});

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [320, 1440])
    test(`cards and an empty history have no accessibility problem, ${colorScheme}, ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      for (const [path, shown] of [
        ['/learn', 'How many runs are enough?'],
        ['/history', 'Begin with a lesson'],
      ] as const) {
        await page.goto(path);
        await expect(page.getByRole('link', { name: shown })).toBeVisible();
        expect(await accessibilityProblems(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
    });
