import type { Page } from '@playwright/test';
import { recipeToFragment } from '../lib/recipe/link';
import { accessibilityProblems, expect, test, WorkbenchPage } from './support/test';

/** Runs one prompt with five seeds and waits for its permalink. */
async function runOnce(page: Page, prompt = 'Write a haiku about the sea.'): Promise<string> {
  const workbench = new WorkbenchPage(page);
  await workbench.openFiveSeeds();
  await workbench.fill({ Prompt: prompt, Temperature: '1' });
  await new WorkbenchPage(page).choose('Pace', 'instant');
  await workbench.run();
  await expect(page.getByText(/^Saved, .* Private to this browser\.$/)).toBeVisible();
  await expect(page).toHaveURL(/\/e\/[\w-]{22}$/);
  // Once there is a verdict on all runs, the texts have their marks.
  await expect(page.getByRole('region', { name: 'Results' }).getByRole('heading', { level: 2 })).toHaveText(
    /^\d+ (of|different|variants)/,
  );
  return page.url();
}

async function share(page: Page): Promise<{ deleteLink: string }> {
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Make the link public' }).click();
  const deleteLink = await page.getByRole('textbox', { name: 'Delete link' }).inputValue();
  return { deleteLink };
}

/** Goes back or forward in the browser's history, to what is opened anew. */
async function travel(page: Page, by: number): Promise<void> {
  const opened = page.waitForEvent('load');
  await page.evaluate((by) => history.go(by), by);
  await opened;
}

const textsOn = (page: Page): Promise<string[]> =>
  page
    .getByRole('region', { name: /^Run \d+$/ })
    .evaluateAll((columns) => columns.map((column) => column.querySelector('p[dir=auto]')?.textContent ?? ''));

