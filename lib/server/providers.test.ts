import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { makeLens } from '@/lib/lens/lens';
import { saplingByTag } from '@/lib/lens/sapling-model';
import { seedlingByTag } from '@/lib/lens/seedling-model';
import { sourceOf } from '@/lib/lens/source';
import { fakeServer, fixture, playing, type Reply } from '@/lib/openai/fake-server.fixture';
import { plan } from '@/lib/recipe/plan';
import type { ChatRequest } from '@/lib/recipe/recipe';
import type { RunEvent } from '@/lib/run/events';
import { applyEvent, type Experiment } from '@/lib/run/fold';
import { collect, providerContract } from '@/lib/run/provider.contract';
import { aRecipe } from '@/lib/run/records.fixture';
import { log } from '@/lib/seedling/portable-math';
import { readConfiguration } from './configuration';
import { exactFingerprint, makeEndpoint } from './endpoint.fixture';
import { readEnvironment } from './environment';
import { loadSapling } from './load-sapling';
import { loadSeedling } from './load-seedling';
import { makeProviders } from './providers';

// Whatever is called over the network goes through what a test puts in the place of `fetch`.
vi.mock('@/lib/http/lean-fetch', () => ({ leanFetch: (...call: Parameters<typeof fetch>) => fetch(...call) }));

const endpoint = makeEndpoint();
const providersWith = (variables: Record<string, string>) =>
  makeProviders(readConfiguration(readEnvironment({ NODE_ENV: 'test', ...variables })).providers, () => endpoint);

const request: ChatRequest = {
  model: 'seedling-1',
  messages: [{ role: 'user', content: 'Write a haiku about spring.' }],
  seed: 74,
  max_completion_tokens: 40,
};

function seedlingProvider() {
  const entry = providersWith({}).get('seedling');
  if (!entry) throw new Error('Seedling is always there.');
  return entry.provider;
}

for (const model of ['seedling-1', 'sapling-1', 'sapling-1-fleet', 'sapling-1-batched'])
  providerContract(model, () => ({
    provider: seedlingProvider(),
    answered: { ...request, model },
    slow: { request: { ...request, model }, pace: 1.5 },
    refused: { ...request, model: `${model}-2` },
  }));

describe('makeProviders', () => {
  it('gives what is built in and nothing else if nothing is set', () => {
    const [inside, ...others] = [...providersWith({}).values()];
    expect(others).toEqual([]);
    expect(inside?.id).toBe('seedling');
    expect(inside?.models?.filter(({ exact }) => exact).map(({ id }) => id)).toEqual(['seedling-1', 'sapling-1']);
    for (const { about } of inside?.models ?? []) expect(about).toMatch(/\.$/);
  });

  it('gives OpenAI too if a key is set, with whatever models it has', () => {
    expect([...providersWith({ OPENAI_API_KEY: 'sk-test' }).values()]).toMatchObject([
      { id: 'seedling' },
      { id: 'openai', name: 'OpenAI', models: null },
    ]);
  });

  it('says what each can do', () => {
    const [seedling, openai] = [...providersWith({ OPENAI_API_KEY: 'sk-test' }).values()];
    expect(seedling).toMatchObject({ free: true, paced: true, continues: true, endpointPath: '/v1' });
    expect(seedling?.provider.endpoint).toBeNull();
    expect(openai?.provider.endpoint).toEqual({ origin: 'https://api.openai.com', path: '/v1' });
    expect(openai).toMatchObject({ free: false, paced: false, continues: false, endpointPath: null });
  });

  it('names another server by its host', () => {
    const providers = providersWith({ OPENAI_API_KEY: 'none', OPENAI_BASE_URL: 'http://localhost:8080/v1' });
    expect(providers.get('openai')?.name).toBe('localhost:8080');
  });

  it('needs no key where an address is set', () => {
    const providers = providersWith({ OPENAI_BASE_URL: 'http://localhost:8080/v1' });
    expect(providers.get('openai')?.provider.endpoint).toEqual({ origin: 'http://localhost:8080', path: '/v1' });
  });

  it('gives one with a list of models those and no others', () => {
    const configured = { id: 'azure', name: 'Azure', apiKey: '', atOnce: 4, maxRetries: 0, models: ['gpt-6-luna'] };
    const providers = makeProviders([configured], () => endpoint);
    expect([...providers.keys()]).toEqual(['seedling', 'azure']);
    expect(providers.get('azure')?.provider.line).toMatchObject({ inFlight: 0, waiting: 0 });
    expect(providers.get('azure')?.models).toEqual([
      { id: 'gpt-6-luna', about: null, exact: false, shutdownDate: null },
    ]);
  });

  it('shows nobody a key', () => {
    expect(JSON.stringify([...providersWith({ OPENAI_API_KEY: 'sk-secret' }).values()])).not.toContain('sk-secret');
  });
});

