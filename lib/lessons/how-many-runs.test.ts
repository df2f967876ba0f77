import { describe, expect, it } from 'vitest';
import { anExperiment, endedWith } from '@/lib/run/records.fixture';
import { howManyRuns } from './how-many-runs';
import type { Outcome } from './lesson';
import { temperatureZero } from './temperature-zero';

/** Runs that gave these texts, of which nothing more is known. */
const outcome = (...texts: string[]): Outcome => ({
  experiment: anExperiment(endedWith(...texts), false),
  moments: new Map(),
});
const equal = (runs: number): Outcome => outcome(...Array.from({ length: runs }, () => 'Tom'));

describe('the answer of the lesson on how many runs are enough', () => {
  it('goes by how many runs agreed', () => {
    const { predict } = howManyRuns;
    expect(predict.happened(equal(5)).answer).toBe(2);
    expect(predict.happened(equal(60)).answer).toBe(1);
    expect(predict.happened(outcome('Tom', 'Tim')).answer).toBeNull();
  });
});

describe('the caption of the lesson on temperature 0', () => {
  it('says so where no line comes twice', () => {
    expect(temperatureZero.run.caption(outcome('one\ntwo', 'one\ntwo'))).toContain('No line comes twice in a run.');
  });
});
