import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { LeftOutReason as Reason } from '@/lib/compare/measure/comparable';
import type { Ground as GroundFacts } from '@/lib/compare/measure/ground';
import { judgeRuns } from '@/lib/compare/measure/judge';
import type { RunsVerdict as Facts } from '@/lib/compare/measure/verdict';
import { aRecipe, ended, failed } from '@/lib/run/records.fixture';
import { LeftOutReason, RunsVerdict } from './facts';

/* A fact without its place in the shapes of /api makes a page refuse the whole answer: so each kind is named here, by its type. */

const reasons: { [Kind in Reason['kind']]: Extract<Reason, { kind: Kind }> } = {
  failed: { kind: 'failed', code: 'stalled' },
  unfinished: { kind: 'unfinished' },
  stopped: { kind: 'stopped' },
  refused: { kind: 'refused' },
  filtered: { kind: 'filtered' },
  cached: { kind: 'cached' },
  empty: { kind: 'empty' },
  'only-reasoning': { kind: 'only-reasoning' },
  'other-finish': { kind: 'other-finish', finish: 'tool_calls' },
};

describe('the facts of an answer', () => {
  it.each(Object.values(reasons))('have a reason to leave a run out: %j', (reason) => {
    expect(v.parse(LeftOutReason, reason)).toEqual(reason);
  });

  it.each([
    [[ended(1, '', { reasoning: 'Well', finish: 'length' }), ended(2, 'Yes.')]],
    [[ended(1, '', { reasoning: 'Well', finish: 'length' })]],
    [[ended(1, 'Yes.', { reasoning: 'Well' }), ended(2, 'Yes.', { reasoning: 'So' })]],
    [[failed(1, 'region_refused'), ended(2, 'Yes.')]],
  ])('%#: are read as they are worked out', (runs) => {
    const facts: Facts & { ground: GroundFacts } = judgeRuns(aRecipe({ repeats: runs.length }), runs);
    expect(v.parse(RunsVerdict, facts)).toEqual(facts);
  });
});
