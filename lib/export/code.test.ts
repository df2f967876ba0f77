import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { parseSync } from 'rolldown/experimental';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { openAiProvider, type Service } from '@/lib/openai/provider';
import { anyRecipe, nastyTexts } from '@/lib/recipe/any-recipe.fixture';
import { streamingOf } from '@/lib/recipe/body';
import { canonicalJson } from '@/lib/recipe/canonical';
import { dialectOf, usualDialect } from '@/lib/recipe/dialect';
import { armRequest, plan } from '@/lib/recipe/plan';
import { probeRecipe } from '@/lib/recipe/probe';
import type { ChatRequest, Recipe } from '@/lib/recipe/recipe';
import { parseExactly, parseWithSeeds } from '@/lib/recipe/seed';
import { collect } from '@/lib/run/provider.contract';
import type { EndedRun } from '@/lib/run/record';
import { anEndpoint, aRecipe, aRequest, ended } from '@/lib/run/records.fixture';
import { toBatch } from './batch';
import { toCurl, toPython, toTypeScript } from './code';
import { toCurlCommand } from './exchange';
import { toPromptfoo } from './promptfoo-config';

/*
 * The programs really run here: curl and OpenAI's package against a server of ours, Python against a module that stands
 * in for the package and writes down what it is asked.
 */

const folder = mkdtempSync(join(tmpdir(), 'seedbed-code-'));
const inFolder = (name: string): string => join(folder, name);

beforeAll(() => {
  symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), inFolder('node_modules'));
  const python = spawnSync('python3', ['--version']);
  if (python.status !== 0) throw new Error('These tests run Python programs: install python3.');
});
afterAll(() => rmSync(folder, { recursive: true }));

type Asked = { body: unknown; key: string | undefined };
/** What tells one call from another: where it went, the headers with the key, and the body to its last digit. */
type Call = { url: string; authorization: string | undefined; 'api-key': string | string[] | undefined; body: string };
/**
 * A server that answers the n-th request with the n-th text, or refuses it with a status if that stands there, once `together`
 * requests are waiting.
 */
type Endpoint = { baseUrl: string; asked: Asked[]; calls: Call[]; maxWaiting: () => number };

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(texts: (string | number)[], together = 1): Promise<Endpoint> {
  const asked: Asked[] = [];
  const calls: Call[] = [];
  let waiting: (() => void)[] = [];
  let most = 0;
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const { authorization, 'api-key': apiKey } = request.headers;
    const body = canonicalJson(parseExactly(text));
    calls.push({ url: request.url ?? '', authorization, 'api-key': apiKey, body });
    asked.push({ body: parseWithSeeds(text), key: authorization });
    const content = texts[asked.length - 1];
    waiting.push(() => {
      const streams = typeof content !== 'number' && /"stream": ?true/.test(text);
      response.setHeader('content-type', streams ? 'text/event-stream' : 'application/json');
      if (typeof content === 'number') response.writeHead(content, { 'retry-after': '1' });
      response.end(streams ? streamOf(content) : wholeOf(content));
    });
    most = Math.max(most, waiting.length);
    if (waiting.length < together) return;
    for (const send of waiting) send();
    waiting = [];
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // A border: a server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}/v1`, asked, calls, maxWaiting: () => most };
}

const wholeOf = (content: string | number | undefined): string => {
  const choice = { index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' };
  const answer = { id: 'x', system_fingerprint: 'fp_1', choices: content === undefined ? [] : [choice] };
  return JSON.stringify(typeof content === 'number' ? { error: { message: 'No.' } } : answer, null, 2);
};

/** The text in two pieces, with what servers send before and after. */
function streamOf(text: string | undefined): string {
  if (text === undefined) return 'data: [DONE]\n\n';
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    ...{ id: 'x', object: 'chat.completion.chunk', model: 'm', system_fingerprint: 'fp_1' },
    choices: [{ index: 0, delta, finish_reason, logprobs: null }],
  });
  const half = Math.ceil(text.length / 2);
  const pieces = [text.slice(0, half), text.slice(half)].map((content) => chunk({ content }));
  const events = [chunk({ role: 'assistant', content: null }), ...pieces, chunk({}, 'stop'), { choices: [] }];
  return [...events.map((event) => JSON.stringify(event)), '[DONE]'].map((event) => `data: ${event}\n\n`).join('');
}

