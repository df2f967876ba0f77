import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aFolder } from './world.fixture';

/*
 * A key that nobody may see: not in what any command says, nor in any file that it writes, whatever the server does with it. The
 * server repeats it wherever a server can: in refusals, headers, names and fingerprints.
 */

const canary = 'sk-canary-4f9aB7c2D1e8-never-shown';
let server: Server;
let refuses = false;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      const said = { 'x-request-id': `req-${canary}`, 'x-ratelimit-owner': canary, 'content-type': 'application/json' };
      if (request.method === 'GET')
        return response.writeHead(200, said).end(JSON.stringify({ data: [{ id: `m-${canary}` }] }));
      const error = { message: `Incorrect API key provided: ${canary}.`, code: canary, type: canary, param: canary };
      if (refuses) return response.writeHead(401, said).end(JSON.stringify({ error }));
      const head = {
        id: canary,
        object: 'chat.completion',
        created: 1,
        model: `m-${canary}`,
        system_fingerprint: canary,
      };
      const choices = [{ index: 0, message: { role: 'assistant', content: 'yes' }, finish_reason: canary }];
      response.writeHead(200, said).end(JSON.stringify({ ...head, choices }));
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
afterAll(() => server.close());

const env = () => ({
  NODE_ENV: 'test' as const,
  OPENAI_API_KEY: canary,
  OPENAI_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
  OPENAI_MAX_RETRIES: '0',
  GITHUB_ACTIONS: 'true',
  GITHUB_STEP_SUMMARY: 'job.md',
});

const suite = `v: 1
cases:
  - { id: a, provider: openai, prompt: Hi, runs: 3, request: { model: m }, demands: [{ kind: equal }, { kind: fingerprint }, { kind: baseline, file: b.json }] }
`;

/** Every command that says something of a provider, of runs, or of files that hold runs; and uses of them that are wrong. */
const lines = [
  'check --junit j.xml --summary s.md',
  'check --json --cache',
  'check --md --resume',
  'check --only errors',
  'check --budget 1tok',
  'check --server http://127.0.0.1:9',
  'accept --json',
  'accept --yes',
  'check --quiet',
  'run -p Hi --provider openai --model m -n 2 -o a.json',
  'run -p Hi --provider openai --model m -n 2 --json',
  'run -p Hi --provider openai --model m --top-p 9',
  'replay a.json',
  'replay a.json --json',
  'compare a.json a.json',
  'probe m --provider openai',
  'probe m --provider openai --json',
  'export a.json --to json -o a2.json',
  'export a.json --to csv -o a.csv',
  'export a.json --to markdown -o a.md',
  'export a.json --to python -o a.py',
  'export a.json --to typescript -o a.ts',
  'export a.json --to curl -o a.sh',
  'export a.json --to batch -o a.jsonl',
  'export a.json --to promptfoo -o pf.json',
  'import a.csv -o a3.json',
  'cache ls',
  'cache ls --json',
  'cache verify',
  'cache verify --json',
  'cache prune --all',
  'doctor',
  'doctor --json',
  'doctor --unknown',
  'nothing',
];

/** All files in a folder and below, by name, with what they hold. */
function filesIn(folder: string): { name: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: path.slice(folder.length + 1), text: readFileSync(path, 'utf8') }));
}

describe.each([
  ['answers', false],
  ['refuses', true],
])('with a server that %s', (_, refusing) => {
  it('no command says the key, and none writes it into a file', async () => {
    refuses = refusing;
    const folder = aFolder({ 'seedbed.yaml': suite, 'job.md': '' });
    const { cwd } = folder;
    // Something to replay and export, also where the server refuses.
    refuses = false;
    await folder.seedbed('run -p Hi --provider openai --model m -n 2 -o a.json', { env: env() });
    refuses = refusing;
    for (const line of lines) {
      const variables = { ...env(), GITHUB_STEP_SUMMARY: join(cwd, 'job.md') };
      const { printed, told } = await folder.seedbed(line, { env: variables });
      expect(`${line}: ${printed}${told}`).not.toContain(canary);
    }
    expect(existsSync(join(cwd, 'j.xml'))).toBe(true);
    const files = filesIn(cwd);
    expect(files.length).toBeGreaterThan(12);
    for (const { name, text } of files) expect(`${name}: ${text}`).not.toContain(canary);
  });
});

describe('a key', () => {
  it('that is typed or written where none belongs is not repeated', async () => {
    const folder = aFolder();
    writeFileSync(join(folder.cwd, 'seedbed.yaml'), suite);
    const typed = [
      [canary],
      ['check', canary],
      ['check', `${canary}.yaml`],
      ['check', '--budget', canary],
      ['check', '--only', canary],
      ['check', '--server', canary],
      ['doctor', `--api-key=${canary}`],
      ['export', 'gone.json', '--to', canary],
      ['cache', canary],
      ['run', '-p', 'Hi', '--seed', canary],
    ];
    for (const line of typed)
      for (const variables of [{}, { OPENAI_API_KEY: canary }]) {
        const { told, code } = await folder.seedbed(line, { env: { NODE_ENV: 'test', ...variables } });
        expect(`${told} ${code}`).toMatch(/. 2$/s);
        expect(told).not.toContain(canary);
      }
    const own = 'tgp-7c2D1e84f9aB-of-a-gateway';
    const { told: echoed } = await folder.seedbed(['check', own], { env: { NODE_ENV: 'test', GATEWAY_TOKEN: own } });
    expect(echoed).toContain('has no case "[key]"');
    const provider = { id: 'own', baseUrl: 'http://127.0.0.1:9/v1', keyVariable: canary };
    writeFileSync(join(folder.cwd, 'config.json'), JSON.stringify({ providers: [provider] }));
    const { told, code } = await folder.seedbed('doctor', {
      env: { NODE_ENV: 'test', SEEDBED_CONFIG: join(folder.cwd, 'config.json') },
    });
    expect(told).not.toContain(canary);
    expect(code).toBe(2);
  });

  it.each(['http://me:my-password@127.0.0.1:9', 'https://my-password@127.0.0.1:9'])(
    'before the host of an address is not repeated: %s',
    async (address) => {
      for (const line of [`check ${address}/e/abc`, `replay ${address}/e/abc`, `check ${address}/suite.yaml`]) {
        const { told, code } = await aFolder().seedbed(line);
        expect(told).toContain('//[key]@127.0.0.1:9/');
        expect(told).not.toContain('my-password');
        expect(code).toBe(2);
      }
    },
  );
});
