import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseImport } from '@/lib/export/import';
import { toJson } from '@/lib/export/json';
import { aRecipe, aSaved, ended } from '@/lib/run/records.fixture';
import { aFolder } from './world.fixture';

const words = ['run', '--prompt', 'Write a haiku about spring.', '--seed', '7', '--max-completion-tokens', '20'];
const experiment = (text: string) => {
  const read = parseImport(text, { fileName: 'x.json' });
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
};

describe('seedbed', () => {
  it('lists its commands, and the options of each', async () => {
    const { seedbed } = aFolder();
    expect((await seedbed('')).printed).toContain('  check     run a suite, and say');
    expect((await seedbed('--version')).printed).toBe('0.0.0\n');
    for (const name of [
      'init',
      'check',
      'accept',
      'run',
      'replay',
      'compare',
      'probe',
      'import',
      'export',
      'serve',
      'cache',
      'doctor',
    ])
      expect(await seedbed(`${name} --help`)).toMatchObject({
        code: 0,
        printed: expect.stringContaining(`seedbed ${name}`),
      });
  });
});

describe('--json', () => {
  const suite = `v: 1
cases:
  - { id: a, prompt: Hi, runs: 2, request: { model: seedling-1, seed: 7, max_completion_tokens: 4 }, demands: [{ kind: baseline, file: b.json }] }
`;
  it.each([
    ['init other', 'seedbed-init'],
    ['run recipe.json', 'seedbed-experiment'],
    ['check', 'seedbed-check'],
    ['accept', 'seedbed-accept'],
    ['replay a.json', 'seedbed-replay'],
    ['compare a.json a.json', 'seedbed-replay'],
    ['probe seedling-1', 'seedbed-probe'],
    ['import texts.txt -o b.json', 'seedbed-imported'],
    ['export a.json --to batch -o batch.jsonl', 'seedbed-exported'],
    ['cache ls', 'seedbed-cache'],
    ['cache prune --all', 'seedbed-cache-pruned'],
    ['cache verify', 'seedbed-cache-verified'],
    ['doctor', 'seedbed-doctor'],
  ])('has `%s` print one value, %s', async (line, format) => {
    const recipe = {
      v: 1,
      provider: 'seedling',
      repeats: 2,
      request: { model: 'seedling-1', seed: 7, max_completion_tokens: 4, messages: [{ role: 'user', content: 'Hi' }] },
    };
    const folder = aFolder({ 'seedbed.yaml': suite, 'texts.txt': 'yes', 'recipe.json': JSON.stringify(recipe) });
    const home = aFolder({ 'seedbed.schema.json': '{}' }).cwd;
    await folder.seedbed('run recipe.json -o a.json');
    await folder.seedbed('check --cache');
    const { printed, code } = await folder.seedbed(`${line} --json`, {
      home: line.startsWith('init') ? home : process.cwd(),
    });
    expect(JSON.parse(printed)).toMatchObject({ format, v: 1 });
    expect(code).not.toBe(2);
  });

  it('has accept write nothing without --yes', async () => {
    const folder = aFolder({ 'seedbed.yaml': suite });
    await folder.seedbed('check');
    const { printed } = await folder.seedbed('accept --json');
    expect(JSON.parse(printed)).toMatchObject({
      written: false,
      baselines: [{ id: 'a', file: 'b.json', before: null }],
    });
    expect(existsSync(join(folder.cwd, 'b.json'))).toBe(false);
    expect(JSON.parse((await folder.seedbed('accept --json --yes')).printed)).toMatchObject({ written: true });
    expect(existsSync(join(folder.cwd, 'b.json'))).toBe(true);
  });
});

describe('seedbed init', () => {
  it('writes a suite that holds, and leaves one alone that is there', async () => {
    const folder = aFolder();
    // The schema comes with the program; any text will do here.
    const home = aFolder({ 'seedbed.schema.json': '{}' }).cwd;
    expect(await folder.seedbed('init', { home })).toMatchObject({ code: 0 });
    expect(await folder.seedbed('check')).toMatchObject({ code: 0 });
    expect(await folder.seedbed('init', { home })).toMatchObject({
      code: 2,
      told: 'seedbed.yaml is there already, and is left as it is.\n',
    });
  });
});