async function run(command: string, name: string, program: string, env: Record<string, string> = {}): Promise<string> {
  writeFileSync(inFolder(name), program);
  const { stdout } = await promisify(execFile)(command, [inFolder(name)], {
    // Nothing else of ours: a key or an address in our environment must not reach the program.
    env: { ...env, NODE_ENV: 'test', ...(process.env.PATH === undefined ? {} : { PATH: process.env.PATH }) },
  });
  return stdout;
}

const runShell = (program: string, env?: Record<string, string>) => run('sh', 'repeat.sh', program, env);
const runNode = (program: string, env?: Record<string, string>) => run(process.execPath, 'repeat.mts', program, env);

/** The experiment whose recipe a program repeats. */
const repeating = (recipe: Recipe, runs: EndedRun[] = [], origin: 'run' | 'import' = 'run') => ({
  recipe,
  runs,
  origin,
});

/** The bodies of a recipe's runs at a server of which nothing is known. */
const bodiesOf = (recipe: Recipe) => plan(recipe).map(({ arm }) => bodyOfArm(recipe, arm));
const bodyOfArm = (recipe: Recipe, arm: number) => {
  const request = armRequest(recipe, arm);
  const { stream: _, stream_options: __, extra_body = {}, ...asks } = request;
  return { ...asks, ...extra_body, ...streamingOf(request, usualDialect) };
};
const inAnyOrder = (bodies: unknown[]) => bodies.map(canonicalJson).toSorted();

/** All that is nasty at once, in messages, stops and arms. */
const nasty = (provider = 'seedling'): Recipe =>
  aRecipe({
    provider,
    request: aRequest({
      messages: nastyTexts.map((text) => ({ role: 'user' as const, content: `Say ${text}` })),
      seed: '18446744073709551615',
      temperature: 1e-7,
      logprobs: true,
      stop: nastyTexts.slice(0, 4),
      logit_bias: { '50256': -100 },
    }),
    arms: [{ label: '*/ "`', set: { top_p: 0.5 } }, { set: { seed: null, model: "it's" } }],
    repeats: 2,
  });

