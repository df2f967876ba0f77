import type { APIRequestContext } from '@playwright/test';
import { accessibilityProblems, expect, test, WorkbenchPage } from './support/test';

/*
 * What the page claims of runs: exact only where they could not but agree, drift only where the same was asked.
 */

const seeded = {
  v: 1,
  provider: 'seedling',
  request: {
    model: 'seedling-1',
    messages: [{ role: 'user', content: 'Name an animal.' }],
    seed: 7,
    temperature: 1,
    max_completion_tokens: 20,
  },
  repeats: 3,
};

/** Runs a recipe to its end, and gives the id under which it is kept. */
async function keep(request: APIRequestContext, recipe: unknown): Promise<string> {
  const stream = await (await request.post('/api/experiments', { data: recipe })).text();
  return /"id":"([^"]+)"/.exec(stream)?.[1] ?? 'not kept';
}

const badge = 'Same program, exact';

test('runs of one seed on a fixed program are called exact', async ({ page }) => {
  await page.goto(`/e/${await keep(page.request, seeded)}`);
  await expect(page.getByRole('button', { name: badge })).toBeVisible();
  await page.getByRole('button', { name: 'What does this prove?' }).click();
  await expect(page.getByText(/the same request with the same seed must give the same text/)).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('runs without a seed, of several seeds, or under several settings are not', async ({ page }) => {
  const { seed: _, ...unseeded } = seeded.request;
  const cases: [recipe: unknown, said: RegExp][] = [
    [{ ...seeded, request: unseeded }, /No seed was sent, so each run drew its own numbers\./],
    [
      { ...seeded, arms: [1, 2, 3].map((seed) => ({ set: { seed } })), repeats: 1 },
      /Each run had its own seed, so that they differ is no drift\./,
    ],
    [
      { ...seeded, arms: [0, 1].map((temperature) => ({ set: { temperature } })), repeats: 1 },
      /The settings differ in temperature: that the runs differ is no drift\./,
    ],
  ];
  for (const [recipe, said] of cases) {
    await page.goto(`/e/${await keep(page.request, recipe)}`);
    await expect(new WorkbenchPage(page).verdict(said)).toBeVisible();
    await expect(page.getByText(badge)).toHaveCount(0);
    await expect(page.getByText('Built in, exact')).toHaveCount(0);
  }
});

test('an import is not, though it says that a fixed program made it', async ({ page }) => {
  const id = await keep(page.request, seeded);
  const file = await (await page.request.get(`/api/experiments/${id}/export?format=json`)).json();
  for (const run of file.runs) run.text = 'GPT-9 wrote this sentence, not Seedling.';
  await page.goto('/history');
  await page
    .getByLabel(/or a file/)
    .setInputFiles({ name: 'forged.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) });
  await page.getByRole('button', { name: 'Compare these' }).click();
  await page.waitForURL(/\/e\//);
  await expect(new WorkbenchPage(page).verdict('3 of 3 runs identical.')).toBeVisible();
  await expect(page.getByText(badge)).toHaveCount(0);
  await expect(page.getByText('Built in, exact')).toHaveCount(0);
  await page.getByRole('button', { name: 'What does this prove?' }).click();
  await expect(page.getByText(/Equal runs are evidence, not proof\./)).toBeVisible();
});
