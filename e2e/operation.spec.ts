import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { readEvents } from '../lib/api/event-stream';
import { stubKey, stubUrl } from './support/addresses';
import { test } from './support/own-server';
import { expect } from './support/test';

/** Stands in prompts, titles, addresses and keys, and must be told nowhere. */
const canary = 'canary93of-nobodys-business';

/** Runs an experiment with canaries in it, and returns its id and the cookie of its owner. */
async function run(url: string, provider: string, model: string) {
  const response = await fetch(`${url}/api/experiments?note=${canary}`, {
    method: 'POST',
    body: JSON.stringify({
      ...{ v: 1, provider, repeats: 2 },
      request: { model, messages: [{ role: 'user', content: `Say ${canary}.` }], max_completion_tokens: 8, seed: 14 },
    }),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  let id = '';
  if (response.body)
    for await (const { event } of readEvents(response.body)) if (event.type === 'experiment-start') id = event.id;
  return { id, cookie };
}

/** What a collector was sent, in the order in which it came. */
async function startCollector() {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    bodies.push(body);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { bodies, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

type Value = { stringValue?: string; intValue?: number };
type Span = {
  name: string;
  spanId: string;
  parentSpanId?: string;
  attributes: { key: string; value: Value }[];
};

const spansIn = (bodies: readonly string[]): Span[] =>
  bodies.flatMap((body) =>
    JSON.parse(body).resourceSpans.flatMap((each: { scopeSpans: { spans: Span[] }[] }) =>
      each.scopeSpans.flatMap(({ spans }) => spans),
    ),
  );

const attributeOf = ({ attributes }: Span, name: string) => {
  const value = attributes.find(({ key }) => key === name)?.value;
  return value?.stringValue ?? value?.intValue;
};

test('log and traces tell what happened, and nothing of anybody', async ({ startOwn, newFolder }) => {
  const collector = await startCollector();
  const server = await startOwn({
    ...{ DATA_DIR: newFolder(), LOG_LEVEL: 'debug', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    ...{ OPENAI_API_KEY: stubKey, OPENAI_BASE_URL: `${stubUrl}/v1` },
  });
  const { id, cookie } = await run(server.url, 'seedling', 'seedling-1');
  await run(server.url, 'openai', 'stub-same');
  const headers = { cookie, 'x-request-id': canary, 'x-provider-key': `openai=${canary}` };
  const ask = (path: string, method = 'GET', body: string | null = null) =>
    fetch(server.url + path, { method, headers, body });
  const { deletePath } = await (await ask(`/api/experiments/${id}/share`, 'POST', '{}')).json();
  const asked = [`/e/${id}`, deletePath, `/api/experiments/${id}`, `/${canary}`, `/api/${canary}`, '/api/health'];
  for (const path of asked) await (await ask(path)).text();
  expect(await server.end('SIGTERM')).toBe(0);
  collector.close();

  const lines = server
    .said()
    .split('\n')
    .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
  expect(lines).toContainEqual(
    expect.objectContaining({
      method: 'GET',
      route: '/api/experiments/[id]',
      status: 200,
      visitor: expect.any(String),
    }),
  );
  expect(lines.filter(({ route }) => route === '/e/[id]')).toHaveLength(2);
  const spans = spansIn(collector.bodies);
  const names = spans.map(({ name }) => name);
  for (const name of ['POST /api/experiments', 'GET /e/[id]', 'run', 'store create', 'store saveRun'])
    expect(names).toContain(name);
  const runs = spans.filter(({ name }) => name === 'run');
  expect(runs.map((span) => attributeOf(span, 'seedbed.provider')).toSorted()).toEqual([
    ...['openai', 'openai', 'seedling', 'seedling'],
  ]);
  for (const span of runs) {
    expect(attributeOf(span, 'gen_ai.request.model')).toMatch(/^(seedling-1|stub-same)$/);
    expect(spans.some(({ spanId }) => spanId === span.parentSpanId)).toBe(true);
  }
  expect(attributeOf(runs[0] as Span, 'seedbed.first_text_ms')).toBeDefined();
  const secrets = [canary, id, cookie.split('=')[1] ?? '', stubKey, deletePath.split('#')[1] ?? canary];
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(8);
    expect(server.said()).not.toContain(secret);
    expect(collector.bodies.join('\n')).not.toContain(secret);
  }
});

test('metrics are for this machine, and say what has run', async ({ startOwn, newFolder }) => {
  const server = await startOwn({ DATA_DIR: newFolder() });
  await run(server.url, 'seedling', 'seedling-1');
  const ask = (headers: Record<string, string> = {}) => fetch(`${server.url}/api/metrics`, { headers });
  const text = await (await ask()).text();
  expect(text).toMatch(/^seedbed_runs_total\{provider="seedling",outcome="(stop|length)"\} 2$/m);
  expect(text).toMatch(/^seedbed_first_text_seconds_count\{provider="seedling"\} 2$/m);
  expect(text).toMatch(
    /^seedbed_http_request_seconds_count\{method="POST",route="\/api\/experiments",status="2xx"\} 1$/m,
  );
  expect((await ask({ 'x-forwarded-for': '192.0.2.1' })).status).toBe(401);
});

test('a server that is told to end says that it is not ready while running answers end', async ({
  startOwn,
  newFolder,
}) => {
  const server = await startOwn({ DATA_DIR: newFolder(), SHUTDOWN_GRACE_MS: '60000' });
  const response = await fetch(`${server.url}/api/experiments?pace=8`, {
    method: 'POST',
    body: JSON.stringify({
      ...{ v: 1, provider: 'seedling', repeats: 1 },
      request: {
        model: 'seedling-1',
        messages: [{ role: 'user', content: 'Hi' }],
        max_completion_tokens: 24,
        seed: 14,
      },
    }),
  });
  const status = async (path: string) => (await fetch(`${server.url}/api/health/${path}`)).status;
  expect([await status('live'), await status('ready')]).toEqual([200, 200]);
  const ended = server.end('SIGTERM');
  await expect.poll(() => status('ready')).toBe(503);
  expect(await status('live')).toBe(200);
  expect(await response.text()).toMatch(/"finish":"(stop|length)"/);
  expect(await ended).toBe(0);
});

test('whoever leaves before the end is told of, but not as an error', async ({ startOwn, newFolder }) => {
  const server = await startOwn({ DATA_DIR: newFolder() });
  const { port } = new URL(server.url);
  const chat = (stream: boolean) => ({
    ...{ model: 'seedling-1', messages: [{ role: 'user', content: 'Hi' }], n: 8, stream },
    ...{ max_completion_tokens: 4000, logit_bias: { 1: -100 } },
  });
  /** Sends a request, or as much of it, and leaves once the server is at it. */
  const leave = async (line: string, body = '', length = body.length) => {
    const head = `${line} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(head + body);
    await fetch(`${server.url}/api/health/live`);
    const closed = once(socket, 'close');
    socket.destroy();
    await closed;
  };
  const lines = () =>
    server
      .said()
      .split('\n')
      .filter((line) => line.includes('"cut":true')).length;
  const leaving = [
    () => leave('POST /v1/chat/completions', JSON.stringify(chat(false))),
    () => leave('POST /v1/chat/completions', JSON.stringify(chat(true))),
    () => leave('POST /v1/chat/completions', '{"model":', 1000),
    () => leave('POST /api/experiments', '{"v":1', 1000),
    () => leave('POST /api/experiments/import', '{"text":', 1000),
  ];
  for (const [at, each] of leaving.entries()) {
    await each();
    await expect.poll(lines).toBe(at + 1);
  }
  // What follows is answered as ever; whatever was told of those before has been told.
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
  expect(server.said()).not.toContain('"level":"error"');
});

test('a page that cannot be rendered names its request, which the log has', async ({ startOwn, newFolder, page }) => {
  const DATA_DIR = newFolder();
  writeFileSync(join(DATA_DIR, 'seedbed.sqlite'), 'This is no database.'.repeat(500));
  const server = await startOwn({ DATA_DIR });
  await page.goto(`${server.url}/e/${'A'.repeat(22)}`);
  const line = page.getByText('The request was req_');
  await expect(line).toBeVisible();
  const id = /req_\w+/.exec((await line.textContent()) ?? '')?.[0] ?? '';
  expect(server.said()).toContain(id);
});
