import { appUrl } from './support/addresses';
import { ask, hostileRequests, tookTooLong } from './support/hostile-requests';
import { accessibilityProblems, expect, test } from './support/test';

test('each hostile request is answered, with the status that it deserves', async () => {
  test.setTimeout(400_000);
  const wrong: unknown[] = [];
  for (const each of hostileRequests) {
    const status = await ask(appUrl, each);
    if (status !== each.status && status !== tookTooLong) wrong.push({ what: each.what, status, wanted: each.status });
  }
  expect(wrong).toEqual([]);
  expect(hostileRequests.length).toBeGreaterThanOrEqual(83);
});

test('a page of 8 MB says at once what came of it, without its texts, and where they cannot be fetched that they were not', async ({
  page,
  browser,
}) => {
  const texts = ['the cat', 'the dog'].flatMap((text) => Array(16).fill(`${text} ${'x'.repeat(254_000)} the end`));
  const data = { text: JSON.stringify(texts), fileName: 'large.json' };
  const brought = await page.request.post('/api/experiments/import', { data });
  const { id } = (await brought.json()) as { id: string };
  const verdict = '16 of 32 runs identical, 2 variants.';
  const html = await (await page.request.get(`/e/${id}`)).text();
  expect(html).toContain(verdict);
  expect(html.length).toBeLessThan(200_000);
  for (const path of ['', '/events', '/export?format=json', '/export?format=csv', '/own'])
    expect((await page.request.get(`/api/experiments/${id}${path}`)).status()).toBe(200);
  expect(await (await page.request.get('/api/experiments')).text()).toContain(verdict);

  const withoutScripts = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const plain = await withoutScripts.newPage();
  await plain.goto(`/e/${id}`);
  await expect(plain.getByRole('heading', { level: 1 })).toContainText(verdict);
  await expect(plain.getByText('Of long texts the beginning is shown.')).toBeVisible();
  await withoutScripts.close();

  await page.route(`**/api/experiments/${id}`, (route) => route.abort());
  await page.goto(`/e/${id}`);
  await expect(page.getByRole('alert').filter({ hasText: 'could not be fetched' })).toBeVisible();
});

test('whoever has too much worked on is told so by a page too, and when to ask again', async ({ page }) => {
  const texts = Array.from({ length: 32 }, (_, run) => `${run} ${'x'.repeat(254_000)}`);
  const data = { text: JSON.stringify(texts), fileName: 'large.json' };
  const { id } = (await (await page.request.post('/api/experiments/import', { data })).json()) as { id: string };
  const [cookie] = await page.context().cookies();
  const headers = { cookie: `${cookie?.name}=${cookie?.value}` };
  const over = new AbortController();
  const work = Array.from({ length: 50 }, async () => {
    while (!over.signal.aborted)
      await fetch(`${appUrl}/api/experiments/${id}/export`, { headers, signal: over.signal })
        .then((response) => response.arrayBuffer())
        .catch(() => undefined);
  });
  // Whether its scripts are at work does not matter.
  const statusOf = async () => (await page.goto(`/e/${id}`, { waitUntil: 'load' }))?.status();
  await expect.poll(statusOf).toBe(503);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page cannot be shown at the moment.');
  await expect(page.getByText('many other requests')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  over.abort();
  await Promise.all(work);
  await expect.poll(statusOf).toBe(200);
});
