import { request } from 'node:http';

/*
 * Requests that are meant to do harm, each of them small enough to be sent by anybody: what is answered to each. The tests hold that,
 * and `npm run bench -- hostile` measures how long others wait meanwhile.
 */

export type HostileRequest = {
  what: string;
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: () => string;
  status: number;
};

/** What is answered in place of its status where a machine is so slow that a request took longer than it may. */
export const tookTooLong = 503;

/** Asks as it is: neither address nor headers are put in order. Resolves to the status of an answer that is read to its end. */
export function ask(
  origin: string,
  { method, path, headers = {}, body }: HostileRequest,
  more: { cookie?: string; signal?: AbortSignal } = {},
): Promise<number> {
  const sent = body?.() ?? '';
  const { hostname, port } = new URL(origin);
  const { cookie, signal } = more;
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        ...{ hostname, port, method, path, agent: false },
        ...(signal ? { signal } : {}),
        headers: {
          ...(sent === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) }),
          ...(cookie ? { cookie } : {}),
          ...headers,
        },
      },
      (response) => {
        response.on('end', () => resolve(response.statusCode ?? 0)).on('error', reject);
        response.resume();
      },
    );
    // A server may answer before it has read everything.
    asked.on('error', reject);
    asked.end(sent);
  });
}

const post = (what: string, path: string, status: number, body: () => unknown): HostileRequest => ({
  ...{ what, method: 'POST', path, status },
  body: () => {
    const value = body();
    return typeof value === 'string' ? value : JSON.stringify(value);
  },
});
const get = (what: string, path: string, status: number, headers: Record<string, string> = {}): HostileRequest => ({
  ...{ what, method: 'GET', path, headers, status },
});

const imported = (what: string, status: number, text: () => string, more: object = {}): HostileRequest =>
  post(`import: ${what}`, '/api/experiments/import', status, () => ({ text: text(), ...more }));
const list = (entry: string, count: number) => () => `[${`${entry},`.repeat(count - 1)}${entry}]`;

const prompt = (content: string) => [{ role: 'user', content }];
const recipe = (request: object, more: object = {}) => ({
  v: 1,
  provider: 'seedling',
  request: { model: 'seedling-1', messages: prompt('Hello'), max_completion_tokens: 1, ...request },
  repeats: 1,
  ...more,
});
const arms = (count: number, set: (at: number) => object = (seed) => ({ seed })) =>
  Array.from({ length: count }, (_, at) => ({ set: set(at) }));
const long = (bytes: number) =>
  Array.from({ length: Math.ceil(bytes / 30_000) }, () => prompt('word '.repeat(6000))[0]);
const run = (what: string, status: number, body: () => unknown) =>
  post(`recipe: ${what}`, '/api/experiments', status, body);
const chat = (what: string, status: number, more: () => object) =>
  post(`/v1: ${what}`, '/v1/chat/completions', status, () => ({
    ...{ model: 'seedling-1', seed: 1, messages: prompt('Once upon a time'), ...more() },
  }));

/** The end of a text is token 1: without it, texts are as long as they may be. */
const endless = { logit_bias: { 1: -100 } };
const nobody = 'A'.repeat(22);
const nested = (depth: number, [open, close]: [string, string]) => `${open.repeat(depth)}${close.repeat(depth)}`;

