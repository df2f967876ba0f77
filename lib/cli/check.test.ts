import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aFolder } from './world.fixture';

const head =
  'v: 1\ndefaults:\n  request: { model: seedling-1, seed: 7, temperature: 1, max_completion_tokens: 20 }\ncases:\n';
const suite = (...cases: string[]) => ({ 'seedbed.yaml': head + cases.map((each) => `  - ${each}\n`).join('') });
const haiku = '{ id: haiku, prompt: Write a haiku about spring. }';
const draws = '{ id: draws, prompt: Write a haiku about spring., request: { seed: null } }';

const Report = z.object({
  exitCode: z.int(),
  cases: z.array(
    z.object({
      id: z.string(),
      outcome: z.string(),
      runs: z.record(z.string(), z.int()),
      demands: z.array(z.unknown()),
    }),
  ),
});
const report = (text: string) => Report.parse(JSON.parse(text));

describe('seedbed check', () => {
  it('ends with 0 where every case holds', async () => {
    const { code, printed } = await aFolder(suite(haiku)).seedbed('check');
    expect(printed).toContain('✓ holds haiku  40 of 40 runs are equal: 90.9–100 %, and 90 % are wanted.');
    expect(printed).toContain('1 case: 1 holds.');
    expect(code).toBe(0);
  });

  it('ends with 1 where one fails, and says where texts part', async () => {
    const { code, printed } = await aFolder(suite(haiku, draws)).seedbed('check');
    expect(printed).toMatch(/✗ fails draws {2}(\d+|No two) of 40 runs are equal: .* They part at word 1: “/);
    expect(printed).toContain('2 cases: 1 holds, 1 fails.');
    expect(code).toBe(1);
  });

  it('ends with 4 where runs are too few to tell', async () => {
    const { code, printed } = await aFolder(suite(haiku)).seedbed('check --runs 5');
    expect(printed).toContain('? undecided haiku  5 of 5 runs are equal');
    expect(printed).toContain('Too few to tell: 37 would do if all of them did.');
    expect(code).toBe(4);
  });

  it('ends a case once it is decided, and says what that saved', async () => {
    const { code, printed } = await aFolder(suite(haiku, draws)).seedbed('check --until-decided 100 --json');
    const { cases } = report(printed);
    expect(cases).toMatchObject([
      { id: 'haiku', outcome: 'holds', runs: { planned: 100, made: 50, saved: 50 } },
      { id: 'draws', outcome: 'fails', runs: { planned: 100, made: 13, saved: 87 } },
    ]);
    expect(code).toBe(1);
  });

  it('runs the cases that are named', async () => {
    const folder = aFolder(suite(haiku, draws));
    expect(report((await folder.seedbed('check haiku --json')).printed).cases.map(({ id }) => id)).toEqual(['haiku']);
    mkdirSync(join(folder.cwd, 'draws'));
    expect(report((await folder.seedbed('check draws --json')).printed).cases.map(({ id }) => id)).toEqual(['draws']);
    expect(await folder.seedbed('check hiaku')).toMatchObject({
      code: 2,
      told: 'seedbed.yaml has no case "hiaku". It has haiku, draws.\n',
    });
  });

  it.each([
    ['check gone.yaml', 'gone.yaml cannot be read: there is no such file.'],
    ['check --rnus 5', "Unknown option '--rnus'"],
    ['check --runs many', '--runs must be a whole number from 1 to 1000, not "many".'],
    ['check --runs 5 --until-decided 9', 'Give either --runs or --until-decided.'],
    ['check --budget 10', 'Up to'],
    ['chekc', 'There is no command "chekc".'],
  ])('ends with 2, and sends nothing, for %s', async (line, said) => {
    const folder = aFolder(suite(haiku));
    const { code, told, printed } = await folder.seedbed(line);
    expect(told).toContain(said);
    expect({ code, printed }).toEqual({ code: 2, printed: '' });
    expect(existsSync(join(folder.cwd, '.seedbed'))).toBe(false);
  });

  it('ends with 2 where there is no suite, or a provider or model is not known, with its line', async () => {
    expect(await aFolder().seedbed('check')).toMatchObject({ code: 2 });
    const folder = aFolder(
      suite(haiku, '{ id: b, prompt: Hi, provider: other }', '{ id: c, prompt: Hi, request: { model: m } }'),
    );
    expect(await folder.seedbed('check')).toMatchObject({
      code: 2,
      told:
        'seedbed.yaml:6:26 cases.1.provider: there is no provider "other" here; known: seedling. An entry in seedbed.config.json adds one.\n' +
        'seedbed.yaml:7:37 cases.2.request.model: seedling has no model "m"; known: seedling-1, seedling-1-fleet, seedling-1-batched, sapling-1, sapling-1-fleet, sapling-1-batched.\n',
    });
  });

  it('names the field in the defaults, and what adds OpenAI', async () => {
    const folder = aFolder({
      'seedbed.yaml': 'v: 1\ndefaults: { provider: openai }\ncases: [{ id: a, prompt: Hi, request: { model: m } }]\n',
    });
    expect(await folder.seedbed('check')).toMatchObject({
      code: 2,
      told: 'seedbed.yaml:2:13 defaults.provider: there is no provider "openai" here; known: seedling. OPENAI_API_KEY or OPENAI_BASE_URL in the environment adds it.\n',
    });
  });

  it('names the provider where it is asked with a key that nothing names', async () => {
    const config = { providers: [{ id: 'router', baseUrl: 'https://openrouter.ai/api/v1' }] };
    const files = suite('{ id: a, prompt: Hi, provider: router, request: { model: m } }');
    const folder = aFolder({ ...files, 'keyless.json': JSON.stringify(config) });
    const env = { NODE_ENV: 'test' as const, SEEDBED_CONFIG: join(folder.cwd, 'keyless.json') };
    expect(await folder.seedbed('check', { env })).toMatchObject({
      code: 2,
      told: 'seedbed.yaml:5:26 cases.0.provider: router is asked with a key: its keyVariable in seedbed.config.json names the environment variable that has it.\n',
    });
  });

  it('keeps the runs of a.yaml and a.json apart', async () => {
    const yaml = `${head}  - ${haiku}\n`;
    const json = JSON.stringify({ v: 1, cases: [{ id: 'haiku', prompt: 'Hi', request: { model: 'seedling-1' } }] });
    const folder = aFolder({ 'a.yaml': yaml, 'a.json': json });
    for (const name of ['a.yaml', 'a.json']) await folder.seedbed(`check ${name} --runs 3`);
    expect((await folder.seedbed('check a.yaml --runs 3 --only changed')).code).toBe(3);
    expect(readdirSync(join(folder.cwd, '.seedbed'))).toEqual(['a.json', 'a.yaml']);
  });

  it('writes JUnit’s XML and a summary', async () => {
    const folder = aFolder(suite(haiku, draws));
    await folder.seedbed('check --junit out/junit.xml --summary summary.md --quiet');
    expect(readFileSync(join(folder.cwd, 'out/junit.xml'), 'utf8')).toContain('tests="2" failures="1" errors="0"');
    expect(readFileSync(join(folder.cwd, 'summary.md'), 'utf8')).toContain('2 cases: 1 holds, 1 fails.');
  });

  it('leaves alone what another check is about to put in the same place', async () => {
    const folder = aFolder({ ...suite(haiku), 'junit.xml.new': 'half of it' });
    await folder.seedbed('check -n 2 --junit junit.xml');
    expect(readFileSync(join(folder.cwd, 'junit.xml.new'), 'utf8')).toBe('half of it');
    expect(readdirSync(folder.cwd).toSorted()).toEqual(['.seedbed', 'junit.xml', 'junit.xml.new', 'seedbed.yaml']);
  });

  it.each([
    ['--junit .', {}],
    ['--summary seedbed.yaml/s.md', {}],
    ['', { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'seedbed.yaml/job.md' }],
  ])('ends with 2, and sends nothing, where a report has no place: %s %j', async (typed, variables) => {
    const folder = aFolder(suite(haiku));
    const env = { NODE_ENV: 'test' as const, ...variables };
    const { code, printed, told } = await folder.seedbed(`check ${typed}`, { env });
    expect(told).toMatch(/^\S+ cannot be written: \S/);
    expect({ code, printed }).toEqual({ code: 2, printed: '' });
    expect(readdirSync(folder.cwd)).toEqual(['seedbed.yaml']);
  });

  it('shows its cases beside their lines in a GitHub workflow, and appends to the summary of the job', async () => {
    const folder = aFolder({ ...suite(haiku, draws), 'job.md': 'before\n' });
    const env = { NODE_ENV: 'test' as const, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder.cwd, 'job.md') };
    const { printed } = await folder.seedbed('check', { env });
    expect(printed).toMatch(/^::error file=seedbed\.yaml,line=6,title=draws fails::/m);
    expect(readFileSync(join(folder.cwd, 'job.md'), 'utf8')).toMatch(/^before\n## seedbed/);
  });

  it('prints the summary as Markdown, and nothing else', async () => {
    const { printed } = await aFolder(suite(haiku, draws)).seedbed('check --md');
    expect(printed).toMatch(/^## seedbed\.yaml\n\n2 cases: 1 holds, 1 fails\.\n\n\| Case/);
    expect(printed).not.toContain('✓');
  });

  it('takes from all that it prints what would move the cursor or colour a terminal', async () => {
    const red = String.raw`{ id: red, prompt: Hi, demands: [{ kind: text, text: "\e[31mred" }] }`;
    const env = { NODE_ENV: 'test' as const, GITHUB_ACTIONS: 'true' };
    for (const typed of ['check', 'check --md']) {
      const { printed } = await aFolder(suite(red)).seedbed(typed, { env });
      expect(printed).toContain('\ufffd');
      expect(printed).not.toContain('\u001b');
    }
  });

  it('checks only the cases that the last check left failing or changed, and judges nothing where there are none: 3', async () => {
    const folder = aFolder(suite(haiku, draws));
    const ids = async (only: string) =>
      report((await folder.seedbed(`check --only ${only} --json`)).printed).cases.map(({ id }) => id);
    expect(await ids('failing')).toEqual([]);
    expect(await ids('changed')).toEqual(['haiku', 'draws']);
    expect(await ids('failing')).toEqual(['draws']);
    const { code, told } = await folder.seedbed('check --only changed');
    expect(told).toBe('The last check left no case so: changed.\n');
    expect(code).toBe(3);
    writeFileSync(join(folder.cwd, 'seedbed.yaml'), suite(haiku.replace('spring', 'autumn'), draws)['seedbed.yaml']);
    expect(await ids('changed')).toEqual(['haiku']);
    expect(await folder.seedbed('check --only flaky')).toMatchObject({ code: 2 });
  });

  it('keeps runs, and makes only what is missing when it goes on', async () => {
    const folder = aFolder(suite(haiku));
    await folder.seedbed('check --runs 30');
    const { printed } = await folder.seedbed('check --runs 40 --resume --json');
    expect(report(printed)).toMatchObject({ exitCode: 0, cases: [{ runs: { made: 40 } }] });
    expect(JSON.parse(printed).cases).toMatchObject([
      {
        judgedBefore: 30,
        said: expect.stringContaining('Judged before with 30 runs, which is not paid for: each look'),
      },
    ]);
    expect(JSON.parse((await folder.seedbed('check --runs 40 --resume --json')).printed).cases).toMatchObject([
      { judgedBefore: null, runs: { made: 40 } },
    ]);
    const keptRuns = () =>
      JSON.parse(readFileSync(join(folder.cwd, '.seedbed/seedbed.yaml/haiku.json'), 'utf8')).runs.length;
    await folder.seedbed('check --runs 4 --resume');
    expect(keptRuns()).toBe(40);
    expect(JSON.parse((await folder.seedbed('check --runs 50 --resume --json')).printed).cases).toMatchObject([
      { judgedBefore: 40, runs: { made: 50 } },
    ]);
  });

  it('shows the runs of a case side by side on a wide terminal while they are made, and a line on a plain one', async () => {
    const shown = async (world: object) => {
      const all: string[] = [];
      await aFolder(suite(haiku)).seedbed('check --runs 40', { ...world, progress: (text) => all.push(text) });
      expect(all.at(-1)).toBe('');
      return all.slice(0, -1);
    };
    const counting = /1 of 1 case: haiku, \d+ of 40 runs …$/;
    for (const text of await shown({ columns: 140, rows: 24, colour: true })) {
      expect(stripVTControlCharacters(text)).toMatch(/^Run 1[^\n]* Run 4/);
      expect(text).toMatch(counting);
    }
    for (const text of await shown({ columns: 140, rows: 24 })) expect(text.replace(counting, '')).toBe('');
  });

  it('ends with 130 when it is stopped, keeps what was finished, and says how to go on', async () => {
    const folder = aFolder(suite(haiku, draws));
    const stop = new AbortController();
    const progress = (text: string) => text.includes('draws') && stop.abort();
    const { code, told } = await folder.seedbed('check --runs 40', { signal: stop.signal, progress });
    expect(told).toContain('go on with: seedbed check seedbed.yaml --runs 40 --resume');
    expect(code).toBe(130);
    expect(existsSync(join(folder.cwd, '.seedbed/seedbed.yaml/haiku.json'))).toBe(true);
  });

  it('names the cases that it was stopped before as not begun, in every report, and leaves what is kept of them', async () => {
    const folder = aFolder(suite(haiku, draws));
    await folder.seedbed('check --runs 3');
    const stopped = (typed: string) => {
      const stop = new AbortController();
      const progress = (text: string) => text.includes('draws') && stop.abort();
      return folder.seedbed(`check ${typed} --junit j.xml --summary s.md`, { signal: stop.signal, progress });
    };
    const { printed } = await stopped('--json');
    expect(JSON.parse(printed)).toMatchObject({
      ...{ stopped: true, exitCode: 130, cases: [{ id: 'haiku', outcome: 'holds' }] },
      notBegun: [{ id: 'draws', line: 6 }],
    });
    const xml = readFileSync(join(folder.cwd, 'j.xml'), 'utf8');
    expect(xml).toContain('tests="2" failures="0" errors="0" skipped="1"');
    expect(xml).toMatch(/name="draws" [^>]*><skipped message="The check was stopped before it began\."\/>/);
    expect(readFileSync(join(folder.cwd, 's.md'), 'utf8')).toContain('| draws | **not begun** |');
    expect((await stopped('')).printed).toContain('2 cases: 1 holds, 1 not begun.');
    const kept = JSON.parse(readFileSync(join(folder.cwd, '.seedbed/seedbed.yaml/draws.json'), 'utf8'));
    expect(kept.runs).toHaveLength(3);
  });

  it('says to go on with all that was typed, as a shell reads it, and with the cases that were chosen', async () => {
    const folder = aFolder({ 'my suite.yaml': suite(haiku, draws)['seedbed.yaml'] });
    const goingOn = async (typed: string[]) => {
      const stop = new AbortController();
      const { told } = await folder.seedbed(['check', './my suite.yaml', ...typed], {
        signal: stop.signal,
        progress: () => stop.abort(),
      });
      return told.slice(told.indexOf('go on with: ') + 'go on with: '.length).trim();
    };
    expect(await goingOn(['draws', '-n', '60', '-j', '2', '--timeout', '5', '--junit', "it's.xml", '-q'])).toBe(
      "seedbed check './my suite.yaml' draws --runs 60 --at-once 2 --timeout 5 --quiet --junit 'it'\\''s.xml' --resume",
    );
    await folder.seedbed(['check', 'my suite.yaml']);
    expect(await goingOn(['--only', 'failing'])).toBe("seedbed check './my suite.yaml' draws --resume");
  });
});

describe('a model whose sums depend on its load', () => {
  const batched = (dispatch: string) =>
    suite(
      `{ id: batched, prompt: Write a story about the sea., dispatch: ${dispatch}, request: { model: seedling-1-batched, max_completion_tokens: 60 } }`,
    );

  it('fails or is undecided where its runs are sent at once, with what was asked, place and fingerprints', async () => {
    const folder = aFolder(batched('parallel'));
    const { code, printed } = await folder.seedbed('check');
    expect(printed).toMatch(/^[✗?] (fails|undecided) batched {2}\d+ of 40 runs are equal: /);
    expect(printed).toMatch(/They part at word \d+: “.+” in \d+ runs?; “/);
    expect(printed).toMatch(/One fingerprint: fp_seedling_\w+ in 40 runs\. Asked: seedling-1-batched, .*seed 7/);
    expect([1, 4]).toContain(code);
    expect(report((await folder.seedbed('check --json')).printed).cases[0]).toMatchObject({
      demands: [{ fork: { word: expect.any(Number) } }],
    });
  });

  it('holds where they are sent one after the other', async () => {
    expect(await aFolder(batched('sequential')).seedbed('check')).toMatchObject({ code: 0 });
  });
});

describe('baselines', () => {
  const withBaseline =
    '{ id: haiku, prompt: Write a haiku about spring., demands: [{ kind: baseline, file: base/haiku.json }] }';
  const answering = (...answers: string[]) => ({ ask: () => Promise.resolve(answers.shift() ?? 'q') });

  it('are accepted from the last check, and then hold', async () => {
    const folder = aFolder(suite(withBaseline));
    expect(await folder.seedbed('accept --yes')).toMatchObject({ code: 2 });
    const first = await folder.seedbed('check');
    expect(first.printed).toContain(
      '– not judged haiku  There is no baseline at base/haiku.json yet: `seedbed accept` makes one.',
    );
    expect(first.code).toBe(3);
    expect(await folder.seedbed('accept', answering('y'))).toMatchObject({ code: 0 });
    expect(await folder.seedbed('check')).toMatchObject({ code: 0 });
    expect((await folder.seedbed('accept', answering())).printed).toBe('Nothing was written.\n');
  });

  it('are left as they are when the question is stopped: 130', async () => {
    const folder = aFolder(suite(withBaseline));
    await folder.seedbed('check');
    const stop = new AbortController();
    const ask = () => {
      stop.abort();
      return Promise.resolve('q');
    };
    expect(await folder.seedbed('accept', { ask, signal: stop.signal })).toMatchObject({
      code: 130,
      printed: expect.stringContaining('Nothing was written.'),
    });
    expect(existsSync(join(folder.cwd, 'base'))).toBe(false);
  });

  it('are never written in CI, nor where nobody can be asked', async () => {
    const folder = aFolder(suite(withBaseline));
    await folder.seedbed('check');
    expect(await folder.seedbed('accept --yes', { env: { NODE_ENV: 'test', CI: 'true' } })).toMatchObject({ code: 2 });
    expect(await folder.seedbed('accept')).toMatchObject({ code: 2 });
    expect(existsSync(join(folder.cwd, 'base'))).toBe(false);
  });

  it('of another request are not comparable, and never a failure', async () => {
    const folder = aFolder(suite(withBaseline));
    await folder.seedbed('check');
    await folder.seedbed('accept --yes');
    writeFileSync(join(folder.cwd, 'seedbed.yaml'), suite(withBaseline.replace('spring', 'autumn'))['seedbed.yaml']);
    const again = await folder.seedbed('check');
    expect(again.printed).toContain('Not comparable: the baseline at base/haiku.json is of another request.');
    expect(again.code).toBe(3);
    const shown = await folder.seedbed('accept', answering('n'));
    expect(shown.printed).toContain('The request is another one.');
    expect(shown.printed).toMatch(/\[-.+-\]\{\+.+\+\}/s);
  });

  it('that were changed by hand end the check with line and field', async () => {
    const folder = aFolder(suite(withBaseline));
    await folder.seedbed('check');
    await folder.seedbed('accept --yes');
    const path = join(folder.cwd, 'base/haiku.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"seed": 7', '"seed": 8'));
    const { code, told } = await folder.seedbed('check');
    expect(told).toMatch(/^base\/haiku\.json:\d+:\d+ requestHash: is not the hash/);
    expect(code).toBe(2);
  });
});

