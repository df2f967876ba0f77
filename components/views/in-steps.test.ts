import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepOn } from './in-steps';

describe('a list drawn in steps', () => {
  it('goes on by what weighs at most as much as a step may', () => {
    expect(stepOn([9, 9, 9, 2, 2], 0, 20)).toBe(2);
    expect(stepOn([9, 9, 9, 2, 2], 2, 20)).toBe(5);
    expect(stepOn([9, 9], 2, 20)).toBe(2);
  });

  it('goes on by one item that alone weighs more', () => {
    expect(stepOn([50, 1], 0, 20)).toBe(1);
  });

  it('comes to its end, each step but for single items within what a step may', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 }), (weights) => {
        let drawn = 0;
        for (let steps = 0; steps < weights.length && drawn < weights.length; steps++) {
          const next = stepOn(weights, drawn, 20);
          const weight = weights.slice(drawn, next).reduce((sum, each) => sum + each, 0);
          expect(next).toBeGreaterThan(drawn);
          expect(weight <= 20 || next === drawn + 1).toBe(true);
          drawn = next;
        }
        expect(drawn).toBe(weights.length);
      }),
    );
  });
});