/** Each of these once stopped a server for everybody, or nearly. */
const known: HostileRequest[] = [
  imported('1 million numbers', 400, list('1', 1e6)),
  imported('4 million numbers', 400, list('1', 3.9e6)),
  imported('4 million empty objects', 400, list('{}', 2.7e6)),
  imported('2.7 million empty strings', 400, list('""', 2.7e6)),
  imported('4 million line breaks', 400, () => '\n'.repeat(4e6)),
  imported('4 million line breaks around a text', 400, () => `a${'\n'.repeat(4e6)}b`),
  imported('2 million lines of JSON', 400, () => '1\n'.repeat(2e6), { fileName: 'a.jsonl' }),
  imported('a table of 2 million rows', 400, () => `text,a\n${'x,y\n'.repeat(2e6)}`),
  imported('1 million columns', 400, () => `text${',a'.repeat(1e6)}\nx${',y'.repeat(1e6)}`, { fileName: 'a.csv' }),
  imported('2 million dividers', 400, () => 'a\n---\n'.repeat(1e6)),
  run('100 KB × 100 arms', 413, () => recipe({ messages: long(100_000) }, { arms: arms(100) })),
  run('100 KB × 1,000 arms', 413, () => recipe({ messages: long(100_000) }, { arms: arms(1000) })),
  run('900 KB × 1,000 arms', 413, () => recipe({ messages: long(870_000) }, { arms: arms(1000) })),
  chat('n 8 × 4,096, temperature 2', 200, () => ({ n: 8, max_tokens: 4096, temperature: 2, ...endless })),
  chat('the same, logprobs 20', 400, () => ({
    ...{ n: 8, max_tokens: 4096, temperature: 2, logprobs: true, top_logprobs: 20, ...endless },
  })),
  chat('one word of 4,000 letters', 200, () => ({
    ...{ max_tokens: 1, messages: [...prompt('Hi'), { role: 'assistant', content: 'ab'.repeat(2000) }] },
  })),
  chat('one word of 900,000 letters', 400, () => ({
    ...{ max_tokens: 1, messages: [...prompt('Hi'), { role: 'assistant', content: 'ab'.repeat(450_000) }] },
  })),
  chat('900 KB of prompt', 400, () => ({ max_tokens: 1, messages: prompt('some words here '.repeat(56_000)) })),
  chat('a stop of 900 KB', 400, () => ({ max_tokens: 256, stop: 'a'.repeat(900_000) })),
  chat('20,000 empty messages', 400, () => ({ messages: Array(20_000).fill({ role: 'user', content: '' }) })),
  chat('60,000 biases', 400, () => ({
    logit_bias: Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [at, 1])),
  })),
  post('…/runs with 500,000 numbers', `/api/experiments/${nobody}/runs`, 400, () => ({ runs: Array(5e5).fill(1) })),
  post('…/stop with 500,000 numbers', `/api/experiments/${nobody}/stop`, 400, () => ({ runs: Array(5e5).fill(1) })),
];

