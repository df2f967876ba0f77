import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { probeRecipe } from '@/lib/recipe/probe';
import type { Recipe } from '@/lib/recipe/recipe';
import { ended, endedWith, failed } from '@/lib/run/records.fixture';
import { StoreError } from '@/lib/store/store';
import { addressHeader } from './address';
import { startExperiment } from './experiments';
import { anna, bob, haiku, list, listed, post, rename, start } from './requests.fixture';
import { scriptedRecipe } from './scripted-provider.fixture';
import {
  anExperiment,
  begin,
  eventsOf,
  finish,
  folded,
  freshServices,
  newVisitor,
  origin,
  refusalOf,
  request,
} from './services.fixture';
import { newToken } from './visitor';

const rig = freshServices();

const startScripted = (repeats: number) => begin(scriptedRecipe(repeats), anna);

describe('POST /api/experiments', () => {
  it('streams an experiment from its start to its end, numbered from 1', async () => {
    const all = await eventsOf(await start(haiku));
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, at) => at + 1));
    expect(all.at(0)?.event).toMatchObject({ type: 'experiment-start', recipe: haiku });
    expect(all.at(-1)?.event).toMatchObject({ type: 'experiment-end' });
    expect(folded(all).runs).toMatchObject(Array(5).fill({ status: 'ended', servedModel: 'seedling-1' }));
  });

  it('gives five equal texts with a seed, and not five equal ones without', async () => {
    const texts = async (request: Partial<Recipe['request']>) => {
      const all = await eventsOf(await start({ ...haiku, request: { ...haiku.request, ...request } }));
      return new Set(folded(all).runs.map(({ text }) => text)).size;
    };
    expect(await texts({})).toBe(1);
    expect(await texts({ seed: null })).toBeGreaterThan(1);
    expect(await texts({ seed: undefined })).toBeGreaterThan(1);
  });

  it('keeps a seed to its last digit, be it a number in JSON or its digits, as far as the model', async () => {
    const runsWith = async (seed: string) => {
      const { request } = haiku;
      const body = JSON.stringify({ ...haiku, repeats: 1, request: { ...request, temperature: 2, seed: 0 } });
      const all = await eventsOf(
        await startExperiment(post('/api/experiments', body.replace('"seed":0', `"seed":${seed}`))),
      );
      return folded(all).runs;
    };
    const [number] = await runsWith('9007199254740993');
    const [digits] = await runsWith('"9007199254740993"');
    const [other] = await runsWith('9007199254740992');
    expect(number).toMatchObject({ seed: '9007199254740993', status: 'ended' });
    expect(digits).toMatchObject({ seed: '9007199254740993', text: number?.text });
    expect(other?.text).not.toBe(number?.text);
  });

  it('accepts programs and pages of this machine', async () => {
    const senders: Record<string, string>[] = [{}, { origin }];
    for (const headers of senders)
      expect((await eventsOf(await start({ ...haiku, repeats: 1 }, headers))).length).toBeGreaterThan(3);
  });

  it.each(['0', '-5', 'fast', '1e400', ''])('ignores the pace %j', async (pace) => {
    const request = post(`/api/experiments?pace=${pace}`, JSON.stringify({ ...haiku, repeats: 1 }));
    expect((await eventsOf(await startExperiment(request))).at(-1)?.event.type).toBe('experiment-end');
  });

  it('asks a provider for the pace that was asked for', async () => {
    const request = post('/api/experiments?pace=20', JSON.stringify(scriptedRecipe(1)));
    await startExperiment(request);
    expect(rig.scripted.calls).toMatchObject([{ pace: 20 }]);
  });

  it('makes runs in the turn of whoever asks, who is their address until they have a cookie of ours', async () => {
    const body = JSON.stringify(scriptedRecipe(1));
    const headers = { [addressHeader]: '192.0.2.1' };
    const madeUp = { ...headers, cookie: `seedbed_visitor=${newToken()}` };
    await startExperiment(request('POST', '/api/experiments', { as: anna, body, headers }));
    for (const each of [headers, headers, madeUp])
      await startExperiment(request('POST', '/api/experiments', { body, headers: each }));
    expect(rig.scripted.calls.map(({ caller }) => caller?.visitor)).toEqual([
      anna.owner,
      ...Array(3).fill('192.0.2.1'),
    ]);
  });

  const withRequest = (changes: object) => JSON.stringify({ ...haiku, request: { ...haiku.request, ...changes } });
  const withRecipe = (changes: object) => JSON.stringify({ ...haiku, ...changes });

  it.each([
    ['no body', '', 400, 'invalid_recipe', null],
    ['null', 'null', 400, 'invalid_recipe', null],
    ['a list', '[]', 400, 'invalid_recipe', null],
    ['a text', '"x"', 400, 'invalid_recipe', null],
    ['a number', '0', 400, 'invalid_recipe', null],
    ['malformed JSON', '{"v":', 400, 'invalid_json', null],
    ['something after the JSON', `${withRecipe({})}x`, 400, 'invalid_json', null],
    ['lists in lists, 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000), 400, 'invalid_recipe', null],
    ['a body over 1 MiB', `"${'x'.repeat(1024 * 1024)}"`, 413, 'body_too_large', null],
    ['an unknown field', withRecipe({ colour: 'red' }), 400, 'invalid_recipe', 'colour'],
    [
      'an unknown field of the request',
      withRequest({ api_base: 'http://x' }),
      400,
      'invalid_recipe',
      'request.api_base',
    ],
    [
      'a number in an extra body that JSON.parse rounds',
      withRequest({ extra_body: { provider: { seed: 'x' } } }).replace('"x"', '18446744073709551616'),
      400,
      'invalid_recipe',
      'request.extra_body.provider.seed',
    ],
    ['a key', withRequest({ api_key: 'sk-x' }), 400, 'invalid_recipe', 'request.api_key'],
    ['a base URL', withRecipe({ base_url: 'http://169.254.169.254' }), 400, 'invalid_recipe', 'base_url'],
    ['__proto__', `{"__proto__":{"v":1},${withRecipe({}).slice(1)}`, 400, 'invalid_recipe', '__proto__'],
    ['another version', withRecipe({ v: 2 }), 400, 'invalid_recipe', 'v'],
    ['no runs', withRecipe({ repeats: 0 }), 400, 'invalid_recipe', 'repeats'],
    ['too many runs', withRecipe({ repeats: 1001 }), 400, 'invalid_recipe', 'repeats'],
    [
      'an empty prompt',
      withRequest({ messages: [{ role: 'user', content: ' ' }] }),
      400,
      'invalid_recipe',
      'request.messages',
    ],
    ['a seed of more than 64 bits', withRequest({ seed: 2 ** 64 }), 400, 'invalid_recipe', 'request.seed'],
    ['a temperature too high', withRequest({ temperature: 101 }), 400, 'invalid_recipe', 'request.temperature'],
    ['an unknown provider', withRecipe({ provider: 'nobody' }), 400, 'unknown_provider', 'provider'],
    ['a provider that objects have', withRecipe({ provider: 'constructor' }), 400, 'unknown_provider', 'provider'],
    ['a provider that is no name', withRecipe({ provider: '../x' }), 400, 'invalid_recipe', 'provider'],
    ['an unknown model', withRequest({ model: 'gpt-4.1' }), 400, 'unknown_model', 'request.model'],
    [
      'an unknown model in an arm',
      withRecipe({ arms: [{ set: {} }, { set: { model: 'x' } }] }),
      400,
      'unknown_model',
      'request.model',
    ],
    [
      'an unknown provider in an arm',
      withRecipe({ arms: [{ set: {} }, { provider: 'nobody', set: {} }] }),
      400,
      'unknown_provider',
      'arms.1.provider',
    ],
    [
      'a model that the provider of its arm has not',
      withRecipe({ provider: 'scripted', arms: [{ set: {} }, { provider: 'seedling', set: { model: 'x' } }] }),
      400,
      'unknown_model',
      'request.model',
    ],
  ])('refuses %s and starts nothing', async (_, body, status, code, param) => {
    const starting = vi.spyOn(rig.hub, 'start');
    const response = await startExperiment(post('/api/experiments', body));
    expect(await refusalOf(response)).toEqual({ status, code, param });
    expect(starting).not.toHaveBeenCalled();
  });

  it('asks the provider of each arm', async () => {
    const arms = [{ set: {} }, { provider: 'scripted', set: { model: 'anything' } }];
    rig.scripted.say(2, 'Not a haiku.');
    rig.scripted.end(2);
    const { runs, recipe } = folded(await eventsOf(await start({ ...haiku, arms, repeats: 1 })));
    expect(rig.scripted.calls).toMatchObject([{ spec: { run: 2 }, request: { model: 'anything' } }]);
    expect(runs).toMatchObject([
      { status: 'ended', servedModel: haiku.request.model },
      { status: 'ended', servedModel: 'anything', text: 'Not a haiku.' },
    ]);
    expect(recipe.arms).toEqual(arms);
  });

  it('refuses bytes that are not UTF-8 and bodies that are compressed', async () => {
    const bytes = post('/api/experiments', Uint8Array.of(0x22, 0xff, 0x22));
    expect(await refusalOf(await startExperiment(bytes))).toMatchObject({ status: 400, code: 'invalid_json' });
    const gzip = await start(haiku, { 'content-encoding': 'gzip' });
    expect(await refusalOf(gzip)).toMatchObject({ status: 415, code: 'unsupported_encoding' });
  });

  it.each(['https://evil.example', 'null', 'http://localhost:3001', 'http://evil.example:3000'])(
    'refuses a page from %s and starts nothing',
    async (origin) => {
      const starting = vi.spyOn(rig.hub, 'start');
      expect(await refusalOf(await start(haiku, { origin }))).toMatchObject({ status: 403, code: 'foreign_origin' });
      expect(starting).not.toHaveBeenCalled();
    },
  );

  it('answers any other JSON with a refusal, never with a failure', async () => {
    const near = fc
      .tuple(fc.constantFrom('v', 'provider', 'request', 'arms', 'repeats', 'dispatch', 'title', 'x'), fc.jsonValue())
      .map(([key, value]) => ({ ...haiku, provider: 'nobody', [key]: value }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), near), async (value) => {
        const response = await start(value);
        expect(response.status).toBe(400);
        await refusalOf(response);
      }),
      { seed: 21, numRuns: cases(500) },
    );
  });

  it('stores the experiment as the visitor’s own, and gives a browser without a cookie one', async () => {
    const response = await startExperiment(request('POST', '/api/experiments', { body: { ...haiku, repeats: 1 } }));
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    const { id } = folded(await eventsOf(response));
    const found = await rig.store.find(id);
    expect(found).toMatchObject({ recipe: { ...haiku, repeats: 1 }, parent: null, origin: 'run', sharedAt: null });
    expect(found?.owner).toMatch(/^[0-9a-f]{64}$/);
    expect(cookie).toMatch(/^seedbed_visitor=[\w-]{43}\.[\w-]{43}$/);
    const known = await startExperiment(
      request('POST', '/api/experiments', { body: { ...haiku, repeats: 1 }, headers: { cookie } }),
    );
    expect(known.headers.get('set-cookie')).toBeNull();
    expect((await rig.store.find(folded(await eventsOf(known)).id))?.owner).toBe(found?.owner);
  });

  it('has stored every run that it reports as over, by the time it does', async () => {
    const { id, first, events } = await startScripted(3);
    const seen = [first];
    for (const run of [2, 3, 1]) {
      rig.scripted.say(run, `text ${run}`);
      if (run === 3) rig.scripted.fail(run);
      else rig.scripted.end(run);
    }
    for await (const numbered of events) {
      seen.push(numbered);
      const { event } = numbered;
      if (event.type !== 'run-end' && event.type !== 'run-error') continue;
      const kept = (await rig.store.find(id))?.runs.find(({ run }) => run === event.run);
      expect(kept).toEqual(folded(seen).runs[event.run - 1]);
    }
    expect((await rig.store.find(id))?.runs.length).toBe(3);
  });

  it.each([
    ['full', 'store_full'],
    ['locked', 'store_locked'],
    ['unreachable', 'store_unreachable'],
    ['read_only', 'store_read_only'],
  ] as const)('says so if the store is %s, and asks no provider', async (code, said) => {
    vi.spyOn(rig.store, 'create').mockRejectedValue(new StoreError(code, 'It cannot be used now.'));
    const response = await start(scriptedRecipe(2));
    expect(response.headers.get('retry-after')).toBe('5');
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await refusalOf(response)).toEqual({ status: 503, code: said, param: null });
    expect(rig.scripted.calls).toEqual([]);
  });

  it('accepts the id of an own or a shared experiment as parent', async () => {
    const own = await finish(rig, anna, ['x']);
    await rig.store.create(anExperiment('shared', { owner: bob.owner }));
    await rig.store.share('shared'.padEnd(22, '-'), 1, 'hash', new Uint8Array());
    for (const parent of [own, 'shared'.padEnd(22, '-')]) {
      const { id } = await begin(scriptedRecipe(1), anna, `?parent=${parent}`);
      expect((await rig.store.find(id))?.parent).toBe(parent);
    }
  });

  it.each(['', 'nothing', 'A'.repeat(22), 'private---------------', '__proto__', '%00'])(
    'refuses the parent %j, which is unknown or somebody else’s, and starts nothing',
    async (parent) => {
      await rig.store.create(anExperiment('private', { owner: bob.owner }));
      const creating = vi.spyOn(rig.store, 'create');
      const asked = post(`/api/experiments?parent=${parent}`, JSON.stringify(scriptedRecipe(1)));
      expect(await refusalOf(await startExperiment(asked))).toEqual({
        status: 400,
        code: 'unknown_parent',
        param: 'parent',
      });
      expect(creating).not.toHaveBeenCalled();
      expect(rig.scripted.calls).toEqual([]);
    },
  );

  it('says when to come back if too many experiments are running', async () => {
    for (let running = 0; running < 40; running++) await begin(scriptedRecipe(1), newVisitor());
    const response = await start(haiku);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await refusalOf(response)).toMatchObject({ status: 503, code: 'busy' });
  });
});