describe.each([
  ['curl', toCurl, runShell],
  ['TypeScript', toTypeScript, runNode],
])('the %s program', (name, write, execute) => {
  it("sends exactly the recipe's requests in parallel, whatever is in the texts", async () => {
    const recipe = nasty();
    const { baseUrl, asked, maxWaiting } = await serve(['same', 'same', 'same', 'same'], 4);
    const output = await execute(write(repeating(recipe), baseUrl));
    expect(inAnyOrder(asked.map(({ body }) => body))).toEqual(inAnyOrder(bodiesOf(recipe)));
    expect(asked.map(({ key }) => key)).toEqual(Array(4).fill('Bearer none'));
    expect(maxWaiting()).toBe(4);
    expect(output).toContain('Runs: 4. Distinct texts: 1. All equal.');
  });

  it('sends them one by one, in order, if the experiment did', async () => {
    const recipe = { ...nasty(), dispatch: 'sequential' as const };
    const { baseUrl, asked, maxWaiting } = await serve(['a', 'b', 'a', 'c']);
    const output = await execute(write(repeating(recipe), baseUrl));
    expect(asked.map(({ body }) => body)).toEqual(bodiesOf(recipe));
    expect(maxWaiting()).toBe(1);
    expect(output).toContain('Runs: 4. Distinct texts: 3. Not all equal.');
  });

  it('prints each text with its fingerprint', async () => {
    const recipe = aRecipe({ repeats: 2, dispatch: 'sequential' });
    const texts = ['say "content": "no" \\ \\n', 'über\n😀'];
    const { baseUrl } = await serve(texts);
    const shown = texts.map((text) => (name === 'curl' ? JSON.stringify(text) : text));
    expect(await execute(write(repeating(recipe), `${baseUrl}/`))).toBe(
      `--- run 1, fingerprint fp_1\n${shown[0]}\n--- run 2, fingerprint fp_1\n${shown[1]}\nRuns: 2. Distinct texts: 2. Not all equal.\n`,
    );
  });

  it.each(['openai', 'my-server'])('reads key and address from the environment for %s', async (provider) => {
    const { baseUrl, asked } = await serve(['x']);
    await execute(write(repeating(aRecipe({ provider })), null), {
      OPENAI_API_KEY: 'sk-mine',
      OPENAI_BASE_URL: baseUrl,
    });
    expect(asked.map(({ key }) => key)).toEqual(['Bearer sk-mine']);
  });

  const openai = aRecipe({ provider: 'openai' });
  const sentTo = (baseUrl: string) => {
    const { origin, pathname } = new URL(baseUrl);
    return [ended(1, 'x', { endpoint: { origin, path: pathname } })];
  };

  it('calls where the runs were sent, unless OPENAI_BASE_URL names another address', async () => {
    const [recorded, other] = [await serve(['x', 'x']), await serve(['x'])];
    const program = write(repeating(openai, sentTo(recorded.baseUrl)), null);
    expect(program).toContain(`Calls ${recorded.baseUrl}, where the runs were sent`);
    await execute(program, { OPENAI_API_KEY: 'sk-mine' });
    await execute(program, { OPENAI_API_KEY: 'sk-mine', OPENAI_BASE_URL: '' });
    await execute(program, { OPENAI_API_KEY: 'sk-mine', OPENAI_BASE_URL: other.baseUrl });
    expect([recorded.asked, other.asked].map(({ length }) => length)).toEqual([2, 1]);
  });

  it('calls nobody of its own accord where no address is known, or only a file claims it', async () => {
    const { baseUrl, asked } = await serve(['x']);
    const [sent] = sentTo(baseUrl);
    const twice = [...sentTo(baseUrl), ...sentTo('http://127.0.0.1:9/v1').map((run) => ({ ...run, run: 2 }))];
    for (const experiment of [
      repeating(openai),
      repeating(openai, [ended(1, 'x')]),
      repeating(openai, twice),
      repeating(openai, sent ? [sent] : [], 'import'),
    ])
      await expect(execute(write(experiment, null), { OPENAI_API_KEY: 'sk-mine' })).rejects.toThrow(
        'Set OPENAI_BASE_URL to the address of the API.',
      );
    expect(asked).toEqual([]);
  });

  it('fails, and says why, if there is no key', async () => {
    const runs = sentTo('http://127.0.0.1:9/v1');
    await expect(execute(write(repeating(openai, runs), null))).rejects.toThrow('OPENAI_API_KEY');
  });
});

