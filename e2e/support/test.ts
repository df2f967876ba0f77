import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { z } from 'zod';
import { recipeToFragment } from '../../lib/recipe/link';
import type { Recipe } from '../../lib/recipe/recipe';
import { stubUrl } from './addresses';

/** A test whose page may neither log nor throw an error. A page that it goes to is opened once its scripts are at work, where it has any. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const [goto, reload, waitForURL] = [page.goto.bind(page), page.reload.bind(page), page.waitForURL.bind(page)];
    page.goto = async (url, options) => {
      const response = await goto(url, options);
      if (options?.waitUntil === undefined) await takenOver(page);
      return response;
    };
    page.reload = async (options) => {
      const response = await reload(options);
      await takenOver(page);
      return response;
    };
    page.waitForURL = async (url, options) => {
      await waitForURL(url, options);
      await takenOver(page);
    };
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      // The browser itself logs refused requests; what the page makes of them is tested where they are provoked.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        errors.push(message.text());
    });
    await use(page);
    expect(errors).toEqual([]);
  },
});
export { expect };

/** Waits until React has taken over the page. A page is painted before, and may have no scripts, or may not get them. */
async function takenOver(page: Page): Promise<void> {
  const byReact = () =>
    document.querySelector('script[data-src]') === null ||
    !('scripted' in document.documentElement.dataset) ||
    Object.keys(document.body).some((key) => key.startsWith('__reactFiber'));
  await page.waitForFunction(byReact, undefined, { timeout: 5000 }).catch(() => undefined);
}

const fiveSeeds: Recipe = {
  v: 1,
  provider: 'seedling',
  request: {
    model: 'seedling-1',
    messages: [{ role: 'user', content: 'Write a haiku about the moon.' }],
    seed: 1,
    temperature: 0.2,
    max_completion_tokens: 60,
  },
  arms: [1, 2, 3, 4, 5].map((seed) => ({ label: `seed ${seed}`, set: { seed } })),
  repeats: 1,
};
const withOwnChip: readonly string[] = [
  'Model',
  'Seed',
  'Runs',
  'Runs each',
  'Seeds',
  'Temperature',
  'Top-p',
  'Max tokens',
];
const chipNames: Readonly<Record<string, string>> = { 'Vary between runs': 'Vary', Values: 'Vary' };

export class WorkbenchPage {
  constructor(readonly page: Page) {}

  /** Opens a page that has a workbench; one may type at once. */
  async open(path = '/'): Promise<void> {
    const ready = scriptsAtWork(this.page);
    await this.page.goto(path);
    await ready;
  }

  /** Opens it with five seeds of the exact model in the form. */
  async openFiveSeeds(origin = ''): Promise<void> {
    await this.open(`${origin}/#${await recipeToFragment(fiveSeeds)}`);
  }

  /** Opens it with the five seeds run: runs 1, 2 and 4 have one text, runs 3 and 5 part from it at word 4. */
  async openFiveSeedsRun(): Promise<void> {
    await this.openFiveSeeds();
    await this.choose('Pace', 'instant');
    await this.run();
    await expect(this.verdict('3 of 5 runs identical, 2 variants. First difference at word 4.')).toBeVisible();
  }

  async fill(fields: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(fields)) await (await this.reach(label)).fill(value);
  }

  async choose(label: string, option: string): Promise<void> {
    await (await this.reach(label)).selectOption(option);
  }

  /** A field of the form, with the chip opened behind which it stands. */
  async reach(label: string): Promise<Locator> {
    const field = this.field(label);
    if (!(await field.isVisible())) await this.chip(label).click();
    return field;
  }

  /** The chip behind which a field stands. */
  chip(label: string): Locator {
    const name = chipNames[label] ?? (withOwnChip.includes(label) ? label : 'More');
    return this.page.getByRole('form', { name: 'Recipe' }).getByRole('button', { name: new RegExp(`^${name}( |$)`) });
  }

  /** How much of the columns is shown. */
  async show(mode: 'all' | 'folded' | 'differences'): Promise<void> {
    await this.page.getByRole('button', { name: 'Options' }).click();
    await this.page.getByRole('combobox', { name: /^Show/ }).selectOption(mode);
    await this.page.keyboard.press('Escape');
  }

  async noSeed(): Promise<void> {
    await this.reach('Seed');
    await this.page.getByRole('button', { name: 'No seed' }).click();
  }

  /** A field of the form. Dialogs have controls of the same names. */
  field(label: string): Locator {
    return this.page.getByRole('form', { name: 'Recipe' }).getByLabel(label, { exact: true });
  }

  async chooseModel(model: string): Promise<void> {
    await (await this.reach('Model')).selectOption({ label: model });
  }

  async vary(what: 'nothing' | 'seed'): Promise<void> {
    await this.choose('Vary between runs', what);
  }

  async run(): Promise<void> {
    await this.page.getByRole('button', { name: /^Run \d+/ }).click();
  }

  get stopButton(): Locator {
    return this.page.getByRole('button', { name: /^Stop( Esc)?$/ });
  }

  column(run: number): Locator {
    return this.page.getByRole('region', { name: `Run ${run}`, exact: true });
  }

  /** The verdict's sentence, as a reader sees it. */
  verdict(text: string | RegExp): Locator {
    return this.page.getByRole('region', { name: 'Results' }).getByText(text).first();
  }
}

/** Resolves when the scripts of a page with a workbench have taken over: they ask then which models there are. */
export const scriptsAtWork = (page: Page): Promise<unknown> =>
  page.waitForResponse((response) => new URL(response.url()).pathname === '/api/models');

/** Imports texts from elsewhere on the page of past experiments, where they are compared. */
export async function bring(page: Page, texts: readonly string[]): Promise<WorkbenchPage> {
  await page.goto('/history');
  await page.getByLabel('Outputs').fill(texts.join('\n---\n'));
  const ready = scriptsAtWork(page);
  await page.getByRole('button', { name: 'Compare these' }).click();
  await page.waitForURL(/\/e\//);
  await ready;
  return new WorkbenchPage(page);
}

/** What is wrong with the page, or a part of it, according to axe's rules for WCAG 2.2 AA. */
export async function accessibilityProblems(page: Page, part = 'html'): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .include(part)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
}

const Calls = z.array(
  z.object({
    text: z.string(),
    body: z.record(z.string(), z.unknown()),
    startedAt: z.number(),
    closedEarlyAt: z.number().nullable(),
  }),
);

/** What the stub upstream has been asked with this prompt. */
export async function callsWith(prompt: string): Promise<z.infer<typeof Calls>> {
  const calls = Calls.parse(await (await fetch(`${stubUrl}/calls`)).json());
  return calls.filter(({ body }) => JSON.stringify(body.messages).includes(JSON.stringify(prompt)));
}
