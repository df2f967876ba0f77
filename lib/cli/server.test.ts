import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startExperiment } from '@/lib/server/experiments';
import { exportExperiment } from '@/lib/server/files';
import { haiku as haikuAsked, share, start } from '@/lib/server/requests.fixture';
import { stopExperiment } from '@/lib/server/runs';
import { eventsOf, folded, freshServices } from '@/lib/server/services.fixture';
import { aFolder } from './world.fixture';

/* A check with a running Seedbed: its handlers answer in place of a network. */

const origin = 'http://127.0.0.1:3000';
const rig = freshServices();
let asked: { path: string; cookie: string | null; body: string }[] = [];

beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', async (address: string, init: RequestInit = {}) => {
    const request = new Request(address, init);
    const { pathname } = new URL(address);
    asked.push({ path: pathname, cookie: request.headers.get('cookie'), body: String(init.body ?? '') });
    const [, id = '', action] = /^\/api\/experiments\/([\w-]+)\/(\w+)$/.exec(pathname) ?? [];
    if (pathname === '/api/experiments') return startExperiment(request);
    if (action === 'stop') return stopExperiment(request, id);
    if (action === 'export') return exportExperiment(request, id);
    throw new TypeError('fetch failed');
  });
});
afterEach(() => vi.unstubAllGlobals());

const suite = (...cases: string[]) => ({
  'seedbed.yaml': `v: 1
defaults: { runs: 40, request: { model: seedling-1, seed: 7, max_completion_tokens: 12 } }
cases:
${cases.map((each) => `  - ${each}\n`).join('')}`,
});
const haiku = '{ id: haiku, prompt: Write a haiku about spring. }';
const check = (folder: ReturnType<typeof aFolder>, more = '') => folder.seedbed(`check --server ${origin} ${more}`);

describe('seedbed check --server', () => {
  it('has the server make the runs of each case, and judges them as its own', async () => {
    const folder = aFolder(suite(haiku, '{ id: draws, prompt: Hi, request: { seed: null } }'));
    const { printed, code } = await check(folder);
    expect(printed).toContain('✓ holds haiku  40 of 40 runs are equal: 90.9–100 %, and 90 % are wanted.');
    expect(printed).toContain('✗ fails draws');
    expect(code).toBe(1);
    expect(asked.map(({ path }) => path)).toEqual(['/api/experiments', '/api/experiments']);
    expect(JSON.parse(readFileSync(join(folder.cwd, '.seedbed/seedbed.yaml/haiku.json'), 'utf8')).runs).toHaveLength(
      40,
    );
  });

  it('asks for as many runs as a look needs, each with the cookie of the first', async () => {
    const { printed } = await check(aFolder(suite(haiku)), '--until-decided 100 --json');
    expect(asked.map(({ body }) => JSON.parse(body).repeats)).toEqual([13, 12, 25]);
    expect(asked.map(({ cookie }) => cookie !== null)).toEqual([false, true, true]);
    expect(JSON.parse(printed).cases).toMatchObject([{ outcome: 'holds', runs: { made: 50, saved: 50 } }]);
  });

  it('leaves to the server which providers there are, and says what it says', async () => {
    const { told, code } = await check(aFolder(suite('{ id: a, provider: other, prompt: Hi }')));
    expect(told).toMatch(/^http:\/\/127\.0\.0\.1:3000: .*other/);
    expect(code).toBe(3);
  });

  it('says which key asks from here, where the server has none: its page is not at hand', async () => {
    const error = {
      code: 'key_needed',
      message: 'OpenAI is asked with a key of your own here. It is entered under Model.',
    };
    vi.stubGlobal('fetch', async () => Response.json({ error }, { status: 400 }));
    const { told, code } = await check(aFolder(suite('{ id: a, provider: openai, prompt: Hi }')));
    expect(told).toBe(
      `${origin}: It has no key for openai, and yours is not sent to it. Leave out --server to ask openai from here, with the key in OPENAI_API_KEY.\n`,
    );
    expect(code).toBe(3);
  });

  it('judges nothing where the server cannot be reached: 3', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
    expect(await check(aFolder(suite(haiku)))).toMatchObject({
      ...{ code: 3, told: `${origin}: The server cannot be reached.\n` },
    });
  });

  it('has the server stop when it is stopped, and says how to go on', async () => {
    const folder = aFolder(
      suite('{ id: slow, provider: scripted, prompt: Hi, runs: 3, request: { model: scripted-a } }'),
    );
    const stop = new AbortController();
    const stopped = folder.seedbed(['check', '--server', origin], { signal: stop.signal });
    await vi.waitFor(() => expect(rig.scripted.asked).toEqual([1, 2, 3]));
    stop.abort();
    const { code, told } = await stopped;
    expect(code).toBe(130);
    expect(told).toContain(`go on with: seedbed check seedbed.yaml --server ${origin} --resume`);
    const kept = JSON.parse(readFileSync(join(folder.cwd, '.seedbed/seedbed.yaml/slow.json'), 'utf8'));
    expect(kept.runs.map(({ finish }: { finish: string }) => finish)).toEqual(['aborted', 'aborted', 'aborted']);
  });

  it.each([
    ['--server here', '--server must be the address of a Seedbed'],
    ['--server ftp://127.0.0.1', '--server must be the address of a Seedbed'],
    [`--server ${origin} -j 4`, '--at-once is for calls from here'],
    [`--server ${origin} --cache`, 'What a server answers is not cached'],
  ])('ends with 2 for %s', async (options, said) => {
    const { told, code } = await aFolder(suite(haiku)).seedbed(`check ${options}`);
    expect(told).toContain(said);
    expect(code).toBe(2);
    expect(asked).toEqual([]);
  });
});