describe.each([
  ['curl', toCurl, runShell],
  ['TypeScript', toTypeScript, runNode],
])('the %s program of an experiment over two servers', (_, write, execute) => {
  const recipe = aRecipe({
    provider: 'openai',
    arms: [{ set: { seed: 1 } }, { provider: 'my-server', set: { model: 'llama' } }],
    repeats: 2,
  });
  const sent = (run: number, arm: number, baseUrl: string) => {
    const { origin: address, pathname } = new URL(baseUrl);
    return ended(run, 'x', { arm, endpoint: { origin: address, path: pathname } });
  };
  const keys = { OPENAI_API_KEY: 'sk-one', MY_SERVER_API_KEY: 'sk-other' };

  it.each(['parallel', 'sequential'] as const)('calls each with its own key, %s', async (dispatch) => {
    const [one, other] = [await serve(['same', 'same']), await serve(['same', 'same'])];
    const runs = [sent(1, 0, one.baseUrl), sent(3, 1, other.baseUrl)];
    const output = await execute(write(repeating({ ...recipe, dispatch }, runs), null), keys);
    expect(output).toContain('Runs: 4. Distinct texts: 1. All equal.');
    const bodies = bodiesOf(recipe);
    expect(one.asked).toMatchObject(bodies.slice(0, 2).map((body) => ({ body, key: 'Bearer sk-one' })));
    expect(other.asked).toMatchObject(bodies.slice(2).map((body) => ({ body, key: 'Bearer sk-other' })));
  });

  it('calls another address than one of them was at, and this site where that answers', async () => {
    const [open, elsewhere] = [await serve(['x', 'x']), await serve(['x', 'x'])];
    const inside = { ...recipe, provider: 'seedling' };
    const runs = [ended(1, 'x', { endpoint: null }), sent(3, 1, 'http://127.0.0.1:9/v1')];
    const program = write(repeating(inside, runs), open.baseUrl);
    await execute(program, { MY_SERVER_API_KEY: 'sk-other', MY_SERVER_BASE_URL: elsewhere.baseUrl });
    expect(open.asked.map(({ key }) => key)).toEqual(['Bearer none', 'Bearer none']);
    expect(elsewhere.asked.map(({ key }) => key)).toEqual(['Bearer sk-other', 'Bearer sk-other']);
  });

  it('needs no key of a server that was sent none', async () => {
    const [one, other] = [await serve(['x', 'x']), await serve(['x', 'x'])];
    const exchange = { request: { url: other.baseUrl, headers: {}, body: null }, response: null };
    const runs = [sent(1, 0, one.baseUrl), { ...sent(3, 1, other.baseUrl), exchange }];
    await execute(write(repeating(recipe, runs), null), { OPENAI_API_KEY: 'sk-one' });
    expect(other.asked.map(({ key }) => key)).toEqual(['Bearer none', 'Bearer none']);
  });

  it('sends each key in the header, and each call to the version, that the runs had', async () => {
    const [one, other] = [await serve(['x', 'x']), await serve(['x', 'x'])];
    const url = `${other.baseUrl}/chat/completions?api-version=2024-10-21`;
    const exchange = { request: { url, headers: { 'api-key': '[key]' }, body: null }, response: null };
    const runs = [sent(1, 0, one.baseUrl), { ...sent(3, 1, other.baseUrl), exchange }];
    await execute(write(repeating(recipe, runs), null), keys);
    const address = '/v1/chat/completions';
    const bearer = { url: address, authorization: 'Bearer sk-one', 'api-key': undefined };
    const apiKey = { url: `${address}?api-version=2024-10-21`, authorization: undefined, 'api-key': 'sk-other' };
    expect(one.calls).toMatchObject([bearer, bearer]);
    expect(other.calls).toMatchObject([apiKey, apiKey]);
  });

  it('sends neither the other’s key, and says which is missing', async () => {
    const [one, other] = [await serve([]), await serve([])];
    const runs = [sent(1, 0, one.baseUrl), sent(3, 1, other.baseUrl)];
    const program = write(repeating(recipe, runs), null);
    await expect(execute(program, { OPENAI_API_KEY: 'sk-one' })).rejects.toThrow('Set MY_SERVER_API_KEY to your key.');
    await expect(execute(write(repeating(recipe, runs.slice(0, 1)), null), keys)).rejects.toThrow(
      'Set MY_SERVER_BASE_URL to the address of the API.',
    );
    expect([...one.asked, ...other.asked]).toEqual([]);
  });
});

describe('a program of a probe', () => {
  const recipe = probeRecipe('seedling', 'm');
  const runs = [1, 2, 7].map((run) => ended(run, 'x', { arm: run - 1 }));

  it('makes the calls that the probe made, and holds each body once', async () => {
    const { baseUrl, asked } = await serve(['a', 'a', 'b']);
    const program = toCurl(repeating(recipe, runs), baseUrl);
    expect(await runShell(program)).toContain('Runs: 3. Distinct texts: 2.');
    expect(inAnyOrder(asked.map(({ body }) => body))).toEqual(
      inAnyOrder([0, 1, 6].map((arm) => bodyOfArm(recipe, arm))),
    );
    expect(program.match(/Invent a small town/g)).toHaveLength(2);
    expect(toBatch({ recipe, runs }).trimEnd().split('\n')).toHaveLength(3);
    expect(JSON.parse(toPromptfoo({ ...repeating(recipe, runs), title: null }, baseUrl)).providers).toHaveLength(3);
    expect(toPython(repeating(recipe, runs), baseUrl)).toContain('arms = [{"seed": 7}, {"seed": 7}, {"seed": 8}]');
  });
});

