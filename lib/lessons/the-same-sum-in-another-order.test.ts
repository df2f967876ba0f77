import { describe, expect, it } from 'vitest';
import { aMoment } from '@/lib/lens/moments.fixture';
import type { NetworkRun } from '@/lib/lens/other-back-end';
import type { ScoreDrift } from '@/lib/lens/score-drift';
import { anExperiment, aRequest, endedWith } from '@/lib/run/records.fixture';
import type { Outcome } from './lesson';
import { scoreSteps } from './lesson-pictures';
import { stopRuns } from './outcome.fixture';
import { theSameSumInAnotherOrder } from './the-same-sum-in-another-order';

const by = (run: number, tag: string): NetworkRun => ({
  run,
  made: { request: aRequest(), text: '', finish: 'stop', model: 'sapling', hash: 'abcdef01', tag },
});

/** Two runs of two back ends, whose scores differ from their second token on, and whose third tokens differ. */
const outcome = (change: Partial<ScoreDrift> = {}): Outcome => ({
  experiment: anExperiment(endedWith('A lazy cat', 'A lazy dog'), false),
  moments: new Map([1, 2].map((run) => [run, [aMoment('A')]])),
  network: {
    run: 1,
    inside: null,
    drift: {
      own: by(1, 'f32'),
      other: by(2, 'bf16'),
      drift: {
        differences: [0, 0.25, 0.5],
        since: 1,
        fork: { at: 2, scores: [], took: { own: ' cat', other: ' dog' } },
        ...change,
      },
    },
  },
});

const { predict, run } = theSameSumInAnotherOrder;

describe('the answer of the lesson on the same sum in another order', () => {
  it('goes by where the scores begin to differ', () => {
    expect(predict.happened(outcome({ differences: [0.125, 0.25, 0.5], since: 0 })).answer).toBe(0);
    expect(predict.happened(outcome()).answer).toBe(1);
    expect(predict.happened(outcome({ differences: [0, 0, 0.5], since: 2 })).answer).toBe(2);
  });

  it('is none where the scores never differ, or later than at first in texts that do not part', () => {
    const equal = predict.happened(outcome({ differences: [0, 0, 0], since: null, fork: null }));
    expect(equal).toEqual({
      answer: null,
      because: 'Run 1 (f32) and run 2 (bf16) have the same scores to the last bit.',
    });
    const together = predict.happened(outcome({ fork: null }));
    expect(together.answer).toBeNull();
    expect(together.because).toContain('differ from token 2 on, by 0.25 there. The words stay the same.');
  });

  it('is none where one of the two runs has not finished', () => {
    const unknown = 'No two back ends can be compared in these runs.';
    const { experiment, moments } = outcome();
    for (const left of [stopRuns(outcome(), [2]), { experiment, moments }, { ...outcome(), moments: new Map() }]) {
      expect(predict.happened(left).answer).toBeNull();
      expect(run.caption(left)).not.toContain('scores');
    }
    expect(predict.happened({ experiment, moments }).because).toBe(unknown);
    expect(run.caption({ ...outcome(), moments: new Map() })).toContain(unknown);
  });
});

describe('the picture of the lesson on the same sum in another order', () => {
  it('says where scores and words part, if they do', () => {
    expect(scoreSteps(outcome())).toEqual({
      kind: 'steps',
      differences: [0, 0.25, 0.5],
      fork: 2,
      caption: 'Scores part at token 2, words at token 3',
    });
    expect(scoreSteps(outcome({ differences: [0], since: null, fork: null })).caption).toBe(
      'Scores never part, words never',
    );
  });
});
