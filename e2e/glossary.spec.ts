import { accessibilityProblems, expect, test, WorkbenchPage } from './support/test';

const terms = 14;

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [320, 375, 1440])
    test(`the glossary has no accessibility problem and no sideways scroll, ${colorScheme}, ${width} px`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.goto('/learn/glossary');
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
        0,
      );
    });

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('every term has its note and its picture', async ({ page }) => {
    await page.goto('/learn/glossary');
    const entries = page.getByRole('article');
    await expect(entries).toHaveCount(terms);
    for (const entry of await entries.all()) {
      await expect(entry.getByRole('heading')).toBeVisible();
      await expect(entry.getByRole('img', { name: /\w+/ })).toBeVisible();
    }
    await expect(entries.filter({ hasText: 'Floating point' }).getByRole('img')).toHaveAccessibleName(
      new RegExp(`= ${String(0.1 + 0.2 + 0.3).replace('.', '\\.')}\\.`),
    );
  });

  test('a term on the page links to the glossary', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('button', { name: /^3 fingerprints: F1/ }).click();
    await page.getByRole('link', { name: 'What is a fingerprint?' }).click();
    await expect(page).toHaveURL('/learn/glossary#fingerprint');
  });
});

for (const width of [320, 1440])
  test(`a term opens in place by keyboard and closes with Escape, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    for (const [field, name] of [
      ['Seed', 'seed'],
      ['Temperature', 'temperature'],
      ['Top-p', 'top-p'],
    ] as const) {
      await workbench.reach(field);
      const term = page.getByRole('button', { name, exact: true });
      const note = page.getByRole('dialog', { name: `Glossary: ${name}` });
      await term.focus();
      await page.keyboard.press('Enter');
      await expect(note.getByRole('img')).toBeVisible();
      expect(await accessibilityProblems(page)).toEqual([]);
      const box = await note.boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);
      await page.keyboard.press('Tab');
      await expect(note.getByRole('link').first()).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(note).toBeHidden();
      await expect(term).toBeFocused();
      await page.keyboard.press('Escape');
    }
  });

test('a term opens inside another note, which stays open', async ({ page }) => {
  await new WorkbenchPage(page).open();
  await page.getByRole('button', { name: /^3 fingerprints/ }).click();
  await page.getByRole('button', { name: 'What is a fingerprint?' }).click();
  const note = page.getByRole('dialog', { name: 'Glossary: fingerprint' });
  await expect(note.getByRole('img')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(note).toBeHidden();
  await expect(page.getByRole('dialog', { name: 'Several fingerprints' })).toBeVisible();
});

test('a note that cannot be loaded says so, and the page goes on', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.reach('Seed');
  await page.route('**/*.js', (route) => route.abort());
  await page.getByRole('button', { name: 'seed', exact: true }).click();
  const note = page.getByRole('dialog', { name: 'Glossary: seed' });
  await expect(note.getByText('The note could not be loaded.')).toBeVisible();
  await expect(note.getByRole('link', { name: 'In the glossary' })).toBeVisible();
});
