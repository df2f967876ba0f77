import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { compareRuns } from '@/lib/compare/comparison';
import { type Numbered, readEvents } from '@/lib/http/sse';
import { recipeHash } from '@/lib/recipe/canonical';
import type { Recipe } from '@/lib/recipe/recipe';
import { applyEvent, type Experiment } from '@/lib/run/fold';
import type { SeedlingEndpoint } from './chat-completions';
import { exactFingerprint, makeEndpoint } from './endpoint.fixture';
import { readEnvironment } from './environment';
import {
  followExperiment,
  getExperiment,
  health,
  listModels,
  rerunExperiment,
  startExperiment,
  stopExperiment,
} from './experiments';
import { Hub } from './hub';
import { makeProviders } from './providers';
import { ScriptedProvider, scriptedRecipe } from './scripted-provider.fixture';
import type { Services } from './services';

const shared = globalThis as typeof globalThis & { seedbedServices?: Services };

let endpoint: SeedlingEndpoint;
let scripted: ScriptedProvider;
let hub: Hub;

beforeAll(() => {
  endpoint = makeEndpoint();
}, 60_000);

beforeEach(() => {
  const environment = readEnvironment({ NODE_ENV: 'test' });
  scripted = new ScriptedProvider();
  hub = new Hub(10_000);
  const providers = makeProviders(environment, () => endpoint);
  providers.set('scripted', { id: 'scripted', name: 'Scripted', models: null, provider: scripted });
  shared.seedbedServices = { environment, endpoint: () => endpoint, providers, hub };
});

const site = 'http://localhost:3000';

const post = (path: string, body: BodyInit | null, headers: Record<string, string> = {}): Request =>
  new Request(`${site}${path}`, { method: 'POST', body, headers: { host: 'localhost:3000', ...headers } });

const start = (recipe: unknown, headers?: Record<string, string>): Promise<Response> =>
  startExperiment(post('/api/experiments', JSON.stringify(recipe), headers));

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

/** All events of a response. */
async function eventsOf(response: Response): Promise<Numbered[]> {
  const all: Numbered[] = [];
  if (response.body) for await (const event of readEvents(response.body)) all.push(event);
  return all;
}

const folded = (all: readonly Numbered[]): Experiment => {
  const experiment = all.map(({ event }) => event).reduce<Experiment | null>(applyEvent, null);
  if (!experiment) throw new Error('There was no experiment-start.');
  return experiment;
};

/** Starts a scripted experiment and reads as far as its id; `rest` is what follows. */
async function startScripted(repeats: number) {
  const response = await start(scriptedRecipe(repeats));
  if (!response.body) throw new Error('There is no stream.');
  const events = readEvents(response.body);
  const first = await events.next();
  if (first.done || first.value.event.type !== 'experiment-start') throw new Error('There was no experiment-start.');
  return { id: first.value.event.id, first: first.value, events };
}

const Refusal = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), param: z.string().nullable() }),
});

/** What a response says is wrong. */
async function refusalOf(response: Response) {
  expect(response.headers.get('cache-control')).toBe('no-store');
  const { code, message, param } = Refusal.parse(await response.json()).error;
  expect(message).toMatch(/\w.*[.?}]$/s);
  return { status: response.status, code, param };
}

const foreign = { origin: 'https://evil.example' };

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
    const senders: Record<string, string>[] = [{}, { origin: site }];
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
    expect(scripted.calls).toMatchObject([{ pace: 20 }]);
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
    ['too many runs', withRecipe({ repeats: 101 }), 400, 'invalid_recipe', 'repeats'],
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
    const starting = vi.spyOn(hub, 'start');
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
      const starting = vi.spyOn(hub, 'start');
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
        Refusal.parse(await response.json());
      }),
      { seed: 21, numRuns: 500 },
    );
  });

  it('says when to come back if too much is running', async () => {
    for (let running = 0; running < 40; running++) hub.start(scriptedRecipe(1), scripted, undefined);
    const response = await start(haiku);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await refusalOf(response)).toMatchObject({ status: 503, code: 'busy' });
  });
});

