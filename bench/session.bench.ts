import { setTimeout as wait } from 'node:timers/promises';
import { builtIn } from '@/lib/session/providers';
import { Browser } from '../lib/api/browser.fixture';
import { apiClient } from '../lib/api/client';
import { judgeRuns } from '../lib/compare/measure/judge';
import { sideBySide } from '../lib/compare/side-by-side';
import { exampleRecipe } from '../lib/recipe/example';
import { unrun } from '../lib/run/fold';
import { SessionRunner } from '../lib/session/runner';
import { shown } from '../lib/session/select';
import { openSession } from '../lib/session/session';
import { kill, startServer } from './server-process';

/* A session without a browser: it runs, loses its connection, resumes it, steps through the texts, and prints facts. */
const origin = 'http://127.0.0.1:4173';
const server = await startServer('.', 4173, { DATA_DIR: '.cache/session-bench' });
const lost = new AbortController(); // cuts the first connection, once
const browser = new Browser();
const api = apiClient({
  origin,
  fetch: (address, { signal, ...request }) => {
    const cut = AbortSignal.any([...(signal ? [signal] : []), ...(request.method === 'POST' ? [lost.signal] : [])]);
    return browser.fetch(address, { ...request, signal: cut });
  },
});
const experiment = unrun({ ...exampleRecipe, arms: undefined, repeats: 5 });
const opened = { kind: 'example' as const, experiment, view: sideBySide(experiment, { baseline: 'common' }) };
const runner = new SessionRunner(openSession(opened, builtIn));
const links = [runner.session.link.kind];
const over = new Promise<void>((resolve) =>
  runner.subscribe(() => {
    const { link, on } = runner.session;
    if (link.kind !== links.at(-1)) links.push(link.kind);
    if (link.kind === 'open' && on.experiment.runs.some(({ text }) => text.length > 20)) lost.abort();
    if (on.kind === 'mine' && !on.experiment.running && link.kind === 'idle') resolve();
  }),
);
const nothing = () => undefined;
runner.enter({
  api,
  wait: (ms) => wait(ms),
  now: () => new Date().toISOString(),
  writeAddress: nothing,
  focus: nothing,
  show: nothing,
  holdKeys: nothing,
});
runner.dispatch({ kind: 'run-asked' });
await over;
runner.dispatch({ kind: 'playback-opened' });
runner.dispatch({ kind: 'stepped-to', step: 3 });
console.log('links:', links.join(' → '));
console.log(
  'after 3 steps:',
  shown(runner.session).experiment.runs.map(({ text }) => text),
);
const { recipe, runs } = runner.session.on.experiment;
console.log('facts:', JSON.stringify(judgeRuns(recipe, runs)));
await kill(server);
