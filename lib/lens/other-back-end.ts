import { canonicalJson } from '@/lib/recipe/canonical';
import type { RetraceableRun, Source } from './source';
import { wayOf } from './way';

/** A run of a network that can be retraced, by its number. */
export type NetworkRun = { run: number; made: RetraceableRun };

type SourcedRun = { run: number; source: Source };

/**
 * A run that another back end of the same network, or the same one under another load, wrote to the very same request, seed
 * and all, so that only arithmetic can tell the two apart: the one whose text parts from its own first. Null if none was
 * calculated in another way, or the run is not of a network.
 */
export function otherBackEnd(runs: readonly SourcedRun[], run: number): { own: NetworkRun; other: NetworkRun } | null {
  const all = runs.flatMap(networkRun);
  const own = all.find((each) => each.run === run);
  if (!own) return null;
  const [request, way] = [own.made.request, wayOf(own.made)].map(canonicalJson);
  const others = all.filter(
    ({ made }) =>
      made.hash === own.made.hash && canonicalJson(wayOf(made)) !== way && canonicalJson(made.request) === request,
  );
  const [other] = others.toSorted((a, b) => shared(own.made.text, a.made.text) - shared(own.made.text, b.made.text));
  return other ? { own, other } : null;
}

/** How many characters two texts have in common at their beginning. */
function shared(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

const networkRun = ({ run, source }: SourcedRun): NetworkRun[] =>
  source.kind === 'retraceable' && source.run.model === 'sapling' ? [{ run, made: source.run }] : [];
