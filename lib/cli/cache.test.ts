import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder } from './world.fixture';

const suiteOf = (request: string, more = '') => ({
  'seedbed.yaml': `v: 1
${more}cases:
  - id: haiku
    prompt: Write a haiku about spring.
    runs: 6
    request: { model: seedling-1, temperature: 1, max_completion_tokens: 20, ${request} }
`,
});
const seeded = suiteOf('seed: 7');
const drawn = suiteOf('seed: null');
const cacheOf = ({ cwd }: { cwd: string }) =>
  readdirSync(join(cwd, '.seedbed-cache')).filter((name) => name.endsWith('.json'));
const later = { now: () => new Date('2026-12-27T12:00:00Z') };

describe('seedbed check --cache', () => {
  it('keeps nothing unless it is asked to', async () => {
    const folder = aFolder(seeded);
    await folder.seedbed('check');
    expect(existsSync(join(folder.cwd, '.seedbed-cache'))).toBe(false);
  });

  it('takes what is kept in place of calls, marks it everywhere, and judges nothing by it: 3', async () => {
    const folder = aFolder(seeded);
    const first = await folder.seedbed('check --cache --json');
    expect(first).toMatchObject({ code: 4, printed: expect.stringContaining('"cached": 0,') });
    expect(cacheOf(folder)).toHaveLength(6);
    const again = await folder.seedbed('check --cache --junit j.xml --summary s.md');
    expect(again.code).toBe(3);
    expect(again.printed).toContain(
      '– not judged haiku  No run has a text that counts. Runs 1, 2, 3, 4, 5, 6 were answered from a cache.',
    );
    expect(readFileSync(join(folder.cwd, 'j.xml'), 'utf8')).toContain('<property name="cached" value="6"/>');
    expect(readFileSync(join(folder.cwd, 's.md'), 'utf8')).toContain('were answered from a cache');
    expect(readFileSync(join(folder.cwd, '.seedbed/seedbed.yaml/haiku.json'), 'utf8')).toContain('"cached":true');
    const { printed } = await folder.seedbed('check --cache --json');
    expect(printed).toContain('"cached": 6,');
    expect(printed).toContain('"compared": 0,');
  });

  it('counts only runs that were made where the cache has a part of them', async () => {
    const folder = aFolder(seeded);
    await folder.seedbed('check --cache --runs 6');
    const { printed, code } = await folder.seedbed('check --cache --runs 50');
    expect(printed).toContain('✓ holds haiku  44 of 44 runs are equal');
    expect(printed).toContain('Runs 1, 2, 3, 4, 5, 6 were answered from a cache.');
    expect(code).toBe(0);
  });

  it('keeps another request, and another repeat, apart', async () => {
    const folder = aFolder(seeded);
    await folder.seedbed('check --cache --runs 2');
    writeFileSync(join(folder.cwd, 'seedbed.yaml'), suiteOf('seed: 8')['seedbed.yaml']);
    const { printed } = await folder.seedbed('check --cache --runs 3 --json');
    expect(printed).toContain('"cached": 0,');
    expect(cacheOf(folder)).toHaveLength(5);
  });

  it('is asked for by a suite, and can be left out all the same', async () => {
    const folder = aFolder(suiteOf('seed: 7', 'cache: true\n'));
    await folder.seedbed('check');
    expect(await folder.seedbed('check')).toMatchObject({ code: 3 });
    expect(await folder.seedbed('check --no-cache')).toMatchObject({ code: 4 });
    expect(await folder.seedbed('check --cache --no-cache')).toMatchObject({ code: 2 });
  });

  it('asks again where a file is damaged', async () => {
    const folder = aFolder(seeded);
    await folder.seedbed('check --cache');
    for (const name of cacheOf(folder).slice(0, 2)) writeFileSync(join(folder.cwd, '.seedbed-cache', name), '{');
    expect((await folder.seedbed('cache ls')).printed.match(/ is damaged, and counts as none/g)).toHaveLength(2);
    expect((await folder.seedbed('check --cache --json')).printed).toContain('"cached": 4,');
  });
});

describe('seedbed cache', () => {
  it('lists requests with how many answers they have', async () => {
    const folder = aFolder(seeded);
    expect((await folder.seedbed('cache ls')).printed).toBe('0 answers to 0 requests, 0 bytes.\n');
    await folder.seedbed('check --cache');
    const { printed } = await folder.seedbed('cache ls');
    expect(printed).toContain(
      'seedling-1, inside this program: “Write a haiku about spring.”, 6 answers, the oldest of 2026-11-27',
    );
    expect(printed).toMatch(/6 answers to 1 request, \d+ KiB\./);
    expect(JSON.parse((await folder.seedbed('cache ls --json')).printed)).toMatchObject({
      ...{ format: 'seedbed-cache', v: 1, answers: 6 },
      requests: [{ answers: 6 }],
    });
  });

  it('removes what is older, or all', async () => {
    const folder = aFolder(seeded);
    await folder.seedbed('check --cache');
    expect((await folder.seedbed('cache prune --older-than 30')).printed).toBe('0 answers removed, 6 left.\n');
    expect((await folder.seedbed('cache prune --older-than 29', later)).printed).toBe('6 answers removed, 0 left.\n');
    await folder.seedbed('check --cache');
    expect((await folder.seedbed('cache prune --all')).printed).toBe('6 answers removed, 0 left.\n');
    expect(cacheOf(folder)).toHaveLength(0);
  });

  it('says that the texts of a seed would still come: 0', async () => {
    const folder = aFolder(seeded);
    await folder.seedbed('check --cache --runs 50');
    const { printed, code } = await folder.seedbed('cache verify');
    expect(printed).toBe(
      'seedling-1, “Write a haiku about spring.”: 40 of 40 came again.\n' +
        '40 of 40 cached texts came again: 91.1–100 %, and 90 % are wanted. The cache says what the model would still say.\n',
    );
    expect(code).toBe(0);
  });

  it('says that those of a model that draws would not: 1', async () => {
    const folder = aFolder(drawn);
    await folder.seedbed('check --cache --runs 12');
    const { printed, code } = await folder.seedbed('cache verify --json');
    expect(JSON.parse(printed)).toMatchObject({ format: 'seedbed-cache-verified', outcome: 'fails', asked: 12 });
    expect(code).toBe(1);
  });

  it('says so where a sample is too small to tell: 4', async () => {
    const folder = aFolder(seeded);
    await folder.seedbed('check --cache');
    const { printed, code } = await folder.seedbed('cache verify --sample 3');
    expect(printed).toContain('Too few to tell: 36 would do if all of them came.');
    expect(code).toBe(4);
  });

  it.each([
    'cache',
    'cache rm',
    'cache prune',
    'cache prune --all --older-than 3',
    'cache verify',
    'cache verify --share 1',
  ])('ends with 2 for `%s` of an empty cache', async (line) => {
    const { code, told } = await aFolder().seedbed(line);
    expect({ code, told: told.split('\n').length }).toEqual({ code: 2, told: 2 });
  });
});
