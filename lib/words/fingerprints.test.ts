import { describe, expect, it } from 'vitest';
import { carrying } from '@/lib/compare/measure/experiments.fixture';
import { fingerprintState } from '@/lib/compare/measure/fingerprints';
import { sayFingerprintFinding, sayFingerprints, sayFingerprintsBriefly, sayRunFingerprints } from './fingerprints';

const stateOf = (...values: string[][]) => fingerprintState(carrying(...values));
const long = 'fp_1234567890abcdef';

describe('what fingerprints add to a verdict', () => {
  it.each([
    ['same', true, 'Same text under the same fingerprint.'],
    ['mixed', true, 'Same text although the fingerprint changed.'],
    ['missing', true, 'Same text. No fingerprint to go by.'],
    ['same', false, 'Different text under the same fingerprint.'],
    ['mixed', false, 'The fingerprint changed between runs; that may be why.'],
    ['missing', false, 'No fingerprint, so the cause cannot be narrowed down.'],
  ] as const)('is said where they are %s, of one text: %s', (kind, sameText, sentence) => {
    expect(sayFingerprintFinding({ kind, sameText })).toBe(sentence);
  });

  it.each([
    ['whitespace', 'Same text but for white space under the same fingerprint.'],
    ['case-punctuation', 'Same text but for case and punctuation under the same fingerprint.'],
    ['json', 'Same JSON value under the same fingerprint.'],
    ['answer', 'Same answer under the same fingerprint.'],
  ] as const)('is said of what is equal under the mode %s', (mode, sentence) => {
    expect(sayFingerprintFinding({ kind: 'same', sameText: true }, mode)).toBe(sentence);
  });
});

describe('the words for the fingerprints of runs', () => {
  it('are none until a run has ended', () => {
    expect(sayFingerprints(stateOf(), 5)).toBeNull();
  });

  it('say that there are none, one in all runs, one in some, or several', () => {
    expect(sayFingerprints(stateOf([], []), 2)).toEqual({
      text: 'No fingerprint',
      title: 'No fingerprint',
    });
    expect(sayFingerprints(stateOf([long], [long]), 2)).toEqual({
      text: 'F1 fp_12345…bcdef in all 2 runs',
      title: 'One fingerprint',
    });
    expect(sayFingerprints(stateOf(['fp_a']), 1)?.text).toBe('F1 fp_a');
    expect(sayFingerprints(stateOf(['fp_a'], []), 3)).toEqual({
      text: 'F1 in 1 of 3 runs',
      title: 'Partly missing',
    });
    expect(sayFingerprints(stateOf(['fp_a'], ['fp_b'], ['fp_a']), 3)).toEqual({
      text: '2 fingerprints: F1 ×2, F2 ×1',
      title: 'Several fingerprints',
    });
  });

  it('name those of one run', () => {
    const state = stateOf(['fp_a'], [long]);
    const all = 'all' in state ? state.all : [];
    expect(sayRunFingerprints([long], all)).toBe('F2 fp_12345…bcdef');
    expect(sayRunFingerprints([long, 'fp_a'], all)).toBe('F2 F1 fp_12345…bcdef, fp_a');
  });

  it('are brief in a picture', () => {
    const said = (...values: string[][]) => sayFingerprintsBriefly(stateOf(...values), (id) => id);
    expect(said()).toBe('');
    expect(said([])).toBe('No fingerprint');
    expect(said(['a'], ['a'])).toBe('Fingerprint a');
    expect(said(['a'], [])).toBe('Fingerprint a (not in all runs)');
    expect(said(['a'], ['b'], ['c'], ['d'], ['e'])).toBe('Fingerprints a, b, c + 2 more');
  });
});
