import { saplingBackends } from '@/lib/sapling/backends';
import { seedlingBackends } from '@/lib/seedling/backends';
import type { RetraceableRun } from './source';

/** How a run was calculated: by which back end, and in how many parts that split its sums. Equal ways give equal numbers. */
export type Way = { backend: string; parts: number };

export function wayOf({ model, tag, inFlight = 1 }: RetraceableRun): Way {
  return { backend: tag, parts: partsBy[model](tag, inFlight) };
}

const partsBy: Record<RetraceableRun['model'], (tag: string, inFlight: number) => number> = {
  seedling: (tag, inFlight) => seedlingBackends.find((each) => each.tag === tag)?.arithmetic(inFlight).lanes ?? 1,
  sapling: (tag, inFlight) => saplingBackends.find((each) => each.tag === tag)?.arithmetic(inFlight).parts ?? 1,
};