test('an experiment has an address, and the address shows the experiment', async ({ page }) => {
  await runOnce(page);
  const texts = await textsOn(page);
  expect(texts.every((text) => text.length > 10)).toBe(true);
  await page.reload();
  await expect(
    page.getByText(/^Saved, .* Private to this browser; if it stays so, it is deleted after \d{4}-\d\d-\d\d\.$/),
  ).toBeVisible();
  expect(await textsOn(page)).toEqual(texts);
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('the browser goes back from an experiment to the one before it, and to the recipe that was typed', async ({
  page,
}) => {
  const workbench = new WorkbenchPage(page);
  const first = await runOnce(page);
  const texts = await textsOn(page);
  await workbench.fill({ Prompt: 'Tell me about a river.' });
  await workbench.run();
  await expect(page).toHaveURL((url) => url.href !== first && url.pathname.startsWith('/e/'));
  const second = page.url();
  await travel(page, -1);
  await expect(page).toHaveURL(/\/#/);
  await expect(page.getByLabel('Prompt', { exact: true })).toHaveValue('Tell me about a river.');
  // As it was: the draft, over what the first recipe gave.
  await expect(workbench.column(5)).toContainText(texts[4] ?? 'a text');
  await expect(page.getByText('These results are from other settings.')).toBeVisible();
  await travel(page, -1);
  await expect(page).toHaveURL(first);
  await expect(page.getByLabel('Prompt', { exact: true })).toHaveValue('Write a haiku about the sea.');
  await expect(workbench.column(5)).toContainText(texts[4] ?? 'a text');
  await travel(page, 2);
  await expect(page).toHaveURL(second);
  await expect(page.getByLabel('Prompt', { exact: true })).toHaveValue('Tell me about a river.');
  await expect(workbench.column(5)).toContainText('Done');
});

test('a page that is loaded anew has the same draft over the same result', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await runOnce(page);
  const texts = await textsOn(page);
  await workbench.fill({ Prompt: 'Tell me about a river.' });
  await expect(page).toHaveURL(/\/#r=/);
  const entries = await page.evaluate(() => history.length);
  await page.reload();
  await expect(page.getByLabel('Prompt', { exact: true })).toHaveValue('Tell me about a river.');
  await expect(workbench.column(5)).toContainText(texts[4] ?? 'a text');
  await expect(page).toHaveURL(/\/#r=/);
  expect(await page.evaluate(() => history.length)).toBe(entries);
});

test('going back twice at once ends where it leads, and leaves the way forward as it was', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  const first = await runOnce(page);
  await workbench.fill({ Prompt: 'Tell me about a river.' });
  await workbench.run();
  await expect(page).toHaveURL((url) => url.href !== first && url.pathname.startsWith('/e/'));
  const second = page.url();
  const entries = await page.evaluate(() => history.length);
  // Before the page that is opened anew has any script at work: nobody hears of the second time.
  const committed = page.waitForEvent('domcontentloaded');
  await page.evaluate(() => history.back());
  await committed;
  await page.evaluate(() => history.back());
  await expect(page).toHaveURL(first);
  await expect(page.getByLabel('Prompt', { exact: true })).not.toHaveValue('Tell me about a river.');
  await expect(workbench.column(5)).toContainText('Done');
  expect(await page.evaluate(() => history.length)).toBe(entries);
  await travel(page, 2);
  await expect(page).toHaveURL(second);
});

test('a change that is undone leaves no recipe behind for the way back', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  const first = await runOnce(page);
  const prompt = page.getByLabel('Prompt', { exact: true });
  const asked = await prompt.inputValue();
  const entries = await page.evaluate(() => history.length);
  await prompt.press('End');
  for (let time = 0; time < 3; time++) {
    await prompt.press('x');
    await expect(page).toHaveURL(/\/#/);
    await prompt.press('Backspace');
    await expect(page).toHaveURL(first);
  }
  expect(await page.evaluate(() => history.length)).toBe(entries + 1);
  await page.goBack();
  await expect(page).toHaveURL(first);
  await expect(prompt).toHaveValue(asked);
  await expect(workbench.column(1)).toContainText('Done');
});

test('what was run has one entry, however often it is looked at otherwise, and is left for what was there before', async ({
  page,
}) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const prompt = page.getByLabel('Prompt', { exact: true });
  const example = await prompt.inputValue();
  await prompt.press('End');
  await prompt.press('x');
  await expect(page).toHaveURL(/\/#/);
  await prompt.press('Backspace');
  await expect(page).toHaveURL((url) => url.pathname === '/' && url.hash === '');
  const entries = await page.evaluate(() => history.length);
  await workbench.run();
  await expect(page).toHaveURL(/\/e\//);
  await expect(workbench.column(1)).toContainText('Done');
  for (const view of ['Tree', 'Matrix', 'Columns']) await page.getByText(view, { exact: true }).click();
  expect(await page.evaluate(() => history.length)).toBe(entries + 1);
  await travel(page, -1);
  await expect(page).toHaveURL((url) => url.pathname === '/' && url.hash === '');
  await expect(prompt).toHaveValue(example);
});

test('the recipe that was run is found again although something on its page was gone to', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.fill({ Prompt: 'Tell me about a river.' });
  await expect(page).toHaveURL(/\/#/);
  await page.evaluate(() => location.assign('#results'));
  await workbench.run();
  await expect(page).toHaveURL(/\/e\//);
  await travel(page, -1);
  await expect(page.getByLabel('Prompt', { exact: true })).toHaveValue('Tell me about a river.');
});

test('a permalink shows every text, the verdict and the fingerprints without JavaScript', async ({ page, browser }) => {
  const address = await runOnce(page);
  const texts = await textsOn(page);
  const heading = page.getByRole('region', { name: 'Results' }).getByRole('heading', { level: 2 });
  const verdict = (await heading.textContent()) ?? 'no verdict';
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const plain = await context.newPage();
  await plain.goto(address);
  await expect(plain.getByRole('heading', { name: verdict })).toBeVisible();
  await expect(plain.getByText(/fp_seedling_/).first()).toBeAttached();
  expect(await textsOn(plain)).toEqual(texts);
  expect(texts).toHaveLength(5);
  await context.close();
});

test('an experiment is not found by others until it is shared, nor after its delete link was used', async ({
  page,
  browser,
}) => {
  const address = await runOnce(page);
  const other = await (await browser.newContext()).newPage();
  expect((await other.goto(address))?.status()).toBe(404);
  await expect(other.getByRole('heading', { name: 'There is nothing at this address.' })).toBeVisible();
  const unknown = await other.request.get(address.replace(/[\w-]{22}$/, 'A'.repeat(22)));
  expect(unknown.status()).toBe(404);

  const { deleteLink } = await share(page);
  await expect(page.getByRole('img', { name: /^QR code of / })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  const response = await other.goto(address);
  expect(response?.status()).toBe(200);
  expect(response?.headers()['x-robots-tag']).toContain('noindex');
  await expect(other.getByText('Read-only: changes make a copy.')).toBeVisible();
  await expect(other.getByRole('button', { name: 'Delete' })).toBeHidden();
  await expect(other.locator('meta[name=robots]')).toHaveAttribute('content', /noindex/);

  const image = await other.request.get(`${address}/opengraph-image`);
  expect(image.headers()['content-type']).toBe('image/png');
  expect((await image.body()).byteLength).toBeLessThan(100 * 1024);

  await other.goto(deleteLink);
  await expect(other).toHaveURL(address); // the token does not stay in the address
  await other.getByRole('button', { name: 'Delete for good' }).click();
  await expect(other).toHaveURL(/\/$/);
  expect((await page.goto(address))?.status()).toBe(404);
});

test('a reader finds verdict, texts and recipe, in this order, then a way to take it over, and no form', async ({
  page,
  browser,
}) => {
  const address = await runOnce(page);
  const texts = await textsOn(page);
  await share(page);
  for (const javaScriptEnabled of [false, true]) {
    const reader = await (await browser.newContext({ javaScriptEnabled })).newPage();
    await reader.goto(address);
    const inOrder = [
      reader.getByRole('region', { name: 'Results' }).getByRole('heading', { level: 2 }),
      reader.getByRole('region', { name: 'Run 1', exact: true }),
      reader.getByRole('heading', { name: 'Recipe' }),
      reader.getByText('Write a haiku about the sea.'),
      reader.getByRole('list', { name: 'Settings' }),
      // Without scripts it could do nothing.
      ...(javaScriptEnabled ? [reader.getByRole('button', { name: 'Make it yours' })] : []),
    ];
    const tops: number[] = [];
    for (const each of inOrder) tops.push((await each.boundingBox())?.y ?? Number.NaN);
    expect(tops.toSorted((a, b) => a - b)).toEqual(tops);
    expect(await textsOn(reader)).toEqual(texts);
    await expect(reader.getByRole('list', { name: 'Settings' }).getByRole('listitem')).toHaveText([
      'seedling-1',
      'seeds 1 to 5',
      'T 1',
      'at most 60 tokens',
      '5 runs',
    ]);
    await expect(reader.getByRole('form', { name: 'Recipe' })).toBeHidden();
    expect(await reader.getByRole('textbox').count()).toBe(0);
  }
  await page.context().clearCookies();
  await page.goto(`${address}?hide=model,seed,prompt`); // a link for a class
  await expect(page.getByRole('list', { name: 'Settings' }).getByRole('listitem')).toHaveText([
    'T 1',
    'at most 60 tokens',
    '5 runs',
  ]);
  await expect(page.getByText('Write a haiku about the sea.')).toBeHidden();
});

test('a reader runs it again where they read, or makes a draft of it', async ({ page, browser }) => {
  const address = await runOnce(page);
  await share(page);
  const reader = await (await browser.newContext()).newPage();
  const workbench = new WorkbenchPage(reader);
  await workbench.open(address);
  expect(await accessibilityProblems(reader)).toEqual([]);
  await reader.keyboard.press('Control+Enter'); // there is no form to run
  await reader.getByRole('button', { name: 'Run again and compare' }).press('Enter');
  await expect(reader.getByRole('heading', { name: '5 of 5 match the stored text.' })).toBeVisible();
  await expect(reader.getByRole('region', { name: 'Results' })).toBeFocused();
  await expect(reader.getByRole('form', { name: 'Recipe' })).toBeVisible();
  await expect(reader).not.toHaveURL(address);

  await workbench.open(address);
  await reader.getByRole('button', { name: 'Make it yours' }).click();
  await expect(reader).toHaveURL(/\/#r=1\./);
  await expect(reader.getByRole('textbox', { name: 'Prompt' })).toHaveValue('Write a haiku about the sea.');
});

test('everybody gets the same page of a shared experiment, and its owner the tool on it', async ({ page, browser }) => {
  const address = await runOnce(page);
  expect((await page.request.get(address)).headers()['cache-control']).toContain('no-store');
  const { deleteLink } = await share(page);
  const mine = await page.request.get(address);
  const other = await (await browser.newContext()).request.get(address);
  expect(await other.text()).toBe(await mine.text());
  for (const response of [mine, other]) {
    expect(response.headers()['cache-control']).toBe('public, max-age=0, s-maxage=30, must-revalidate');
    expect(response.headers().vary).not.toContain('ookie');
    expect(response.headers()['set-cookie']).toBeUndefined();
  }
  await page.goto(address);
  await expect(page.getByText(/Public to whoever has the link\.$/)).toBeVisible();
  await expect(page.getByRole('form', { name: 'Recipe' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Make it yours' })).toBeHidden();
  await page.goto(deleteLink);
  await expect(page.getByRole('button', { name: 'Delete', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page).toHaveURL(/\/$/);
  expect((await page.request.get(address)).status()).toBe(404);
});

test('the next reader sees a new name at once, and a deletion', async ({ page, browser }) => {
  const address = await runOnce(page);
  await share(page);
  const reader = await (await browser.newContext()).newPage();
  await reader.goto(address);
  await expect(reader.getByRole('heading', { name: 'An experiment' })).toBeAttached();
  const api = address.replace('/e/', '/api/experiments/');
  await page.request.patch(api, { data: { title: 'The sea' } });
  await reader.reload();
  await expect(reader.getByRole('heading', { name: 'The sea' })).toBeVisible();
  expect(await (await reader.request.get(api)).json()).toMatchObject({ title: 'The sea', own: false });
  expect(await (await page.request.get(api)).json()).toMatchObject({ title: 'The sea', own: true });
  await page.request.delete(api);
  for (const path of [address, `${address}/embed`, api, `${address}/opengraph-image`])
    expect((await reader.request.get(path)).status()).toBe(404);
});

test('the address is that of the draft after an edit, never the stored link', async ({ page, browser }) => {
  const address = await runOnce(page);
  await new WorkbenchPage(page).fill({ Temperature: '0.7' });
  await expect(page).toHaveURL(/\/#r=1\.[\w-]+$/);
  const draft = page.url();
  await new WorkbenchPage(page).fill({ Temperature: '1' });
  await expect(page).toHaveURL(address);

  const other = await (await browser.newContext()).newPage();
  await other.goto(draft);
  await expect(other.getByLabel('Prompt')).toHaveValue('Write a haiku about the sea.');
  await expect(other.getByLabel('Temperature', { exact: true })).toHaveValue('0.7');
});

test('a recipe link that is cut off says so', async ({ page }) => {
  await page.goto('/#r=1.abc');
  await expect(page.getByRole('alert').filter({ hasText: 'cut off or damaged' })).toContainText('still stands');
  await expect(page).toHaveURL('/#r=1.abc');
});

test('a conversation is opened with what was said last as its prompt, and the rest beside it', async ({ page }) => {
  const fragment = await recipeToFragment({
    v: 1,
    provider: 'elsewhere',
    request: {
      model: 'their-model',
      messages: [
        { role: 'user', content: 'What is a seed?' },
        { role: 'assistant', content: 'A number.' },
        { role: 'user', content: 'And a fork?' },
      ],
    },
    repeats: 2,
  });
  await new WorkbenchPage(page).open(`/#${fragment}`);
  await expect(page.getByLabel('Prompt')).toHaveValue('And a fork?');
  await expect(page.getByRole('list', { name: 'Messages' }).getByRole('listitem')).toHaveText([
    'user: What is a seed?',
    'assistant: A number.',
    'user: And a fork?',
  ]);
  await expect(page.getByLabel('Model', { exact: true }).locator('option:checked')).toHaveText(
    'elsewhere, which is not known here',
  );
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('a permalink whose runs agree is read again in every view without an error', async ({ page }) => {
  const { path } = await (
    await page.request.post('/api/experiments/import', { data: { text: '["a b","a b"]' } })
  ).json();
  for (const view of ['', '?view=variants', '?view=differences', '?view=tree', '?view=matrix']) {
    await page.goto(path + view);
    await page.reload();
    await expect(new WorkbenchPage(page).verdict('2 of 2 runs identical.')).toBeVisible();
  }
});

test('a table of ours comes back as the runs that it holds', async ({ page }) => {
  const address = await runOnce(page);
  const texts = await textsOn(page);
  const table = await (
    await page.request.get(`/api${new URL(address).pathname.replace('/e/', '/experiments/')}/export?format=csv`)
  ).body();
  await page.goto('/history');
  await page.getByLabel(/or a file/).setInputFiles({ name: 'seedbed.csv', mimeType: 'text/csv', buffer: table });
  await expect(page.getByText('seedbed.csv')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Compare these' }).click();
  await expect(page.getByText('Imported: not made by this server.')).toBeVisible();
  expect(await textsOn(page)).toEqual(texts);
  await expect(new WorkbenchPage(page).column(3)).toContainText('seed 3');
});

test('“Run again and compare” matches every run of a seed on Seedling, and the timeline has both days', async ({
  page,
}) => {
  const stored = await runOnce(page, 'Tell me a joke about a cat.');
  await page.getByRole('button', { name: 'Run again and compare' }).click();
  const panel = page.getByRole('region', { name: 'Compared with the stored runs' });
  const sentence = page.getByRole('heading', { name: '5 of 5 match the stored text.' });
  await expect(sentence).toBeVisible();
  await expect(panel.getByRole('link', { name: /^the runs stored/ })).toBeVisible();
  await expect(page).not.toHaveURL(stored);
  const timeline = page.getByRole('region', { name: 'This recipe over time' });
  await expect(timeline.getByRole('table', { name: /in all 2 experiments\.$/ })).toBeVisible();
  await expect(page.locator('mark')).toHaveCount(0); // each against its stored self
  await page.reload();
  await expect(sentence).toBeVisible();
  await expect(panel).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('the history searches, renames, copies and deletes', async ({ page }) => {
  await runOnce(page, 'Write a haiku about a lighthouse.');
  await runOnce(page, 'Name a colour.');
  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByRole('link', { name: 'Name a colour.' })).toBeVisible();
  await page.getByRole('searchbox').fill('LIGHTHOUSE');
  await expect(page.getByRole('link', { name: 'Name a colour.' })).toBeHidden();
  await page.getByRole('button', { name: /^Rename/ }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('The keeper');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toBeHidden(); // while it is open, nothing behind it takes what is typed
  await page.getByRole('searchbox').fill('keeper');
  await expect(page.getByRole('link', { name: 'The keeper' })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Delete The keeper' }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('Nothing has “keeper” in its prompt or title.')).toBeVisible();
  await page.getByRole('searchbox').fill('');
  await expect(page.getByRole('link', { name: 'Name a colour.' })).toBeVisible();
  await page.getByRole('button', { name: 'Make a draft of Name a colour.' }).click();
  await expect(page).toHaveURL(/\/#r=1\./);
  await expect(page.getByRole('textbox', { name: 'Prompt' })).toHaveValue('Name a colour.');
});

test('texts from elsewhere are compared, and marked as not made here', async ({ page }) => {
  await page.goto('/history');
  await page
    .getByLabel('Outputs')
    .fill('The cat sat on the mat.\n---\nThe cat sat on the hat.\n---\nThe cat sat on the mat.');
  await page.getByRole('textbox', { name: 'Prompt' }).fill('Where did the cat sit?');
  await page.getByRole('button', { name: 'Compare these' }).click();
  await expect(
    page.getByRole('heading', { name: '2 of 3 runs identical, 2 variants. First difference at word 6.' }),
  ).toBeVisible();
  await expect(page.getByText('Imported: not made by this server.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run again and compare' })).toBeHidden();
});

test('an experiment can be downloaded as a file and imported again', async ({ page }) => {
  await runOnce(page, 'Explain what a seed is');
  const texts = await textsOn(page);
  await page.getByRole('button', { name: 'Download' }).click();
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: 'JSON, complete' }).click();
  const path = await (await waiting).path();
  await page.goto('/history');
  await page.getByLabel(/or a file/).setInputFiles({
    name: 'seedbed.json',
    mimeType: 'application/json',
    buffer: await import('node:fs/promises').then(({ readFile }) => readFile(path)),
  });
  await page.getByRole('button', { name: 'Compare these' }).click();
  await expect(page.getByText('Imported: not made by this server.')).toBeVisible();
  expect(await textsOn(page)).toEqual(texts);
});

test('a shared experiment can stand in another site’s page, and nothing else can', async ({ page, browser }) => {
  const address = await runOnce(page);
  await share(page);
  const embed = await page.request.get(`${address}/embed`);
  expect(embed.headers()['content-security-policy']).toContain('frame-ancestors *');
  expect(embed.headers()['x-frame-options']).toBeUndefined();
  for (const path of [address, '/', '/history']) {
    const headers = (await page.request.get(path)).headers();
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-frame-options']).toBe('DENY');
  }
  const other = await (await browser.newContext()).newPage();
  await other.goto(`${address}/embed?theme=dark`);
  await expect(other.getByRole('link', { name: 'Open in Seedbed' })).toBeVisible();
  await expect(other.getByText('seedling-1 · seeds 1 to 5 · T 1 · 5 runs')).toBeVisible();
  await expect(other.getByText(/run 1 \(seed 1\)/)).toBeVisible();
  expect(await other.evaluate(() => getComputedStyle(document.body).colorScheme)).toBe('dark');
  expect(await accessibilityProblems(other)).toEqual([]);
});

test('a second tab follows an experiment live, and closing it stops nothing', async ({ page, context }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.openFiveSeeds();
  // Some of eight stories take long enough to open a tab.
  await workbench.fill({ Prompt: 'Once upon a time', Temperature: '1.5', Seeds: '8', 'Max tokens': '400' });
  await workbench.run();
  await expect(page).toHaveURL(/\/e\//);
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(second.getByText(/Streaming, \d+ word/).first()).toBeVisible();
  await second.close();
  await expect(workbench.column(1)).toContainText(/Done|Cut/);
});
