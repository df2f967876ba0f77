import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { pages } from '@/lib/api/addresses';
import { Browser } from '@/lib/api/browser.fixture';
import { views } from '@/lib/compare/results';
import { recipeToFragment } from '@/lib/recipe/link';
import type { Recipe } from '@/lib/recipe/recipe';
import { round } from './clock';
import { kill, startSite } from './server-process';

/*
 * How long the page keeps a browser from answering: the longest task of its main thread, at the start of a page and while a
 * thousand runs come, are compared, are scrolled and are shown in each view. A task counts by the processor time that it takes,
 * from a trace of the browser: on a machine that does other work too, how long it lasts says more of that. Both are printed.
 */

const port = 43_194;
const origin = `http://127.0.0.1:${port}`;
const recipe: Recipe = {
  v: 1,
  provider: 'seedling',
  request: {
    model: 'seedling-1-fleet',
    messages: [{ role: 'user', content: 'Once upon a time' }],
    temperature: 1,
    max_completion_tokens: 100,
  },
  repeats: 1000,
};

/** Runs the recipe and shares it; its id. */
async function share(): Promise<string> {
  const api = new Browser().at(origin);
  const started = await api.start(recipe);
  let id = '';
  if (started.ok) for await (const { event } of started.value) if (event.type === 'experiment-start') id = event.id;
  while (!(await api.share(id)).ok); // its lease is given back a moment after its end
  return id;
}

/** Does something, and waits until no long task has ended for two seconds. */
async function doAndSettle(page: Page, work: () => Promise<unknown>): Promise<void> {
  await work();
  await page.evaluate(() => {
    document.documentElement.dataset.lastTask = String(performance.now());
  });
  await page.waitForFunction(() => performance.now() - Number(document.documentElement.dataset.lastTask) > 2000);
}

type Figure = { while: string; 'longest (ms)': number; 'over 50 ms': number; 'longest by the clock (ms)': number };
const figures: Figure[] = [];

/** Traces the tasks of the page while something is done in it. */
async function note(page: Page, what: string, work: () => Promise<unknown>): Promise<void> {
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  await doAndSettle(page, work);
  await page.evaluate((mark) => performance.mark(mark), mark);
  const tasks = tasksOf(JSON.parse((await browser.stopTracing()).toString()).traceEvents);
  const longest = (times: number[]) => round(Math.max(0, ...times));
  figures.push({
    while: what,
    'longest (ms)': longest(tasks.map(({ busy }) => busy)),
    'over 50 ms': tasks.filter(({ busy }) => busy > 50).length,
    'longest by the clock (ms)': longest(tasks.map(({ lasted }) => lasted)),
  });
}

/** What tells the page's main thread from those of the browser's own pages. */
const mark = 'the thread of the page';

/** An event of Chromium's traces; `dur` and `tdur` are microseconds by the clock and of the thread. */
type TraceEvent = { name: string; pid: number; tid: number; dur?: number; tdur?: number };

/** What the page's main thread did, task by task, in milliseconds. */
function tasksOf(events: readonly TraceEvent[]): { busy: number; lasted: number }[] {
  const own = events.find(({ name }) => name === mark);
  if (!own) throw new Error('The trace has no mark of the page.');
  return events
    .filter(({ name, pid, tid }) => name === 'ThreadControllerImpl::RunTask' && pid === own.pid && tid === own.tid)
    .map(({ dur = 0, tdur = 0 }) => ({ busy: tdur / 1000, lasted: dur / 1000 }));
}

async function openPage(): Promise<{ page: Page; close: () => Promise<void> }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    new PerformanceObserver(() => {
      document.documentElement.dataset.lastTask = String(performance.now());
    }).observe({ type: 'longtask', buffered: true });
  });
  return { page, close: () => context.close() };
}

/** Clicks at once: a locator that goes by roles takes longer on a page of a thousand runs than what it clicks does. */
const click = (page: Page, selector: string): Promise<void> =>
  page.evaluate((selector) => document.querySelector<HTMLElement>(selector)?.click(), selector);

/** Scrolls what is selected, or the page, from one end to the other in a hundred frames. */
const scroll = (page: Page, selector: string | null, side: 'scrollLeft' | 'scrollTop'): Promise<void> =>
  page.evaluate(
    async ([selector, side]) => {
      const element = selector ? document.querySelector(selector) : document.scrollingElement;
      if (!element) throw new Error(`There is no ${selector}.`);
      const far = side === 'scrollLeft' ? element.scrollWidth : element.scrollHeight;
      for (let step = 0; step <= 100; step++) {
        element[side] = (far * step) / 100;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    },
    [selector, side] as const,
  );

const folder = mkdtempSync(join(tmpdir(), 'seedbed-bench-'));
const server = await startSite(port, { DATA_DIR: folder });
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
const permalink = pages.permalink(await share());

for (const [what, path] of [
  ['the home page', pages.home],
  ['a lesson', pages.lesson('the-dice')],
  ['a permalink of 1,000 runs', permalink],
] as const) {
  const { page, close } = await openPage();
  await note(page, `start of ${what}`, () => page.goto(origin + path, { waitUntil: 'networkidle' }));
  await close();
}

const stored = await openPage();
await doAndSettle(stored.page, () => stored.page.goto(origin + permalink, { waitUntil: 'networkidle' }));
await note(stored.page, 'scrolling the columns', () =>
  scroll(stored.page, '[aria-label="Runs side by side"]', 'scrollLeft'),
);
for (const view of views.toReversed()) {
  await note(stored.page, `switching to the view ${view}`, () => click(stored.page, `[name=view][value=${view}]`));
  await note(stored.page, `scrolling the view ${view}`, () => scroll(stored.page, null, 'scrollTop'));
}
await stored.page.getByRole('button', { name: 'Options' }).click();
await note(stored.page, 'comparing in another way', () =>
  stored.page.locator(':popover-open select').first().selectOption({ index: 1 }),
);
await stored.close();

const live = await openPage();
const submit = 'form button[type=submit]';
const draft = origin + pages.draft(await recipeToFragment(recipe));
await doAndSettle(live.page, () => live.page.goto(draft, { waitUntil: 'networkidle' }));
await note(live.page, 'a thousand runs come and are compared', async () => {
  await click(live.page, submit);
  await live.page.waitForURL(/\/e\//);
  const stopped = (submit: string) => !document.querySelector(submit)?.textContent?.startsWith('Stop');
  await live.page.waitForFunction(stopped, submit, { timeout: 300_000, polling: 1000 });
});
await live.close();

await browser.close();
await kill(server);
rmSync(folder, { recursive: true });
console.log('tasks of the page in headless Chromium, at 1440 x 900');
console.table(figures);
