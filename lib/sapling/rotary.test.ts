import { expect, it } from 'vitest';
import { anglesOf } from './rotary';

it('the angles of all places are those of the formula', () => {
  const config = { vocabulary: 8, context: 512, width: 256, layers: 1, heads: 8, hidden: 8 };
  const { cosines, sines } = anglesOf({ ...config, rotary_base: 10_000, epsilon: 1e-5 });
  for (let place = 0; place < 512; place++)
    for (let pair = 0; pair < 16; pair++) {
      const angle = place * 10_000 ** (-pair / 16);
      expect(cosines[place * 16 + pair]).toBeCloseTo(Math.cos(angle), 7);
      expect(sines[place * 16 + pair]).toBeCloseTo(Math.sin(angle), 7);
    }
});
