import type { Locator, Page } from '@playwright/test';
import { lessons } from '../lib/lessons/lessons';
import { accessibilityProblems, expect, test, WorkbenchPage } from './support/test';

// A trace takes a snapshot of the page at each of some hundred key presses.
test.use({ trace: 'off' });

/** Presses Tab, or Shift+Tab, until the focus is where it is wanted. */
async function tabTo(page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const element = await wanted.elementHandle(); // to look for it by its name at each press takes long
  for (let presses = 0; presses < 150; presses++) {
    if (await element?.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Tab does not reach ${wanted}.`);
}

async function press(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await tabTo(page, page.getByRole('button', { name }), key);
  await page.keyboard.press('Enter');
}

/** The step is open. */
async function expectOpen(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('region', { name: title })).toBeVisible({ timeout: 30_000 });
}

/** The step is open, it (or the whole page) has no accessibility problem, and nothing is wider than the page. */
async function expectStep(page: Page, title: string, part = 'article'): Promise<void> {
  await expectOpen(page, title);
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  // As high as the page, since the bar at the window's foot would cover a part of it.
  await page.setViewportSize({ width, height: await page.evaluate(() => document.documentElement.scrollHeight) });
  expect(await accessibilityProblems(page, part)).toEqual([]);
  await page.setViewportSize({ width, height });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
}

const focused = (page: Page): Locator => page.locator('*:focus');

for (const { slug, title, predict, check, run } of lessons)
  for (const width of [1440, 375])
    test(`the lesson ${slug} can be done by keyboard alone at ${width} px`, async ({ page }) => {
      test.setTimeout(120_000);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await new WorkbenchPage(page).open(`/learn/${slug}`);
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
      await expect(page.getByText(/^Nothing has run yet\. Press Run to make \d+ runs?\.$/)).toBeVisible();
      await expectStep(page, '1 Predict');

      const guess = page.getByRole('region', { name: '1 Predict' }).locator('input').first();
      await tabTo(page, guess);
      await page.keyboard.press(predict.kind === 'choice' ? 'Space' : (String(predict.min)[0] ?? '0'));
      if (predict.kind === 'number') await guess.fill(String(predict.min));
      await press(page, 'Keep my guess');
      await expect(focused(page)).toHaveText('2 Run');
      await expectOpen(page, '2 Run');

      await press(page, /^Run \d+/);
      await expectStep(page, '3 See');
      const see = page.getByRole('region', { name: '3 See' });
      await expect(see.getByText('You said')).toBeVisible({ timeout: 30_000 });
      const picture = run.spotlight.lens
        ? page.getByRole('region', { name: 'Token lens' }).getByRole('figure')
        : page.getByRole('heading', { level: 2, name: /runs? / });
      await expect(picture.first()).toBeInViewport();
      await expect(see).toContainText(predict.kind === 'choice' ? (predict.options[0] ?? '') : predict.unit);
      await expect(focused(page)).toHaveText(/^Run \d+/);

      await press(page, 'Next: explain', 'Shift+Tab');
      await expect(focused(page)).toHaveText('4 Explain');
      await expectOpen(page, '4 Explain');
      await press(page, 'Next: check');
      await tabTo(page, page.getByRole('region', { name: '5 Check' }).getByRole('radio').first());
      await page.keyboard.press('Space');
      await press(page, 'Check my answer');
      await expect(page.getByRole('region', { name: '5 Check' })).toContainText(check.options[0]?.reply ?? '');
      await expectOpen(page, '5 Check');

      await press(page, 'Next: change something');
      await expect(focused(page)).toHaveText('6 Change');
      await expectOpen(page, '6 Change');
      await press(page, /^Run \d+/);
      await expect(page.getByRole('button', { name: 'Next: make it yours' })).toBeVisible({ timeout: 60_000 });
      await expectStep(page, '6 Change');
      await press(page, 'Next: make it yours', 'Shift+Tab');
      await expect(focused(page)).toHaveText('7 Make it yours');
      await tabTo(page, page.getByLabel(/^Why did it come out so/));
      await page.keyboard.type('Because.');
      await expectStep(page, '7 Make it yours', 'html');
      await expect(page).toHaveURL(new RegExp(`/learn/${slug}(\\?view=\\w+)?(#.*)?$`));

      await page.reload();
      await page.goto('/learn');
      await expect(page.getByRole('listitem').filter({ hasText: title })).toContainText('done');
      expect(await page.evaluate(() => localStorage.getItem('seedbed-lessons'))).toContain('Because.');
    });

test('“Skip, just run” runs the recipe without a prediction, and makes none up', async ({ page }) => {
  const [lesson] = lessons;
  await page.goto(`/learn/${lesson?.slug}`);
  await page.getByRole('button', { name: 'Skip, just run' }).click();
  await new WorkbenchPage(page).run();
  await expect(page.getByRole('region', { name: '3 See' })).toContainText('you skipped it', { timeout: 20_000 });
});

test('a recipe that is not the lesson’s does not count, and the lesson’s can be loaded again', async ({ page }) => {
  const [lesson] = lessons;
  await page.goto(`/learn/${lesson?.slug}`);
  await page.getByRole('button', { name: 'Skip, just run' }).click();
  const workbench = new WorkbenchPage(page);
  await workbench.fill({ Prompt: 'Say something else.' });
  await workbench.run();
  const back = page.getByRole('button', { name: 'Load the lesson’s recipe' });
  await expect(back).toBeVisible({ timeout: 20_000 });
  await back.click();
  await expect(workbench.field('Prompt')).not.toHaveValue('Say something else.');
  await workbench.run();
  await expect(page.getByRole('region', { name: '3 See' })).toBeVisible({ timeout: 20_000 });
});

test('the list names every lesson in order, can be reached from the header, and has no accessibility problem', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Learn', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Learn' })).toBeVisible();
  expect(await page.locator('ol > li').count()).toBe(lessons.length);
  expect(await accessibilityProblems(page)).toEqual([]);
});