describe('a provider', () => {
  let server: Server;
  let listed = '{"data":[]}';
  let answer: (body: string) => { status: number; headers?: Record<string, string>; body: string };
  const asked: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        if (request.method === 'GET') return response.setHeader('content-type', 'application/json').end(listed);
        asked.push(body);
        const { status, headers = {}, body: text } = answer(body);
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(() => server.close());

  const key = 'sk-secret-secret-secret-secret';
  const env = () => ({
    NODE_ENV: 'test' as const,
    OPENAI_API_KEY: key,
    OPENAI_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    OPENAI_MAX_RETRIES: '0',
  });
  const completion = (text: string) =>
    JSON.stringify({
      ...{ id: 'c', object: 'chat.completion', created: 1, model: 'm', system_fingerprint: 'fp_1' },
      choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    });
  const remote = suite('{ id: a, provider: openai, prompt: Hi, request: { model: m }, runs: 40 }');

  it('that refuses every call leaves nothing to judge: 3', async () => {
    answer = () => ({ status: 401, body: JSON.stringify({ error: { message: `Incorrect API key: ${key}` } }) });
    const { code, printed } = await aFolder(remote).seedbed('check', { env: env() });
    expect(printed).toContain('– not judged a  No run has a text that counts.');
    expect(code).toBe(3);
  });

  it('that fails some calls leaves cases with errors, which can be checked alone', async () => {
    answer = () => ({ status: 400, body: '{}' });
    const both = suite('{ id: a, provider: openai, prompt: Hi, request: { model: m }, runs: 3 }', haiku);
    const folder = aFolder(both);
    await folder.seedbed('check', { env: env() });
    const { printed } = await folder.seedbed('check --only errors --json', { env: env() });
    expect(report(printed).cases.map(({ id }) => id)).toEqual(['a']);
  });

  it.each([
    ['2026-12-01', 'Its model is shut down on 1 Dec 2026, in 4 days.'],
    ['2027-01-26', 'Its model is shut down on 26 Jan 2027, in 60 days.'],
    ['2026-11-27', 'Its model was to be shut down on 27 Nov 2026.'],
  ])('whose model is shut down soon, on %s, has that said of its cases', async (day, said) => {
    answer = () => ({ status: 200, body: completion('yes') });
    listed = JSON.stringify({ data: [{ id: 'm', shutdown_date: day }] });
    const outside = { ...env(), GITHUB_ACTIONS: 'true' };
    const { printed, code } = await aFolder(remote).seedbed('check', { env: outside });
    expect(printed).toContain(`✓ holds a  40 of 40 runs are equal: 90.9–100 %, and 90 % are wanted. ${said}`);
    expect(printed).toMatch(/^::warning file=seedbed\.yaml,line=5,title=a holds::/m);
    expect(code).toBe(0);
    listed = JSON.stringify({ data: [{ id: 'm', shutdown_date: '2027-01-27' }] });
    expect((await aFolder(remote).seedbed('check', { env: outside })).printed).not.toContain('shut down');
    listed = '{"data":[]}';
  });

  it('whose answers all come from a cache leaves nothing to judge: 3', async () => {
    answer = () => ({ status: 200, headers: { 'x-cache': 'HIT' }, body: completion('yes') });
    const { code, printed } = await aFolder(remote).seedbed('check', { env: env() });
    expect(printed).toContain('were answered from a cache.');
    expect(code).toBe(3);
  });

  it('that repeats the key in what it says does not get it into anything that is written or said', async () => {
    answer = () => ({ status: 400, body: JSON.stringify({ error: { message: `Bad request with ${key}` } }) });
    const folder = aFolder(remote);
    const { printed, told } = await folder.seedbed('check --junit j.xml --summary s.md --json', { env: env() });
    const files = ['j.xml', 's.md', '.seedbed/seedbed.yaml/a.json'].map((name) =>
      readFileSync(join(folder.cwd, name), 'utf8'),
    );
    expect(files[2]).toContain('Bad request with');
    for (const text of [printed, told, ...files]) expect(text).not.toContain(key);
  });

  it('is asked as often as is typed, and retries are counted apart from failures', async () => {
    answer = () => ({ status: 429, headers: { 'retry-after-ms': '1' }, body: '{}' });
    const before = asked.length;
    const { printed } = await aFolder(remote).seedbed('check --runs 6 --retries 1 --json', { env: env() });
    expect(asked.length - before).toBe(12);
    expect(report(printed).cases[0]).toMatchObject({
      outcome: 'not-judged',
      runs: { made: 6, compared: 0, retries: 6 },
    });
  });

  it('goes on from its own runs only, not from those of another address', async () => {
    answer = () => ({ status: 200, body: completion('yes') });
    const folder = aFolder(remote);
    const callsOf = async (line: string, address: string) => {
      const before = asked.length;
      await folder.seedbed(line, { env: { ...env(), OPENAI_BASE_URL: address } });
      return asked.length - before;
    };
    const { OPENAI_BASE_URL: address } = env();
    expect(await callsOf('check --runs 5', address)).toBe(5);
    expect(await callsOf('check --runs 8 --resume', address)).toBe(3);
    expect(await callsOf('check --runs 9 --resume', address.replace('/v1', '/other/v1'))).toBe(9);
  });

  it('is asked on after a stop for what the next planned look needs, which is no look more', async () => {
    const folder = aFolder(
      suite(
        '{ id: a, provider: openai, prompt: Hi, request: { model: m }, demands: [{ kind: matches, pattern: yes }] }',
      ),
    );
    const check = async (typed: string, stopAt = 0) => {
      const stop = new AbortController();
      answer = () => {
        if (asked.length === stopAt) stop.abort();
        return { status: 200, body: completion(asked.length <= 9 ? 'yes' : 'no') };
      };
      const typedAll = `check --until-decided 100 -j 1 --json ${typed}`;
      const { printed } = await folder.seedbed(typedAll, { env: env(), signal: stop.signal });
      return JSON.parse(printed).cases;
    };
    asked.length = 0;
    expect(await check('', 20)).toMatchObject([
      {
        ...{ outcome: 'not-judged', judgedBefore: null },
        said: expect.stringContaining(
          'It was stopped before it could be judged. Run 20 was stopped. 80 runs were not sent.',
        ),
        runs: { planned: 100, made: 20, compared: 19, stopped: 1, saved: 0, unsent: 80 },
      },
    ]);
    // Nineteen would do to see that it fails. They were not planned to be looked at.
    expect(await check('--resume')).toMatchObject([
      { outcome: 'fails', judgedBefore: null, runs: { made: 25, compared: 25, saved: 75, unsent: 0 } },
    ]);
  });

  it('says of a judged case that it was given more runs, though a stop came between', async () => {
    const folder = aFolder(suite('{ id: a, provider: openai, prompt: Hi, request: { model: m } }'));
    const stop = new AbortController();
    answer = () => {
      if (asked.length === 20) stop.abort();
      return { status: 200, body: completion('yes') };
    };
    asked.length = 0;
    const check = async (typed: string, { signal } = new AbortController()) =>
      JSON.parse((await folder.seedbed(`check -j 1 --json ${typed}`, { env: env(), signal })).printed).cases;
    expect(await check('--runs 8')).toMatchObject([{ judgedBefore: null, runs: { compared: 8 } }]);
    expect(await check('--runs 40 --resume', stop)).toMatchObject([{ outcome: 'not-judged' }]);
    expect(await check('--runs 40 --resume')).toMatchObject([{ judgedBefore: 8, runs: { compared: 40 } }]);
  });

  it('has as many calls under way as is typed, and no more', async () => {
    const held: ServerResponse[] = [];
    const numbers: number[] = [];
    const holding = createServer((request, response) => {
      request.resume().on('end', () => {
        if (request.method === 'GET') return response.writeHead(404).end();
        held.push(response);
        // As soon as two wait, all that wait are answered: one at a time would wait for ever.
        if (held.length < 2) return;
        numbers.push(held.length);
        for (const each of held.splice(0)) each.setHeader('content-type', 'application/json').end(completion('yes'));
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => holding.once('listening', resolve));
    const baseUrl = `http://127.0.0.1:${(holding.address() as AddressInfo).port}/v1`;
    const { printed } = await aFolder(remote).seedbed('check --runs 6 -j 2 --json', {
      env: { ...env(), OPENAI_BASE_URL: baseUrl },
    });
    holding.close();
    expect(report(printed).cases[0]).toMatchObject({ runs: { compared: 6 } });
    expect(numbers).toEqual([2, 2, 2]);
  });

  it('that does not answer in time has failed runs', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const baseUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/v1`;
    const { printed, code } = await aFolder(remote).seedbed('check --runs 2 --timeout 1', {
      env: { ...env(), OPENAI_BASE_URL: baseUrl },
    });
    silent.close();
    silent.closeAllConnections();
    expect(printed).toMatch(/Runs 1, 2 failed: /);
    expect(code).toBe(3);
  });

  it.each([
    ['0.50usd', 'What m costs is not known here: write it into the suite under prices'],
    ['0tok', '--budget must be tokens or dollars'],
    ['5eur', '--budget must be tokens or dollars'],
    ['100', 'Up to 1,200 tokens could be used, more than the budget of 100 tokens. Nothing was sent.'],
  ])('is sent nothing for a budget of %s', async (budget, said) => {
    const before = asked.length;
    const { code, told } = await aFolder(remote).seedbed(['check', '--budget', budget], { env: env() });
    expect(told).toContain(said);
    expect(code).toBe(2);
    expect(asked.length).toBe(before);
  });

  it('has a price in the suite, and what that comes to at the most is held against a budget in dollars', async () => {
    const priced = {
      'seedbed.yaml': remote['seedbed.yaml'].replace('v: 1', 'v: 1\nprices: { m: { input: 1, output: 10 } }'),
    };
    answer = () => ({ status: 200, body: completion('yes') });
    // 40 runs of 10 bytes and 20 tokens: 400 × $1 and 800 × $10 for a million.
    const over = await aFolder(priced).seedbed('check --budget 0.0083usd', { env: env() });
    expect(over.told).toContain('Up to $0.0084 could be used, more than the budget of $0.0083. Nothing was sent.');
    expect(await aFolder(priced).seedbed('check --budget 0.0084usd', { env: env() })).toMatchObject({ code: 0 });
  });

  it('is asked within a budget for what is missing only, when a check goes on', async () => {
    answer = () => ({ status: 200, body: completion('yes') });
    const folder = aFolder(remote);
    await folder.seedbed('check --runs 5', { env: env() });
    // A run is 10 bytes and 20 tokens.
    const { told } = await folder.seedbed('check --runs 8 --budget 90tok', { env: env() });
    expect(told).toContain('Up to 240 tokens could be used');
    expect(await folder.seedbed('check --runs 8 --budget 90tok --resume', { env: env() })).toMatchObject({ code: 4 });
  });

  it('is sent nothing that is over the budget, and nothing whose cost nobody knows', async () => {
    const before = asked.length;
    const folder = aFolder(suite('{ id: a, provider: openai, prompt: Hi, request: { model: m } }'));
    expect((await folder.seedbed('check --budget 100tok', { env: env() })).told).toContain(
      'Up to 1,200 tokens could be used',
    );
    const open = aFolder({
      'seedbed.yaml': 'v: 1\ncases: [{ id: a, provider: openai, prompt: Hi, request: { model: m } }]',
    });
    expect((await open.seedbed('check --budget 100', { env: env() })).told).toContain(
      'every case needs max_completion_tokens',
    );
    expect(asked.length).toBe(before);
  });
});
