import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeEndpoint } from './endpoint.fixture';
import { localServers } from './local-servers';
import { makeProviders } from './providers';

const endpoint = makeEndpoint();
const here = { name: 'Mine', apiKey: '', atOnce: 1, maxRetries: 0 };
const list = (...ids: string[]) => Response.json({ object: 'list', data: ids.map((id) => ({ id, object: 'model' })) });

/** Servers by port, and what was asked of them. */
function machine(servers: Record<number, () => Response>) {
  const asked: string[] = [];
  const send: typeof fetch = async (input) => {
    const url = new URL(String(input));
    asked.push(url.href);
    const server = servers[Number(url.port)];
    if (!server) throw new TypeError('fetch failed');
    return server();
  };
  return { servers, asked, send };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('servers on this machine', () => {
  it('are offered by their address while they answer at their usual port', async () => {
    let now = 1_000_000;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const { servers, asked, send } = machine({ 11434: () => list('llama3.2'), 8000: () => list('qwen') });
    const providers = makeProviders([], () => endpoint);
    const look = localServers(providers, send);
    await Promise.all([look(), look()]);
    expect([...providers.keys()]).toEqual(['seedling', 'local-11434', 'local-8000']);
    expect(providers.get('local-11434')).toMatchObject({
      ...{ name: '127.0.0.1:11434', about: 'found on this machine', free: false, models: null },
      provider: { endpoint: { origin: 'http://127.0.0.1:11434', path: '/v1' } },
    });
    expect(asked.toSorted()).toEqual(
      [11434, 1234, 8000, 8080, 9931].map((port) => `http://127.0.0.1:${port}/v1/models`),
    );

    const before = providers.get('local-11434');
    delete servers[8000];
    now += 59_000;
    await look();
    expect(asked.length).toBe(5);
    now += 2000;
    await look();
    expect([...providers.keys()]).toEqual(['seedling', 'local-11434']);
    expect(providers.get('local-11434')).toBe(before);
  });

  it.each<[string, () => Response]>([
    ['Seedbed itself', () => Response.json({ data: [{ id: 'seedling-1', owned_by: 'seedbed' }] })],
    ['another page', () => new Response('<title>Jenkins</title>')],
    ['another API', () => Response.json({ data: [] })],
    ['a refusal', () => Response.json({ data: [{ id: 'x' }] }, { status: 401 })],
  ])('are not those that answer with %s', async (_, answer) => {
    const providers = makeProviders([], () => endpoint);
    await localServers(providers, machine({ 8080: answer }).send)();
    expect([...providers.keys()]).toEqual(['seedling']);
  });

  it.each(['http://localhost:11434/v1', 'http://127.0.0.1:11434/v1'])(
    'are not asked where the operator has set %s',
    async (baseUrl) => {
      const { asked, send } = machine({ 11434: () => list('llama3.2') });
      const providers = makeProviders([{ ...here, id: 'mine', baseUrl }], () => endpoint);
      await localServers(providers, send)();
      expect([...providers.keys()]).toEqual(['seedling', 'mine']);
      expect(asked.length).toBe(4);
    },
  );
});
