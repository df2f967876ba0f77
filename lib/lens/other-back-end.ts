import { canonicalJson } from '@/lib/recipe/canonical';
import type { RetraceableRun, Source } from './source';

/** A run of a network that can be retraced, by its number. */
export type NetworkRun = { run: number; made: RetraceableRun };

type SourcedRun = { run: number; source: Source };

/**
 * A run that another back end of the same network wrote to the very same request, seed and all, so that only arithmetic
 * can tell the two apart: one whose text is another, if there is one. Null if there is none, or the run is not of a network.
 */
export function otherBackEnd(runs: readonly SourcedRun[], run: number): { own: NetworkRun; other: NetworkRun } | null {
  const all = runs.flatMap(networkRun);
  const own = all.find((each) => each.run === run);
  if (!own) return null;
  const request = canonicalJson(own.made.request);
  const others = all.filter(
    ({ made }) => made.hash === own.made.hash && made.tag !== own.made.tag && canonicalJson(made.request) === request,
  );
  const other = others.find(({ made }) => made.text !== own.made.text) ?? others[0];
  return other ? { own, other } : null;
}

const networkRun = ({ run, source }: SourcedRun): NetworkRun[] =>
  source.kind === 'retraceable' && source.run.model === 'sapling' ? [{ run, made: source.run }] : [];
