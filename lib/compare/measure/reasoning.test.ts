import { describe, expect, it } from 'vitest';
import { ended, failed, running } from '@/lib/run/records.fixture';
import { findReasoning, sameReasoning } from './reasoning';

const reasoned = (run: number, text: string, reasoning: string) => ended(run, text, { reasoning });

describe('reasoning', () => {
  it('is counted apart from the answers', () => {
    expect(findReasoning([reasoned(1, 'Yes.', 'Well.'), reasoned(2, 'Yes.', 'So.'), ended(3, 'Yes.')])).toEqual({
      runs: 2,
      texts: 2,
    });
    expect(findReasoning([ended(1, 'Yes.')])).toBeNull();
  });

  it('names the first run with the very same', () => {
    const runs = [
      reasoned(1, 'Yes.', 'Well.'),
      reasoned(2, 'No.', 'So.'),
      reasoned(3, 'No.', 'Well.'),
      ended(4, ''),
      { ...failed(5, 'stalled'), reasoning: 'So.' },
      { ...running(6, ''), reasoning: 'So.' },
    ];
    expect([...sameReasoning(runs)]).toEqual([
      [3, 1],
      [5, 2],
    ]);
  });
});