describe('the curl command of one request', () => {
  it('sends it to the letter, with the key from the environment', async () => {
    const { baseUrl, asked } = await serve(['x']);
    const body = JSON.stringify({ messages: nastyTexts, n: 1 }).replace('"n":1', '"seed":9223372036854775807');
    const headers = { 'content-type': 'application/json', authorization: 'Bearer [key]', 'user-agent': 'x' };
    const request = { url: `${baseUrl}/chat/completions`, headers, body };
    const command = toCurlCommand({ request, response: null }, 'my-server') ?? '';
    expect(await runShell(`${command} --silent`, { MY_SERVER_API_KEY: 'sk-mine' })).toContain('"content": "x"');
    expect(asked).toEqual([{ body: parseWithSeeds(body), key: 'Bearer sk-mine' }]);
    expect(command).toContain('9223372036854775807');
    expect(toCurlCommand({ request: { ...request, body: null }, response: null }, 'openai')).toBeNull();
  });
});

describe('the curl program', () => {
  it('fails, and shows the answer, if that is no completion', async () => {
    const { baseUrl } = await serve([]);
    await expect(runShell(toCurl(repeating(aRecipe()), baseUrl))).rejects.toThrow(/Run 1 failed:\ndata: \[DONE\]/);
  });

  it('takes the address for nothing but an address, whatever is in it', () => {
    const url = "http://it's.example/$HOME/`id`/$(id)/'";
    const { origin } = new URL(url);
    const runs = [ended(1, 'x', { endpoint: { origin, path: url.slice(origin.length) } })];
    const program = toCurl(repeating(aRecipe(), runs), null);
    const [line] = /^recorded_url=.*$/m.exec(program) ?? [];
    expect(spawnSync('sh', ['-c', `${line}; printf %s "$recorded_url"`]).stdout.toString()).toBe(url);
  });

  it('asks again, as late as it is told, where it has asked too much', async () => {
    const { baseUrl, asked } = await serve([429, 'a']);
    expect(await runShell(toCurl(repeating(aRecipe()), baseUrl))).toContain('Runs: 1. Distinct texts: 1. All equal.');
    expect(asked).toHaveLength(2);
  });

  it('shows every answer that it got, whatever failed, and then fails', async () => {
    const recipe = aRecipe({ repeats: 3, dispatch: 'sequential' });
    const { baseUrl } = await serve(['a', 400, 'b']);
    const { stdout, stderr, code } = await runShell(toCurl(repeating(recipe), baseUrl)).catch((error) => error);
    expect(stdout).toMatch(
      /^--- run 1, .*\n"a"\n--- run 3, .*\n"b"\nRuns: 3, of which 1 failed\. Distinct texts: 2\.\n$/,
    );
    expect(stderr).toContain('Run 2 failed:');
    expect(stderr).toContain('"No."');
    expect(code).toBe(1);
  });

  it('says which runs failed where nobody answers', async () => {
    const { baseUrl } = await serve([]);
    for (const server of servers.splice(0)) server.close();
    const { stdout, stderr } = await runShell(toCurl(repeating(aRecipe({ repeats: 2 })), baseUrl)).catch((e) => e);
    expect(stdout).toBe('Runs: 2, of which 2 failed. Distinct texts: 0.\n');
    expect(stderr).toMatch(/Run 1 failed:[\s\S]*Run 2 failed:/);
  });

  it('has at most 32 runs under way at once', async () => {
    const { baseUrl, asked, maxWaiting } = await serve(Array(64).fill('x'), 32);
    const recipe = aRecipe({ repeats: 64 });
    expect(await runShell(toCurl(repeating(recipe), baseUrl))).toContain('Runs: 64. Distinct texts: 1. All equal.');
    expect({ asked: asked.length, most: maxWaiting() }).toEqual({ asked: 64, most: 32 });
  });

  it('is a shell script, whatever the recipe', () => {
    fc.assert(
      fc.property(anyRecipe, fc.constantFrom("http://it's.example/$HOME", null), (recipe, openUrl) => {
        const checked = spawnSync('sh', ['-n'], { input: toCurl(repeating(recipe), openUrl) });
        expect(checked.stderr.toString()).toBe('');
        expect(checked.status).toBe(0);
      }),
      { seed: 1, numRuns: cases(40) },
    );
  });
});

