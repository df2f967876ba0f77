import { describe, expect, it } from 'vitest';
import { exampleRecipe } from '@/lib/recipe/example';
import { apiClient, type Fetch } from './client';
import type { Numbered } from './event-stream';
import { readOwnKeys } from './read-own-keys';

type Sent = { address: string } & Parameters<Fetch>[1];

/** A client of a server that answers everything with one response, and what it was sent. */
function clientOf(respond: () => Response | Promise<Response>, origin?: string) {
  const sent: Sent[] = [];
  const send: Fetch = async (address, request) => {
    sent.push({ address, ...request });
    return respond();
  };
  return { sent, api: apiClient({ fetch: send, origin }) };
}

const json =
  (body: unknown, status = 200) =>
  () =>
    Response.json(body, { status });
const shared = { id: 'a', sharedAt: '2026-11-27T00:00:00Z', path: '/e/a', deletePath: null, deletedAfter: null };

describe('a request of the client', () => {
  it('goes to the endpoint at the origin, with its body as JSON', async () => {
    const { api, sent } = clientOf(json(shared), 'http://127.0.0.1:3000');
    expect(await api.share('a', { title: 'Haiku' })).toEqual({ ok: true, value: shared });
    expect(sent).toEqual([
      {
        address: 'http://127.0.0.1:3000/api/experiments/a/share',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"title":"Haiku"}',
        signal: null,
      },
    ]);
  });

  it('has no body and no type where there is nothing to send', async () => {
    const { api, sent } = clientOf(json({ providers: [] }));
    await api.models();
    expect(sent).toEqual([{ address: '/api/models', method: 'GET', headers: {}, body: null, signal: null }]);
  });

  it('has in its query what is given and nothing else', async () => {
    const { api, sent } = clientOf(json({ experiments: [], next: null }));
    await api.list();
    await api.list({ search: 'a b&c', after: null });
    await api.start(exampleRecipe, { pace: 60, parent: null });
    await api.runAgain('a', { runs: [2] }, { pace: null });
    expect(sent.map(({ address }) => address)).toEqual([
      '/api/experiments',
      '/api/experiments?search=a+b%26c',
      '/api/experiments?pace=60',
      '/api/experiments/a/runs',
    ]);
  });

  it('may be made with the fetch of the platform', () => {
    expect(apiClient({ fetch })).toHaveProperty('models');
  });
});

describe('an answer to the client', () => {
  it('may have fields that are not known yet', async () => {
    const { api } = clientOf(json({ ...shared, later: true }));
    expect(await api.share('a')).toEqual({ ok: true, value: shared });
  });

  it('that never comes is a problem: unreachable', async () => {
    const { api } = clientOf(() => Promise.reject(new TypeError('fetch failed')));
    const unreachable = { ok: false, error: { kind: 'unreachable' } };
    expect(await api.models()).toEqual(unreachable);
    expect(await api.health()).toEqual(unreachable);
    expect(await api.delete('a')).toEqual(unreachable);
    expect(await api.export('a', 'csv')).toEqual(unreachable);
    expect(await api.start(exampleRecipe)).toEqual(unreachable);
  });

  it('that refuses is a problem with what the server says', async () => {
    const error = { code: 'invalid_recipe', message: 'Too many.', param: 'repeats' };
    const { api } = clientOf(json({ error }, 400));
    expect(await api.start(exampleRecipe)).toEqual({ ok: false, error: { kind: 'refused', status: 400, ...error } });
    expect(await api.delete('a')).toEqual({ ok: false, error: { kind: 'refused', status: 400, ...error } });
  });

  it('that refuses need not name a field, and may give details', async () => {
    const { api } = clientOf(json({ error: { code: 'running', message: 'Later.', details: { since: 5 } } }, 409));
    expect(await api.share('a')).toEqual({
      ok: false,
      error: { kind: 'refused', status: 409, code: 'running', message: 'Later.', param: null },
    });
  });

  it.each([
    ['of a proxy that speaks for the server', () => new Response('<h1>Bad gateway</h1>', { status: 502 }), 502],
    ['with a refusal of another shape', json({ error: 'no' }, 400), 400],
    ['that is no JSON', () => new Response('hello'), 200],
    ['of another shape', json({ providers: 5 }), 200],
  ])('%s is a problem: unreadable', async (_, respond, status) => {
    const { api } = clientOf(respond);
    expect(await api.models()).toEqual({ ok: false, error: { kind: 'unreadable', status } });
  });

  it('that health is failing is an answer', async () => {
    const failing = {
      status: 'failing',
      version: '1',
      store: { engine: 'sqlite', problem: 'Full.' },
      providers: [],
      calls: [],
    };
    expect(await clientOf(json(failing, 503)).api.health()).toEqual({ ok: true, value: failing });
    const { api } = clientOf(json({ error: {} }, 500));
    expect(await api.health()).toEqual({ ok: false, error: { kind: 'unreadable', status: 500 } });
  });

  it('without a body is all that a deletion needs', async () => {
    const { api, sent } = clientOf(() => new Response(null, { status: 204 }));
    expect(await api.delete('a', { token: 't' })).toEqual({ ok: true, value: null });
    expect(sent[0]).toMatchObject({ method: 'DELETE', body: '{"token":"t"}' });
  });

  it('without a body is no stream and no file', async () => {
    const { api } = clientOf(() => new Response(null, { status: 200 }));
    const unreadable = { ok: false, error: { kind: 'unreadable', status: 200 } };
    expect(await api.follow('a')).toEqual(unreadable);
    expect(await api.seedling('h')).toEqual(unreadable);
  });

  it('that breaks off in the middle of a file is a problem: unreadable', async () => {
    const broken = () =>
      new Response(new ReadableStream({ start: (controller) => controller.error(new TypeError('terminated')) }));
    expect(await clientOf(broken).api.export('a', 'csv')).toEqual({
      ok: false,
      error: { kind: 'unreadable', status: 200 },
    });
  });
});