describe('seedbed check of a permalink', () => {
  /** Runs a recipe on the server and shares what it gave; resolves to its permalink. */
  async function shared(recipe: unknown): Promise<string> {
    const { id } = folded(await eventsOf(await start(recipe)));
    await rig.hub.get(id)?.over();
    await share(id);
    return `${origin}/e/${id}`;
  }

  it('holds the recipe, run again, against its stored runs', async () => {
    const link = await shared(haikuAsked);
    const { printed, code } = await aFolder().seedbed(['check', link]);
    expect(printed).toContain(`40 of 40 runs give the stored text: 91.1–100 %, and 90 % are wanted.`);
    expect(code).toBe(0);
  });

  it('has a case for each of its settings', async () => {
    const link = await shared({ ...haikuAsked, arms: [{ set: {} }, { set: { seed: null } }], repeats: 2 });
    const { printed, code } = await aFolder().seedbed(['check', link, '--json']);
    const id = link.split('/').at(-1);
    expect(JSON.parse(printed).cases).toMatchObject([
      { id: `${id}-1`, outcome: 'holds' },
      { id: `${id}-2`, outcome: 'fails' },
    ]);
    expect(code).toBe(1);
    expect((await aFolder().seedbed(['check', link, `${id}-1`])).code).toBe(0);
    expect((await aFolder().seedbed(['check', link, 'other'])).code).toBe(2);
  });

  it('may be run where it is stored', async () => {
    const link = await shared(haikuAsked);
    asked = [];
    expect(await aFolder().seedbed(['check', link, '--server', origin])).toMatchObject({ code: 0 });
    expect(asked.map(({ path }) => path.replace(/[\w-]+\/export/, 'ID/export'))).toEqual([
      ...['/api/experiments/ID/export', '/api/experiments'],
    ]);
  });

  it('ends with 2 where nothing is shared', async () => {
    expect(await aFolder().seedbed(['check', `${origin}/e/nothing-here`])).toMatchObject({
      ...{ code: 2, told: expect.stringContaining('Is the experiment shared?') },
    });
  });
});