describe('a budget without a suite', () => {
  it('is in tokens: nobody knows here what a model costs', async () => {
    const folder = aFolder();
    expect(await folder.seedbed([...words, '--budget', '1usd'])).toMatchObject({
      ...{ code: 2, told: 'What models cost stands in suites: give this budget in tokens.\n' },
    });
    expect(await folder.seedbed([...words, '--budget', '100tok'])).toMatchObject({ code: 2, printed: '' });
    expect(await folder.seedbed([...words, '--budget', '1000'])).toMatchObject({ code: 0 });
  });
});

describe('seedbed serve', () => {
  it('says where the site can be started, if that is not here', async () => {
    const folder = aFolder();
    const { code, told } = await folder.seedbed('serve', { home: join(folder.cwd, 'package') });
    expect(told).toContain('This package holds the command alone.');
    expect(code).toBe(2);
    expect(await folder.seedbed('serve --port 70000')).toMatchObject({
      ...{ code: 2, told: '--port must be a whole number from 0 to 65535, not "70000".\n' },
    });
  });
});

describe('seedbed serve --json', () => {
  /** A checkout whose scripts say these lines. */
  function aCheckout(said: readonly string[]) {
    const folder = aFolder();
    mkdirSync(join(folder.cwd, 'bin'));
    writeFileSync(join(folder.cwd, 'bin/setup.mjs'), 'console.log("Building …")');
    writeFileSync(
      join(folder.cwd, 'bin/start.mjs'),
      `if (process.env.LOG_FORMAT === 'json') for (const line of ${JSON.stringify(said)}) console.log(line);`,
    );
    return () => folder.seedbed('serve --json', { home: join(folder.cwd, 'dist'), env: { ...process.env } });
  }
  const line = (fields: object) => JSON.stringify({ level: 'info', ...fields, message: 'Seedbed' });

  it.each([true, false])(
    'prints where the site listens and whether it is ready (%s), and tells the rest',
    async (ready) => {
      const site = 'http://127.0.0.1:3000';
      const other = line({ method: 'GET' });
      const { code, printed, told } = await aCheckout([line({ site, ready }), other, 'no JSON'])();
      expect(JSON.parse(printed)).toEqual({ format: 'seedbed-serve', v: 1, url: site, ready });
      expect([code, told]).toEqual([0, `Building …\n${other}\nno JSON\n`]);
    },
  );
});

