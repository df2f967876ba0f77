import { describe, expect, it } from 'vitest';
import type { Option } from './moment';
import { listFewer, listMore, tokensInAll } from './options';

const option = (token: string, probability: number, chance: number | null = probability): Option => ({
  token,
  probability,
  chance,
});
const list = {
  options: [option('a', 0.5), option('b', 0.25), option('c', 0.125)],
  rest: { tokens: 2437, probability: 0.125, chance: 0.125 },
};

describe('a list of options', () => {
  it('has as many tokens in all, however many of them are named', () => {
    const longer = listMore(list, [option('b', 0.25), option('z', 0.0625), option('z', 0.0625)]);
    expect(longer.options.map(({ token }) => token).join('')).toBe('abcz');
    expect(longer.rest).toEqual({ tokens: 2436, probability: 0.0625, chance: 0.0625 });
    const shorter = listFewer(longer, 1, new Set(['z']));
    expect(shorter.options.map(({ token }) => token).join('')).toBe('az');
    expect(shorter.rest).toEqual({ tokens: 2438, probability: 0.4375, chance: 0.4375 });
    expect([list, longer, shorter].map(tokensInAll)).toEqual([2440, 2440, 2440]);
  });

  it('does not count what the model cannot write', () => {
    expect(tokensInAll(listMore(list, [option(' zyzzyva', 0)]))).toBe(2440);
  });

  it('leaves unknown what is not known', () => {
    const reported = { options: [option('a', 0.5, null)], rest: { tokens: null, probability: 0.5, chance: null } };
    expect(listMore(reported, [option('b', 0.25, null)]).rest).toEqual({
      tokens: null,
      probability: 0.25,
      chance: null,
    });
    expect(tokensInAll(reported)).toBeNull();
  });
});
