import { accessibilityProblems, callsWith, expect, test, WorkbenchPage } from './support/test';

const long = '1234567890123456789';

test.beforeEach(async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.vary('nothing');
});

test('a seed of 19 digits is sent, shown, linked and exported to its last digit', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  const prompt = 'A seed of nineteen digits.';
  await workbench.chooseModel('stub-same');
  await workbench.fill({ Prompt: prompt, Seed: long, Runs: '2' });
  await workbench.run();
  await expect(workbench.verdict('2 of 2 runs identical.')).toBeVisible();
  for (const { text } of await callsWith(prompt)) expect(text).toContain(`"seed":${long},`);
  await expect(page).toHaveURL(/\/e\//);
  await page.reload();
  await expect(workbench.chip('Seed')).toHaveText(`Seed${long}`);
  await expect(workbench.column(1)).toContainText(`seed ${long}`);
  const id = page.url().split('/').at(-1);
  const exported = async (format: string) =>
    (await page.request.get(`/api/experiments/${id}/export?format=${format}`)).text();
  expect(await exported('csv')).toContain(`,${long},`);
  for (const format of ['python', 'curl']) expect(await exported(format)).toContain(`"seed": ${long}`);
  expect(await exported('typescript')).toContain(`.rawJSON("${long}")`);
  expect(JSON.parse(await exported('json')).recipe.request.seed).toBe(long);
});

test('seeds go on in a row beyond what a number holds', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.vary('seed');
  await workbench.fill({ Seed: '9007199254740991', Seeds: '3' });
  await expect(workbench.chip('Vary between runs')).toContainText(
    '9007199254740991, 9007199254740992, 9007199254740993',
  );
  await workbench.choose('Pace', 'instant');
  await workbench.run();
  await expect(workbench.column(3)).toContainText('seed 9007199254740993');
  await expect(workbench.column(3)).toContainText('Done');
});

test('a model that may not be streamed is run without, and its answer waited for', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  const prompt = 'Not streamed.';
  await workbench.chooseModel('stub-verified-only');
  await workbench.fill({ Prompt: prompt, Runs: '1' });
  await workbench.run();
  await expect(page.getByText('This model refused the streaming.')).toBeVisible();
  await page.getByRole('button', { name: 'Run without it' }).click();
  await expect(workbench.column(1)).toContainText('Done, 12 words');
  expect((await callsWith(prompt)).map(({ body }) => body.stream)).toEqual([true, false]);
  await expect(workbench.chip('Streaming')).toContainText('streaming');
});

test('fewer alternatives are asked for where a server has a limit', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  const prompt = 'Five at most.';
  await workbench.chooseModel('stub-five-logprobs');
  await workbench.fill({ Prompt: prompt, Runs: '1' });
  await expect(workbench.field('Top logprobs')).toBeHidden();
  await (await workbench.reach('Logprobs')).check();
  await workbench.fill({ 'Top logprobs': '5' });
  await workbench.run();
  await expect
    .poll(async () => (await callsWith(prompt)).at(-1)?.body)
    .toMatchObject({ logprobs: true, top_logprobs: 5 });
});

test('a temperature beyond what a provider is known to take is said to be so, and sent', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  const said = page.getByText('Temperature 0 to 2 is all that is known to be taken by Seedling');
  await workbench.fill({ Temperature: '3' });
  await expect(said).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await workbench.run();
  await expect(page.getByText('This model refused the temperature.')).toBeVisible();
  await workbench.fill({ Temperature: '2' });
  await expect(said).toBeHidden();
});
