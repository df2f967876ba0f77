import { expect, it } from 'vitest';
import { carrying } from '@/lib/compare/measure/experiments.fixture';
import { fingerprintState } from '@/lib/compare/measure/fingerprints';
import { explainFingerprints } from './fingerprint-notes';

const explain = (...values: string[][]) => explainFingerprints(fingerprintState(carrying(...values)));

it('what fingerprints mean is told for none, for one in all runs, for one in some, and for several', () => {
  expect(explain()).toBeNull();
  expect(explain([], [])).toBe(
    'The provider sent none. Many models do not. A change on its side cannot be seen from here.',
  );
  expect(explain(['fp_a'], ['fp_a'])).toBe(
    'All runs report one fingerprint. For one request with one seed, the same id makes equal text likely, not certain: what it stands for is up to the server.',
  );
  expect(explain(['fp_a'])).toContain('The run reports one fingerprint.');
  expect(explain(['fp_a'], [])).toBe('1 run came without a fingerprint.');
  expect(explain(['fp_a'], [], [])).toBe('2 runs came without a fingerprint.');
  expect(explain(['fp_a'], ['fp_b'])).toBe(
    'The fingerprint differs between runs: what answered may have differed, and the text for that reason alone.',
  );
});
