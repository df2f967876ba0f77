import type { PValue, SeedTest } from '@/lib/compare/measure/seed-test';
import { sayNumber, sayRounded } from './numbers';

/** What runs with one seed and runs without it show: "The seed has a visible effect here: 100 % of pairs match …". */
export function saySeedTest(test: SeedTest): string {
  const [k, m] = [test.seeded.runs.length, test.unseeded.runs.length];
  switch (test.finding) {
    case 'effect': {
      const surprise = test.temperature === 0 ? ' At temperature 0 that is not expected.' : '';
      return `The seed has a visible effect here: ${sayFigures(test)}.${surprise}`;
    }
    case 'less':
      return `The seed has a visible effect here, but another: runs with it agree less, ${sayFigures(test)}.`;
    case 'none':
      return `The seed has no visible effect here: ${sayFigures(test)}. That it makes half of all pairs agree would have shown.`;
    case 'all-equal':
      return `All ${k + m} runs are identical, with the seed and without: nothing varied that a seed could have fixed.`;
    case 'other-text':
      return `The seed changes the text here, not the agreement: the ${k} runs with it are all equal, and so are the ${m} without it, with another text.`;
    case 'unclear':
      return `There are too few runs to tell what the seed does: ${sayFigures(test)}. ${sayEnough(test)}`;
    case 'too-few':
      return `There are too few runs to tell what the seed does (${sayTooFew(test.bestP, k, m)}).`;
  }
}

/**
 * How the p-value was found, and what it is. Null where it is not what the finding goes by: it asks only how much more runs
 * with the seed agree.
 */
export function sayPermutationTest({ pValue, finding }: SeedTest): string | null {
  if (!pValue || finding === 'all-equal' || finding === 'other-text' || finding === 'less') return null;
  const tested =
    pValue.method === 'exact'
      ? 'Exact permutation test, one-sided'
      : `Permutation test on ${sayNumber(pValue.samples)} samples, one-sided`;
  const p = pValue.p < 0.0001 ? '< 0.0001' : `${pValue.method === 'exact' ? '=' : '≈'} ${sayRounded(pValue.p, 4)}`;
  return `${tested}, p ${p}: so often would runs with a seed that does nothing agree so much more.`;
}

const sayEnough = ({ enough }: SeedTest): string =>
  enough === null
    ? 'If it goes on like this, no experiment has room for enough.'
    : `If it goes on like this, some ${sayNumber(enough)} in each arm would.`;

function sayTooFew(bestP: number | null, k: number, m: number): string {
  if (bestP === null) return `each arm needs at least 2, and there are ${k} with the seed and ${m} without`;
  return `at best p ${sayP(bestP)} with ${k} + ${m}`;
}

function sayFigures({ seeded, unseeded, pValue, finding }: SeedTest): string {
  const p = pValue && finding !== 'less' ? ` (p ${sayP(pValue.p)}${sayMethod(pValue)})` : '';
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
