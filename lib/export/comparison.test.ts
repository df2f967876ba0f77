import fc from 'fast-check';
import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { Comparison } from '@/lib/api/comparison';
import { cases } from '@/lib/cases.fixture';
import { type EqualityMode, equalityModes } from '@/lib/compare/align/equality';
import { compareRuns } from '@/lib/compare/comparison';
import { aRecipe, ended, endedWith, failed, queued } from '@/lib/run/records.fixture';
import { toComparison } from './comparison';

const recipe = aRecipe({ repeats: 5 });

describe('the comparison of an answer', () => {
  it('has the facts, with the verdict and the left-out runs in words', () => {
    const runs = [...endedWith('the cat sat', 'the cat ran', 'the cat sat'), failed(4, 'rate_limited')];
    const found = compareRuns(recipe, runs);
    expect(toComparison(recipe, runs)).toEqual({
      ...found,
      leftOut: [{ run: 4, why: 'failed: rate limit.' }],
      verdict: '2 of 3 finished runs identical, 2 variants. First difference at word 3. Run 4 failed: rate limit.',
    });
    expect(found.facts).toMatchObject({ kind: 'differ', compared: 3, planned: 4 });
  });

  it('is under the mode that is asked for, and names it', () => {
    expect(toComparison(recipe, endedWith('a.', 'A'), 'case-punctuation')).toMatchObject({
      mode: 'case-punctuation',
      verdict: '2 of 2 runs identical, ignoring case and punctuation.',
      facts: { kind: 'identical', exactTexts: 2 },
    });
  });

  it('fits its shape, whatever the runs are', () => {
    const run = fc.tuple(
      fc.constantFrom('', 'a', 'a b', 'a  b', 'A b.', '{"a":1}', 'so 4'),
      fc.constantFrom('stop', 'stop', 'length', 'aborted', 'refusal', 'tool_calls', 'failed', 'queued'),
    );
    fc.assert(
      fc.property(fc.array(run, { maxLength: 6 }), fc.constantFrom<EqualityMode>(...equalityModes), (list, mode) => {
        const runs = list.map(([text, finish], index) => {
          if (finish === 'failed') return failed(index + 1, 'stalled', text);
          return finish === 'queued' ? queued(index + 1) : ended(index + 1, text, { finish });
        });
        const comparison = toComparison(recipe, runs, mode);
        expect(parse(Comparison, JSON.parse(JSON.stringify(comparison)))).toEqual(comparison);
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });
});
