import type { APIRequestContext } from '@playwright/test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { accessibilityProblems, expect, test } from './support/test';

const recipe = {
  ...{ v: 1, provider: 'seedling', repeats: 3 },
  request: { model: 'seedling-1', seed: 7, messages: [{ role: 'user', content: 'Write a haiku.' }] },
};

/** Runs it, and gives its id. */
async function run(request: APIRequestContext): Promise<string> {
  const stream = await (await request.post('/api/experiments', { data: recipe })).text();
  return /"id":"([^"]+)"/.exec(stream)?.[1] ?? '';
}

test('a programmer reads what can be asked, and goes to the shape of what comes back', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto('/api-reference');
  const read = page.getByRole('article', { name: 'Read an experiment' });
  await expect(read).toContainText('GET /api/experiments/{id}');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  expect(await accessibilityProblems(page)).toEqual([]);
  await read.getByRole('link', { name: 'Experiment' }).click();
  await expect(page.getByRole('region', { name: 'Experiment', exact: true })).toContainText('comparison: Comparison;');
});

test('what the server answers has the shape that its description says', async ({ request }) => {
  const description = await (await request.get('/api/openapi.json')).json();
  const ajv = new Ajv2020({ strict: false, schemas: [{ $id: 'api', ...description }] });
  const problemsIn = (name: string, answer: unknown) => {
    const holds = ajv.getSchema(`api#/components/schemas/${name}`);
    return holds?.(answer) ? [] : (holds?.errors ?? [`no shape ${name}`]);
  };
  const id = await run(request);
  for (const [name, path] of [
    ['Experiment', `/api/experiments/${id}`],
    ['ExperimentList', '/api/experiments'],
    ['Own', `/api/experiments/${id}/own`],
    ['Replays', `/api/experiments/${id}/replays`],
    ['Models', '/api/models'],
    ['Health', '/api/health'],
    ['Refusal', '/api/experiments/nothing'],
  ] as const)
    expect([name, problemsIn(name, await (await request.get(path)).json())]).toEqual([name, []]);
});

test('the badge of an experiment is there once it is shared', async ({ page }) => {
  const id = await run(page.request);
  expect((await page.request.get(`/e/${id}/badge.svg`)).status()).toBe(404);
  await page.goto(`/e/${id}`);
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Make the link public' }).click();
  await expect(page.getByRole('textbox', { name: 'Badge' })).toHaveValue(new RegExp(`/e/${id}/badge\\.svg`));
  const badge = await page.request.get(`/e/${id}/badge.svg`);
  expect(badge.headers()['content-type']).toBe('image/svg+xml; charset=utf-8');
  expect(await badge.text()).toContain('3 of 3 identical');
});
