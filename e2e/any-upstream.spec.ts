import type { Locator, Page } from '@playwright/test';
import { stubUrl } from './support/addresses';
import { accessibilityProblems, callsWith, expect, test, WorkbenchPage } from './support/test';

test.beforeEach(async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.vary('nothing');
});

test('a call sends exactly the parameters that were asked for, and nothing else', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  const prompt = 'Exactly these parameters.';
  await workbench.chooseModel('stub-same');
  await workbench.fill({ Prompt: prompt, Seed: '42', Runs: '2', Temperature: '0.5', 'Top-p': '', 'Max tokens': '' });
  await workbench.run();
  await expect(workbench.verdict('2 of 2 runs identical.')).toBeVisible();
  const bodies = (await callsWith(prompt)).map(({ body }) => body);
  const asked = { model: 'stub-same', messages: [{ role: 'user', content: prompt }], seed: 42, temperature: 0.5 };
  // `stream` and its usage option are how the answer is received; everything else is the recipe's.
  const heard = { stream: true, stream_options: { include_usage: true } };
  expect(bodies).toEqual([
    { ...asked, ...heard },
    { ...asked, ...heard },
  ]);
});

test('the page and its exports name the address that runs were sent to', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel('stub-same');
  await workbench.fill({ Prompt: 'Where does this go?', Runs: '2' });
  await workbench.run();
  const sentTo = page.getByText(`Sent to ${stubUrl}/v1.`);
  await expect(sentTo).toBeVisible();
  await expect(page).toHaveURL(/\/e\//);
  await page.reload();
  await expect(sentTo).toBeVisible();
  const id = page.url().split('/').at(-1);
  const exported = async (format: string) =>
    (await page.request.get(`/api/experiments/${id}/export?format=${format}`)).text();
  expect(await exported('markdown')).toContain(`| address | \`${stubUrl}/v1\` |`);
  for (const format of ['csv', 'python', 'typescript', 'curl']) expect(await exported(format)).toContain(stubUrl);
});

test('what a model writes before its answer is shown apart, and compared apart', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel('stub-reasons');
  await workbench.fill({ Prompt: 'Think first.', Runs: '3' });
  await workbench.choose('Send', 'sequential');
  await workbench.run();
  await expect(workbench.verdict('3 of 3 runs identical.')).toBeVisible();
  await expect(page.getByText(/Same answer, 2 different reasonings\./)).toBeVisible();
  await expect(workbench.column(1).getByText('Reasoning, 3 words', { exact: true })).toBeVisible();
  await workbench.column(3).getByText('Reasoning, 3 words, the same as run 1').click();
  await expect(workbench.column(3).getByRole('region', { name: 'Reasoning of run 3' })).toHaveText('First a fox.');
  await expect(workbench.column(2).getByText('First a dog.')).toBeHidden();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('a run without a seed sends none', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  const prompt = 'No seed in the body.';
  await workbench.chooseModel('stub-same');
  await workbench.fill({ Prompt: prompt, Runs: '2' });
  await new WorkbenchPage(page).noSeed();
  await workbench.run();
  await expect(workbench.verdict('2 of 2 runs identical.')).toBeVisible();
  for (const { body } of await callsWith(prompt)) expect(Object.keys(body)).not.toContain('seed');
});

test('the page says that fingerprints differ between runs, and never that they are the cause', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel('stub-fingerprints');
  await workbench.fill({ Prompt: 'Two back ends.', Runs: '4' });
  await workbench.run();
  await expect(page.getByText('2 fingerprints: F1 ×2, F2 ×2')).toBeVisible();
  await expect(page.getByText('The fingerprint changed between runs; that may be why.')).toBeVisible();
  await expect(workbench.column(2)).toContainText('fp_stub_beta');
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('a missing fingerprint is shown as normal', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel('stub-no-fingerprint');
  await workbench.fill({ Prompt: 'No back end named.', Runs: '2' });
  await workbench.run();
  await expect(page.getByText('Same text. No fingerprint to go by.')).toBeVisible();
  await expect(workbench.column(1)).toContainText('No fingerprint');
});

test('the verdict names the variants, their runs, and the first difference', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel('stub-variants');
  await workbench.fill({ Prompt: 'Three variants, please.', Runs: '5' });
  await workbench.run();
  await expect(workbench.verdict('3 of 5 runs identical, 3 variants. First difference at word 4.')).toBeVisible();
  await expect(page.getByText('Different text under the same fingerprint. A seed is best effort.')).toBeVisible();
});

