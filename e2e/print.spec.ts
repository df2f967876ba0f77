import type { Page } from '@playwright/test';
import { bring, expect, test, WorkbenchPage } from './support/test';

const words = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `w${from + index}`).join(' ');
const long = words(1, 400);

/** A4 between margins of 1 cm, at 96 px an inch. */
async function putOnPaper(page: Page): Promise<void> {
  await page.setViewportSize({ width: 718, height: 1047 });
  await page.emulateMedia({ media: 'print' });
}

/** What extends beyond the page's edge, or is cut off in a box that would have to be scrolled. */
const cutOff = (page: Page): Promise<string[]> =>
  page.locator('#results').evaluate((results) => {
    const width = document.documentElement.clientWidth;
    return [...results.querySelectorAll('*')].flatMap((element) => {
      const { display, overflowX, overflowY, position } = getComputedStyle(element);
      if (display === 'none' || position === 'absolute' || element.closest('[aria-hidden], select, input')) return [];
      const wide = overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
      const high = overflowY !== 'visible' && element.scrollHeight > element.clientHeight + 1;
      const over = element.getBoundingClientRect().right > width + 1;
      const name = `${element.tagName} ${element.getAttribute('aria-label') ?? element.className}`;
      return wide || high || over ? [name] : [];
    });
  });

test('columns stand below one another on paper, with what was folded or out of sight', async ({ page }) => {
  const workbench = await bring(page, [long, long.replace('w200 ', 'two hundred '), long.replace('w300 ', ''), long]);
  await expect(workbench.column(2).getByText('w30 w31')).toBeHidden();
  await putOnPaper(page);
  expect(await cutOff(page)).toEqual([]);
  for (const run of [1, 2, 3, 4]) {
    const text = page.getByRole('region', { name: `Text of run ${run}` });
    for (const word of ['w1 ', 'w31 ', 'w250 ', 'w400']) await expect(text).toContainText(word, { useInnerText: true });
  }
  await expect(page.getByRole('button', { name: /^Lens on/ })).toHaveCount(0);
});

test('all columns are on paper, of many runs too', async ({ page }) => {
  const workbench = await bring(
    page,
    Array.from({ length: 30 }, (_, index) => `the same but for ${index + 1}`),
  );
  await expect(workbench.column(30)).toHaveCount(0);
  await putOnPaper(page);
  for (const run of [1, 17, 30]) await expect(workbench.column(run)).toContainText('the same but for');
  expect(await cutOff(page)).toEqual([]);
  await page.emulateMedia({ media: 'screen' });
  await expect(workbench.column(30)).toHaveCount(0);
});

test('marks are told apart by their lines on paper, in any theme', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const workbench = await bring(page, ['the old boat is here', 'the red boat is right here', 'the old boat is here']);
  await page.getByLabel('Theme').selectOption('dark');
  await putOnPaper(page);
  const line = (text: string) =>
    workbench
      .column(2)
      .locator('mark', { hasText: text })
      .evaluate((mark) => {
        const { textDecorationLine, textDecorationStyle } = getComputedStyle(mark);
        return `${textDecorationLine} ${textDecorationStyle}`;
      });
  expect(await line('red')).toBe('underline solid');
  expect(await line('right')).toBe('underline dashed');
  const ink = await page.locator('body').evaluate((body) => getComputedStyle(body).color);
  expect(ink).toBe('rgb(22, 24, 29)');
});

for (const [view, model, mode] of [
  ['Variants', 'Variants, the most common first', null],
  ['Differences', 'Table of differences', null],
  ['Differences', 'Table of alignment', 'Table'],
  ['Tree', 'Tree of texts', null],
  ['Tree', 'Texts rejoined', 'Rejoin when the words match again'],
  ['Matrix', 'Similarity of texts', null],
] as const)
  test(`nothing of “${model}” is cut off on paper`, async ({ page }) => {
    const numbers = [20, 50, 80, 110, 140, 170, 200];
    const changed = numbers.map((at) => long.replace(`w${at} `, `a rather different number ${at} `));
    const all = numbers.reduce((text, at) => text.replace(`w${at} `, `another `), long);
    await bring(page, [long, all, ...changed]);
    await page.getByText(view, { exact: true }).click();
    if (mode !== null) await page.getByLabel(mode, { exact: true }).check();
    await expect(page.getByLabel(model)).toBeVisible();
    if (view === 'Matrix')
      await page
        .getByRole('button', { name: /% of words shared$/ })
        .first()
        .click();
    await putOnPaper(page);
    expect(await cutOff(page)).toEqual([]);
    // The tables are about what differs; the others have the texts.
    if (!model.startsWith('Table'))
      await expect(page.locator('#results')).toContainText('w399 w400', { useInnerText: true });
  });

test('the lens has its figures on paper, and no button that names nothing', async ({ page }) => {
  await new WorkbenchPage(page).openFiveSeedsRun();
  await page.getByRole('button', { name: 'Lens on run 3' }).click();
  const lens = page.getByRole('region', { name: 'Token lens' });
  await expect(lens.getByRole('heading')).toBeVisible();
  await putOnPaper(page);
  expect(await cutOff(page)).toEqual([]);
  await expect(lens).toContainText(/Run 3: u = 0\.\d{3}/);
  await expect(lens.getByRole('slider')).toHaveCount(0);
  await expect(lens.getByRole('button', { name: 'Close the lens' })).toHaveCount(0);
});
