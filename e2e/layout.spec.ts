import type { Locator, Page } from '@playwright/test';
import type { Recipe } from '../lib/recipe/recipe';
import { sitePages } from './support/addresses';
import { bring, expect, scriptsAtWork, test, WorkbenchPage } from './support/test';

/** In how many pixels the texts begin, by the size of the window. */
const tops = {
  laptop: [
    { width: 1440, height: 900, top: 300 },
    { width: 1024, height: 768, top: 300 },
    { width: 768, height: 1024, top: 320 },
  ],
  phone: [{ width: 375, height: 812, top: 200 }],
};
const laptop = { name: 'a laptop', viewport: { width: 1440, height: 900 }, hasTouch: false, sizes: tops.laptop };
const phone = { name: 'a phone', viewport: { width: 375, height: 812 }, hasTouch: true, sizes: tops.phone };

/** So many seeds of a story: hardly two texts are alike. */
const stories = (seeds: number): Recipe => ({
  v: 1,
  provider: 'seedling',
  request: {
    model: 'seedling-1',
    messages: [{ role: 'user', content: 'Tell me a story about a fox.' }],
    temperature: 1.2,
    max_completion_tokens: 60,
  },
  arms: Array.from({ length: seeds }, (_, at) => ({ label: `seed ${at + 1}`, set: { seed: at + 1 } })),
  repeats: 1,
});

/** Two runs at each of some temperatures. */
const ladder: Recipe = {
  ...stories(1),
  arms: [0, 0.5, 1, 1.5].map((temperature) => ({ label: `temperature ${temperature}`, set: { temperature } })),
  repeats: 2,
};

/** Five runs of a model of the stub. */
const five = (model: string): Recipe => ({
  v: 1,
  provider: 'openai',
  request: { model, messages: [{ role: 'user', content: `Layout of ${model}` }], seed: 1, temperature: 0 },
  repeats: 5,
});

const text = (page: Page) => page.getByRole('region', { name: 'Text of run 1', exact: true });
const findings = (page: Page) => page.getByRole('table', { name: 'What each setting does here' });

/** That something begins where it should in a window of each size, the last of which stays, and that none is too narrow. */
async function expectToBegin(what: Locator, sizes: typeof tops.laptop): Promise<void> {
  const page = what.page();
  for (const { width, height, top } of sizes.toReversed()) {
    await page.setViewportSize({ width, height });
    await expect.poll(async () => (await what.boundingBox())?.y, `at ${width}`).toBeLessThanOrEqual(top);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
}

/** Everything that results may look like unlike those of the example. */
const states = [
  { name: 'a temperature ladder', at: '/api/experiments', of: ladder, begins: text },
  { name: 'a repeat', at: '/api/experiments', of: stories(4), repeat: true, begins: text },
  { name: 'a repeated ladder', at: '/api/experiments', of: ladder, repeat: true, begins: text },
  { name: '4 different texts', at: '/api/experiments', of: stories(4), begins: text },
  { name: 'a title', at: '/api/experiments', of: { ...stories(4), title: 'Four seeds of one story' }, begins: text },
  { name: '20 different texts', at: '/api/experiments', of: stories(20), begins: text },
  { name: '200 different texts', at: '/api/experiments', of: stories(200), begins: text },
  { name: 'a failed run', at: '/api/experiments', of: five('stub-limited'), begins: text },
  { name: 'runs that were refused', at: '/api/experiments', of: five('stub-no-temperature'), begins: text },
  { name: 'reasoning', at: '/api/experiments', of: five('stub-reasons'), begins: text },
  { name: 'characters that cannot be seen', at: '/api/experiments', of: five('stub-hostile'), begins: text },
  { name: 'several fingerprints', at: '/api/experiments', of: five('stub-fingerprints'), begins: text },
  {
    name: 'an import',
    at: '/api/experiments/import',
    of: {
      text: Array.from({ length: 12 }, (_, at) => `${`w${at} `.repeat(40)}in the end`).join('\n---\n'),
      prompt: 'Say something long. '.repeat(20),
    },
    begins: text,
  },
  { name: 'a probe', at: '/api/probe', of: { provider: 'openai', model: 'stub-reasoning' }, begins: findings },
];

for (const { name, viewport, hasTouch, sizes } of [laptop, phone])
  test.describe(`on ${name}`, () => {
    test.use({ viewport, hasTouch });

    test('the texts of the example begin high, and Run is on the screen', async ({ page }) => {
      await new WorkbenchPage(page).open();
      await expectToBegin(text(page), sizes);
      await expect(page.getByRole('button', { name: /^Run 5/ })).toBeInViewport({ ratio: 1 });
    });

    test('so do those of an exhibit, and what it shows is said', async ({ page }) => {
      await new WorkbenchPage(page).open('/explore/same-seed');
      await expectToBegin(text(page), sizes);
      await expect(page.getByText('These runs were made when this site was built')).toBeVisible();
    });

    for (const { name: what, at, of, begins, repeat } of states)
      test(`so do the results that have ${what}, their owner’s and a reader’s`, async ({ page, browser }) => {
        const make = async (query = '') => {
          const made = await page.request.post(at + query, { data: of });
          return /"id":\s?"([\w-]+)"/.exec(await made.text())?.[1] ?? '';
        };
        const first = await make();
        const id = repeat ? await make(`?parent=${first}`) : first;
        expect(id).not.toBe('');
        expect((await page.request.post(`/api/experiments/${id}/share`)).ok()).toBe(true);
        const others = await browser.newContext({ viewport, hasTouch });
        for (const reader of [page, await others.newPage()]) {
          const ready = scriptsAtWork(reader);
          await reader.goto(`/e/${id}`);
          await ready;
          await expect(begins(reader)).toBeAttached();
          // When all has come that comes later.
          await expect(reader.getByRole('button', { name: 'Download' })).toBeAttached();
          await expectToBegin(begins(reader), sizes);
        }
        await others.close();
      });

    test('what is on the screen stays where it is while runs arrive', async ({ page }) => {
      const workbench = new WorkbenchPage(page);
      await workbench.open();
      await expect(page.getByRole('button', { name: 'Lens on run 1' })).toBeAttached();
      for (const budget of [0.08, 0.08]) {
        await page.evaluate(observeShifts);
        await workbench.run();
        await expect(workbench.stopButton).toBeVisible();
        await expect(page.getByRole('button', { name: /^Run 5/ })).toBeVisible();
        await expect(page.getByRole('button', { name: 'Share' })).toBeVisible();
        expect(await page.evaluate(() => Number(document.documentElement.dataset.shifted))).toBeLessThan(budget);
      }
    });

    test('that the form has been changed is said where nothing moves for it', async ({ page }) => {
      const workbench = new WorkbenchPage(page);
      await workbench.open();
      const before = await text(page).boundingBox();
      await workbench.field('Prompt').fill('Another prompt');
      await expect(page.getByText('These results are from other settings.')).toBeInViewport({ ratio: 1 });
      expect(await text(page).boundingBox()).toEqual(before);
    });
  });

/** Adds up in the page how much of it is moved, and how far, as the browser counts it, what follows a press included. */
function observeShifts(): void {
  let sum = 0;
  document.documentElement.dataset.shifted = '0';
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if ('value' in entry) sum += Number(entry.value);
    document.documentElement.dataset.shifted = String(sum);
  }).observe({ type: 'layout-shift' });
}