describe('the TypeScript program', () => {
  it('is TypeScript, whatever the recipe', () => {
    fc.assert(
      fc.property(anyRecipe, fc.constantFrom('http://x/"`\\', null), (recipe, openUrl) => {
        expect(parseSync('repeat.mts', toTypeScript(repeating(recipe), openUrl)).errors).toEqual([]);
      }),
      { seed: 1, numRuns: cases(200) },
    );
    expect(parseSync('repeat.mts', 'const x = ;').errors).not.toEqual([]);
  });
});

/** Stands in for OpenAI's package: prints what it is made with and asked, and answers with texts from the environment. */
const standIn = `
import itertools, json, os, sys, types

class Omit:
    pass

def dump(value):
    return json.dumps(value, default=lambda omit: None)

class OpenAI:
    def __init__(self, **options):
        print("made", dump(options))
        texts = iter(json.loads(os.environ["TEXTS"]))
        def create(extra_headers=None, **body):
            print("headed", dump(extra_headers))
            print("asked", dump(body))
            part = types.SimpleNamespace(content=next(texts))
            choice = types.SimpleNamespace(message=part, delta=part)
            answer = types.SimpleNamespace(choices=[choice], system_fingerprint=None)
            end = types.SimpleNamespace(choices=[], system_fingerprint=None)
            return iter([answer, end]) if body["stream"] else answer
        self.chat = types.SimpleNamespace(completions=types.SimpleNamespace(create=create))
`;

const runPython = async (
  recipe: Recipe,
  texts: string[],
  openUrl: string | null = 'http://x/"v1"',
  runs: EndedRun[] = [],
  env: Record<string, string> = {},
) => {
  writeFileSync(inFolder('openai.py'), standIn);
  const output = await run('python3', 'repeat.py', toPython(repeating(recipe, runs), openUrl), {
    TEXTS: JSON.stringify(texts),
    ...env,
  });
  const said = (word: string, parse = (text: string): unknown => parseWithSeeds(text)) =>
    output
      .split('\n')
      .flatMap((line): unknown[] => (line.startsWith(`${word} `) ? [parse(line.slice(word.length))] : []));
  return {
    output,
    made: said('made'),
    headed: said('headed'),
    asked: said('asked'),
    exactly: said('asked', parseExactly),
  };
};

