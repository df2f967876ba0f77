import type { Locator, Page } from '@playwright/test';
import { accessibilityProblems, expect, test, WorkbenchPage } from './support/test';

test.beforeEach(async ({ page }) => {
  await new WorkbenchPage(page).openFiveSeedsRun();
});

test('the lens, opened at the fork, shows what could have come, where the dice fell, and who took what', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'word 4' }).first().click();
  const lens = page.getByRole('region', { name: 'Token lens' });
  await expect(lens.getByRole('heading', { name: 'Token 4 of run 1' })).toBeFocused();
  await expect(lens).toContainText('Runs 1, 2 and 4 took “a”, runs 3 and 5 took “so”.');
  await expect(lens.getByRole('row', { name: /“so”/ })).toContainText('runs 3, 5');
  await expect(lens).toContainText('all other tokens');
  await expect(lens).toContainText(/Run 3: u = 0\.\d{3} → “so”/);
  await expect(lens).toContainText('Exact: these are the real numbers and the real draw.');
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('a word that is marked opens the lens at it when it is pressed, and not when it is selected', async ({ page }) => {
  const lens = page.getByRole('region', { name: 'Token lens' });
  const mark = page.locator('#column-3 mark').first();
  await mark.click();
  await expect(lens.getByRole('heading', { name: 'Token 4 of run 3' })).toBeVisible();
  await page.keyboard.press('Escape');
  await mark.evaluate((word) => window.getSelection()?.selectAllChildren(word));
  await mark.dispatchEvent('click');
  await expect(lens).toBeHidden();
});

test('a marked word that is pressed twice has the lens stay at it, though the columns give way between', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 800 });
  await page.locator('#column-3 mark').first().dblclick();
  await expect(page.getByRole('heading', { name: 'Token 4 of run 3' })).toBeVisible();
});

test('what has opened the lens has the focus again when it is closed', async ({ page }) => {
  const opener = page.getByRole('button', { name: 'word 4' }).first();
  const lens = page.getByRole('region', { name: 'Token lens' });
  for (const close of [
    () => page.keyboard.press('Escape'),
    () => lens.getByRole('button', { name: 'Close the lens' }).press('Enter'),
  ]) {
    await opener.press('Enter');
    await expect(lens.getByRole('heading', { name: 'Token 4 of run 1' })).toBeFocused();
    await close();
    await expect(lens).toBeHidden();
    await expect(opener).toBeFocused();
  }
});

for (const [width, height] of [
  [1440, 900],
  [375, 812],
] as const)
  test(`at ${width} px the lens and the token that it shows are on the screen together, whichever token it is`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await page.locator('button[data-fork]').first().click();
    const lens = page.getByRole('region', { name: 'Token lens' });
    await expect(lens.getByRole('heading', { name: 'Token 4 of run 1' })).toBeInViewport();
    for (const word of ['a', 'boat']) {
      await expect.poll(() => paintedIn(page, lens)).toEqual({ word, inSight: true });
      await lens.getByRole('button', { name: 'Next token' }).click();
    }
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

test('the shares beside the bars are whole in a narrow lens, as of two back ends on the first page', async ({
  page,
}) => {
  for (const width of [1024, 375]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto('/');
    await page.locator('button[data-fork]').filter({ visible: true }).first().click();
    const bars = page.getByRole('region', { name: /^Bars, / });
    await expect(bars.first()).toContainText('57.2 % → 60.3 %');
    for (const each of await bars.all())
      expect(await each.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), `${width}`).toBe(0);
  }
});

/** The word that is painted in run 1, and whether it is on the screen with nothing of the lens over it. */
async function paintedIn(page: Page, lens: Locator): Promise<{ word: string; inSight: boolean } | null> {
  const box = await lens.boundingBox();
  return page.evaluate((over) => {
    const column = document.getElementById('column-1');
    for (const highlight of CSS.highlights.values())
      for (const range of highlight) {
        if (!(range instanceof Range) || !column?.contains(range.startContainer)) continue;
        const { left, right, top, bottom } = range.getBoundingClientRect();
        const beside = !over || right <= over.x || bottom <= over.y;
        return { word: range.toString(), inSight: beside && left >= 0 && top >= 0 && bottom <= innerHeight };
      }
    return null;
  }, box);
}

