import { describe, expect, it } from 'vitest';
import { aRecipe, ended, endedWith, failed } from '@/lib/run/records.fixture';
import { judgeExpected } from './expected';
import { judgeRuns } from './judge';
import { toneOf } from './verdict';

const recipe = aRecipe({ repeats: 3 });

describe('the verdict on runs against an expected text', () => {
  it('names those that give it, and has the verdict among themselves', () => {
    const runs = [...endedWith('yes', 'no', 'yes'), failed(4, 'stalled', 'yes')];
    expect(judgeExpected(recipe, runs, 'yes')).toEqual({
      kind: 'expected',
      mode: 'exact',
      matching: [1, 3],
      compared: 3,
      among: judgeRuns(recipe, runs),
    });
  });

  it('goes by the mode', () => {
    const runs = endedWith('Yes.', 'yes', 'no');
    expect(judgeExpected(recipe, runs, 'YES', 'case-punctuation')).toMatchObject({ matching: [1, 2] });
    expect(judgeExpected(recipe, endedWith('a', 'a'), 'a', 'json')).toMatchObject({ matching: [] });
    expect(judgeExpected(recipe, endedWith('x 4', '5'), '4', 'answer', {})).toMatchObject({ matching: [1] });
  });

  it('is good news only where all of them give it', () => {
    expect(toneOf(judgeExpected(recipe, endedWith('yes', 'yes'), 'yes'))).toBe('same');
    expect(toneOf(judgeExpected(recipe, endedWith('no', 'no'), 'yes'))).toBe('differ');
    expect(toneOf(judgeExpected(recipe, [ended(1, 'yes')], 'yes'))).toBe('same');
  });

  it('is the plain one where no run is compared', () => {
    expect(judgeExpected(recipe, [failed(1, 'stalled')], 'yes').kind).toBe('nothing-compared');
  });
});