describe('seedbed run', () => {
  it('says whether texts agree, and shows each variant once', async () => {
    const { code, printed } = await aFolder().seedbed([...words, '-n', '3']);
    expect(printed).toMatch(/^A {2}runs 1, 2, 3\n│ /);
    expect(printed).toMatch(/\n3 of 3 runs identical\.\n\d+ words each\./);
    expect(code).toBe(0);
  });

  it('ends with 2, and runs nothing, where its file has no place', async () => {
    const { code, printed, told } = await aFolder().seedbed([...words, '-o', '.']);
    expect({ code, printed }).toEqual({ code: 2, printed: '' });
    expect(told).toContain('cannot be written: it is a folder.');
  });

  it('says what stands behind the verdict', async () => {
    const { printed } = await aFolder().seedbed(['run', '-p', 'Write a haiku about spring.', '-n', '3']);
    expect(printed).toMatch(/No seed was sent, so each run drew its own numbers\.\n$/);
  });

  it('writes an experiment that can be imported, run again and compared', async () => {
    const folder = aFolder();
    await folder.seedbed([...words, '-n', '2', '-o', 'a.json']);
    const { recipe, runs } = experiment(readFileSync(join(folder.cwd, 'a.json'), 'utf8'));
    expect(recipe.request).toMatchObject({ model: 'seedling-1', seed: 7, max_completion_tokens: 20 });
    expect(runs).toMatchObject(Array(2).fill({ exchange: { request: { url: '/v1/chat/completions' } } }));
    const again = await folder.seedbed('replay a.json');
    expect(again.printed).toMatch(/^2 of 2 match the stored text\./);
    expect(again.code).toBe(0);
    expect(await folder.seedbed('compare a.json a.json')).toMatchObject({ code: 0 });
  });

  it('makes the runs of all arms', async () => {
    const messages = [{ role: 'user', content: 'Hi' }];
    const arms = [{ set: { seed: 1 } }, { set: { seed: 2 } }];
    const recipe = { v: 1, provider: 'seedling', request: { model: 'seedling-1', messages }, arms, repeats: 2 };
    const { printed } = await aFolder({ 'recipe.json': JSON.stringify(recipe) }).seedbed('run recipe.json --json');
    expect(experiment(printed).runs.map(({ run, seed }) => [run, seed])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
      [4, 2],
    ]);
  });

  it('takes a recipe from a file', async () => {
    const messages = [{ role: 'user', content: 'Hi' }];
    const recipe = { v: 1, provider: 'seedling', request: { model: 'seedling-1', messages, seed: 1 }, repeats: 2 };
    const folder = aFolder({ 'recipe.json': JSON.stringify(recipe) });
    const { printed } = await folder.seedbed('run recipe.json --json --seed 3');
    expect(experiment(printed)).toMatchObject({ recipe: { ...recipe, request: { ...recipe.request, seed: 3 } } });
  });

  it('keeps a long seed to its last digit, typed or in a file, and imports it so', async () => {
    const seed = '18446744073709551615';
    const messages = '[{"role":"user","content":"Hi"}]';
    const text = `{"v":1,"provider":"seedling","request":{"model":"seedling-1","messages":${messages},"seed":${seed}},"repeats":1}`;
    const folder = aFolder({ 'recipe.json': text });
    const { recipe } = experiment((await folder.seedbed('run recipe.json --json')).printed);
    expect(recipe.request.seed).toBe(seed);
    await folder.seedbed(`run -p Hi --seed=-9223372036854775808 -n 2 -o a.json`);
    expect(experiment(readFileSync(join(folder.cwd, 'a.json'), 'utf8')).recipe.request.seed).toBe(
      '-9223372036854775808',
    );
    expect((await folder.seedbed('replay a.json')).printed).toMatch(/^2 of 2 match the stored text\./);
  });

  it.each([
    ['run', 'The recipe: The prompt is empty'],
    ['run -p Hi --top-p 3', 'The recipe: top_p must be a number from 0 to 1.'],
    ['run -p Hi --provider other --model m', 'there is no provider "other" here'],
    ['run -p Hi --runs 0', '--runs must be a whole number'],
    ['run gone.json', 'gone.json cannot be read'],
  ])('ends with 2 for %s', async (line, said) => {
    expect(await aFolder().seedbed(line)).toMatchObject({ code: 2, told: expect.stringContaining(said) });
  });
});