test('the sliders say what the same draw would have given, by keyboard', async ({ page }) => {
  await page.getByRole('button', { name: 'Lens on run 3' }).focus();
  await page.keyboard.press('Enter');
  const lens = page.getByRole('region', { name: 'Token lens' });
  const temperature = lens.getByRole('slider', { name: 'Temperature' });
  await temperature.focus();
  await page.keyboard.press('Home');
  await expect(lens.getByRole('status')).toContainText('With T 0 the same draws would give “so”.');
  await expect(lens.getByText('cut by temperature 0').first()).toBeVisible();
  await page.keyboard.press('End');
  await expect(lens.getByRole('status')).toContainText('With T 2');
  await page.keyboard.press('Escape');
  await expect(lens).toBeHidden();
});

test('another word can be put in, and Seedling goes on from there in a run of its own', async ({ page }) => {
  await page.getByRole('button', { name: 'Lens on run 3' }).click();
  await page.getByRole('region', { name: 'Token lens' }).getByRole('button', { name: 'Go on with “soft”' }).click();
  const workbench = new WorkbenchPage(page);
  await expect(workbench.column(2)).toContainText('what if “soft”');
  await expect(workbench.column(1)).toContainText('The moon is');
  await expect(workbench.column(2)).toContainText(/Done, \d+ words/);
  await expect(workbench.column(2).locator('mark').first()).toContainText('soft');
});