describe('GET /api/experiments', () => {
  async function make(name: string, createdAt: number, change: Partial<Parameters<typeof anExperiment>[1]> = {}) {
    const experiment = anExperiment(name, { owner: anna.owner, createdAt, ...change });
    await rig.store.create(experiment, endedWith('x', 'x'));
    return experiment.id;
  }

  it('lists the caller’s own, newest first, with enough to recognize each', async () => {
    await make('old', 1000);
    const id = await make('new', 2000);
    await make('of bob', 3000, { owner: bob.owner });
    const { experiments, next } = await listed();
    expect(next).toBeNull();
    expect(experiments.map((each) => each.id)).toEqual([id, 'old'.padEnd(22, '-')]);
    expect(experiments[0]).toEqual({
      ...{ id, title: null, prompt: 'Go.', provider: 'scripted', model: 'scripted-a', seed: 74, varied: false },
      ...{
        temperature: null,
        asked: 'scripted: scripted-a · seed 74 · 2 runs',
        runs: 2,
        missing: 0,
        createdAt: '1970-01-01T00:00:02.000Z',
        sharedAt: null,
      },
      ...{ parent: null, origin: 'run', verdict: '2 of 2 runs identical.', tone: 'same' },
    });
    expect((await list()).headers.get('cache-control')).toBe('no-store');
  });

  it('counts what is missing', async () => {
    const three = anExperiment('three', { owner: anna.owner, recipe: scriptedRecipe(3) });
    await rig.store.create(three, [ended(1, 'x', { finish: 'aborted' }), failed(2, 'server_error')]);
    expect((await listed()).experiments).toMatchObject([{ runs: 3, missing: 3 }]);
  });

  it('says of a probe what it found, and counts the calls that it made', async () => {
    const probe = anExperiment('probe', { owner: anna.owner, recipe: probeRecipe('scripted', 'scripted-a') });
    await rig.store.create(probe, [failed(1, 'key_refused')]);
    const [summary] = (await listed()).experiments;
    expect(summary).toMatchObject({ asked: 'scripted: scripted-a · probe', runs: 1, missing: 1, tone: 'open' });
    expect(summary?.verdict).toMatch(/^Seed: cannot tell · Temperature: cannot tell · /);
  });

  it('cuts long prompts', async () => {
    const messages = [{ role: 'user' as const, content: '🌱'.repeat(10_000) }];
    await make('long', 1000, { recipe: { ...scriptedRecipe(1), request: { model: 'm', messages } } });
    expect(JSON.stringify(await listed()).length).toBeLessThan(2000);
  });

  it('gives an empty list to a visitor without a cookie, without asking the store', async () => {
    await make('x', 1000);
    const listing = vi.spyOn(rig.store, 'list');
    expect(await listed('', null)).toEqual({ experiments: [], next: null });
    expect(listing).not.toHaveBeenCalled();
  });

  it('gives pages without gaps or repetitions', async () => {
    const ids: string[] = [];
    for (let at = 0; at < 23; at++) ids.unshift(await make(`number ${at}`, 1000 + Math.floor(at / 3)));
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const page = await listed(`?limit=5${next === null ? '' : `&after=${encodeURIComponent(next)}`}`);
      expect(page.experiments.length).toBeLessThanOrEqual(5);
      seen.push(...page.experiments.map(({ id }) => id));
      ({ next } = page);
    } while (next !== null);
    expect(seen.length).toBe(23);
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });

  it('gives 20 a page by default, and up to 100', async () => {
    for (let at = 0; at < 101; at++) await make(`number ${at}`, 1000 + at);
    expect((await listed()).experiments.length).toBe(20);
    expect((await listed('?limit=1')).experiments.length).toBe(1);
    const most = await listed('?limit=100');
    expect(most.experiments.length).toBe(100);
    expect(most.next).not.toBeNull();
  });

  it('finds by title, prompt and model, in upper or lower case', async () => {
    const id = await make('one', 1000);
    await rename(id, { title: 'Élan 100% _sure_' });
    const hits = async (search: string) =>
      (await listed(`?search=${encodeURIComponent(search)}`)).experiments.map((each) => each.id);
    for (const search of ['élan', 'GO.', 'SCRIPTED-A', '100%', '_sure_', '']) expect(await hits(search)).toEqual([id]);
    for (const search of ['nothing', '100_', '%%%', "' or 1=1 --", '\0', '!']) expect(await hits(search)).toEqual([]);
  });

  it.each([
    ['?limit=0', 'limit'],
    ['?limit=101', 'limit'],
    ['?limit=-1', 'limit'],
    ['?limit=1.5', 'limit'],
    ['?limit=many', 'limit'],
    ['?limit=', 'limit'],
    ['?limit=1e999', 'limit'],
    [`?search=${'x'.repeat(201)}`, 'search'],
    [`?after=${'x'.repeat(201)}`, 'after'],
  ])('refuses %s', async (query, param) => {
    expect(await refusalOf(await list(query))).toEqual({ status: 400, code: 'invalid_request', param });
  });

  it.each(['x', '0-', '-', '99999999999999999999-x', '1000', '%00', "1'--"])(
    'is empty after %j, which ends no page',
    async (after) => {
      await make('x', 1000);
      expect(await listed(`?after=${after}`)).toEqual({ experiments: [], next: null });
    },
  );

  it('ignores parameters that it does not know', async () => {
    await make('x', 1000);
    expect((await listed('?colour=red&__proto__=1&owner=nobody')).experiments.length).toBe(1);
  });
});
