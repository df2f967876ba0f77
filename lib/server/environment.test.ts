import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkEnvironment, Environment, loadEnvironmentFile, readEnvironment } from './environment';

const read = (variables: Record<string, string> = {}) => readEnvironment({ NODE_ENV: 'test', ...variables });

const defaults = {
  OPENAI_MAX_RETRIES: 2,
  RECONNECT_GRACE_MS: 300_000,
  DATA_DIR: 'data',
  RETENTION_DAYS: 30,
  RETENTION_SHARED_DAYS: 0,
  SEEDLING_REQUESTS_PER_MINUTE: 600,
  TRUSTED_PROXIES: 0,
  HOST: '127.0.0.1',
  SHUTDOWN_GRACE_MS: 5000,
  LOG_LEVEL: 'info',
  OTEL_SERVICE_NAME: 'seedbed',
};

describe('readEnvironment', () => {
  it('needs nothing to be set', () => {
    expect(read()).toEqual(defaults);
  });

  it('reads what is set, without the space around it', () => {
    expect(
      read({
        OPENAI_API_KEY: '  sk-test\n',
        OPENAI_BASE_URL: 'http://localhost:8080/v1',
        OPENAI_MAX_RETRIES: '0',
        PUBLIC_URL: 'https://seedbed.example',
        RECONNECT_GRACE_MS: '0',
        DATA_DIR: ' /var/lib/seedbed ',
        DATABASE_URL: 'postgres://anna:secret@db.example:5432/seedbed?sslmode=require',
        RETENTION_DAYS: '7',
        TRUSTED_PROXIES: '2',
        HOST: '0.0.0.0',
        ACCESS_PASSWORD: ' correct horse ',
        SHUTDOWN_GRACE_MS: '0',
      }),
    ).toEqual({
      OPENAI_API_KEY: 'sk-test',
      OPENAI_BASE_URL: 'http://localhost:8080/v1',
      OPENAI_MAX_RETRIES: 0,
      PUBLIC_URL: 'https://seedbed.example',
      RECONNECT_GRACE_MS: 0,
      DATA_DIR: '/var/lib/seedbed',
      DATABASE_URL: 'postgres://anna:secret@db.example:5432/seedbed?sslmode=require',
      RETENTION_DAYS: 7,
      RETENTION_SHARED_DAYS: 0,
      SEEDLING_REQUESTS_PER_MINUTE: 600,
      TRUSTED_PROXIES: 2,
      HOST: '0.0.0.0',
      ACCESS_PASSWORD: 'correct horse',
      SHUTDOWN_GRACE_MS: 0,
      LOG_LEVEL: 'info',
      OTEL_SERVICE_NAME: 'seedbed',
    });
  });

  it.each(['', '   '])('counts %j as not set', (blank) => {
    const all = {
      OPENAI_API_KEY: blank,
      OPENAI_BASE_URL: blank,
      OPENAI_MAX_RETRIES: blank,
      SEEDBED_CONFIG: blank,
      PUBLIC_URL: blank,
      RECONNECT_GRACE_MS: blank,
      DATA_DIR: blank,
      DATABASE_URL: blank,
      RETENTION_DAYS: blank,
    };
    expect(read(all)).toEqual(read());
  });

  it('reads from PUBLIC_URL the part that a browser sends as Origin', () => {
    expect(read({ PUBLIC_URL: 'HTTPS://Seedbed.example:443/play/' }).PUBLIC_URL).toBe('https://seedbed.example');
    expect(read({ PUBLIC_URL: 'https://seedbed.example:8443/' }).PUBLIC_URL).toBe('https://seedbed.example:8443');
  });

  it.each([
    ['OPENAI_API_KEY', 'sk-…'],
    ['OPENAI_API_KEY', 'two words'],
    ['OPENAI_BASE_URL', 'localhost'],
    ['OPENAI_BASE_URL', 'localhost:8281/v1'],
    ['OPENAI_BASE_URL', '127.0.0.1:8281/v1'],
    ['OPENAI_BASE_URL', 'ftp://localhost/v1'],
    ['OPENAI_BASE_URL', 'http://'],
    ['OPENAI_BASE_URL', 'http://localhost:8281/v1/chat/completions'],
    ['OPENAI_BASE_URL', 'http://localhost:8281/v1/chat/completions/?api-version=1'],
    ['OPENAI_BASE_URL', 'http://anna:secret@localhost:8281/v1'],
    ['OPENAI_MAX_RETRIES', 'two'],
    ['OPENAI_MAX_RETRIES', '-1'],
    ['OPENAI_MAX_RETRIES', '6'],
    ['OPENAI_MAX_RETRIES', '1.5'],
    ['PUBLIC_URL', 'seedbed'],
    ['PUBLIC_URL', 'ftp://seedbed.example'],
    ['PUBLIC_URL', 'http://seedbed.example/y?z'],
    ['PUBLIC_URL', 'http://seedbed.example/?'],
    ['PUBLIC_URL', 'http://seedbed.example/#z'],
    ['RECONNECT_GRACE_MS', '-1'],
    ['RECONNECT_GRACE_MS', '10s'],
    ['RECONNECT_GRACE_MS', '86400001'],
    ['RETENTION_SHARED_DAYS', '-1'],
    ['RETENTION_DAYS', '-30'],
    ['RETENTION_DAYS', '1.5'],
    ['RETENTION_DAYS', 'month'],
    ['RETENTION_DAYS', '36501'],
    ['DATABASE_URL', 'seedbed'],
    ['DATABASE_URL', 'mysql://db.example/seedbed'],
    ['DATABASE_URL', 'file:///etc/passwd'],
  ])('refuses %s=%s by name', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(name);
  });

  it('accepts either scheme of a PostgreSQL address', () => {
    for (const url of ['postgres://db.example/x', 'postgresql://db.example/x'])
      expect(read({ DATABASE_URL: url }).DATABASE_URL).toBe(url);
  });

  it('never shows a database’s password in its error', () => {
    expect(() => read({ DATABASE_URL: 'mysql://anna:hunter2@db.example/x' })).toThrow(/^(?!.*hunter2)/s);
    expect(() => read({ DATABASE_URL: 'postgres://anna:hunter2@/ x y' })).toThrow(/^(?!.*hunter2)/s);
  });

  it('names every variable that is wrong at once', () => {
    const wrong = { OPENAI_BASE_URL: 'x', OPENAI_MAX_RETRIES: 'x', PUBLIC_URL: 'x', RECONNECT_GRACE_MS: 'x' };
    for (const name of Object.keys(wrong)) expect(() => read(wrong)).toThrow(name);
  });

  it('never shows a key in its error', () => {
    expect(() => read({ OPENAI_API_KEY: 'sk-secret', PUBLIC_URL: 'x' })).toThrow(/^(?!.*sk-secret)/s);
  });
});

