import type { LensAnswer, LensRequest } from '@/lib/lens/lens';
import { fromLogprobs } from '@/lib/lens/logprobs';
import type { Moment } from '@/lib/lens/moment';
import { otherBackEnd } from '@/lib/lens/other-back-end';
import { type Source, sourceOf } from '@/lib/lens/source';
import type { Experiment } from '@/lib/run/fold';
import type { NetworkOutcome, Outcome } from './lesson';

type Ask = (request: LensRequest) => Promise<LensAnswer | { kind: 'cancelled' }>;

/** What came of an experiment: asks the lens how each token of its runs was chosen, where that can be worked out again. */
export async function outcomeOf(experiment: Experiment, ask: Ask): Promise<Outcome> {
  const sourced = experiment.runs.map((record) => ({ run: record.run, source: sourceOf(record, experiment.recipe) }));
  const traced = sourced.flatMap(({ run, source }) =>
    source.kind === 'retraceable' ? [{ run, made: source.run }] : [],
  );
  const answer = await ask({ kind: 'retrace', runs: traced.map(({ made }) => made) });
  const retraced = answer.kind === 'retraced' ? answer.runs : [];
  const moments = traced.map(({ run }, at): [number, readonly Moment[]] => {
    const found = retraced[at];
    return [run, found?.kind === 'ready' ? found.moments : []];
  });
  const reported = sourced.flatMap(({ run, source }): [number, readonly Moment[]][] =>
    source.kind === 'logprobs' ? [[run, fromLogprobs(source.tokens, source.text)]] : [],
  );
  const network = await networkOutcome(sourced, ask);
  return { experiment, moments: new Map([...moments, ...reported]), ...(network ? { network } : {}) };
}

type SourcedRun = { run: number; source: Source };

async function networkOutcome(sourced: readonly SourcedRun[], ask: Ask): Promise<NetworkOutcome | null> {
  const first = sourced.find(({ source }) => source.kind === 'retraceable' && source.run.model === 'sapling');
  if (first?.source.kind !== 'retraceable') return null;
  const looked = await ask({ kind: 'look', place: { run: first.source.run, at: 0 } });
  const inside = looked.kind === 'looked' ? looked.inside : null;
  const apart = otherBackEnd(sourced, first.run);
  if (!apart) return { run: first.run, inside, drift: null };
  const drifted = await ask({ kind: 'drift', runs: [apart.own.made, apart.other.made] });
  const drift = drifted.kind === 'drifted' && drifted.drift ? { ...apart, drift: drifted.drift } : null;
  return { run: first.run, inside, drift };
}
