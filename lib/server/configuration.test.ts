import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dialectOf, usualDialect } from '@/lib/recipe/dialect';
import { configurationFile, forOwnKeysOnly, readConfiguration } from './configuration';
import { readEnvironment } from './environment';
import { loopbackQuotas, usualQuotas } from './quota-settings';

const folder = mkdtempSync(join(tmpdir(), 'seedbed-configuration-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SEEDBED_CONFIG = join(folder, 'seedbed.config.json');
const variables = {
  NODE_ENV: 'test',
  SEEDBED_CONFIG,
  MY_KEY: ' sk-mine\n',
  BAD_KEY: 'two words',
  EMPTY_KEY: ' ',
} as const;

/** The providers of a file with this text. */
function readText(text: string, more: Record<string, string> = {}) {
  writeFileSync(SEEDBED_CONFIG, text);
  return readConfiguration(readEnvironment({ ...variables, ...more }), { ...variables, ...more }).providers;
}
const read = (providers: unknown, more: Record<string, string> = {}) => readText(JSON.stringify({ providers }), more);

const local = { id: 'local', baseUrl: 'http://localhost:11434/v1' };
const azure = {
  id: 'azure',
  name: 'Azure',
  baseUrl: 'https://mine.openai.azure.com/openai/deployments/luna',
  keyVariable: 'MY_KEY',
  header: 'api-key',
  apiVersion: '2024-10-21',
  atOnce: 4,
  maxRetries: 0,
  timeLimits: { connectMs: 10_000, totalMs: 60_000 },
  models: ['gpt-6-luna'],
};

describe('readConfiguration', () => {
  it.each<[boolean, Record<string, unknown>, Record<string, string>]>([
    [true, {}, {}],
    [false, { localServers: false }, {}],
    [false, {}, { PUBLIC_URL: 'https://seedbed.example' }],
    [false, {}, { DATABASE_URL: 'postgres://db.example/x' }],
    [false, {}, { HOST: '0.0.0.0' }],
    [true, { localServers: true }, { PUBLIC_URL: 'https://seedbed.example' }],
  ])('looks for servers on this machine: %j, with %j and %j', (looks, settings, set) => {
    writeFileSync(SEEDBED_CONFIG, JSON.stringify({ providers: [], ...settings }));
    expect(readConfiguration(readEnvironment({ ...variables, ...set })).localServers).toBe(looks);
  });

  it('gives nothing if nothing is set', () => {
    expect(readConfiguration(readEnvironment({ NODE_ENV: 'test' }))).toEqual({
      providers: [],
      localServers: true,
      visitorKeys: true,
      limits: loopbackQuotas,
    });
    expect(read([])).toEqual([]);
  });

  it('limits tokens where others may come', () => {
    const limits = (set: Record<string, string>) =>
      readConfiguration(readEnvironment({ NODE_ENV: 'test', ...set })).limits;
    expect([limits({}), limits({ HOST: '192.0.2.1' }), limits({ PUBLIC_URL: 'https://seedbed.example' })]).toEqual([
      ...[loopbackQuotas, usualQuotas, usualQuotas],
    ]);
    expect(loopbackQuotas.visitor.hour).toEqual({ ...usualQuotas.visitor.hour, tokens: 50_000_000 });
  });

  it('reads limits, and leaves those as usual that it does not name', () => {
    const limits = (given: unknown) => {
      writeFileSync(SEEDBED_CONFIG, JSON.stringify({ providers: [], limits: given }));
      return readConfiguration(readEnvironment(variables)).limits;
    };
    const { visitor, address } = loopbackQuotas;
    expect(limits({ visitor: { hour: { runs: 7, storedMiB: 2 }, eventStreams: 3 }, tokensPerDay: 0 })).toEqual({
      visitor: { ...visitor, hour: { ...visitor.hour, runs: 7, bytes: 2 * 1024 * 1024 }, eventStreams: 3 },
      address,
      tokensPerDay: 0,
    });
    expect(limits({ address: { day: { seedlingTokens: 5 } } })).toEqual({
      ...loopbackQuotas,
      address: { ...address, day: { ...address.day, 'seedling-tokens': 5 } },
    });
    expect(() => limits({ visitor: { hour: { runs: -1 } } })).toThrow(/limits\.visitor\.hour\.runs/);
    expect(() => limits({ visitor: { week: {} } })).toThrow(/week/);
  });

  it('reads what is set, and the key from its variable', () => {
    const { keyVariable: _, ...rest } = azure;
    expect(read([local, azure])).toEqual([
      { ...local, name: 'localhost:11434', apiKey: '', atOnce: 32, maxRetries: 2, dialect: dialectOf('ollama') },
      { ...rest, apiKey: 'sk-mine', dialect: dialectOf('azure') },
    ]);
  });

  it.each([
    [{ OPENAI_API_KEY: 'sk-x' }, { id: 'openai', name: 'OpenAI', apiKey: 'sk-x', dialect: dialectOf('openai') }],
    [
      { OPENAI_BASE_URL: 'http://localhost:1/v1' },
      { id: 'openai', name: 'localhost:1', apiKey: '', dialect: usualDialect },
    ],
    [
      { OPENAI_API_KEY: 'sk-x', OPENAI_BASE_URL: 'http://a.example/v1' },
      { id: 'openai', name: 'a.example', apiKey: 'sk-x' },
    ],
  ])('puts that of %j before the others', (set, expected) => {
    expect(read([local], set)).toMatchObject([expected, { id: 'local' }]);
  });

  it.each([
    ['vllm', dialectOf('vllm')],
    [{ stream: false }, { ...usualDialect, stream: false }],
    [
      { like: 'mistral', streamOptions: true },
      { ...dialectOf('mistral'), streamOptions: true },
    ],
    [{ names: { seed: 'random_seed' } }, { ...usualDialect, names: { seed: 'random_seed' } }],
    [
      { ranges: { seed: [0, '9223372036854775807'] } },
      { ...usualDialect, ranges: { seed: [0, '9223372036854775807'] } },
    ],
  ])('takes the dialect %j', (dialect, expected) => {
    expect(read([{ ...local, dialect }])).toMatchObject([{ dialect: expected }]);
  });

  it.each<[string, string, unknown]>([
    ['providers[0].dialect.like', '"mistral"', [{ ...local, dialect: 'mistrall' }]],
    ['providers[0].dialect.like', '"mistral"', [{ ...local, dialect: { like: 'x' } }]],
    ['providers[0].dialect.names', 'seed_', [{ ...local, dialect: { names: { seed_: 'x' } } }]],
    ['providers[0].dialect.stream', 'boolean', [{ ...local, dialect: { stream: 'no' } }]],
    ['providers[0].dialect.ranges.temperature', '', [{ ...local, dialect: { ranges: { temperature: 2 } } }]],
    ['providers[0].dialect.ranges.seed[1]', 'in quotes', [{ ...local, dialect: { ranges: { seed: [0, '7'] } } }]],
    ['providers[0].dialect', '"seed"', [{ ...local, dialect: { seed: 'random_seed' } }]],
    ['providers', 'expected array', {}],
    ['providers[0].id', 'small letters', [{ ...local, id: 'My server' }]],
    ['providers[0].id', 'seedling', [{ ...local, id: 'seedling' }]],
    ['providers[0].id', 'imported', [{ ...local, id: 'imported' }]],
    ['providers[1].id', '"local"', [local, local]],
    ['providers[0].name', '60', [{ ...local, name: 'x'.repeat(61) }]],
    ['providers[0].baseUrl', 'whole address', [{ id: 'local' }]],
    ['providers[0].baseUrl', 'whole address', [{ ...local, baseUrl: 'localhost:11434/v1' }]],
    ['providers[0].baseUrl', '/chat/completions', [{ ...local, baseUrl: 'http://localhost/v1/chat/completions' }]],
    ['providers[0].keyVariable', 'NO_KEY is not set', [{ ...local, keyVariable: 'NO_KEY' }]],
    ['providers[0].keyVariable', 'EMPTY_KEY is not set', [{ ...local, keyVariable: 'EMPTY_KEY' }]],
    ['providers[0].keyVariable', 'BAD_KEY holds no key', [{ ...local, keyVariable: 'BAD_KEY' }]],
    ['providers[0].keyVariable', 'not a key', [{ ...local, keyVariable: 'sk-secret' }]],
    ['providers[0].header', '"bearer"|"api-key"|"none"', [{ ...azure, header: 'basic' }]],
    ['providers[0].header', 'needs a keyVariable', [{ ...local, header: 'api-key' }]],
    ['providers[0].header', 'must be bearer or api-key', [{ ...azure, header: 'none' }]],
    ['providers[0].atOnce', '1000', [{ ...local, atOnce: 1001 }]],
    ['providers[0].atOnce', '>=1', [{ ...local, atOnce: 0 }]],
    ['providers[0].maxRetries', '5', [{ ...local, maxRetries: 6 }]],
    ['providers[0].timeLimits.connectMs', '3600000', [{ ...local, timeLimits: { connectMs: 3_600_001 } }]],
    ['providers[0].timeLimits.silenceMs', 'number', [{ ...local, timeLimits: { silenceMs: '10s' } }]],
    ['providers[0].visitorKeys', 'https', [{ ...azure, baseUrl: 'http://a.example/v1', visitorKeys: true }]],
    ['providers[0].header', 'visitorKeys', [{ ...local, header: 'none', visitorKeys: true }]],
    ['providers[0].models', '1', [{ ...local, models: [] }]],
    ['providers[0]', '"baseURL"', [{ ...local, baseURL: local.baseUrl }]],
  ])('names the place and the rule of a mistake in %s: %s', (place, rule, providers) => {
    const [message] = [() => read(providers)].map((reading) => {
      try {
        reading();
        return '';
      } catch (error) {
        return String(error);
      }
    });
    expect(message).toContain(`at ${place}`);
    expect(message).toContain(rule);
    expect(message).toContain(SEEDBED_CONFIG);
    expect(message).not.toContain('sk-secret');
  });

  it.each<[boolean, object]>([
    [true, { baseUrl: 'https://openrouter.ai/api/v1' }],
    [true, { baseUrl: 'https://api.openai.com/v1', keyVariable: 'MY_KEY' }],
    [false, { baseUrl: 'https://api.openai.com/v1', visitorKeys: false }],
    [false, { baseUrl: 'https://api.openai.com/v1', header: 'none' }],
    [false, { baseUrl: 'http://api.openai.com/v1' }],
    [false, { baseUrl: 'https://openrouter.ai.evil.example/v1' }],
    [false, { baseUrl: 'https://mine.example/v1', keyVariable: 'MY_KEY' }],
    [true, { baseUrl: 'https://mine.example/v1', keyVariable: 'MY_KEY', visitorKeys: true }],
    [true, { baseUrl: 'https://mine.example/v1', header: 'api-key', visitorKeys: true }],
    [true, { baseUrl: 'http://localhost:8000/v1', visitorKeys: true }],
  ])('lets visitors bring their own keys: %j, for %j', (may, settings) => {
    expect(read([{ id: 'a', ...settings }])[0]?.visitorKeys ?? false).toBe(may);
  });

  it('lets them bring none where the operator wants none, but where a provider says so itself', () => {
    const openrouter = { id: 'openrouter', baseUrl: 'https://openrouter.ai/api/v1' };
    const providers = [openrouter, { ...openrouter, id: 'other', visitorKeys: true }];
    const found = readText(JSON.stringify({ visitorKeys: false, providers }));
    expect(found.map(({ visitorKeys = false }) => visitorKeys)).toEqual([false, true]);
  });

  it('offers OpenAI to visitors with a key where the operator has set none', () => {
    const offered = (settings: object, set: Record<string, string> = {}) => {
      writeFileSync(SEEDBED_CONFIG, JSON.stringify({ providers: [], ...settings }));
      return forOwnKeysOnly(readConfiguration(readEnvironment({ ...variables, ...set })));
    };
    expect(offered({})).toMatchObject([{ id: 'openai', apiKey: '', visitorKeys: true }]);
    expect(offered({ visitorKeys: false })).toEqual([]);
    expect(offered({ providers: [{ ...local, id: 'openai' }] })).toEqual([]);
    expect(offered({}, { OPENAI_API_KEY: 'sk-x' })).toEqual([]);
  });

  it('names all mistakes at once', () => {
    expect(() =>
      read([
        { ...local, id: 'A', atOnce: 0 },
        { ...azure, keyVariable: 'NO_KEY' },
      ]),
    ).toThrow(/providers\[0\]\.id[\s\S]*providers\[0\]\.atOnce[\s\S]*providers\[1\]\.keyVariable/);
  });

  it('says that a provider is set by the two variables already', () => {
    expect(() => read([{ ...local, id: 'openai' }], { OPENAI_API_KEY: 'sk-x' })).toThrow('"openai"');
    expect(read([{ ...local, id: 'openai' }])).toMatchObject([{ id: 'openai' }]);
  });

  it('refuses a file that is no JSON, or that is named and not there', () => {
    expect(() => readText('{')).toThrow(SEEDBED_CONFIG);
    const missing = join(folder, 'missing.json');
    expect(() => readConfiguration(readEnvironment({ NODE_ENV: 'test', SEEDBED_CONFIG: missing }))).toThrow(missing);
  });
});

describe('what docs/deploy.md says of the file', () => {
  type Shape = { properties?: Record<string, Shape>; items?: Shape };
  const schema = z.toJSONSchema(configurationFile({ NODE_ENV: 'test' }, [], usualQuotas), {
    io: 'input',
    unrepresentable: 'any',
  });
  const namesIn = ({ properties = {} }: Shape, before = '') => Object.keys(properties).map((name) => before + name);

  it('names every field, and no others', () => {
    const text = readFileSync(fileURLToPath(new URL('../../docs/deploy.md', import.meta.url)), 'utf8');
    const told = [...text.matchAll(/^\| `([a-z][\w.[\]]*)` /gm)].map(([, name = '']) => name);
    const { providers = {}, limits = {} } = (schema as Shape).properties ?? {};
    const fields = [
      ...namesIn(schema as Shape).filter((name) => name !== 'providers' && name !== 'limits'),
      ...namesIn(providers.items ?? {}, 'providers[].'),
      ...namesIn(limits, 'limits.'),
    ];
    expect(told.toSorted()).toEqual(fields.toSorted());
  });
});
