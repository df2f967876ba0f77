import type { Locator, Page } from '@playwright/test';
import { lessons } from '../lib/lessons/lessons';
import { plan } from '../lib/recipe/plan';
import { expect, test, WorkbenchPage } from './support/test';

// A trace would keep a picture of the page at each of many steps.
test.use({ trace: 'off' });

const whole = { ratio: 0.98 };

/** Everything that can be pressed in a step is on the screen, whole. */
async function expectInReach(step: Locator, role: 'button' | 'link' = 'button'): Promise<void> {
  for (const each of await step.getByRole(role).all()) await expect(each).toBeInViewport(whole);
}

type Looked = { lens: boolean; inside: boolean; view: string; runs: number };

/** What a step speaks of is on the screen: all strips of the lens, and where there is room for both the texts; or the verdict and texts. */
async function expectPicture(page: Page, { lens, inside, view, runs }: Looked, wide: boolean): Promise<void> {
  const workbench = new WorkbenchPage(page);
  if (lens && inside) {
    const pictures = page.getByRole('region', { name: 'Token lens' }).getByRole('figure');
    await expect(pictures.filter({ hasText: /^(What it looked at|The same sum)/ }).first()).toBeInViewport();
  } else if (lens) {
    const strips = page.getByRole('region', { name: 'Token lens' }).locator('[data-strip]');
    await expect(strips.first()).toBeInViewport(whole);
    for (const strip of await strips.all()) await expect(strip).toBeInViewport(whole);
  } else {
    await expect(page.getByRole('heading', { level: 2, name: /\bruns?\b/ }).first()).toBeInViewport(whole);
    if (view === 'variants')
      await expect(
        page
          .getByRole('list', { name: /^Variants/ })
          .getByRole('listitem')
          .first(),
      ).toBeInViewport();
  }
  if (view !== 'columns' || (lens && !wide)) return;
  await expect(workbench.column(1)).toBeInViewport();
  if (wide && runs > 1) await expect(workbench.column(2)).toBeInViewport({ ratio: 0.9 });
  if (wide && runs <= 4) await expect(workbench.column(runs)).toBeInViewport({ ratio: 0.9 });
}

for (const { slug, run, change } of lessons)
  for (const [width, height] of [
    [375, 812],
    [375, 667],
    [1440, 900],
  ] as const)
    test(`at each step of ${slug} its buttons and its picture are on a screen of ${width} × ${height}`, async ({
      page,
    }) => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height });
      const workbench = new WorkbenchPage(page);
      const step = (name: string) => page.getByRole('region', { name });
      const looked = ({ spotlight, recipe }: typeof run | typeof change): Looked => ({
        lens: spotlight.lens !== undefined,
        // A lesson on a network is about what goes on in it.
        inside: recipe.request.model.startsWith('sapling'),
        view: spotlight.view ?? 'columns',
        runs: plan(recipe).length,
      });
      const runButton = page.getByRole('button', { name: /^Run \d+/ });
      await workbench.open(`/learn/${slug}`);
      await expect(page.getByText(/^Nothing has run yet/)).toBeInViewport();
      await expectInReach(step('1 Predict'));
      await page.getByRole('button', { name: 'Skip, just run' }).click();
      await expect(runButton).toBeInViewport(whole);
      await runButton.click();
      await expect(step('3 See').getByText('You said')).toBeVisible();
      await expectInReach(step('3 See'));
      await expectPicture(page, looked(run), width > 1000);
      await page.getByRole('button', { name: 'Next: explain' }).click();
      await expectInReach(step('4 Explain'));
      await expectPicture(page, looked(run), width > 1000);
      await page.getByRole('button', { name: 'Next: check' }).click();
      await step('5 Check').getByRole('radio').first().check();
      await expectInReach(step('5 Check'));
      await page.getByRole('button', { name: 'Check my answer' }).click();
      await expect(step('5 Check').getByText(/^(Yes|Not quite)\./)).toBeInViewport(whole);
      await expectInReach(step('5 Check'));
      await expectPicture(page, looked(run), width > 1000);
      await page.getByRole('button', { name: 'Next: change something' }).click();
      await expect(runButton).toBeInViewport(whole);
      await runButton.click();
      await expect(page.getByRole('button', { name: 'Next: make it yours' })).toBeVisible({ timeout: 60_000 });
      await expectInReach(step('6 Change'));
      await expectPicture(page, looked(change), width > 1000);
      await page.getByRole('button', { name: 'Next: make it yours' }).click();
      await expectInReach(step('7 Make it yours'), 'link');
    });