test.describe('on a phone', () => {
  test.use({ viewport: phone.viewport, hasTouch: true });

  test('a long prompt has the width of the window, and leaves chips and Run free', async ({ page }) => {
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    const prompt = workbench.field('Prompt');
    await prompt.fill('Write of the sea, and of the ships. '.repeat(12));
    const box = await prompt.boundingBox();
    expect(box?.width).toBeGreaterThan(340);
    expect(box?.height).toBeGreaterThan(150);
    await page.getByRole('button', { name: /^Seed/ }).click();
    await expect(workbench.field('Seed')).toBeVisible();
    await page.keyboard.press('Escape');
    await prompt.focus();
    await page.getByRole('button', { name: /^Run 5/ }).click();
    await expect(workbench.verdict(/in 5 runs|of 5 runs/)).toBeVisible();
  });
});

test('arrow keys change a number by a step, within its limits', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const press = async (label: string, keys: readonly string[]) => {
    const field = await workbench.reach(label);
    await field.focus();
    for (const key of keys) await page.keyboard.press(key);
    const value = await field.inputValue();
    await page.keyboard.press('Escape');
    return value;
  };
  expect(await press('Seed', ['ArrowUp', 'ArrowUp', 'ArrowDown'])).toBe('70');
  expect(await press('Temperature', ['ArrowDown', 'PageUp'])).toBe('1.6');
  expect(await press('Max tokens', ['ArrowUp'])).toBe('70');
  expect(await press('Runs', ['PageDown'])).toBe('1');
  await workbench.reach('Max tokens');
  await page.getByRole('slider', { name: 'Max tokens slider' }).press('ArrowRight');
  await expect(workbench.field('Max tokens')).toHaveValue('80');
});

/** Pages, with the views of an experiment of three equal texts, which has all that may stand beside a verdict. */
const paths = [...sitePages, '/api-reference'];
const views = ['', '?view=variants', '?view=differences', '?view=tree', '?view=matrix', '/embed'];

test('no page is wider than its window', async ({ page }) => {
  for (const path of paths) {
    await page.goto(path, { waitUntil: 'networkidle' });
    for (const width of [640, 768, 1024, 1280, 1440, 1680]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${path} at ${width}`).toBe(width);
    }
  }
});

/** What can be pressed and is smaller than 24 × 24 pixels, unless it is a link in a sentence. */
const smallTargets = (): string[] =>
  [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary')].flatMap((target) => {
    const { width, height } = target.getBoundingClientRect();
    if (!target.checkVisibility({ visibilityProperty: true }) || target.closest('.sr-only')) return [];
    if (width > 23.9 && height > 23.9) return [];
    const beside = [...(target.parentElement?.childNodes ?? [])];
    const inSentence = beside.some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    if (inSentence && getComputedStyle(target).display === 'inline') return [];
    return [`${target.getAttribute('aria-label') ?? target.textContent} ${width} × ${height}`];
  });

for (const { name, viewport, hasTouch } of [laptop, phone])
  test.describe(`on ${name}`, () => {
    test.use({ viewport, hasTouch });
    test('all that can be pressed is at least 24 pixels high and wide', async ({ page }) => {
      test.slow();
      await page.goto('/history');
      await expect(page.getByRole('link', { name: 'Begin with a lesson' })).toBeVisible();
      expect(await page.evaluate(smallTargets)).toEqual([]);
      await bring(page, ['the old red boat', 'the old red boat', 'the old red boat']);
      await expect(page.getByRole('button', { name: 'What does this prove?' })).toBeVisible();
      const { pathname } = new URL(page.url());
      expect((await page.request.post(`/api/experiments/${pathname.slice('/e/'.length)}/share`)).ok()).toBe(true);
      for (const path of [...paths, ...views.map((view) => pathname + view)]) {
        await page.goto(path, { waitUntil: 'networkidle' });
        expect(await page.evaluate(smallTargets), path).toEqual([]);
      }
    });
  });