describe('GET /api/experiments/{id}', () => {
  it('gives what was asked, what happened, and how it compares', async () => {
    const { id, runs, recipe } = folded(await eventsOf(await start(haiku)));
    const response = getExperiment(id);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      id,
      recipe: haiku,
      recipeHash: recipeHash(haiku),
      createdAt: hub.get(id)?.createdAt.toISOString(),
      sharedAt: null,
      parent: null,
      runs,
      comparison: compareRuns(recipe, runs),
    });
  });

  it('says that five seeded runs of Seedling agree', async () => {
    const { id } = folded(await eventsOf(await start(haiku)));
    expect(await getExperiment(id).json()).toMatchObject({
      comparison: {
        texts: 1,
        groups: [{ letter: 'A', runs: [1, 2, 3, 4, 5] }],
        modal: { runs: [1, 2, 3, 4, 5], share: 1 },
        pairwiseMatch: 1,
        firstDifference: null,
        fingerprints: [{ value: exactFingerprint(endpoint), runs: [1, 2, 3, 4, 5] }],
        compared: 5,
        leftOut: [],
      },
    });
  });

  it('can be asked while runs go on', async () => {
    const { id } = await startScripted(2);
    scripted.end(1);
    await vi.waitFor(async () =>
      expect(await getExperiment(id).json()).toMatchObject({
        runs: [{ status: 'ended' }, { status: 'running' }],
        comparison: { compared: 0, leftOut: [{ run: 1 }, { run: 2 }] },
      }),
    );
  });
});

const unknownIds = [
  '',
  'nothing',
  'A'.repeat(22),
  'x'.repeat(9000),
  '__proto__',
  'constructor',
  '..%2f',
  "' or 1=1--",
  '\u202e',
  '\0',
];

describe('an unknown experiment', () => {
  it.each(unknownIds)('%j is not found, whatever is asked of it', async (id) => {
    const responses = [
      getExperiment(id),
      followExperiment(new Request(site), id),
      await stopExperiment(post('/', null), id),
      await rerunExperiment(post('/', null), id),
    ];
    for (const response of responses)
      expect(await refusalOf(response)).toEqual({ status: 404, code: 'not_found', param: null });
  });
});

describe('GET /api/experiments/{id}/events', () => {
  const follow = (id: string, lastEventId?: string) =>
    followExperiment(
      new Request(site, { headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId } }),
      id,
    );

  it('streams again what followed Last-Event-ID', async () => {
    const whole = await eventsOf(await start({ ...haiku, repeats: 2 }));
    const { id } = folded(whole);
    for (const after of [0, 1, 2, whole.length - 1, whole.length, whole.length + 100])
      expect(await eventsOf(follow(id, String(after)))).toEqual(whole.slice(after));
    expect(await eventsOf(follow(id))).toEqual(whole);
  });

  it.each(['garbage', '-3', '1.5', '1e999', 'NaN', '99999999999999999999', ''])(
    'streams everything for the Last-Event-ID %j, which it never gave',
    async (lastEventId) => {
      const whole = await eventsOf(await start({ ...haiku, repeats: 1 }));
      expect(await eventsOf(follow(folded(whole).id, lastEventId))).toEqual(whole);
    },
  );

  it('takes a connection that was lost up again, without gap or repeat', async () => {
    const { id, first, events } = await startScripted(1);
    const seen = [first];
    scripted.say(1, 'before ');
    for (let next = await events.next(); !next.done; next = await events.next()) {
      seen.push(next.value);
      if (next.value.event.type === 'text-delta') break;
    }
    await events.return(undefined);
    scripted.say(1, 'meanwhile ');
    const response = follow(id, String(seen.at(-1)?.seq));
    scripted.end(1);
    seen.push(...(await eventsOf(response)));
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, at) => at + 1));
    expect(folded(seen).runs).toMatchObject([{ status: 'ended', finish: 'stop', text: 'before meanwhile ' }]);
  });

  it('may be read by two at once', async () => {
    const { id, first, events } = await startScripted(1);
    const other = eventsOf(follow(id));
    scripted.say(1, 'text');
    scripted.end(1);
    const own = [first];
    for await (const event of events) own.push(event);
    expect(await other).toEqual(own);
  });
});

