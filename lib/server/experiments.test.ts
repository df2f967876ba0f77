import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Numbered, readEvents } from '@/lib/api/event-stream';
import type { Recipe } from '@/lib/recipe/recipe';
import { StoreError } from '@/lib/store/store';
import { followExperiment, rerunExperiment, startExperiment, stopExperiment } from './experiments';
import { Hub } from './hub';
import { scriptedRecipe } from './scripted-provider.fixture';
import {
  anExperiment,
  begin,
  eventsOf,
  finish,
  folded,
  installServices,
  newVisitor,
  position,
  type Rig,
  refusalOf,
  request,
} from './services.fixture';

const anna = newVisitor();
const bob = newVisitor();

let rig: Rig;
beforeEach(() => {
  rig = installServices();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await rig.remove();
});

const post = (path: string, body: BodyInit | null, headers: Record<string, string> = {}): Request =>
  request('POST', path, { as: anna, body, headers });

const start = (recipe: unknown, headers?: Record<string, string>): Promise<Response> =>
  startExperiment(post('/api/experiments', JSON.stringify(recipe), headers));

const follow = (id: string, lastEventId?: string, as = anna): Promise<Response> => {
  const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  return followExperiment(request('GET', `/api/experiments/${id}/events`, { as, headers }), id);
};

const stop = (id: string, body: BodyInit | null, headers?: Record<string, string>) =>
  stopExperiment(post(`/api/experiments/${id}/stop`, body, headers), id);

const rerun = (id: string, body: BodyInit | null, headers?: Record<string, string>) =>
  rerunExperiment(post(`/api/experiments/${id}/runs`, body, headers), id);

const startScripted = (repeats: number) => begin(scriptedRecipe(repeats), anna);

const haiku: Recipe = {
  v: 1,
  provider: 'seedling',
  request: {
    model: 'seedling-1',
    messages: [{ role: 'user', content: 'Write a haiku about spring.' }],
    seed: 74,
    max_completion_tokens: 30,
  },
  repeats: 5,
};

