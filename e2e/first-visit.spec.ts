import { accessibilityProblems, expect, scriptsAtWork, test, WorkbenchPage } from './support/test';

test('the first page shows an example that has already run, without a click', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await expect(workbench.verdict('3 of 5 runs identical, 2 variants. First difference at word 13.')).toBeVisible();
  for (const run of [1, 2, 3, 4, 5]) {
    await expect(workbench.column(run)).toContainText(/Done, \d+ words/);
    await expect(workbench.column(run)).toContainText('seed 69');
  }
  await expect(page.getByText('one seed, 5 runs, 2 texts.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^3 fingerprints: F1 ×2, F2 ×2, F3 ×1/ })).toBeVisible();
  expect(await page.locator('mark').count()).toBeGreaterThan(0);
});

test('the example’s advice holds: the exact model gives one text for its seed', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.chooseModel('sapling-1');
  await workbench.run();
  await expect(workbench.verdict('5 of 5 runs identical.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Same program, exact' })).toBeVisible();
});

test('what is written before the page has its scripts stays, and Run then neither sends it away nor loses it', async ({
  page,
}) => {
  const workbench = new WorkbenchPage(page);
  const { promise: late, resolve: come } = Promise.withResolvers<void>();
  await page.route('**/_next/static/chunks/*.js', async (route) => {
    await late;
    await route.continue();
  });
  await page.goto('/', { waitUntil: 'commit' });
  const prompt = page.getByLabel('Prompt', { exact: true });
  await prompt.fill('Tell me about a river.');
  await workbench.run();
  await expect(prompt).toHaveValue('Tell me about a river.');
  const ready = scriptsAtWork(page);
  come();
  await ready;
  await expect(prompt).toHaveValue('Tell me about a river.');
  await expect(page).toHaveURL(/\/#/);
  await workbench.run();
  await expect(page).toHaveURL(/\/e\//);
  await expect(workbench.column(1)).toContainText('Done');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the example can be read', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByText(/First difference at word/).first()).toBeVisible();
    await expect(page.getByRole('region', { name: 'Run 5', exact: true })).toContainText('Look, a lonely moon');
  });
});

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [320, 375, 1440, 3840])
    test(`the first page has no accessibility problem and no sideways scroll, ${colorScheme}, ${width} px`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await new WorkbenchPage(page).open();
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
        0,
      );
    });

test('the page remembers the theme that was chosen', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await new WorkbenchPage(page).open();
  await page.getByLabel('Theme').selectOption('Dark');
  await page.reload();
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(14, 17, 22)');
});

test('an unknown address has a page that says so', async ({ page }) => {
  const response = await page.goto('/no-such-page');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'There is nothing at this address.' })).toBeVisible();
});

for (const path of ['/no-such-page', '/e/no-such-experiment'])
  test(`${path} has the site's header once`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: 'There is nothing at this address.' })).toBeVisible();
    await expect(page.getByRole('banner')).toHaveCount(1);
  });

test('a browser that remembers nothing shows every page, and runs', async ({ page }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('The storage is refused.', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { get: refuse });
    Object.defineProperty(window, 'sessionStorage', { get: refuse });
  });
  for (const path of [
    '/learn',
    '/learn/the-dice',
    '/learn/glossary',
    '/explore',
    '/explore/seed-sweep',
    '/history',
    '/',
  ]) {
    await page.goto(path);
    await page.getByLabel('Theme').selectOption('Dark');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  }
  const workbench = new WorkbenchPage(page);
  await workbench.fill({ Prompt: 'Name a colour.' });
  await workbench.run();
  await expect(page).toHaveURL(/\/e\//);
});
