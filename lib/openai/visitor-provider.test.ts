import { afterEach, describe, expect, it, vi } from 'vitest';
import { applyEvent, type Experiment } from '@/lib/run/fold';
import { collect, providerContract } from '@/lib/run/provider.contract';
import { aRequest, experimentStart } from '@/lib/run/records.fixture';
import {
  endEvents,
  fakeServer,
  json,
  openStream,
  playing,
  type Reply,
  refusing,
  textEvent,
} from './fake-server.fixture';
import { keyForms } from './keys.fixture';
import { visitorProvider } from './visitor-provider';

const key = 'sk-proj-4f9aQ2vXw81LmZ-77_canary';

const providerOf = (...replies: [Reply, ...Reply[]]) => {
  const server = fakeServer(...replies);
  return { ...server, provider: visitorProvider({ fetch: server.fetch, maxRetries: 0 }, key) };
};

/** The run that a server's answer makes, and all that was reported of it. */
async function runOf(...replies: [Reply, ...Reply[]]) {
  const { provider } = providerOf(...replies);
  const events = await collect(
    provider.run({
      spec: { run: 1, arm: 0, repeat: 1, seed: null, model: 'm' },
      request: aRequest({ model: 'm' }),
      signal: new AbortController().signal,
      queuedMs: 0,
    }),
  );
  const recipe = { v: 1 as const, provider: 'openai', request: aRequest(), repeats: 1 };
  const begun: Experiment | null = applyEvent(null, experimentStart(recipe));
  const started = applyEvent(begun, { type: 'run-start', run: 1 });
  const [record] = events.reduce(applyEvent, started)?.runs ?? [];
  return { events, record, text: record?.text ?? '', all: JSON.stringify(events) };
}

const chunkOf = (delta: object, more: object = {}): string =>
  `data: ${JSON.stringify({ model: 'm', choices: [{ index: 0, delta, finish_reason: null, ...more }] })}\n\n`;
const token = (text: string, logprob: number, others: string[] = []) => ({
  token: text,
  logprob,
  bytes: [...new TextEncoder().encode(text)],
  top_logprobs: others.map((other) => ({ token: other, logprob: -5, bytes: [...new TextEncoder().encode(other)] })),
});
const withTokens = (...tokens: ReturnType<typeof token>[]): string =>
  chunkOf({ content: tokens.map((each) => each.token).join('') }, { logprobs: { content: tokens } });

afterEach(() => vi.unstubAllEnvs());

providerContract('with a visitor’s key', () => ({
  provider: providerOf(({ body }, signal) => {
    const { model } = body as { model: string };
    if (model === 'refused')
      return refusing(400, {})({ method: '', url: '', headers: new Headers(), text: '', body }, signal);
    return openStream(signal, async function* () {
      yield textEvent('Hello');
      if (model === 'slow') await new Promise((resolve) => signal.addEventListener('abort', resolve));
      yield endEvents;
    });
  }).provider,
  answered: aRequest({ model: 'answered' }),
  slow: { request: aRequest({ model: 'slow' }) },
  refused: aRequest({ model: 'refused' }),
}));

