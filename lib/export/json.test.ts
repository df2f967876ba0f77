import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { recipeHash } from '@/lib/recipe/hash';
import { aRecipe, aSaved, ended, failed, queued } from '@/lib/run/records.fixture';
import { toComparison } from './comparison';
import { parseExport, toJson } from './json';
import { anySaved } from './saved.fixture';

const fileOf = (saved = aSaved()): Record<string, unknown> => JSON.parse(toJson(saved, '0.1.0'));
const problemOf = (input: unknown) => {
  const parsed = parseExport(input);
  return parsed.ok ? null : parsed.error;
};

describe('an experiment as JSON', () => {
  it('says what it is, what wrote it, and how the texts compare', () => {
    const saved = aSaved({ title: 'Cats', parent: 'parent00' });
    expect(fileOf(saved)).toEqual({
      format: 'seedbed-experiment',
      v: 1,
      exportedBy: { name: 'seedbed', version: '0.1.0' },
      id: 'k3f9x2ab',
      title: 'Cats',
      createdAt: '2026-03-12T14:05:09.123Z',
      origin: 'run',
      parent: 'parent00',
      recipe: saved.recipe,
      recipeHash: recipeHash(saved.recipe),
      runs: saved.runs,
      comparison: toComparison(saved.recipe, saved.runs),
    });
  });

  it('can be read by people: one field a line, a line break at the end', () => {
    expect(toJson(aSaved(), '0.1.0')).toMatch(/^\{\n {2}"format": "seedbed-experiment",\n {2}"v": 1,\n[\s\S]*\n\}\n$/);
  });

  it('has each arm in one line', () => {
    const file = toJson(aSaved({ recipe: aRecipe({ arms: [{ set: { seed: 1 } }, { set: { seed: 2 } }] }) }), '0.1.0');
    expect(file).toContain('\n    "arms": [\n      {"set":{"seed":1}},\n      {"set":{"seed":2}}\n    ]\n  },\n');
  });

  it('can be read back as it was, but for being shared', () => {
    fc.assert(
      fc.property(anySaved, (saved) => {
        expect(parseExport(fileOf(saved))).toEqual({ ok: true, value: { ...saved, sharedAt: null } });
      }),
      { seed: 1, numRuns: cases(200) },
    );
  });

  it('ignores a comparison that somebody wrote into it', () => {
    const parsed = parseExport({ ...fileOf(), comparison: { verdict: 'All identical!' }, recipeHash: 'x' });
    expect(parsed).toEqual({ ok: true, value: aSaved() });
  });

  it('has no address with a secret or a command in it', () => {
    const bringing = (origin: string, path: string) =>
      problemOf({ ...fileOf(), runs: [{ ...ended(1, 'x'), endpoint: { origin, path } }] });
    expect(bringing('http://127.0.0.1:8281', '/v1')).toBeNull();
    for (const [origin, path] of [
      ['http://anna:secret@127.0.0.1', '/v1'],
      ['http://127.0.0.1', '/v1?key=secret'],
      ['http://127.0.0.1', '/v1\nrm -rf /'],
    ] as const)
      expect(bringing(origin, path)?.param).toMatch(/^runs\.0\.endpoint/);
  });

  it('may lack runs of the plan', () => {
    const runs = [ended(2, 'the dog')];
    expect(parseExport({ ...fileOf(), runs })).toEqual({
      ok: true,
      value: aSaved({ runs, recipe: aRecipe({ repeats: 2 }) }),
    });
  });
});

describe('an export that is refused', () => {
  it('is newer than this program', () => {
    const message = 'This file was made by a newer version of Seedbed.';
    expect(problemOf({ ...fileOf(), v: 2, runs: 'anything' })).toEqual({ code: 'invalid_import', message, param: 'v' });
  });

  it.each([
    ['format', { format: 'other' }],
    ['v', { v: 0 }],
    ['id', { id: 'x'.repeat(201) }],
    ['title', { title: 5 }],
    ['createdAt', { createdAt: 'yesterday' }],
    ['origin', { origin: 'oracle' }],
    ['runs', { runs: undefined }],
    ['runs.1.text', { runs: [ended(1, 'x'), { ...ended(2, 'x'), text: null }] }],
    ['runs.0.status', { runs: [{ ...ended(1, 'x'), status: 'perfect' }] }],
    ['runs.0.error', { runs: [{ ...failed(1, 'stalled'), error: undefined }] }],
    [
      'runs.0.usage.total_tokens',
      { runs: [ended(1, 'x', { usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: -1 } })] },
    ],
  ])('has a wrong %s, which the error names', (param, change) => {
    const message = `This is no whole export of an experiment: ${param} is missing or not as it must be.`;
    expect(problemOf({ ...fileOf(), ...change })).toEqual({ code: 'invalid_import', message, param });
  });

  it.each([null, 5, 'text', []])('is no object: %j', (input) => {
    expect(problemOf(input)?.message).toBe(
      'This is no whole export of an experiment: the file is missing or not as it must be.',
    );
  });

  it.each([
    ['recipe.repeats', { ...aRecipe(), repeats: 0 }, 'repeats must be a whole number from 1 to 1000.'],
    ['recipe', 5, 'A recipe must be a JSON object.'],
    ['recipe.request.n', { ...aRecipe(), request: { ...aRecipe().request, n: 2 } }, 'Unknown field: request.n.'],
  ])('has a recipe that is refused: %s', (param, recipe, said) => {
    const message = `The recipe in this file cannot be used (${param}): ${said}`;
    expect(problemOf({ ...fileOf(), recipe })).toEqual({ code: 'invalid_import', message, param });
  });

  it.each([
    ['a run too many', [ended(3, 'x')], 'Run 3 is not among the 2 runs of the recipe.'],
    ['a run twice', [ended(1, 'x'), queued(1)], 'Run 1 is there twice.'],
    ['a run with another seed', [ended(1, 'x', { seed: 7 })], 'Run 1 is not the one that the recipe asks for.'],
    ['a run of another model', [ended(1, 'x', { model: 'y' })], 'Run 1 is not the one that the recipe asks for.'],
    ['a run of another arm', [ended(2, 'x', { arm: 1 })], 'Run 2 is not the one that the recipe asks for.'],
  ])('has %s', (_, runs, message) => {
    expect(problemOf({ ...fileOf(), runs })).toEqual({ code: 'invalid_import', message, param: 'runs' });
  });
});
