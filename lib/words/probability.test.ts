import { describe, expect, it } from 'vitest';
import { sayProbability } from './probability';

describe('the words for a probability', () => {
  it.each([
    [0.41, 0.41, '41 %'],
    [0.4101, 0.4099, '41 %'],
    [0.38, 0.41, '38–41 %'],
    [0.001, 0.001, 'under 1 %'],
    [0.001, 0.04, 'under 1–4 %'],
    [0.999, 0.999, 'over 99 %'],
    [1, 1, '100 %'],
  ])('from %d to %d are "%s"', (low, high, said) => {
    expect(sayProbability({ low, high })).toBe(said);
  });
});