describe('checkEnvironment', () => {
  const check = (variables: Record<string, string>) => checkEnvironment({ NODE_ENV: 'test', ...variables });
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'seedbed-environment-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes the folder that DATA_DIR names', () => {
    const DATA_DIR = join(folder, 'a/b');
    expect(check({ DATA_DIR }).DATA_DIR).toBe(DATA_DIR);
    expect(existsSync(DATA_DIR)).toBe(true);
  });

  it('refuses a DATA_DIR by name in which nothing can be kept', () => {
    writeFileSync(join(folder, 'file'), '');
    for (const DATA_DIR of [join(folder, 'file'), join(folder, 'file/data')])
      expect(() => check({ DATA_DIR })).toThrow(/DATA_DIR/);
  });

  it.runIf(existsSync('/proc'))('refuses by name one that the system lets nobody make, at once', () => {
    expect(() => check({ DATA_DIR: '/proc/seedbed' })).toThrow(/DATA_DIR/);
  });

  it('does not ask for DATA_DIR where a database is set instead', () => {
    writeFileSync(join(folder, 'file'), '');
    check({ DATA_DIR: join(folder, 'file'), DATABASE_URL: 'postgres://db.example/x' });
  });
});

describe('the file .env', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seedbed-env-'));
  afterEach(() => {
    vi.unstubAllEnvs();
    delete process.env.ACCESS_PASSWORD;
    rmSync(folder, { recursive: true, force: true });
  });

  it('sets what the environment does not, and need not be there', () => {
    loadEnvironmentFile(folder);
    vi.stubEnv('HOST', '127.0.0.2');
    writeFileSync(join(folder, '.env'), 'HOST=0.0.0.0\nACCESS_PASSWORD=correct-horse\nMETRICS_TOKEN=\n');
    loadEnvironmentFile(folder);
    const { HOST, ACCESS_PASSWORD, METRICS_TOKEN } = readEnvironment();
    expect({ HOST, ACCESS_PASSWORD, METRICS_TOKEN }).toEqual({ HOST: '127.0.0.2', ACCESS_PASSWORD: 'correct-horse' });
  });
});