for (const paper of ['sheet', 'key', 'notes'] as const)
  test(`nothing of the ${paper} is cut on paper, and only the key has answers`, async ({ page }) => {
    for (const { slug, check, notes } of lessons) {
      await page.goto(`/learn/${slug}/${paper}`);
      if (slug === lessons[0]?.slug) expect(await accessibilityProblems(page)).toEqual([]);
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      for (const width of [718, 740]) {
        await page.setViewportSize({ width, height: 1000 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
          0,
        );
      }
      // biome-ignore lint/performance/useDomNodeTextContent: what is hidden in print does not count
      const text = await page.locator('body').innerText();
      for (const { reply } of check.options) expect(text.includes(reply)).toBe(paper === 'key');
      expect(text.includes('(the answer)')).toBe(paper === 'key');
      expect(text.includes(notes.expected)).toBe(paper !== 'sheet');
      expect(text).not.toContain('Theme');
      expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(1000);
      expect((await page.pdf({ format: 'Letter' })).length).toBeGreaterThan(1000);
    }
  });

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the lessons can be read', async ({ page }) => {
    await page.goto('/learn');
    for (const { title, learns } of lessons) {
      await expect(page.getByRole('link', { name: title, exact: true })).toBeVisible();
      await expect(page.getByText(learns).first()).toBeVisible();
    }
    for (const { slug, explain, change } of lessons) {
      await page.goto(`/learn/${slug}`);
      for (const text of [...explain, change.instruction]) await expect(page.getByText(text).first()).toBeVisible();
      await expect(page.getByRole('button', { name: 'Keep my guess' })).toBeHidden();
    }
  });
});

for (const path of ['/', `/learn/${lessons[0]?.slug}`])
  test(`a link to ${path} hides and locks controls, and what is sent stays the same`, async ({ page }) => {
    const sent: unknown[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && new URL(request.url()).pathname === '/api/experiments')
        sent.push(request.postDataJSON());
    });
    const workbench = new WorkbenchPage(page);
    for (const query of ['', '?hide=model,top_p,unknown&lock=prompt,seed']) {
      await workbench.open(path + query);
      await workbench.run();
      await expect(workbench.column(1)).toContainText(/Done|Cut/, { timeout: 20_000 });
    }
    expect(sent.length).toBe(2);
    expect(sent[1]).toEqual(sent[0]);
    await expect(workbench.chip('Model')).toHaveCount(0);
    await expect(workbench.chip('Top-p')).toHaveCount(0);
    await expect(workbench.field('Temperature')).toBeEnabled();
    await expect(workbench.field('Prompt')).toBeDisabled();
    await expect(page.getByRole('button', { name: 'New random seed' })).toBeHidden();
    await expect(page.getByText('locked by the link')).toHaveCount(2);
    await expect(page).toHaveURL(/hide=model,top_p,unknown&lock=prompt,seed/);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

test('a teacher finds notes, sheet, key and a link for the class on a page of their own', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const [lesson] = lessons;
  await page.goto('/learn');
  await page.getByRole('link', { name: 'For teachers' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'For teachers' })).toBeVisible();
  for (const paper of ['Notes', 'Student sheet', 'Answer key'])
    await expect(page.getByRole('link', { name: `${paper}: ${lesson?.title}` })).toBeVisible();
  await page.getByRole('button', { name: `Class link: ${lesson?.title}` }).click();
  const dialog = page.getByRole('dialog', { name: 'Class link' });
  await dialog.getByLabel('Model').selectOption('hidden');
  await dialog.getByLabel('Prompt').selectOption('locked');
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Copy class link' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/\/learn\/[\w-]+\?hide=model&lock=prompt$/);
  await page.goto(link);
  await expect(new WorkbenchPage(page).field('Prompt')).toBeDisabled();
  await expect(page.getByRole('main').getByRole('link', { name: /teacher|answer key|sheet/i })).toHaveCount(0);
});

