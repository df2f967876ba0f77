import { describe, expect, it } from 'vitest';
import { ended, failed, queued, running } from '@/lib/run/records.fixture';
import { type FingerprintState, fingerprintSentence, fingerprintState } from './fingerprints';

const carrying = (...values: string[][]) =>
  values.map((fingerprints, index) => ended(index + 1, 'x', { fingerprints }));

describe('what the fingerprints of runs say together', () => {
  it('is pending until a run has ended', () => {
    expect(fingerprintState([])).toEqual({ kind: 'pending' });
    expect(fingerprintState([queued(1), running(2, 'x'), failed(3, 'stalled')])).toEqual({ kind: 'pending' });
  });

  it('is missing when no run brought one', () => {
    expect(fingerprintState(carrying([], []))).toEqual({ kind: 'missing' });
  });

  it('is the same when all runs brought one', () => {
    expect(fingerprintState(carrying(['fp_a'], ['fp_a']))).toEqual({
      kind: 'same',
      all: [{ name: 'F1', value: 'fp_a', runs: [1, 2] }],
    });
  });

  it('is partly there when some runs came without', () => {
    expect(fingerprintState(carrying([], ['fp_a'], []))).toEqual({
      kind: 'partly',
      all: [{ name: 'F1', value: 'fp_a', runs: [2] }],
      without: [1, 3],
    });
  });

  it('is mixed when there are several, named by first run', () => {
    expect(fingerprintState(carrying(['fp_b'], ['fp_a'], ['fp_b'], [], ['fp_a']))).toEqual({
      kind: 'mixed',
      all: [
        { name: 'F1', value: 'fp_b', runs: [1, 3] },
        { name: 'F2', value: 'fp_a', runs: [2, 5] },
      ],
      without: [4],
    });
  });

  it('is mixed when one run carries several', () => {
    expect(fingerprintState(carrying(['fp_a', 'fp_b']))).toEqual({
      kind: 'mixed',
      all: [
        { name: 'F1', value: 'fp_a', runs: [1] },
        { name: 'F2', value: 'fp_b', runs: [1] },
      ],
      without: [],
    });
  });

  it('does not count runs that were stopped or have not ended', () => {
    const stopped = ended(1, 'x', { finish: 'aborted', fingerprints: ['fp_old'] });
    expect(fingerprintState([stopped])).toEqual({ kind: 'pending' });
    expect(fingerprintState([stopped, ended(2, 'x', { fingerprints: ['fp_a'] }), running(3, 'x')])).toEqual({
      kind: 'same',
      all: [{ name: 'F1', value: 'fp_a', runs: [2] }],
    });
  });
});

describe('what fingerprints add to a verdict', () => {
  const states: Record<FingerprintState['kind'], FingerprintState> = {
    pending: fingerprintState([]),
    missing: fingerprintState(carrying([], [])),
    same: fingerprintState(carrying(['fp_a'], ['fp_a'])),
    partly: fingerprintState(carrying(['fp_a'], [])),
    mixed: fingerprintState(carrying(['fp_a'], ['fp_b'])),
  };

  it.each([
    ['same', 1, 'Reproduced on the same backend.'],
    ['mixed', 1, 'Same text although the backend id changed.'],
    ['missing', 1, 'Same text. No fingerprint to go by.'],
    ['same', 2, 'Different text on the same backend: a seed is best effort.'],
    ['mixed', 3, 'The backend id changed between runs; that may be why.'],
    ['missing', 2, 'No fingerprint, so the cause cannot be narrowed down.'],
    ['pending', 1, null],
    ['pending', 2, null],
    ['partly', 1, null],
    ['partly', 2, null],
  ] as const)('%s, %i texts: %s', (kind, variants, sentence) => {
    expect(states[kind].kind).toBe(kind);
    expect(fingerprintSentence(states[kind], variants, true)).toBe(sentence);
  });

  it('is nothing when the settings differ between runs', () => {
    for (const state of Object.values(states))
      for (const variants of [1, 2]) expect(fingerprintSentence(state, variants, false)).toBeNull();
  });
});
