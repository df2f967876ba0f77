import type { LensAnswer, LensRequest } from '@/lib/lens/lens';
import { sourceOf } from '@/lib/lens/source';
import type { Experiment } from '@/lib/run/fold';
import type { Outcome } from './lesson';

/** What came of an experiment: asks the lens how each token of its runs was chosen, where that can be worked out again. */
export async function outcomeOf(
  experiment: Experiment,
  ask: (request: LensRequest) => Promise<LensAnswer>,
): Promise<Outcome> {
  const traced = experiment.runs.flatMap((record) => {
    const source = sourceOf(record, experiment.recipe);
    return source.kind === 'retraceable' ? [{ number: record.run, run: source.run }] : [];
  });
  const answer = await ask({ kind: 'retrace', runs: traced.map(({ run }) => run) });
  const runs = answer.kind === 'retraced' ? answer.runs : [];
  const moments = traced.map(({ number }, at) => {
    const retraced = runs[at];
    return [number, retraced?.kind === 'ready' ? retraced.moments : []] as const;
  });
  return { experiment, moments: new Map(moments) };
}