describe.each<[string, Partial<Service>, Partial<ChatRequest>]>([
  ['Mistral', { dialect: dialectOf('mistral') }, { seed: '9223372036854775807', max_completion_tokens: 5 }],
  ['Azure', { dialect: dialectOf('azure'), header: 'api-key', apiVersion: '2024-10-21' }, { seed: 7 }],
  ['Ollama', { dialect: dialectOf('ollama'), apiKey: '' }, { seed: -1, max_completion_tokens: 5 }],
  ['a gateway that does not stream', { dialect: dialectOf('unstreamed') }, { seed: 7 }],
  ['a server with names of its own', { dialect: dialectOf(undefined, { names: { seed: 'dice' } }) }, { seed: 7 }],
  ['a recipe with an extra body', {}, { seed: '18446744073709551615', extra_body: { top_k: 1, a: { b: [null] } } }],
  ['a recipe that wants no stream options', {}, { stream_options: {} }],
])('a program that repeats calls to %s', (_, service, request) => {
  const recipe = aRecipe({
    provider: 'mine',
    request: aRequest(request),
    arms: [{ set: {} }, { set: { top_p: 0.5 } }],
  });
  const dispatched: Recipe = { ...recipe, dispatch: 'sequential' };

  /** What Seedbed sends, and the runs as it stores them. */
  async function runs({ baseUrl, calls }: Endpoint) {
    const provider = openAiProvider({ apiKey: 'sk-mine', baseURL: baseUrl, maxRetries: 0, ...service });
    const records: EndedRun[] = [];
    for (const spec of plan(dispatched)) {
      const call = {
        spec,
        request: armRequest(dispatched, spec.arm),
        signal: new AbortController().signal,
        queuedMs: 0,
      };
      const last = (await collect(provider.run(call))).at(-1);
      if (last?.type !== 'run-end' || !last.exchange) throw new Error('It was not answered.');
      const { exchange } = last;
      records.push(ended(spec.run, 'x', { ...spec, endpoint: provider.endpoint, exchange }));
    }
    return { records, sent: calls.splice(0) };
  }

  it.each([
    ['curl', toCurl, runShell],
    ['TypeScript', toTypeScript, runNode],
  ])('sends what Seedbed sent, with %s', async (_name, write, execute) => {
    const server = await serve(['a', 'b', 'a', 'b']);
    const { records, sent } = await runs(server);
    const output = await execute(write(repeating(dispatched, records), null), { OPENAI_API_KEY: 'sk-mine' });
    const keyless = service.apiKey === '' ? { authorization: 'Bearer none' } : {};
    expect(server.calls).toEqual(sent.map((call) => ({ ...call, ...keyless })));
    expect(output).toMatch(/--- run 1, fingerprint fp_1\n"?a"?\n[\s\S]*Runs: 2\. Distinct texts: 2\./);
  });

  it('gives the package of Python what Seedbed sent', async () => {
    const server = await serve(['a', 'b']);
    const { records, sent } = await runs(server);
    const env = { OPENAI_API_KEY: 'sk-mine' };
    const { made, headed, exactly } = await runPython(dispatched, ['a', 'b'], null, records, env);
    const { header, apiVersion, apiKey } = service;
    expect(made).toEqual([
      {
        base_url: server.baseUrl,
        ...(apiKey === '' ? { api_key: 'none' } : {}),
        ...(apiVersion === undefined ? {} : { default_query: { 'api-version': apiVersion } }),
      },
    ]);
    const ownHeader = header === 'api-key' ? { Authorization: null, 'api-key': 'sk-mine' } : null;
    expect(headed).toEqual([ownHeader, ownHeader]);
    expect(exactly.map(flattened)).toEqual(sent.map(({ body }) => body));
  });
});

/** A body as Python's package makes it of what it is given. */
function flattened(given: unknown): string {
  const { extra_body = {}, ...body } = given as Record<string, unknown> & { extra_body?: object };
  return canonicalJson({ ...body, ...extra_body });
}