describe('POST /api/experiments/{id}/stop', () => {
  const stop = (id: string, body: BodyInit | null, headers?: Record<string, string>) =>
    stopExperiment(post(`/api/experiments/${id}/stop`, body, headers), id);

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
    await vi.waitFor(() => expect(hub.get(id)?.running).toBe(false));
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
    expect(hub.get(id)?.experiment.runs).toMatchObject([{ status: 'running' }]);
    expect(scripted.calls.map(({ signal }) => signal.aborted)).toEqual([false]);
  });

  it('refuses malformed JSON, bodies over 1 MiB and pages of other sites', async () => {
    const { id } = await startScripted(1);
    expect(await refusalOf(await stop(id, '{'))).toMatchObject({ status: 400, code: 'invalid_json' });
    expect(await refusalOf(await stop(id, 'x'.repeat(2 ** 20 + 1)))).toMatchObject({ status: 413 });
    expect(await refusalOf(await stop(id, '{}', foreign))).toMatchObject({ status: 403, code: 'foreign_origin' });
    expect(scripted.calls.map(({ signal }) => signal.aborted)).toEqual([false]);
  });
});

describe('POST /api/experiments/{id}/runs', () => {
  const rerun = (id: string, body: BodyInit | null, headers?: Record<string, string>) =>
    rerunExperiment(post(`/api/experiments/${id}/runs`, body, headers), id);

  async function oneFailed() {
    const { id, first, events } = await startScripted(2);
    scripted.say(1, 'good');
    scripted.end(1);
    scripted.say(2, 'bad');
    scripted.fail(2);
    const seen = [first];
    for await (const event of events) seen.push(event);
    return { id, seen };
  }

  it('makes what failed once more, and streams only what is new', async () => {
    const { id, seen } = await oneFailed();
    const response = await rerun(id, null);
    scripted.say(2, 'good');
    scripted.end(2);
    const news = await eventsOf(response);
    expect(news[0]).toMatchObject({ seq: seen.length + 1, event: { type: 'run-start', run: 2 } });
    expect(news.at(-1)?.event.type).toBe('experiment-end');
    expect(folded([...seen, ...news]).runs).toMatchObject([
      { status: 'ended', text: 'good' },
      { status: 'ended', text: 'good' },
    ]);
    expect(scripted.asked).toEqual([1, 2, 2]);
  });

  it('says so if nothing of what is given is missing', async () => {
    const { id } = await oneFailed();
    for (const body of ['{"runs":[1]}', '{"runs":[]}', '{"runs":[99]}'])
      expect(await refusalOf(await rerun(id, body))).toEqual({ status: 409, code: 'nothing_missing', param: 'runs' });
    expect(scripted.asked).toEqual([1, 2]);
  });

  it('refuses what it does not understand and pages of other sites', async () => {
    const { id } = await oneFailed();
    expect(await refusalOf(await rerun(id, '{"runs":{}}'))).toMatchObject({ status: 400, code: 'invalid_body' });
    expect(await refusalOf(await rerun(id, '{"v":1}'))).toMatchObject({ status: 400, code: 'invalid_body' });
    expect(await refusalOf(await rerun(id, '{'))).toMatchObject({ status: 400, code: 'invalid_json' });
    expect(await refusalOf(await rerun(id, null, foreign))).toMatchObject({ status: 403, code: 'foreign_origin' });
    expect(scripted.asked).toEqual([1, 2]);
  });
});

describe('GET /api/models', () => {
  it('lists every provider with its models in order', async () => {
    expect(await (await listModels()).json()).toMatchObject({
      providers: [
        {
          id: 'seedling',
          name: expect.any(String),
          models: [{ id: 'seedling-1', exact: true, about: expect.any(String) }, {}, {}],
        },
        {
          id: 'scripted',
          name: 'Scripted',
          models: [{ id: 'scripted-a', about: null, exact: false }, { id: 'scripted-b' }],
        },
      ],
    });
  });

  it('lists a provider that cannot be asked without models', async () => {
    vi.spyOn(scripted, 'models').mockRejectedValue(new Error('down'));
    expect(await (await listModels()).json()).toMatchObject({
      providers: [{ id: 'seedling' }, { id: 'scripted', models: [] }],
    });
  });
});

describe('GET /api/health', () => {
  it('says that all is well, and which providers there are', async () => {
    expect(await health().json()).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      store: 'memory',
      providers: ['seedling', 'scripted'],
    });
  });
});