describe('seedbed compare', () => {
  it('ends with 1 where a run differs, and with 3 where nothing can be compared', async () => {
    const folder = aFolder();
    await folder.seedbed([...words, '-n', '2', '-o', 'a.json']);
    const text = readFileSync(join(folder.cwd, 'a.json'), 'utf8');
    writeFileSync(join(folder.cwd, 'b.json'), text.replace(/"text":"\w+/, '"text":"Other'));
    const differing = await folder.seedbed('compare a.json b.json');
    expect(differing.printed).toContain('1 of 2 matches the stored text; run 1 differs at word 1.');
    expect(differing.code).toBe(1);
    await folder.seedbed(['run', '-p', 'Hi', '-o', 'c.json']);
    expect(await folder.seedbed('compare a.json c.json')).toMatchObject({ code: 3 });
  });
});

describe('seedbed import and export', () => {
  it('writes programs that send what the runs sent, whoever the provider was', async () => {
    const body = '{"model":"m","random_seed":9223372036854775807,"messages":[],"stream":true}';
    const url = 'https://mine.openai.azure.com/openai/v1/chat/completions?api-version=2024-10-21';
    const exchange = { request: { url, headers: { 'api-key': '[key]' }, body }, response: null };
    const saved = aSaved({ recipe: aRecipe({ provider: 'mine' }), runs: [ended(1, 'x', { exchange })] });
    const folder = aFolder({ 'a.json': toJson(saved, '0.0.0') });
    const { printed: curl } = await folder.seedbed('export a.json --to curl');
    expect(curl).toContain('"random_seed": 9223372036854775807');
    expect(curl).toContain("/chat/completions\"'?api-version=2024-10-21'");
    expect(curl).toContain('key_header="api-key: ');
    for (const format of ['python', 'typescript']) {
      const { printed } = await folder.seedbed(`export a.json --to ${format}`);
      for (const part of ['random_seed', '9223372036854775807', '2024-10-21', 'api-key', 'stream'])
        expect(printed).toContain(part);
    }
  });

  it('make an experiment of texts, and other files of an experiment', async () => {
    const folder = aFolder({ 'texts.jsonl': '{"text":"yes"}\n{"text":"no"}\n' });
    expect(await folder.seedbed('import texts.jsonl -p Agreed? -o a.json')).toMatchObject({ code: 0 });
    expect((await folder.seedbed('export a.json --to csv')).printed).toContain('yes');
    expect((await folder.seedbed('export a.json --to markdown -o a.md')).code).toBe(0);
    expect(existsSync(join(folder.cwd, 'a.md'))).toBe(true);
    expect((await folder.seedbed('compare a.json a.json')).printed).toContain('2 of 2 match');
  });

  it.each([
    ['import gone.txt', 'cannot be read'],
    ['import', 'Name one file'],
    ['export a.jsonl', 'Say which format with --to: json, csv, markdown'],
    ['import bad.jsonl', 'Line 2 is not JSON.'],
    ['import half.json', 'half.json:1:'],
  ])('end with 2 for %s', async (line, said) => {
    const folder = aFolder({
      'a.jsonl': '"a"\n"b"',
      'bad.jsonl': '"a"\nb',
      'half.json': '{"format": "seedbed-experiment",',
    });
    expect(await folder.seedbed(line)).toMatchObject({ code: 2, told: expect.stringContaining(said) });
  });
});

describe('seedbed probe', () => {
  it('says what a model makes of the seed, in a dozen calls at most', async () => {
    const { printed, code } = await aFolder().seedbed('probe seedling-1');
    expect(printed).toMatch(/^seed: has an effect\. /im);
    expect(printed).toMatch(/It took \d+ calls\./);
    expect(code).toBe(0);
    const { calls } = JSON.parse((await aFolder().seedbed('probe seedling-1 --json')).printed);
    expect(calls).toBeLessThanOrEqual(12);
  });

  it('ends with 2 for a model that is not known', async () => {
    expect(await aFolder().seedbed('probe other')).toMatchObject({
      code: 2,
      told: expect.stringContaining('seedling has no model "other"'),
    });
  });
});

describe('seedbed doctor', () => {
  it('names each provider, and ends with 1 if one does not answer', async () => {
    const { printed, code } = await aFolder().seedbed('doctor');
    expect(printed).toContain('seedling, inside this program: 6 models');
    expect(code).toBe(0);
    const env = { NODE_ENV: 'test' as const, OPENAI_API_KEY: 'sk-not-told', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' };
    const broken = await aFolder().seedbed('doctor', { env: { ...env, OPENAI_MAX_RETRIES: '0' } });
    expect(broken.printed).toContain('openai, http://127.0.0.1:9/v1: does not list its models');
    expect(broken.printed).not.toContain('sk-not-told');
    expect(broken.code).toBe(1);
  });

  it('ends with 2 where the environment is wrong', async () => {
    const env = { NODE_ENV: 'test' as const, OPENAI_MAX_RETRIES: 'many' };
    expect(await aFolder().seedbed('doctor', { env })).toMatchObject({ code: 2 });
  });
});

describe('what a text cannot do', () => {
  it('is to reach the terminal, or to pass for a command of a workflow', async () => {
    const folder = aFolder({ 'texts.json': JSON.stringify(['\u001b]0;title\u0007a', '::error::b\n::error::c']) });
    await folder.seedbed('import texts.json -o a.json');
    await folder.seedbed('import texts.json -o b.json');
    const suite = 'v: 1\ncases: [{ id: a, prompt: "::error::", request: { model: seedling-1 }, runs: 2 }]';
    writeFileSync(join(folder.cwd, 'seedbed.yaml'), suite);
    const { printed } = await folder.seedbed('check');
    expect(printed).not.toMatch(/^::/m);
    const shown = await folder.seedbed('export a.json --to csv');
    expect(shown.code).toBe(0);
  });
});