describe('what a newcomer reads', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const textOf = (file: string) => readFileSync(join(root, file), 'utf8');
  const expected = Object.fromEntries(Object.keys(Environment.shape).map((name) => [name, '']));
  for (const [name, value] of Object.entries(defaults)) expected[name] = String(value);

  it('.env.example sets every variable to what it is anyway', () => {
    const set = [...textOf('.env.example').matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]);
    expect(Object.fromEntries(set)).toEqual(expected);
  });

  /** Variables that are read without being the operator's: by programs for their own ends, or set by what starts them. */
  const others = [
    'PORT',
    'NO_COLOR',
    'FORCE_COLOR',
    'TERM',
    'MALLOC_ARENA_MAX',
    'CI',
    'GITHUB_ACTIONS',
    'GITHUB_STEP_SUMMARY',
  ];
  const ofSetUp = ['PATH', 'npm_execpath', 'TEST_DATABASE_URL', 'NODE_ENV', 'NEXT_RUNTIME'];

  it('the table of docs/deploy.md has every variable with its default', () => {
    const rows = [...textOf('docs/deploy.md').matchAll(/^\| `([A-Z_]+)` .*\|([^|]*)\|$/gm)];
    const told = Object.fromEntries(rows.map(([, name, value = '']) => [name, value.replaceAll('`', '').trim()]));
    const besides = Object.fromEntries(others.map((name) => [name, name === 'PORT' ? '3000' : '']));
    expect(told).toEqual({ ...expected, ...besides, OPENAI_BASE_URL: "OpenAI's" });
  });

  it('no variable is read that the table has not, but by what sets the project up', () => {
    const folders = ['app', 'bin', 'components', 'lib'];
    const inFolders = folders.flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    );
    const files = [...inFolders, 'instrumentation.ts', 'next.config.mjs'].filter(
      (file) => /\.(tsx?|mjs)$/.test(file) && !/\.(test|fixture|contract)\.tsx?$/.test(file),
    );
    const read = files.flatMap((file) =>
      [...textOf(file).matchAll(/\b(?:process\.)?env\.([A-Za-z_]+)/g)].map(([, name = '']) => name),
    );
    const known = [...Object.keys(expected), ...others, ...ofSetUp];
    expect([...new Set(read)].filter((name) => !known.includes(name))).toEqual([]);
    expect([...others, ...ofSetUp].filter((name) => !read.includes(name) && name !== 'TEST_DATABASE_URL')).toEqual([]);
  });

  it('.nvmrc and Dockerfile name the Node that the project brings', () => {
    const { node } = JSON.parse(textOf('package.json')).dependencies;
    expect(textOf('.nvmrc').trim()).toBe(node);
    const images = [...textOf('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(images).toEqual(Array(2).fill(`node:${node}-bookworm-slim`));
  });
});