test('a failed run shows its error in its own column, leaves the others alone, and can be run again', async ({
  page,
}) => {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel('stub-limited');
  await workbench.fill({ Prompt: 'The third call is refused.', Runs: '5' });
  await workbench.run();
  const failed = page.getByRole('region', { name: /^Run \d$/ }).filter({ hasText: 'Failed: rate limit' });
  await expect(failed).toHaveCount(1);
  await expect(workbench.verdict(/^4 of 4 finished runs identical\. Run \d failed: rate limit\.$/)).toBeVisible();
  await expect(failed).toContainText('[key]');
  await expect(page.locator('body')).not.toContainText('sk-secret');
  expect(await accessibilityProblems(page)).toEqual([]);
  await failed.getByRole('button', { name: /^Retry run/ }).click();
  await expect(workbench.verdict('5 of 5 runs identical.')).toBeVisible();
});

test('an answer from a cache on the way is counted and left out', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel('stub-cached');
  await workbench.fill({ Prompt: 'The first two calls are answered, the others repeated.', Runs: '5' });
  await workbench.run();
  await expect(
    workbench.verdict(/^2 of 2 runs that count identical\. Runs \d, \d, \d were answered from a cache\.$/),
  ).toBeVisible();
  await expect(page.getByText(/^Answered from a cache, \d+ words$/)).toHaveCount(3);
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('an answer that breaks off is a failed run, not a shorter text', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel('stub-cut-off');
  await workbench.fill({ Prompt: 'The second answer breaks off.', Runs: '3' });
  await workbench.run();
  await expect(workbench.verdict(/^2 of 2 finished runs identical\. Run \d failed/)).toBeVisible();
});

test('a provider that refuses a parameter is quoted', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel('stub-no-temperature');
  await workbench.fill({ Prompt: 'Temperature zero.', Temperature: '0', Runs: '2' });
  await workbench.run();
  await expect(workbench.verdict(/^No run finished\./)).toBeVisible();
  await expect(workbench.column(1)).toContainText("'temperature' does not support 0");
  await expect(page.getByRole('region', { name: 'Where the runs part' })).not.toContainText('No differences');
});

test('a setting that was refused is marked, and the same can be run without it', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel('stub-reasoning');
  await expect(page.getByText('stub-reasoning leaves on 2027-01-14, its provider says.')).toBeVisible();
  await workbench.fill({ Prompt: 'Cool, please.', Seed: '3', Temperature: '0', Runs: '2' });
  await workbench.run();
  await expect(workbench.verdict(/^No run finished\./)).toBeVisible();
  await expect(workbench.chip('Temperature')).toContainText('stub-reasoning refused temperature');
  await expect(page.getByText('This model refused the temperature.')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Run without it' }).click();
  await expect(workbench.verdict('2 of 2 runs identical.')).toBeVisible();
  expect((await callsWith('Cool, please.')).slice(-2).map(({ body }) => 'temperature' in body)).toEqual([false, false]);
});

test('what a model refused is known before it is run again, with its day', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel('stub-no-temperature');
  await workbench.fill({ Prompt: 'Once is enough.', Temperature: '0', Runs: '1' });
  await workbench.run();
  await expect(workbench.verdict(/^No run finished\./)).toBeVisible();
  await workbench.open();
  await workbench.chooseModel('stub-no-temperature');
  const day = new Date().toISOString().slice(0, 4);
  await expect(page.getByText('What this server has seen of it')).toBeVisible();
  await expect(page.getByText(/^refused \(0\), \d+ \w{3} \d{4}\.$/)).toContainText(day);
  await expect(page.getByText(/^Not seen yet: .*Stream/)).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await workbench.fill({ Temperature: '0.4' });
  await expect(workbench.chip('Temperature')).toContainText(
    /stub-no-temperature refused temperature 0 on \d+ \w{3} \d{4}\./,
  );
  expect(await accessibilityProblems(page)).toEqual([]);
  await workbench.fill({ Prompt: 'Not twice.', Runs: '1' });
  await (await workbench.reach('Temperature')).focus();
  await page.getByRole('button', { name: 'Run without it' }).click();
  await expect.poll(async () => (await callsWith('Not twice.')).length).toBe(1);
  expect('temperature' in ((await callsWith('Not twice.'))[0]?.body ?? {})).toBe(false);
});