describe('the configuration that README.md shows', () => {
  const keys = { OPENROUTER_API_KEY: 'sk-router', AZURE_OPENAI_API_KEY: 'sk-azure' };
  const folder = mkdtempSync(join(tmpdir(), 'seedbed-readme-'));
  const file = join(folder, 'seedbed.config.json');
  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(() => vi.unstubAllGlobals());

  /** The providers of the file in README.md, and what a server is sent that answers like this. */
  function shownBeside(reply: Reply) {
    const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');
    writeFileSync(file, /^ {4}\{ "providers"[\s\S]*?^ {4}\] \}$/m.exec(readme)?.[0] ?? '');
    const { fetch, received } = fakeServer(reply);
    vi.stubGlobal('fetch', fetch);
    const environment = readEnvironment({ NODE_ENV: 'test', SEEDBED_CONFIG: file });
    const { providers } = readConfiguration(environment, { ...process.env, ...keys });
    return { providers: makeProviders(providers, () => endpoint), received };
  }

  const servers = [
    ['ollama', 'ollama-text', 'http://localhost:11434/v1/chat/completions', null, null],
    ['llama-cpp', 'llamacpp-text', 'http://localhost:9931/v1/chat/completions', null, null],
    ['vllm', 'vllm-text', 'http://localhost:8000/v1/chat/completions', null, null],
    ['openrouter', 'openrouter-comments', 'https://openrouter.ai/api/v1/chat/completions', 'Bearer sk-router', null],
    ['azure', 'azure-text', 'https://name.openai.azure.com/openai/v1/chat/completions', null, 'sk-azure'],
  ] as const;

  it('has these and no others', () => {
    const { providers } = shownBeside(playing(''));
    expect([...providers.keys()]).toEqual(['seedling', ...servers.map(([id]) => id)]);
  });

  it.each(servers)(
    'asks %s as it wants to be asked, and reads what it sends',
    async (id, text, url, bearer, apiKey) => {
      const { providers, received } = shownBeside(playing(fixture(text)));
      const spec = { run: 1, arm: 0, repeat: 1, seed: 74, model: 'm' };
      const call = { spec, request: { ...request, model: 'm' }, signal: new AbortController().signal, queuedMs: 0 };
      const events = providers.get(id)?.provider.run(call);
      expect((events && (await collect(events)))?.at(-1)).toMatchObject({ type: 'run-end', finish: 'stop' });
      expect(received).toMatchObject([{ method: 'POST', url, body: { model: 'm', seed: 74, stream: true } }]);
      const headers = received[0]?.headers;
      expect([headers?.get('authorization'), headers?.get('api-key')]).toEqual([bearer, apiKey]);
    },
  );
});

