import { appUrl } from './support/addresses';
import { accessibilityProblems, expect, test, WorkbenchPage } from './support/test';

const prompt = 'Tell me a story about a fox.';

test('sapling-1 gives one text for one seed, and is called exact', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.vary('nothing');
  await workbench.chooseModel('sapling-1');
  await expect(page.getByText(/A small transformer, built as the large ones are/)).toBeVisible();
  await workbench.choose('Pace', 'instant');
  await workbench.fill({ Prompt: prompt, Seed: '3', Runs: '5', Temperature: '1' });
  await workbench.run();
  await expect(workbench.verdict(/^5 of 5 runs identical/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Same program, exact' })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('sapling-1-batched parts where its requests come together, with one fingerprint', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.vary('nothing');
  await workbench.chooseModel('sapling-1-batched');
  await workbench.choose('Pace', 'instant');
  await workbench.fill({ Prompt: prompt, Seed: '1', Runs: '4', Temperature: '1' });
  await workbench.run();
  await expect(workbench.verdict(/^4 different texts in 4 runs/)).toBeVisible();
  await expect(page.getByText('Different text under the same fingerprint.')).toBeVisible();
});

test('the artifact is there under the hash in its fingerprints, for good', async () => {
  const body = { model: 'sapling-1', messages: [{ role: 'user', content: 'Hi' }], max_completion_tokens: 1 };
  const answer = await fetch(`${appUrl}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body) });
  const [, hash] = /^fp_sapling_(\w+)_f32$/.exec((await answer.json()).system_fingerprint) ?? [];
  const file = await fetch(`${appUrl}/api/sapling/${hash}`);
  expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const bytes = await file.bytes();
  expect(new TextDecoder().decode(bytes.subarray(0, 8))).toBe('SAPLING1');
  expect(bytes.length).toBeGreaterThan(5_000_000);
  expect((await fetch(`${appUrl}/api/sapling/0000`)).status).toBe(404);
});
