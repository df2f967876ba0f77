import { describe, expect, it } from 'vitest';
import type { ChatRequest } from '@/lib/recipe/recipe';
import { collect, providerContract } from '@/lib/run/provider.contract';
import { readEnvironment } from './environment';
import { makeProviders } from './providers';
import { loadSeedling } from './seedling';

const seedling = loadSeedling();
const providersWith = (variables: Record<string, string>) =>
  makeProviders(readEnvironment({ NODE_ENV: 'test', ...variables }), () => seedling);

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

providerContract('Seedling', () => ({
  provider: seedlingProvider(),
  answered: request,
  slow: { request, pace: 1.5 },
  refused: { ...request, model: 'seedling-2' },
}));

describe('makeProviders', () => {
  it('has Seedling and nothing else if no key is set', () => {
    expect([...providersWith({}).values()]).toMatchObject([{ id: 'seedling', exact: true, models: ['seedling-1'] }]);
  });

  it('has OpenAI too if a key is set, with whatever models it has', () => {
    expect([...providersWith({ OPENAI_API_KEY: 'sk-test' }).values()]).toMatchObject([
      { id: 'seedling' },
      { id: 'openai', name: 'OpenAI', exact: false, models: null },
    ]);
  });

  it('names another server by its host', () => {
    const providers = providersWith({ OPENAI_API_KEY: 'none', OPENAI_BASE_URL: 'http://localhost:8080/v1' });
    expect(providers.get('openai')?.name).toBe('localhost:8080');
  });

  it('tells no key', () => {
    expect(JSON.stringify([...providersWith({ OPENAI_API_KEY: 'sk-secret' }).values()])).not.toContain('sk-secret');
  });
});

describe('Seedling as a provider', () => {
  const run = (changes: Partial<ChatRequest> = {}) =>
    collect(
      seedlingProvider().run({
        spec: { run: 1, arm: 0, repeat: 1, seed: 74, model: 'seedling-1' },
        request: { ...request, ...changes },
        signal: new AbortController().signal,
        queuedMs: 0,
      }),
    );

  it('tells its fingerprint, its usage and a request id, as any server would', async () => {
    const events = await run();
    expect(events.at(-1)).toMatchObject({
      type: 'run-end',
      model: 'seedling-1',
      fingerprints: [seedling.fingerprint],
      requestId: expect.stringMatching(/^req_[0-9a-f]{32}$/),
      usage: { prompt_tokens: 6, completion_tokens: events.length - 1, total_tokens: events.length + 5 },
    });
  });

  it('refuses a parameter that it does not know, by name', async () => {
    expect(await run({ frequency_penalty: 1 })).toMatchObject([
      { type: 'run-error', error: { code: 'bad_request', status: 400, param: 'frequency_penalty', retryable: false } },
    ]);
  });

  it('lists its one model', async () => {
    expect(await seedlingProvider().models()).toEqual(['seedling-1']);
  });
});

describe('the fingerprint of Seedling', () => {
  it('is the same whenever the same corpus is read', () => {
    expect(seedling.fingerprint).toMatch(/^fp_seedling_[0-9a-f]{10}$/);
    expect(loadSeedling().fingerprint).toBe(seedling.fingerprint);
  });
});