test('output is shown as text, never interpreted', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel('stub-hostile');
  await workbench.fill({ Prompt: 'Be hostile.', Runs: '2' });
  await workbench.run();
  await expect(workbench.verdict('2 of 2 runs identical.')).toBeVisible();
  await expect(workbench.column(1)).toContainText(
    '<script>document.title="owned"</script><b>bold</b> &amp; 👩‍👩‍👧‍👦 مرحبا',
  );
  expect(await page.title()).not.toBe('owned');
  expect(await workbench.column(1).locator('b, script, a[href^="javascript"]').count()).toBe(0);
});

/** How long after `since` the last of the calls with this prompt was closed by our server, in milliseconds. */
async function closedAfter(prompt: string, since: number, calls: number): Promise<number> {
  await expect.poll(async () => (await callsWith(prompt)).filter((call) => call.closedEarlyAt).length).toBe(calls);
  return Math.max(...(await callsWith(prompt)).map(({ closedEarlyAt }) => closedEarlyAt ?? Infinity)) - since;
}

/** Clicks, and gives the time at which the page received it: the driver's own way to the button does not count. */
async function clickAt(button: Locator): Promise<number> {
  const heard = button.evaluate(
    (element) =>
      new Promise<number>((resolve) => element.addEventListener('click', () => resolve(Date.now()), { once: true })),
  );
  await button.click();
  return heard;
}

/** How long a request and its answer take on this machine just now, in milliseconds: the longest of three. */
const roundTripMs = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const times: number[] = [];
    for (let time = 0; time < 3; time++) {
      const began = performance.now();
      await fetch('/api/health');
      times.push(performance.now() - began);
    }
    return Math.max(...times);
  });

test('Stop aborts all upstream calls within 500 ms and keeps what had arrived', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  const prompt = 'Never ends, stop all.';
  await workbench.chooseModel('stub-endless');
  await workbench.fill({ Prompt: prompt, Runs: '3' });
  await workbench.run();
  await expect(workbench.column(3)).toContainText(/Streaming, \d+ words/);
  const slack = 10 * (await roundTripMs(page)); // little, unless the machine has other things to do
  const since = await clickAt(workbench.stopButton);
  expect(await closedAfter(prompt, since, 3)).toBeLessThan(500 + slack);
  await expect(workbench.column(3)).toContainText(/Stopped at \d+ words/);
});

test('Stop in one column aborts that call and leaves the others running', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  const prompt = 'Never ends, stop one.';
  await workbench.chooseModel('stub-endless');
  await workbench.fill({ Prompt: prompt, Runs: '2' });
  await workbench.run();
  await expect(workbench.column(2)).toContainText(/Streaming, \d+ words/);
  await page.getByRole('button', { name: 'Stop run 2' }).click();
  await expect(workbench.column(2)).toContainText('Stopped at');
  await expect(workbench.column(1)).toContainText('Streaming');
  await expect.poll(async () => (await callsWith(prompt)).filter((call) => call.closedEarlyAt).length).toBe(1);
  await workbench.stopButton.click();
});

test('closing the page stops nothing, and a page at the same address follows the runs and can stop them', async ({
  page,
  context,
}) => {
  const workbench = new WorkbenchPage(page);
  const prompt = 'Never ends, page closed.';
  await workbench.chooseModel('stub-endless');
  await workbench.fill({ Prompt: prompt, Runs: '3' });
  await workbench.run();
  await expect(workbench.column(3)).toContainText(/Streaming, \d+ words/);
  await expect(page).toHaveURL(/\/e\//);
  const address = page.url();
  await page.close();
  const back = new WorkbenchPage(await context.newPage());
  await back.page.goto(address);
  await expect(back.column(3)).toContainText(/Streaming, \d+ words/);
  expect((await callsWith(prompt)).filter((call) => call.closedEarlyAt)).toEqual([]);
  const since = await clickAt(back.stopButton);
  expect(await closedAfter(prompt, since, 3)).toBeLessThan(500);
});

test('columns stream side by side, and nothing beyond the slowest run is marked', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel('stub-slow');
  await workbench.fill({ Prompt: 'Slowly, please.', Runs: '3' });
  await workbench.run();
  await expect(workbench.verdict(/^Identical so far: \d+ words? in 3 runs\.$/)).toBeVisible();
  await expect(page.locator('section mark')).toHaveCount(0);
  await expect(workbench.verdict('3 of 3 runs identical.')).toBeVisible();
});
