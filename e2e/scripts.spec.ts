import type { Page } from '@playwright/test';
import { expect, test, WorkbenchPage } from './support/test';

/*
 * Which scripts pages may run: files of the site, and what Next wrote into that page. The page of `test` fails if the
 * browser reports that it refused one.
 */

/** Opens a page and tells what its policy has of scripts, once its own have taken over. */
async function scriptsAllowedAt(page: Page, path: string): Promise<string> {
  const response = await page.goto(path);
  const [scripts = ''] = /script-src [^;]*/.exec(response?.headers()['content-security-policy'] ?? '') ?? [];
  await page.waitForFunction(() => Object.keys(document.body).some((key) => key.startsWith('__react')));
  return scripts;
}

/** A script as somebody would bring it in who found a way to write into the page; whether it ran. */
const runsInjected = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
    return 'injected' in window;
  });

const onlyHashes = /^script-src 'self'( 'sha256-[\w+/]{43}=')+$/;

for (const path of [
  '/',
  '/learn',
  '/learn/the-dice',
  '/learn/the-dice/sheet',
  '/learn/glossary',
  '/learn/teachers',
  '/explore',
  '/explore/seed-sweep',
  '/explore/batch-rounding',
  '/history',
  '/nothing-here',
  '/learn/nothing-here',
  `/e/${'A'.repeat(22)}`,
  `/e/${'A'.repeat(22)}/embed`,
])
  test(`${path} runs its own scripts, and no others that stand in the page`, async ({ page }) => {
    expect(await scriptsAllowedAt(page, path)).toMatch(onlyHashes);
  });

test('so do a permalink, private and shared, and the page to embed', async ({ page, browser }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.openFiveSeedsRun();
  const permalink = new URL(page.url()).pathname;
  expect(await scriptsAllowedAt(page, permalink)).toMatch(onlyHashes);
  await expect(workbench.verdict('3 of 5 runs identical, 2 variants. First difference at word 4.')).toBeVisible();
  expect((await page.request.post(`/api${permalink.replace('/e/', '/experiments/')}/share`)).ok()).toBe(true);
  const reader = await browser.newPage();
  for (const path of [permalink, `${permalink}/embed`])
    for (const whose of [page, reader]) expect(await scriptsAllowedAt(whose, path), path).toMatch(onlyHashes);
  await reader.close();
});

test('a script that comes into a page later does not run', async ({ browser }) => {
  const page = await browser.newPage(); // its console says that the script was refused
  await scriptsAllowedAt(page, '/');
  const [refused] = await Promise.all([
    page.waitForEvent('console', (message) => message.type() === 'error'),
    runsInjected(page),
  ]);
  expect(refused.text()).toContain('script-src');
  expect(await page.evaluate(() => 'injected' in window)).toBe(false);
  await page.close();
});