const foreign = { origin: 'https://evil.example' };
const full = new StoreError('full', 'The disk of this server is full.');

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

  it('welcomes programs and pages of this machine', async () => {
    const senders: Record<string, string>[] = [{}, { origin: position }];
    for (const headers of senders)
      expect((await eventsOf(await start({ ...haiku, repeats: 1 }, headers))).length).toBeGreaterThan(3);
  });

  it.each(['0', '-5', 'fast', '1e400', ''])('passes over the pace %j', async (pace) => {
    const request = post(`/api/experiments?pace=${pace}`, JSON.stringify({ ...haiku, repeats: 1 }));
    expect((await eventsOf(await startExperiment(request))).at(-1)?.event.type).toBe('experiment-end');
  });

  it('asks a provider for the pace that was asked for', async () => {
    const request = post('/api/experiments?pace=20', JSON.stringify(scriptedRecipe(1)));
    await startExperiment(request);
    expect(rig.scripted.calls).toMatchObject([{ pace: 20 }]);
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
    ['a seed that JavaScript cannot hold', withRequest({ seed: 2 ** 53 }), 400, 'invalid_recipe', 'request.seed'],
    ['a temperature too high', withRequest({ temperature: 3 }), 400, 'invalid_recipe', 'request.temperature'],
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
  ])('refuses %s and starts nothing', async (_, body, status, code, param) => {
    const starting = vi.spyOn(rig.hub, 'start');
    const response = await startExperiment(post('/api/experiments', body));
    expect(await refusalOf(response)).toEqual({ status, code, param });
    expect(starting).not.toHaveBeenCalled();
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

  it('answers any JSON whatever with a refusal, never with a failure', async () => {
    const near = fc
      .tuple(fc.constantFrom('v', 'provider', 'request', 'arms', 'repeats', 'dispatch', 'title', 'x'), fc.jsonValue())
      .map(([key, value]) => ({ ...haiku, provider: 'nobody', [key]: value }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), near), async (value) => {
        const response = await start(value);
        expect(response.status).toBe(400);
        await refusalOf(response);
      }),
      { seed: 21, numRuns: 500 },
    );
  });

  it('keeps the experiment as its visitor’s own, and makes a browser without a cookie one', async () => {
    const response = await startExperiment(request('POST', '/api/experiments', { body: { ...haiku, repeats: 1 } }));
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    const { id } = folded(await eventsOf(response));
    const found = await rig.store.find(id);
    expect(found).toMatchObject({ recipe: { ...haiku, repeats: 1 }, parent: null, origin: 'run', sharedAt: null });
    expect(found?.owner).toMatch(/^[0-9a-f]{64}$/);
    expect(cookie).toMatch(/^seedbed_visitor=[\w-]{43}$/);
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

  it('takes the id of an own or a shared experiment as parent', async () => {
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

  it('says when to come back if too much is running', async () => {
    for (let running = 0; running < 40; running++) await startScripted(1);
    const response = await start(haiku);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await refusalOf(response)).toMatchObject({ status: 503, code: 'busy' });
  });
});

describe('GET /api/experiments/{id}/events', () => {
  it('streams again what followed Last-Event-ID', async () => {
    const whole = await eventsOf(await start({ ...haiku, repeats: 2 }));
    const { id } = folded(whole);
    for (const after of [0, 1, 2, whole.length - 1, whole.length])
      expect(await eventsOf(await follow(id, String(after)))).toEqual(whole.slice(after));
    expect(await eventsOf(await follow(id))).toEqual(whole);
  });

  it.each(['garbage', '-3', '1.5', '1e999', 'NaN', '99999999999999999999', '', '5000', '9007199254740991'])(
    'streams everything for the Last-Event-ID %j, which it never gave',
    async (lastEventId) => {
      const whole = await eventsOf(await start({ ...haiku, repeats: 1 }));
      expect(await eventsOf(await follow(folded(whole).id, lastEventId))).toEqual(whole);
    },
  );

  it('takes a connection that was lost up again, without gap or repeat', async () => {
    const { id, first, events } = await startScripted(1);
    const seen = [first];
    rig.scripted.say(1, 'before ');
    for (let next = await events.next(); !next.done; next = await events.next()) {
      seen.push(next.value);
      if (next.value.event.type === 'text-delta') break;
    }
    await events.return(undefined);
    rig.scripted.say(1, 'meanwhile ');
    const response = await follow(id, String(seen.at(-1)?.seq));
    rig.scripted.end(1);
    seen.push(...(await eventsOf(response)));
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, at) => at + 1));
    expect(folded(seen).runs).toMatchObject([{ status: 'ended', finish: 'stop', text: 'before meanwhile ' }]);
  });

  it('tells from the store what is over and not remembered here', async () => {
    const id = await finish(rig, anna, ['one', 'two']);
    await rig.restart();
    const all = await eventsOf(await follow(id, '3'));
    expect(all[0]).toMatchObject({ event: { type: 'experiment-start', id } });
    expect(all[0]?.seq).toBeGreaterThan(1000);
    expect(folded(all)).toMatchObject({ running: false, runs: [{ text: 'one' }, { text: 'two' }] });
  });

  it('is there for a page that comes back to runs that have gone on without it, and can stop them', async () => {
    const { id, events } = await startScripted(2);
    rig.scripted.say(1, 'before ');
    await events.return(undefined);
    rig.scripted.say(1, 'meanwhile');
    rig.scripted.end(1);
    await vi.waitFor(() => expect(rig.hub.get(id)?.experiment.runs[0]).toMatchObject({ status: 'ended' }));
    const response = await follow(id);
    expect((await stopExperiment(request('POST', '/', { as: bob }), id)).status).toBe(404);
    expect((await stop(id, null)).status).toBe(200);
    const runs = [{ finish: 'stop', text: 'before meanwhile' }, { finish: 'aborted' }];
    expect(folded(await eventsOf(response))).toMatchObject({ running: false, runs });
    expect((await rig.store.find(id))?.runs).toMatchObject(runs);
  });

  it('may be read by two at once', async () => {
    const { id, first, events } = await startScripted(1);
    const other = eventsOf(await follow(id));
    rig.scripted.say(1, 'text');
    rig.scripted.end(1);
    const own = [first];
    for await (const event of events) own.push(event);
    expect(await other).toEqual(own);
  });
});

