import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { expect, test, WorkbenchPage } from './support/test';

const wrong: [field: string, value: string, message: string][] = [
  ['Prompt', '   ', 'Type a prompt, or pick an example.'],
  ['Seed', 'abc', 'Seed must be a whole number from'],
  ['Seed', '1.5', 'Seed must be a whole number from'],
  ['Seed', '18446744073709551616', 'Seed must be a whole number from'],
  ['Runs', '0', 'Runs must be a whole number from 1 to 1000.'],
  ['Runs', '10000', 'Runs must be a whole number from 1 to 1000.'],
  ['Temperature', '101', 'Temperature must be a number from 0 to 100.'],
  ['Top-p', '-1', 'Top-p must be a number from 0 to 1.'],
  ['Max tokens', '2000000', 'Max tokens must be a whole number from 1 to 1000000.'],
];

for (const [field, value, message] of wrong)
  test(`the form refuses ${field} "${value}" beside the field`, async ({ page }) => {
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    await workbench.vary('nothing');
    await workbench.fill({ [field]: value });
    await workbench.run().catch(() => page.keyboard.press('Control+Enter'));
    const control = page.getByLabel(field, { exact: true });
    await expect(control).toHaveAttribute('aria-invalid', 'true');
    await expect(control).toHaveAccessibleDescription(new RegExp(message.replaceAll('.', '\\.')));
    await expect(control).toBeFocused();
    await expect(workbench.column(1)).toContainText('Done');
  });

const refused: [what: string, body: string, status: number, param: string | null][] = [
  ['malformed JSON', '{', 400, null],
  ['an unknown field', recipe({ colour: 'red' }), 400, 'colour'],
  ['an unknown provider', recipe({ provider: 'nobody' }), 400, 'provider'],
  ['an unknown model', recipe({}, { model: 'seedling-99' }), 400, 'request.model'],
  ['an empty prompt', recipe({}, { messages: [{ role: 'user', content: ' ' }] }), 400, 'request.messages'],
  ['too many runs', recipe({ repeats: 1001 }), 400, 'repeats'],
  ['a seed of more than 64 bits', recipe({}, { seed: 2 ** 64 }), 400, 'request.seed'],
  ['a temperature out of range', recipe({}, { temperature: 100.1 }), 400, 'request.temperature'],
  ['a body over 1 MiB', `"${'x'.repeat(1024 * 1024)}"`, 413, null],
];

function recipe(part: object, request: object = {}): string {
  const messages = [{ role: 'user', content: 'Hello' }];
  return JSON.stringify({
    v: 1,
    provider: 'seedling',
    request: { model: 'seedling-1', messages, ...request },
    repeats: 2,
    ...part,
  });
}

for (const [what, body, status, param] of refused)
  test(`the API refuses ${what}, naming the field`, async ({ request }) => {
    const response = await request.post('/api/experiments', {
      data: body,
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status()).toBe(status);
    const { error } = await response.json();
    const requestId = response.headers()['x-request-id'];
    expect(error).toEqual({ code: expect.any(String), message: expect.stringMatching(/\w/), param, requestId });
  });

test('the API refuses a page of another site', async ({ request }) => {
  for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
    const response = await request.post('/api/experiments', { data: recipe({}), headers: { origin } });
    expect(response.status()).toBe(403);
  }
});

test('who offers another protocol is answered in this one, and meets the same door', async ({ baseURL }) => {
  const { hostname, port } = new URL(baseURL ?? '');
  const offering = async (path: string, headers: Record<string, string>) => {
    const asked = httpRequest({ host: hostname, port, path, headers: { connection: 'Upgrade', ...headers } }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  };
  expect(await offering('/api/models', { upgrade: 'h2c' })).toBe(200);
  expect(await offering('/nowhere', { upgrade: 'websocket' })).toBe(404);
  expect(await offering('/nowhere', { upgrade: 'websocket', host: 'evil.example' })).toBe(421);
});

test('no method and no path gets an answer of 5xx, and programs are refused in their format', async ({ baseURL }) => {
  const ask = async (method: string, path: string) => {
    const { hostname, port } = new URL(baseURL ?? '');
    const asked = httpRequest({ host: hostname, port, method, path }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    let body = '';
    for await (const chunk of response) body += chunk;
    const { allow, 'content-type': type = '' } = response.headers;
    return { status: response.statusCode ?? 0, allow, type, body };
  };
  const paths = [
    '/',
    '/e/x',
    '/e/%ff',
    '/learn/%ff',
    '/theme.js',
    '/api',
    '/api/x',
    '/api/models',
    '/api/experiments/%ff',
  ];
  const ofV1 = [
    '/v1',
    '/v1/models',
    '/v1/models/%ff',
    '/v1/chat/completions',
    '/v1/chat/completions/x',
    '/v1/embeddings',
  ];
  for (const path of [...paths, ...ofV1])
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
      const { status, allow, type, body } = await ask(method, path);
      const asked = `${method} ${path}`;
      expect(status, asked).toBeLessThan(500);
      if (status === 405) expect(allow, asked).toMatch(/GET|POST/);
      if (status >= 400 && /^\/(api|v1)/.test(path)) {
        expect(type, asked).toContain('application/json');
        expect(JSON.parse(body).error.message, asked).toMatch(/\w/);
      }
    }
});
