import type { PValue, SeedTest } from '@/lib/compare/measure/seed-test';
import { capital } from './english';
import { sayNumber, sayRounded } from './numbers';

/** What runs with one seed and runs without it show: "The seed has a visible effect here: 100 % of pairs match …". */
export function saySeedTest(test: SeedTest): string {
  const [k, m] = [test.seeded.runs.length, test.unseeded.runs.length];
  switch (test.finding) {
    case 'effect': {
      const surprise = test.temperature === 0 ? ' At temperature 0 that is not expected.' : '';
      return `The seed has a visible effect here: ${sayFigures(test)}.${surprise}`;
    }
    case 'none':
      return `The seed has no visible effect here: ${sayFigures(test)}.`;
    case 'temperature-0':
      return `The seed has no visible effect here: at temperature 0 it can't. ${capital(sayFigures(test))}.`;
    case 'other-text':
      return `The seed changes the text here, not the agreement: the ${k} runs with it are all equal, and so are the ${m} without it, with another text.`;
    case 'too-few':
      return `There are too few runs to tell what the seed does (${sayTooFew(test.bestP, k, m)}).`;
  }
}

/** How the p-value was found: "Exact permutation test, p = 0.004." */
export const sayPermutationTest = (pValue: PValue): string =>
  pValue.method === 'exact'
    ? `Exact permutation test, p = ${sayRounded(pValue.p, 4)}.`
    : `Permutation test on ${sayNumber(pValue.samples)} samples, p ≈ ${sayRounded(pValue.p, 4)}.`;

function sayTooFew(bestP: number | null, k: number, m: number): string {
  if (bestP === null) return `each arm needs at least 2, and there are ${k} with the seed and ${m} without`;
  return `at best p ${sayP(bestP)} with ${k} + ${m}`;
}

function sayFigures({ seeded, unseeded, between, pValue }: SeedTest): string {
  if (seeded.match === 1 && unseeded.match === 1 && between === 1)
    return `all ${seeded.runs.length + unseeded.runs.length} runs are identical, with the seed and without`;
  const p = pValue ? ` (p ${sayP(pValue.p)}${sayMethod(pValue)})` : '';
  return `${percent(seeded.match)} of pairs match with the seed, ${percent(unseeded.match)} without it${p}`;
}

const sayMethod = (pValue: PValue): string =>
  pValue.method === 'sampled' ? `, from ${sayNumber(pValue.samples)} samples` : '';

/** Rounded up in the third place, so that no p is made to look better than it is. */
function sayP(p: number): string {
  if (p < 0.001) return '< 0.001';
  return `= ${p < 0.095 ? (Math.ceil(p * 1000 - 1e-9) / 1000).toFixed(3) : p.toFixed(2)}`;
}

const percent = (share: number | null): string => `${Math.round((share ?? 0) * 100)} %`;
