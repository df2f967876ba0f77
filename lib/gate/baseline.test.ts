import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anEndpoint, aRecipe, aRequest, ended, endedWith, failed } from '@/lib/run/records.fixture';
import { readBaseline, requestHash, toBaseline, writeBaseline } from './baseline';

const at = '2026-11-27T12:00:00.000Z';
const recipe = aRecipe({ repeats: 3, request: aRequest({ seed: 7 }) });
const baseline = toBaseline(
  recipe,
  [
    ended(1, 'no', { fingerprints: ['fp_1'], endpoint: anEndpoint }),
    ended(2, 'yes', { fingerprints: ['fp_2'] }),
    ended(3, 'yes'),
  ],
  at,
);

describe('a baseline', () => {
  it('holds the request, its hash, and the texts that count, most common first', () => {
    expect(baseline).toMatchObject({
      ...{ format: 'seedbed-baseline', v: 1, acceptedAt: at, provider: 'seedling' },
      request: { model: 'seedling-1', seed: 7 },
      requestHash: requestHash(recipe),
      addresses: ['http://127.0.0.1:8281/v1'],
      fingerprints: ['fp_1', 'fp_2'],
      texts: [
        { runs: 2, text: 'yes' },
        { runs: 1, text: 'no' },
      ],
    });
  });

  it('is not made of runs without a text', () => {
    expect(toBaseline(recipe, [failed(1, 'rate_limited'), ended(2, '')], at)).toBeNull();
  });

  it('is for a request however often, and in which way, it is made', () => {
    expect(requestHash({ ...recipe, repeats: 9, dispatch: 'sequential' })).toBe(requestHash(recipe));
    expect(requestHash({ ...recipe, request: { ...recipe.request, seed: 8 } })).not.toBe(requestHash(recipe));
  });

  it('comes back from its file as it was', () => {
    const texts = fc.array(fc.string({ minLength: 1, unit: 'binary' }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(texts, (list) => {
        const made = toBaseline(recipe, endedWith(...list), at);
        const read = made && readBaseline(writeBaseline(made));
        expect(read).toEqual({ ok: true, value: made });
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });
});

describe('a file that is no baseline', () => {
  const file = baseline ? writeBaseline(baseline) : '';
  const lineOf = (text: string) => file.slice(0, file.indexOf(text)).split('\n').length;

  it.each([
    ['another request than its hash says', '"seed": 7', '"seed": 8', 'requestHash', 'other-hash', '"requestHash"'],
    ['a text that is none', '"text": "yes"', '"text": 3', 'texts.0.text', 'wrong-type', '"text": "yes"'],
    ['a field that is unknown', '"acceptedAt"', '"x": 1, "acceptedAt"', 'x', 'unknown-field', '"acceptedAt"'],
    ['a time that is none', at, 'yesterday', 'acceptedAt', 'not-a-time', '"acceptedAt"'],
    ['a request that is none', '"seed": 7', '"seed": "x"', 'request.seed', 'recipe', '"seed"'],
    ['another format', 'seedbed-baseline', 'other', 'format', 'not-one-of', '"format"'],
  ])('is told with line and field: %s', (_, from, to, field, kind, place) => {
    const read = readBaseline(file.replace(from, to));
    expect(read).toMatchObject({ ok: false, error: [{ line: lineOf(place), field, fault: { kind } }] });
  });

  it('is told wherever it breaks off', () => {
    for (let length = 0; length < file.trimEnd().length; length += 7) {
      const read = readBaseline(file.slice(0, length));
      expect(read.ok ? [] : read.error.map(({ line }) => line > 0)).toEqual([true]);
    }
  });
});