describe('Seedling as a provider', () => {
  const caller = { visitor: 'anna', experiment: 'e1' };
  const run = (changes: Partial<ChatRequest> = {}, signal = new AbortController().signal) =>
    collect(
      seedlingProvider().run({
        spec: { run: 1, arm: 0, repeat: 1, seed: 74, model: 'seedling-1' },
        request: { ...request, ...changes },
        signal,
        caller,
        queuedMs: 0,
      }),
    );

  it('reports its fingerprint, its usage and a request id, as any server would', async () => {
    const events = await run();
    expect(events.at(-1)).toMatchObject({
      type: 'run-end',
      model: 'seedling-1',
      fingerprints: [exactFingerprint(endpoint)],
      requestId: expect.stringMatching(/^req_[0-9a-f]{32}$/),
      usage: { prompt_tokens: 6, completion_tokens: events.length - 1, total_tokens: events.length + 5 },
    });
  });

  it('refuses a parameter that it cannot follow, by name', async () => {
    expect(await run({ reasoning_effort: 'low' })).toMatchObject([
      { type: 'run-error', error: { code: 'bad_request', status: 400, param: 'reasoning_effort', retryable: false } },
    ]);
  });

  it('takes turns by visitor and experiment, of which nothing is kept', async () => {
    const take = vi.spyOn(endpoint.turns, 'take');
    const events = await run();
    for (const [taker] of take.mock.calls) expect(taker).toEqual(caller);
    expect(take).toHaveBeenCalled();
    expect(JSON.stringify(events)).not.toContain('anna');
  });

  it('leaves its back end whenever it is aborted', async () => {
    for (let ticks = 0; ticks < 80; ticks++) {
      const stop = new AbortController();
      const running = run({}, stop.signal);
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
      stop.abort();
      expect((await running).at(-1)).toMatchObject({ type: 'run-end', finish: 'aborted' });
    }
    await vi.waitFor(() =>
      expect([...endpoint.inFlight.values()]).toEqual([...endpoint.inFlight.values()].map(() => 0)),
    );
  });

  it.each(['seedling-1-batched', 'sapling-1-batched'])(
    'records for %s what load it calculated by, so that the lens writes it again to the last bit',
    async (model) => {
      const asked = { ...request, model, max_completion_tokens: 20, logprobs: true, top_logprobs: 3 };
      const recipe = aRecipe({ request: asked, repeats: 6 });
      const start: RunEvent = { type: 'experiment-start', id: 'x', recipe, runs: plan(recipe) };
      const started = plan(recipe).map(({ run }): RunEvent => ({ type: 'run-start', run }));
      const events = await Promise.all(
        plan(recipe).map((spec) =>
          collect(seedlingProvider().run({ spec, request: asked, signal: new AbortController().signal, queuedMs: 0 })),
        ),
      );
      const records = [start, ...started, ...events.flat()].reduce<Experiment | null>(applyEvent, null)?.runs ?? [];
      expect(records.map((record) => record.status === 'ended' && record.inFlight).sort()).toEqual([1, 2, 3, 4, 5, 6]);
      const byTag = model.startsWith('sapling')
        ? saplingByTag(loadSapling())
        : seedlingByTag(loadSeedling().counts, loadSeedling().hash);
      const lens = makeLens(async () => byTag);
      for (const { tokens = [], ...record } of records) {
        const source = sourceOf(record, recipe);
        if (source.kind !== 'retraceable') throw new Error('It cannot be retraced.');
        const answer = await lens({ kind: 'retrace', runs: [source.run] });
        const moments = answer.kind === 'retraced' && answer.runs[0]?.kind === 'ready' ? answer.runs[0].moments : [];
        const written = moments.filter(({ token }) => token !== '');
        expect(written.map(({ token }) => token)).toEqual(tokens.map(({ token }) => token));
        expect(written.map(({ options }) => options.slice(0, 3).map(({ probability }) => log(probability)))).toEqual(
          tokens.map(({ top_logprobs }) => top_logprobs.map(({ logprob }) => logprob)),
        );
      }
    },
  );

  it('lists its models', async () => {
    const listed = await seedlingProvider().models();
    const ids = listed.ok && listed.value.map(({ id }) => id);
    const inside = ['seedling-1', 'seedling-1-fleet', 'seedling-1-batched'];
    expect(ids).toEqual([...inside, 'sapling-1', 'sapling-1-fleet', 'sapling-1-batched']);
  });
});

describe('the fingerprint of Seedling', () => {
  it('is the same whenever the same corpus is read', () => {
    expect(exactFingerprint(endpoint)).toMatch(/^fp_seedling_[0-9a-f]{8}_exact$/);
    expect(exactFingerprint(makeEndpoint())).toBe(exactFingerprint(endpoint));
  });
});