describe('POST /api/experiments/{id}/stop', () => {
  it('stops the given runs, or all', async () => {
    const { id, first, events } = await startScripted(3);
    for (const body of ['{"runs":[2]}', '{"runs":[2]}', '{}']) {
      const response = await stop(id, body);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ id });
    }
    const seen = [first];
    for await (const event of events) seen.push(event);
    expect(folded(seen).runs).toMatchObject(Array(3).fill({ status: 'ended', finish: 'aborted' }));
    const ends = seen.flatMap(({ event }) => (event.type === 'run-end' ? event.run : []));
    expect(ends[0]).toBe(2);
  });

  it('stops all without a body, also twice and after the end', async () => {
    const { id } = await startScripted(2);
    for (let times = 0; times < 2; times++) expect((await stop(id, null)).status).toBe(200);
    await vi.waitFor(() => expect(rig.hub.get(id)?.running).toBe(false));
    expect((await stop(id, null)).status).toBe(200);
  });

  it('stops Seedling in the middle of a text, which is kept', async () => {
    const request = post('/api/experiments?pace=30', JSON.stringify({ ...haiku, repeats: 2 }));
    const { body } = await startExperiment(request);
    if (!body) throw new Error('There is no stream.');
    const seen: Numbered[] = [];
    for await (const event of readEvents(body)) {
      seen.push(event);
      if (event.event.type === 'text-delta' && event.event.run === 1) await stop(folded(seen).id, '{"runs":[1]}');
    }
    const [stopped, other] = folded(seen).runs;
    expect(stopped).toMatchObject({ status: 'ended', finish: 'aborted' });
    expect(stopped?.text).not.toBe('');
    expect(other?.text.startsWith(stopped?.text ?? 'nothing')).toBe(true);
    expect(other).toMatchObject({ finish: expect.stringMatching(/^(stop|length)$/) });
  });

  it.each([
    ['[]'],
    ['"x"'],
    ['7'],
    ['{"runs":"all"}'],
    ['{"runs":[0]}'],
    ['{"runs":[1.5]}'],
    ['{"runs":["1"]}'],
    ['{"run":1}'],
    ['{"runs":[1],"force":true}'],
  ])('refuses the body %s and stops nothing', async (body) => {
    const { id } = await startScripted(1);
    expect(await refusalOf(await stop(id, body))).toMatchObject({ status: 400, code: 'invalid_body' });
    expect(rig.hub.get(id)?.experiment.runs).toMatchObject([{ status: 'running' }]);
    expect(rig.scripted.calls.map(({ signal }) => signal.aborted)).toEqual([false]);
  });

  it('does nothing to an experiment that is not running here', async () => {
    const id = await finish(rig, anna, ['text']);
    await rig.restart();
    expect((await stop(id, null)).status).toBe(200);
    expect((await rig.store.find(id))?.runs).toMatchObject([{ finish: 'stop', text: 'text' }]);
  });

  it('refuses malformed JSON, bodies over 1 MiB and pages of other sites', async () => {
    const { id } = await startScripted(1);
    expect(await refusalOf(await stop(id, '{'))).toMatchObject({ status: 400, code: 'invalid_json' });
    expect(await refusalOf(await stop(id, 'x'.repeat(2 ** 20 + 1)))).toMatchObject({ status: 413 });
    expect(await refusalOf(await stop(id, '{}', foreign))).toMatchObject({ status: 403, code: 'foreign_origin' });
    expect(rig.scripted.calls.map(({ signal }) => signal.aborted)).toEqual([false]);
  });
});