const further: HostileRequest[] = [
  imported('a list in 500,000 lists', 400, () => nested(500_000, ['[', ']'])),
  imported('an object in 500,000 objects', 400, () => nested(500_000, ['{"a":', '}'])),
  imported('1 million keys', 400, () => `{${Array.from({ length: 1e5 }, (_, at) => `"k${at}":1`).join(',')}}`),
  imported('a million quotes', 400, () => '"'.repeat(1e6), { fileName: 'a.csv' }),
  imported('a quote that never closes', 400, () => `text\n"${'a\n'.repeat(1e6)}`, { fileName: 'a.csv' }),
  imported('a million tabs', 400, () => '\t'.repeat(1e6)),
  imported('a million zeros', 201, () => '\0'.repeat(1e5)),
  imported('half a character, 100,000 times', 201, () => '\ud83d'.repeat(1e5)),
  imported('100,000 marks on one letter', 201, () => `a${'\u0301'.repeat(1e5)}`),
  imported('a number of a million digits', 400, () => '9'.repeat(1e6), { fileName: 'a.json' }),
  imported('a file name of 100,000 letters', 201, () => 'a', { fileName: 'a'.repeat(1e5) }),
  imported('no text', 400, () => ''),
  imported('__proto__ as an export', 400, () => '{"__proto__":{"format":"seedbed-experiment"},"runs":[]}'),
  imported('an export of 5,000 runs', 400, () => {
    const runs = Array.from({ length: 5000 }, (_, at) => ({ run: at + 1, text: 'a' }));
    return JSON.stringify({ format: 'seedbed-experiment', v: 1, recipe: recipe({}), runs });
  }),
  run('lists in lists', 400, () => nested(200_000, ['[', ']'])),
  run('objects in objects', 400, () => nested(100_000, ['{"v":', '}'])),
  run('half of JSON', 400, () => `${JSON.stringify(recipe({})).slice(0, -1)}`),
  run('a string of 1 MiB', 413, () => `"${'x'.repeat(1024 * 1024)}"`),
  run('1,001 arms', 400, () => recipe({}, { arms: arms(1001) })),
  run('50,000 arms', 400, () => recipe({}, { arms: arms(50_000, () => ({})) })),
  run('1,000 arms of 1,000 repeats', 400, () => recipe({}, { arms: arms(1000), repeats: 1000 })),
  run('10,000 messages', 400, () => recipe({ messages: Array(10_000).fill(prompt('a')[0]) })),
  run('a stop list of 10,000', 400, () => recipe({ stop: Array(10_000).fill('a') })),
  run('50,000 biases', 413, () => recipe({ logit_bias: Object.fromEntries(arms(50_000).map((_, at) => [at, 1])) })),
  run('a model of 500,000 letters', 400, () => recipe({ model: 'm'.repeat(500_000) })),
  run('a title of 500,000 letters', 400, () => recipe({}, { title: 't'.repeat(500_000) })),
  run('a label of 500,000 letters', 400, () =>
    recipe({}, { arms: [{ label: 'l'.repeat(5e5), set: {} }, { set: {} }] }),
  ),
  run('a seed of 100,000 digits', 400, () => `{"v":1,"provider":"seedling","request":{"seed":${'9'.repeat(1e5)}}}`),
  run('temperature 1e999', 400, () =>
    JSON.stringify(recipe({})).replace('"max_completion_tokens":1', '"temperature":1e999'),
  ),
  run('minus one repeat', 400, () => recipe({}, { repeats: -1 })),
  run('a provider of __proto__', 400, () => recipe({}, { provider: '__proto__' })),
  run('a key of __proto__', 400, () => '{"__proto__":{"v":1},"constructor":1}'),
  run('extra_body of 500 KB', 400, () => recipe({ extra_body: { a: nested(100_000, ['[', ']']) } }, { colour: 1 })),
  chat('lists in lists', 400, () => ({ messages: [[[[[[]]]]]] })),
  chat('n 1,000', 400, () => ({ n: 1000 })),
  chat('n 128 × 4,096', 400, () => ({ n: 128, max_tokens: 4096 })),
  chat('a token limit of 2^53', 400, () => ({ n: 128, max_tokens: 2 ** 53 - 1 })),
  chat('temperature 1e308', 400, () => ({ temperature: 1e308 })),
  chat('logprobs of 1,000', 400, () => ({ logprobs: true, top_logprobs: 1000 })),
  chat('a stop of nothing', 400, () => ({ stop: '' })),
  chat('five stops', 400, () => ({ stop: ['a', 'b', 'c', 'd', 'e'] })),
  chat('a seed of 1,000 digits', 400, () => ({ seed: '9'.repeat(1000) })),
  chat('no messages', 400, () => ({ messages: [] })),
  chat('a role of 100,000 letters', 400, () => ({ messages: [{ role: 'r'.repeat(1e5), content: '' }] })),
  chat('an unknown model', 404, () => ({ model: 'x'.repeat(1e5) })),
  chat('50 stops of a thousand, streamed', 400, () => ({ stream: true, stop: Array(50).fill('a'.repeat(1000)) })),
  post('a probe of anybody', '/api/probe', 400, () => ({ provider: 'p'.repeat(1e5), model: 'm' })),
  post('stop of nobody', `/api/experiments/${nobody}/stop`, 404, () => ({})),
  post('share of nobody', `/api/experiments/${nobody}/share`, 404, () => ({ title: 't' })),
  post('share with a title of 1 MB', `/api/experiments/${nobody}/share`, 400, () => ({ title: 't'.repeat(1e6) })),
  get('an id of 10,000 letters', `/api/experiments/${'a'.repeat(10_000)}`, 404),
  get('an id of escapes', '/api/experiments/%00%0a%2e%2e%2f', 404),
  get('half an escape', '/e/%', 400),
  get('a byte that is no character', '/e/%ff', 400),
  get('a page of nobody', `/e/${nobody}`, 404),
  get('a thousand slashes', `/${'/'.repeat(1000)}`, 308),
  get('a search of 10,000 letters', `/api/experiments?search=${'a'.repeat(10_000)}`, 400),
  get('a page number of nothing', '/api/experiments?limit=1e9', 400),
  get('5,000 parameters', `/api/experiments?${'a=1&'.repeat(2000)}`, 200),
  get('a name of another site', '/', 421, { host: 'evil.example' }),
  get('a thousand cookies', '/api/experiments', 200, { cookie: 'seedbed_visitor=x; '.repeat(500) }),
  get('an event of the future', `/api/experiments/${nobody}/events`, 404, { 'last-event-id': '9'.repeat(1000) }),
  get('a range of everything', '/api/models', 200, { range: `bytes=${'0-,'.repeat(1000)}` }),
  { what: 'TRACE', method: 'TRACE', path: '/api/health', status: 405 },
  { what: 'PROPFIND', method: 'PROPFIND', path: '/', status: 405 },
  post('a body for a page', '/', 405, () => 'x'.repeat(1e6)),
];

export const hostileRequests: readonly HostileRequest[] = [...known, ...further];
