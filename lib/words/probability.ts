import type { Probability } from '@/lib/compare/measure/probability';

/**
 * A probability in whole per cent, a range where runs tell more than rounding hides: "41 %", "38–41 %", "under 1 %".
 * Never 0 of what can be, nor 100 of what need not.
 */
export function sayProbability({ low, high }: Probability): string {
  const [from, to] = [sayPercent(low), sayPercent(high)];
  return from === to ? `${from} %` : `${from}–${to} %`;
}

function sayPercent(probability: number): string {
  const percent = Math.round(100 * probability);
  if (percent === 0) return 'under 1';
  return percent === 100 && probability < 1 ? 'over 99' : String(percent);
}