describe('a provider with a visitor’s key', () => {
  it('says so, and sends that key and nothing of the operator’s account', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-operator');
    vi.stubEnv('OPENAI_ORG_ID', 'org-operator');
    vi.stubEnv('OPENAI_PROJECT_ID', 'proj-operator');
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'authorization: Bearer sk-operator');
    const { provider, received } = providerOf(playing(textEvent('Hi'), endEvents));
    expect(provider.key).toBe('visitor');
    const spec = { run: 1, arm: 0, repeat: 1, seed: null, model: 'm' };
    await collect(provider.run({ spec, request: aRequest(), signal: new AbortController().signal, queuedMs: 0 }));
    const headers = received[0]?.headers;
    expect(headers?.get('authorization')).toBe(`Bearer ${key}`);
    expect(JSON.stringify([...(headers ?? [])])).not.toContain('operator');
  });

  it.each(Object.entries(keyForms))('keeps the key out of a text and a reasoning: %s', async (_, form) => {
    const said = `It is ${form(key)} indeed.`;
    const letters = [...said].map((letter) => chunkOf({ content: letter, reasoning_content: '' }));
    const thought = [...said].map((letter) => chunkOf({ reasoning_content: letter }));
    const { record, text, all } = await runOf(playing(...thought, ...letters, endEvents));
    expect(all).not.toContain(form(key));
    expect(text).toMatch(/^It is \S{0,40}\[key\]\S{0,4} indeed\.$/);
    expect(record?.reasoning).toBe(text);
    expect(record).toMatchObject({ status: 'ended', notes: ['key_masked'] });
  });

  it('notes nothing where the key did not stand', async () => {
    const { record, text } = await runOf(playing(textEvent('An sk-proj of my own.'), endEvents));
    expect(text).toBe('An sk-proj of my own.');
    expect(record).not.toHaveProperty('notes');
  });

  it('makes one of the tokens over which the key extends, as likely as all of them, and keeps the others', async () => {
    const parts = [
      token('My', -1, ['Your']),
      token(' sk-proj-', -2, [' sk-']),
      token('4f9aQ2vXw81LmZ-77_', -3),
      token('canary.', -4),
    ];
    const { record, text } = await runOf(
      playing(...parts.map((part) => withTokens(part)), withTokens(token(' Bye', -1)), endEvents),
    );
    expect(text).toBe('My [key]. Bye');
    expect(record?.tokens).toEqual([
      parts[0],
      { token: ' [key].', logprob: -9, bytes: null, top_logprobs: [] },
      token(' Bye', -1),
    ]);
  });

  it('keeps the key out of the alternatives of a token, and out of bytes that are not those of their token', async () => {
    const odd = { ...token('quiet', -1), bytes: [...new TextEncoder().encode(key)] };
    const part = { ...token('\\xf0', -1), bytes: [0xf0] };
    const { record, all } = await runOf(
      playing(withTokens(token('A', -1, [key, 'B'])), withTokens(odd), withTokens(part), endEvents),
    );
    expect(record?.tokens?.map(({ token: each, bytes }) => [each, bytes])).toEqual([
      ['A', [65]],
      ['quiet', null],
      ['\\xf0', [0xf0]],
    ]);
    expect(record?.tokens?.[0]?.top_logprobs).toEqual([
      { token: '[key]', logprob: -5, bytes: null },
      { token: 'B', logprob: -5, bytes: [66] },
    ]);
    expect(all).not.toContain(key);
    expect(record).toMatchObject({ notes: ['key_masked'] });
  });

  it('keeps most of a key out of a text that was cut short', async () => {
    const { record, text } = await runOf(playing(textEvent(`It is ${key.slice(0, -3)}`), endEvents));
    expect(text).toBe('It is [key]');
    expect(record).toMatchObject({ notes: ['key_masked'] });
  });

  it.each(Object.entries(keyForms))('keeps the key out of names, finish reasons and ids: %s', async (_, form) => {
    const named = `data: ${JSON.stringify({
      model: `m ${form(key)}`,
      system_fingerprint: `fp_${form(key)}`,
      choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: `stop ${form(key)}` }],
    })}\n\ndata: [DONE]\n\n`;
    const headers = { 'content-type': 'text/event-stream', 'x-request-id': `req ${btoa(key)}` };
    const { all } = await runOf((__, signal) =>
      openStream(
        signal,
        async function* () {
          yield named;
        },
        headers,
      ),
    );
    expect(all).not.toContain(form(key));
    expect(all).not.toContain(btoa(key).slice(4, 30));
  });

  it.each(Object.entries(keyForms))('keeps the key out of errors, whole or midway: %s', async (_, form) => {
    const error = { message: `The key ${form(key)} is used up.`, param: form(key), code: form(key) };
    const refused = await runOf(refusing(401, error));
    const page = await runOf(json(500, form(key)));
    const midway = await runOf(playing(textEvent(`Hi ${form(key)}`), `data: ${JSON.stringify({ error })}\n\n`));
    for (const { all, record } of [refused, page, midway]) {
      expect(all).not.toContain(JSON.stringify(form(key)).slice(1, -1));
      expect(record?.status).toBe('failed');
    }
    expect(midway.record).toMatchObject({ error: { message: expect.stringContaining('[key] stands where') } });
  });

  it('keeps the key out of the list of models', async () => {
    const { provider } = providerOf(json(200, { data: [{ id: `for ${btoa(key)}` }, { id: 'm' }] }));
    const listed = await provider.models();
    expect(listed.ok && listed.value.map(({ id }) => id)).toEqual(['for [key]k=', 'm']);
    const refused = await providerOf(
      refusing(401, { message: `Not ${btoa(key)}.`, param: btoa(key) }),
    ).provider.models();
    expect(refused).toMatchObject({ ok: false, error: { message: expect.stringContaining('Not [key]k=.') } });
  });
});