test('the whole text shows how surprising it was, and where it could have gone another way', async ({ page }) => {
  await page.getByRole('button', { name: 'Lens on run 1' }).click();
  const whole = page.getByRole('region', { name: 'The whole text of run 1' });
  await whole.getByRole('listbox').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('heading', { name: 'Token 5 of run 1' })).toBeVisible();
  await expect(whole.getByRole('listbox').getByRole('option', { selected: true })).toHaveText(/boat/);
  await whole.getByLabel('Whole text of run 1').selectOption('misses');
  await whole.getByRole('listitem').first().getByRole('button').click();
  await expect(page.getByRole('heading', { name: /^Token \d+ of run 1$/ })).toBeVisible();
  await whole.getByLabel('Whole text of run 1').selectOption('surprise');
  await expect(whole.getByRole('button', { name: /^Token 1, / })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('all columns go step by step, token by token', async ({ page }) => {
  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByRole('button', { name: 'Step by step' }).click();
  const transport = page.getByRole('region', { name: 'Step by step' });
  await transport.getByRole('button', { name: 'Pause' }).click();
  await transport.getByRole('button', { name: 'To the start' }).click();
  await expect(transport).toContainText(/0 of \d+ tokens/);
  for (let step = 0; step < 4; step++) await transport.getByRole('button', { name: 'Step forward' }).click();
  const workbench = new WorkbenchPage(page);
  await expect(workbench.column(1)).toContainText(/The moon is(word 4)? a/);
  await expect(workbench.column(3)).toContainText(/The moon is(word 4)? so/);
  await expect(workbench.column(1)).not.toContainText('boat');
  await expect(workbench.verdict(/^Forked at word 4\./)).toBeVisible();
  await expect(page.getByText(/Replay: token 4 of \d+\./)).toBeVisible();
  await expect(workbench.column(1)).toContainText('Replay, 4 words');
  const results = page.getByRole('region', { name: 'Results', exact: true });
  await expect(results.getByText(/still running|Streaming|Connecting/)).toHaveCount(0);
  await transport.getByRole('slider', { name: 'Steps shown' }).focus();
  await page.keyboard.press(',');
  await expect(workbench.verdict(/^Identical so far: 3 words in 5 runs\./)).toBeVisible();
  await expect(workbench.column(1)).toContainText('The moon is');
  await expect(workbench.column(1)).not.toContainText(/The moon is(word 4)? a/);
  await transport.getByRole('button', { name: 'Show all' }).click();
  await expect(workbench.verdict(/^3 of 5 runs identical/)).toBeVisible();
});

test('for another model the lens shows what the provider reported, if it was asked to', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.chooseModel('stub-same');
  await workbench.run();
  await workbench.column(1).getByRole('button', { name: 'Lens on run 1' }).click();
  const lens = page.getByRole('region', { name: 'Token lens' });
  await expect(lens).toHaveText(/^Probabilities were not asked for\. Tick Logprobs and run again\./);
  await (await workbench.reach('Logprobs')).check();
  await workbench.run();
  await expect(workbench.verdict(/^5 of 5 runs identical/)).toBeVisible();
  await workbench.column(1).getByRole('button', { name: 'Lens on run 1' }).click();
  await expect(lens.getByRole('row', { name: /other/ }).first()).toContainText('30 %');
  await expect(lens.getByRole('row', { name: /never/ })).toContainText('0 %');
  await expect(lens.getByRole('row', { name: /^all other tokens/ })).toContainText('10 %');
  await expect(lens).toContainText('Top 3 from the provider. It does not reveal its random draw.');
  await lens.getByRole('slider', { name: 'Temperature' }).fill('0');
  await expect(lens.getByRole('status')).toHaveText('Bars after slider changes are estimates.');
});

test('a run without a seed cannot go on from another word, and that is not offered', async ({ page }) => {
  await new WorkbenchPage(page).choose('Vary between runs', 'nothing');
  await new WorkbenchPage(page).noSeed();
  const workbench = new WorkbenchPage(page);
  await workbench.run();
  await expect(workbench.column(1)).toContainText(/Done|Cut/);
  await workbench.column(1).getByRole('button', { name: 'Lens on run 1' }).click();
  const lens = page.getByRole('region', { name: 'Token lens' });
  await expect(lens).toContainText('No seed was sent, so the draw is not known.');
  await expect(lens.getByRole('button', { name: /^Go on with/ })).toHaveCount(0);
});

test('runs at several temperatures have a strip each, under one needle', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open('/learn/temperature-bends-the-bars');
  await workbench.run();
  const lens = page.getByRole('region', { name: 'Token lens' });
  const cold = lens.getByRole('table', { name: 'T 0: run 1' });
  await expect(cold.getByRole('row', { name: /“The”|^The / })).toContainText('run 1', { timeout: 30_000 });
  await expect(cold).not.toContainText(/runs? [234]/);
  await expect(lens).toContainText(/T 0, run 1: u = 0\.601 → “The” \[0 to 1\]/);
  const warm = lens.getByRole('table', { name: 'T 1: run 3' });
  await expect(warm.getByRole('row', { name: /“I”|^I / })).toContainText('run 3');
  await expect(lens).toContainText(/T 1, run 3: u = 0\.601 → “I” \[0\.435 to 0\.648\]/);
  await expect(warm.getByRole('row', { name: /“I”|^I / })).toContainText('21.3 %');
  expect(await accessibilityProblems(page)).toEqual([]);

  await lens.getByRole('slider', { name: 'Temperature' }).fill('2');
  await expect(lens.getByRole('table', { name: 'T 1: run 3, under the sliders: T 2' })).toContainText('run 3, as run');
  await expect(lens).toContainText('As it was run: Run 3 took “I”.');
  await expect(lens).toContainText(/Under the sliders, T 1, run 3: u = 0\.601 → “We”/);
  await expect(lens).toContainText(/T 0, run 1: u = 0\.601 → “The”/);
  await expect(lens.getByRole('status')).toContainText(/^With T 2 the same draw would give “We”\./);
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('the bars of a token and the rest make all tokens, the end of the text among them', async ({ page }) => {
  await page.getByRole('button', { name: 'Lens on run 3' }).click();
  const bars = page.getByRole('region', { name: 'Token lens' }).getByRole('table', { name: 'What could have come' });
  const rows = bars.getByRole('row').filter({ has: page.getByRole('rowheader') });
  await expect(rows.last()).toBeVisible();
  const listed = (await rows.count()) - 1;
  const [, others = ''] = /all other tokens \((\d+)\)/.exec((await rows.last().textContent()) ?? '') ?? [];
  await expect(
    page.getByText(`${listed + Number(others)} tokens in all; the end of the text counts as one.`),
  ).toBeVisible();
});

test('a text that Seedling does not give for its request is not said to have been made so', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.choose('Pace', 'instant');
  await workbench.run();
  await expect(workbench.verdict(/identical/)).toBeVisible();
  await page.waitForURL(/\/e\//);
  const file = await page.request.get(`/api/experiments/${page.url().split('/').at(-1)}/export?format=json`);
  const bringFile = async (text: string) => {
    await page.goto('/history');
    const buffer = Buffer.from(text);
    await page.getByLabel(/or a file/).setInputFiles({ name: 'seedbed.json', mimeType: 'application/json', buffer });
    await page.getByRole('button', { name: 'Compare these' }).click();
    await page.getByRole('button', { name: 'Lens on run 1' }).click();
    return page.getByRole('region', { name: 'Token lens' });
  };
  const text = await file.text();
  await expect(await bringFile(text)).toContainText(
    'Recomputed: Seedling gives this text for this request, with these numbers.',
  );
  const forged = text.replaceAll('The moon is a', 'GPT-9 is a');
  expect(forged).not.toBe(text);
  await expect(await bringFile(forged)).toContainText(
    'The model that is named here does not give this text for this request.',
  );
  expect(await accessibilityProblems(page)).toEqual([]);
});