describe('a stream of the client', () => {
  const told = 'id: 4\ndata: {"type":"run-start","run":1}\n\n';

  it('gives the events with their numbers', async () => {
    const { api } = clientOf(() => new Response(told));
    const started = await api.start(exampleRecipe);
    const events: Numbered[] = [];
    if (started.ok) for await (const each of started.value) events.push(each);
    expect(events).toEqual([{ seq: 4, event: { type: 'run-start', run: 1 } }]);
  });

  it('is taken up after an event, or begun anew', async () => {
    const { api, sent } = clientOf(() => new Response(told));
    await api.follow('a', 4);
    await api.follow('a');
    expect(sent.map(({ address, headers }) => [address, headers])).toEqual([
      ['/api/experiments/a/events', { 'last-event-id': '4' }],
      ['/api/experiments/a/events', {}],
    ]);
  });

  it('can be let go by the signal that it was asked for with', async () => {
    const leaving = new AbortController();
    const { api, sent } = clientOf(() => new Response(told));
    await api.start(exampleRecipe, { signal: leaving.signal });
    await api.follow('a', 0, leaving.signal);
    await api.runAgain('a', {}, { signal: leaving.signal });
    expect(sent.every(({ signal }) => signal === leaving.signal)).toBe(true);
  });
});

describe('keys of the visitor’s own', () => {
  it('travel in one header, with what asks a provider', async () => {
    const { api, sent } = clientOf(json({ error: { code: 'x', message: 'No.' } }, 400));
    const keys = { openai: 'sk-proj-4f9aQ2vXw81LmZ', 'my-server': 'a=b=c-0123456789abcdef' };
    await api.start(exampleRecipe, { keys });
    await api.runAgain('a', {}, { keys });
    await api.probe({ provider: 'openai', model: 'm' }, { keys });
    await api.models(keys);
    await api.start(exampleRecipe, { keys: {} });
    const value = 'openai=sk-proj-4f9aQ2vXw81LmZ my-server=a=b=c-0123456789abcdef';
    expect(sent.map(({ headers }) => headers['x-provider-key'])).toEqual([value, value, value, value, undefined]);
    expect(JSON.stringify(sent.map(({ address, body }) => [address, body]))).not.toContain('4f9a');
    expect([...(readOwnKeys(value) ?? [])]).toEqual(Object.entries(keys));
  });

  it.each(['', ' '])('are none in %j', (value) => expect(readOwnKeys(value)).toEqual(new Map()));

  it.each([
    'sk-proj-4f9aQ2vXw81LmZ',
    'OpenAI=sk-proj-4f9aQ2vXw81LmZ',
    'openai=',
    'openai=short',
    'openai=schlüssel-0123456789',
  ])('cannot be read from %j', (value) => expect(readOwnKeys(value)).toBeNull());
});