describe('the Python program', () => {
  it.each(['parallel', 'sequential'] as const)("sends exactly the recipe's requests: %s", async (dispatch) => {
    const recipe = { ...nasty(), dispatch };
    const { output, made, asked } = await runPython(recipe, ['a', 'b', 'a', 'c']);
    expect(made).toEqual([{ base_url: 'http://x/"v1"', api_key: 'none' }]);
    expect(inAnyOrder(asked)).toEqual(inAnyOrder(bodiesOf(recipe)));
    expect(output).toContain('--- run 4, fingerprint none\n');
    expect(output).toContain('Runs: 4. Distinct texts: 3. Not all equal.');
  });

  it('calls each of two servers with its own key', async () => {
    const recipe = aRecipe({ provider: 'openai', arms: [{ set: {} }, { provider: 'my-server', set: { seed: 2 } }] });
    const runs = [
      ended(1, 'x', { endpoint: anEndpoint }),
      ended(2, 'x', { arm: 1, endpoint: { ...anEndpoint, path: '' } }),
    ];
    const keys = { OPENAI_API_KEY: 'sk-one', MY_SERVER_API_KEY: 'sk-other' };
    const { made, asked, output } = await runPython({ ...recipe, dispatch: 'sequential' }, ['x'], null, runs, keys);
    expect(made).toEqual([
      { base_url: 'http://127.0.0.1:8281/v1', api_key: 'sk-one' },
      { base_url: 'http://127.0.0.1:8281', api_key: 'sk-other' },
    ]);
    expect(asked).toEqual(bodiesOf(recipe));
    expect(output).toContain('Distinct texts: 1. All equal.');
    const { MY_SERVER_API_KEY: _, ...lacking } = keys;
    await expect(runPython(recipe, ['x'], null, runs, lacking)).rejects.toThrow('Set MY_SERVER_API_KEY to your key.');
  });

  it('says that all texts are equal', async () => {
    expect((await runPython(aRecipe({ repeats: 3 }), ['x', 'x', 'x'])).output).toContain(
      'Distinct texts: 1. All equal.',
    );
  });

  it('calls where the runs were sent, unless OPENAI_BASE_URL names another address', async () => {
    const recipe = aRecipe({ provider: 'openai' });
    const runs = [ended(1, 'x', { endpoint: anEndpoint })];
    const made = async (env: Record<string, string>, sent = runs) =>
      (await runPython(recipe, ['x'], null, sent, env)).made;
    expect(await made({})).toEqual([{ base_url: 'http://127.0.0.1:8281/v1' }]);
    expect(await made({ OPENAI_BASE_URL: '' })).toEqual([{ base_url: 'http://127.0.0.1:8281/v1' }]);
    expect(await made({ OPENAI_BASE_URL: 'http://x' })).toEqual([{ base_url: 'http://x' }]);
    expect(await made({ OPENAI_BASE_URL: 'http://x' }, [])).toEqual([{ base_url: 'http://x' }]);
    await expect(made({}, [])).rejects.toThrow('Set OPENAI_BASE_URL to the address of the API.');
  });

  it('warns about half characters, which Python does not send', () => {
    expect(toPython(repeating(nasty()), '')).toContain('# Careful: a text in here holds half of a surrogate pair');
    expect(toPython(repeating(aRecipe()), '')).not.toContain('# Careful');
  });

  /** As the package is given it: what the API has no name for apart. */
  const asGiven = (recipe: Recipe) =>
    plan(recipe).map(({ arm }) => {
      const { stream: _, stream_options: __, ...request } = armRequest(recipe, arm);
      const { extra_body = {}, ...asks } = request;
      const given = { ...asks, ...streamingOf(armRequest(recipe, arm), usualDialect) };
      return Object.keys(extra_body).length > 0 ? { ...given, extra_body } : given;
    });

  it('is Python, whatever the recipe, and means the same', async () => {
    const recipes = fc.sample(anyRecipe, { seed: 1, numRuns: cases(100) });
    const programs = recipes.map((recipe) => toPython(repeating(recipe), 'http://x'));
    // One process for all: every program is compiled as a file is, and its requests are evaluated.
    const check = `
import ast, json, sys
for program in json.load(sys.stdin):
    tree = ast.parse(program.encode("utf-8"))
    values = {node.targets[0].id: node.value for node in tree.body if isinstance(node, ast.Assign)}
    request, arms, repeats = (ast.literal_eval(values[name]) for name in ("request", "arms", "repeats"))
    print(json.dumps([{**request, **arm} for arm in arms for _ in range(repeats)]))
`;
    const checked = spawnSync('python3', ['-W', 'error', '-c', check], { input: JSON.stringify(programs) });
    expect(checked.stderr.toString()).toBe('');
    const meant = checked.stdout
      .toString()
      .trim()
      .split('\n')
      .map((line): unknown => parseWithSeeds(line));
    expect(meant).toEqual(recipes.map(asGiven));
  });
});

describe('a program', () => {
  it('never contains the title, a label or anything else that could end a comment', () => {
    const recipe = aRecipe({ title: 'TITLE\nrm -rf /', arms: [{ label: 'LABEL\nexit', set: {} }] });
    for (const write of [toCurl, toTypeScript, toPython])
      expect(write(repeating(recipe), '')).not.toMatch(/TITLE|LABEL/);
  });
});