describe('POST /api/experiments/{id}/runs', () => {
  async function oneFailed() {
    const { id, first, events } = await startScripted(2);
    rig.scripted.say(1, 'good');
    rig.scripted.end(1);
    rig.scripted.say(2, 'bad');
    rig.scripted.fail(2);
    const seen = [first];
    for await (const event of events) seen.push(event);
    await rig.hub.get(id)?.over();
    return { id, seen };
  }

  it('makes what failed once more, and streams only what is new', async () => {
    const { id, seen } = await oneFailed();
    const response = await rerun(id, null);
    rig.scripted.say(2, 'good');
    rig.scripted.end(2);
    const news = await eventsOf(response);
    expect(news[0]).toMatchObject({ event: { type: 'run-start', run: 2 } });
    expect(news[0]?.seq).toBeGreaterThan(seen.length);
    expect(news.at(-1)?.event.type).toBe('experiment-end');
    expect(folded([...seen, ...news]).runs).toMatchObject([
      { status: 'ended', text: 'good' },
      { status: 'ended', text: 'good' },
    ]);
    expect(rig.scripted.asked).toEqual([1, 2, 2]);
  });

  it('makes after a restart what never ended, and a reader from before begins anew', async () => {
    const { id, first, events } = await startScripted(3);
    rig.scripted.say(2, 'kept');
    rig.scripted.end(2);
    const seen = [first];
    for await (const event of events) {
      seen.push(event);
      if (event.event.type === 'run-end') break;
    }
    await rig.restart();
    const response = await rerun(id, null);
    expect(response.status).toBe(200);
    const old = eventsOf(await follow(id, String(seen.at(-1)?.seq)));
    expect(rig.scripted.asked).toEqual([1, 3]);
    for (const run of [1, 3]) {
      rig.scripted.say(run, `new ${run}`);
      rig.scripted.end(run);
    }
    const news = await eventsOf(response);
    expect(news.map(({ event }) => 'run' in event && event.run)).not.toContain(2);
    const whole = await old;
    expect(whole[0]).toMatchObject({ event: { type: 'experiment-start', id } });
    expect(whole[0]?.seq).toBeGreaterThan(seen.at(-1)?.seq ?? 0);
    expect(whole.slice(-news.length)).toEqual(news);
    expect(folded(whole).runs).toMatchObject([{ text: 'new 1' }, { text: 'kept' }, { text: 'new 3' }]);
    expect((await rig.store.find(id))?.runs).toEqual(folded(whole).runs);
  });

  it('lets one of two win who ask at the same time', async () => {
    const { id } = await oneFailed();
    const [one, other] = await Promise.all([rerun(id, null), rerun(id, null)]);
    expect([one.status, other.status].toSorted()).toEqual([200, 409]);
    expect(await refusalOf(one.ok ? other : one)).toMatchObject({ code: expect.stringMatching(/^(running|nothing)/) });
    rig.scripted.say(2, 'good');
    rig.scripted.end(2);
    const news = await eventsOf(one.ok ? one : other);
    expect(news.filter(({ event }) => event.type === 'run-start').length).toBe(1);
    expect(rig.scripted.asked).toEqual([1, 2, 2]);
  });

  it('says so while another process runs it', async () => {
    const other = new Hub(rig.store, 10_000);
    const options = {
      recipe: scriptedRecipe(1),
      provider: rig.scripted,
      owner: anna.owner,
      parent: null,
      pace: undefined,
    };
    const there = await other.start(options);
    if (!there.ok) throw new Error(there.problem.message);
    expect(await refusalOf(await rerun(there.value.experiment.id, null))).toEqual({
      status: 409,
      code: 'running',
      param: null,
    });
    expect(rig.scripted.asked).toEqual([1]);
  });

  it('says so if the store fails, and asks no provider', async () => {
    const { id } = await oneFailed();
    vi.spyOn(rig.store, 'claim').mockRejectedValue(full);
    expect(await refusalOf(await rerun(id, null))).toMatchObject({ status: 503, code: 'store_full' });
    expect(rig.scripted.asked).toEqual([1, 2]);
  });

  it('makes nothing of texts that were brought', async () => {
    const recipe = { ...scriptedRecipe(2), provider: 'imported' };
    const imported = anExperiment('imported', { owner: anna.owner, origin: 'import', recipe });
    await rig.store.create(imported);
    expect(await refusalOf(await rerun(imported.id, null))).toMatchObject({ status: 409, code: 'imported' });
  });

  it('says so if nothing of what is given is missing', async () => {
    const { id } = await oneFailed();
    for (const body of ['{"runs":[1]}', '{"runs":[]}', '{"runs":[99]}'])
      expect(await refusalOf(await rerun(id, body))).toEqual({ status: 409, code: 'nothing_missing', param: 'runs' });
    expect(rig.scripted.asked).toEqual([1, 2]);
  });

  it('refuses what it does not understand and pages of other sites', async () => {
    const { id } = await oneFailed();
    expect(await refusalOf(await rerun(id, '{"runs":{}}'))).toMatchObject({ status: 400, code: 'invalid_body' });
    expect(await refusalOf(await rerun(id, '{"v":1}'))).toMatchObject({ status: 400, code: 'invalid_body' });
    expect(await refusalOf(await rerun(id, '{'))).toMatchObject({ status: 400, code: 'invalid_json' });
    expect(await refusalOf(await rerun(id, null, foreign))).toMatchObject({ status: 403, code: 'foreign_origin' });
    expect(rig.scripted.asked).toEqual([1, 2]);
  });
});