test('a reload goes on at the step where the learner was, with what had run, and “Start again” forgets it', async ({
  page,
}) => {
  const lesson = lessons.find(({ slug }) => slug === 'same-seed-same-text');
  const region = (name: string) => page.getByRole('region', { name });
  await page.goto(`/learn/${lesson?.slug}`);
  await region('1 Predict').getByRole('spinbutton').fill('3');
  await page.getByRole('button', { name: 'Keep my guess' }).click();
  await page.reload();
  await expect(region('2 Run')).toBeVisible();
  await new WorkbenchPage(page).run();
  await expect(region('3 See')).toContainText('You said3 texts', { timeout: 20_000 });
  await page.reload();
  await expect(region('3 See')).toContainText('It was1 text.', { timeout: 20_000 });
  await expect(region('3 See')).toContainText('All 5 runs gave the same text.');
  await expect(new WorkbenchPage(page).column(5)).toBeVisible();
  await page.getByRole('button', { name: 'Next: explain' }).click();
  await page.getByRole('button', { name: 'Next: check' }).click();
  await region('5 Check').getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Check my answer' }).click();
  await expect(region('5 Check')).toContainText('Not quite.');
  await page.goto('/learn');
  await page.goBack();
  await expect(region('5 Check')).toContainText(lesson?.check.options[0]?.reply ?? '?');
  await region('5 Check').getByRole('radio').nth(1).check();
  await page.getByRole('button', { name: 'Check my answer' }).click();
  await expect(region('5 Check')).toContainText('Yes.');
  await page.getByRole('button', { name: 'Start again' }).click();
  await expect(region('1 Predict')).toBeVisible();
  await expect(region('1 Predict').getByRole('spinbutton')).toHaveValue('');
  await page.reload();
  await expect(region('1 Predict')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start again' })).toHaveCount(0);
});

test('lesson 9 holds for two learners who press Run at the same moment, and takes both ways to send', async ({
  page,
  browser,
}) => {
  const lesson = lessons.find(({ slug }) => slug === 'when-the-server-moves');
  const other = await (await browser.newContext()).newPage();
  const learners = [page, other];
  for (const learner of learners) {
    await learner.goto(`/learn/${lesson?.slug}`);
    await learner.getByRole('button', { name: 'Skip, just run' }).click();
    await new WorkbenchPage(learner).run();
    await learner.getByRole('button', { name: 'Next: explain' }).click({ timeout: 30_000 });
    await learner.getByRole('button', { name: 'Next: check' }).click();
    await learner.getByRole('region', { name: '5 Check' }).getByRole('radio').nth(1).check();
    await learner.getByRole('button', { name: 'Check my answer' }).click();
    await learner.getByRole('button', { name: 'Next: change something' }).click();
  }
  await Promise.all(learners.map((learner) => new WorkbenchPage(learner).run()));
  for (const learner of learners)
    await expect(learner.getByRole('region', { name: '6 Change' })).toContainText(
      'Sent all at once. 7 of 12 runs gave the most common text. There are 2 texts in all. 1 fingerprint seen, in 12 runs. Runs with the same fingerprint gave different texts.',
      { timeout: 30_000 },
    );
  const workbench = new WorkbenchPage(page);
  await new WorkbenchPage(page).choose('Send', 'sequential');
  await workbench.run();
  await expect(page.getByRole('region', { name: '6 Change' })).toContainText(
    'Sent one after the other. All 12 runs gave the same text.',
    { timeout: 60_000 },
  );
  await other.context().close();
});

test('a step that was done can be looked at again, and the lesson goes on where it was', async ({ page }) => {
  await page.goto(`/learn/${lessons[0]?.slug}`);
  await page.getByRole('button', { name: 'Skip, just run' }).click();
  await new WorkbenchPage(page).run();
  await page.getByRole('button', { name: 'Next: explain' }).click({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Next: check' }).click();
  await expect(page.getByRole('button', { name: 'Step 6: Change' })).toBeDisabled();
  await page.getByRole('button', { name: 'Step 3: See, done' }).click();
  await expect(page.getByRole('heading', { name: '3 See' })).toBeFocused();
  await expect(page.getByRole('region', { name: '5 Check' })).toBeHidden();
  await page.reload();
  await expect(page.getByRole('region', { name: '5 Check' })).toBeVisible();
});

test('the projector makes everything half as large again, without sideways scroll, and is remembered', async ({
  page,
}) => {
  const fontSize = () => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
  const paths = ['/', '/learn', `/learn/${lessons[0]?.slug}`, '/history'];
  for (const path of paths) {
    await page.goto(`${path}?projector`);
    expect(await fontSize()).toBe('24px');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  }
  const projector = page.getByRole('button', { name: 'Projector' });
  await expect(projector).toHaveAttribute('aria-pressed', 'true');
  await projector.click();
  expect(await fontSize()).toBe('16px');
  await projector.click();
  await page.goto('/learn');
  expect(await fontSize()).toBe('24px');
});
