import { appUrl } from './support/addresses';
import { ask, hostileRequests, tookTooLong } from './support/hostile-requests';
import { expect, test } from './support/test';

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
