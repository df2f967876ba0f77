import { gzipSync } from 'node:zlib';
import { lessons } from '../lib/lessons/lessons';
import { appUrl } from './support/addresses';
import { expect, test, WorkbenchPage } from './support/test';

/** The JavaScript that a page may load before it can be used, in bytes as they are sent. A bare page of Next has 134,000. */
const budget = 190_000;

/** What a page names of Next's files, in script tags or to be loaded with them, but for what only old browsers run. */
function scriptsIn(html: string): string[] {
  const tags = [...html.matchAll(/<(?:script|link)\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !/nomodule/i.test(tag));
  return [...new Set(tags.flatMap((tag) => /(?:src|href)="(\/_next\/static\/[^"?]+\.js)/.exec(tag)?.[1] ?? []))];
}

async function weightOf(path: string, headers: Record<string, string> = {}): Promise<number> {
  const html = await (await fetch(appUrl + path, { headers })).text();
  const scripts = scriptsIn(html);
  expect(scripts.length).toBeGreaterThan(3);
  const files = await Promise.all(scripts.map(async (file) => (await fetch(appUrl + file)).arrayBuffer()));
  return files.reduce((sum, file) => sum + gzipSync(new Uint8Array(file)).length, 0);
}

test('the example and every lesson load at most 190 kB of JavaScript', async () => {
  for (const path of ['/', ...lessons.map(({ slug }) => `/learn/${slug}`)])
    expect(await weightOf(path), path).toBeLessThanOrEqual(budget);
});

test('so does a permalink, of its own experiment and of a repeat', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.openFiveSeedsRun();
  for (const from of ['run', 'repeat']) {
    if (from === 'repeat') {
      const before = new URL(page.url()).pathname;
      await page.getByRole('button', { name: 'Run again and compare' }).click();
      await page.waitForURL((url) => url.pathname !== before);
    }
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    expect(await weightOf(new URL(page.url()).pathname, { cookie }), from).toBeLessThanOrEqual(budget);
  }
});

test('a page asks for its scripts once it is painted, and gets them packed by the build', async ({ page }) => {
  const packed: (string | undefined)[] = [];
  page.on('response', (response) => {
    if (/\/_next\/static\/chunks\/.+\.js$/.test(response.url())) packed.push(response.headers()['content-encoding']);
  });
  const html = await (await fetch(`${appUrl}/`)).text();
  expect(html.slice(0, html.indexOf('</head>'))).not.toMatch(/<script [^>]*async=""/);
  await page.goto('/');
  await expect.poll(() => packed.length).toBeGreaterThan(8);
  expect(new Set(packed)).toEqual(new Set(['br']));
  const [read, ...asked] = await page.evaluate(() => [
    performance.timing.domContentLoadedEventStart - performance.timeOrigin,
    ...[...document.querySelectorAll<HTMLElement>('script[data-src]')].map(
      ({ dataset }) => performance.getEntriesByName(new URL(dataset.src ?? '', location.href).href)[0]?.startTime ?? 0,
    ),
  ]);
  expect(asked.length).toBeGreaterThan(5);
  expect(Math.min(...asked)).toBeGreaterThan(read ?? Number.POSITIVE_INFINITY);
});

test('browsers are told to compile aside what a page begins with, but not what may come later', async ({ page }) => {
  const mark = '//# allFunctionsCalledOnLoad\n';
  const codeOf = async (file: string) => (await fetch(appUrl + file)).text();
  for (const path of ['/', '/learn', '/learn/the-dice', '/explore', '/history'])
    for (const file of scriptsIn(await codeOf(path))) {
      const code = await codeOf(file);
      expect(code.startsWith(mark), file).toBe(code.length > 24 * 1024);
    }
  const unmarked = page.waitForRequest(async (request) => {
    const { pathname } = new URL(request.url());
    return /^\/_next\/static\/.+\.js$/.test(pathname) && !(await codeOf(pathname)).startsWith(mark);
  });
  await page.goto('/');
  await unmarked;
});
