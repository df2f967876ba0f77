import { describe, expect, it } from 'vitest';
import { ended, failed, queued, running } from '@/lib/run/records.fixture';
import { carrying } from './experiments.fixture';
import { findInFingerprints, fingerprintState } from './fingerprints';

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
  const [same, mixed, missing] = [
    fingerprintState(carrying(['fp_a'], ['fp_a'])),
    fingerprintState(carrying(['fp_a'], ['fp_b'])),
    fingerprintState(carrying([], [])),
  ];

  it('is how they are, beside one text or several', () => {
    expect(findInFingerprints(same, 1)).toEqual({ kind: 'same', sameText: true });
    expect(findInFingerprints(mixed, 1)).toEqual({ kind: 'mixed', sameText: true });
    expect(findInFingerprints(missing, 3)).toEqual({ kind: 'missing', sameText: false });
  });

  it('is nothing without a text, and nothing until all runs that ended came with one or none did', () => {
    expect(findInFingerprints(same, 0)).toBeNull();
    expect(findInFingerprints(fingerprintState([]), 1)).toBeNull();
    expect(findInFingerprints(fingerprintState(carrying(['fp_a'], [])), 1)).toBeNull();
  });
});
