import type { Numbered } from '@/lib/api/event-stream';
import { knownAtStart } from '@/lib/recipe/probe';
import type { RunEvent } from '@/lib/run/events';
import type { OverRun } from '@/lib/run/record';
import { eventsOfRun } from '@/lib/run/saved';
import type { StoredExperiment } from '@/lib/store/store';
import { freshSeq } from './hub';
import { services } from './services';

/** How often the store is asked for new runs of an experiment that another process runs. */
const pollMs = 1000;

/**
 * The events of an experiment that does not run here: what is stored and, if another process is running it, each run once
 * it is stored. Always from the beginning, with numbers that no other log of it has used.
 */
export async function* followStored(stored: StoredExperiment, signal: AbortSignal): AsyncGenerator<Numbered[]> {
  const { id, recipe } = stored;
  const told = new Map<number, string>();
  let seq = freshSeq();
  const number = (events: RunEvent[]): Numbered[] => events.map((event) => ({ seq: ++seq, event }));
  const news = (runs: readonly OverRun[]): RunEvent[] => {
    const fresh = runs.filter((run) => told.get(run.run) !== JSON.stringify(run));
    for (const run of fresh) told.set(run.run, JSON.stringify(run));
    return fresh.flatMap(eventsOfRun);
  };
  yield number([{ type: 'experiment-start', id, recipe, runs: knownAtStart(recipe) }, ...news(stored.runs)]);
  for (let now: StoredExperiment | null = stored; now && now.leaseUntil > Date.now(); ) {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    if (signal.aborted) return;
    now = await services().store.find(id);
    yield number(news(now?.runs ?? []));
  }
  yield number([{ type: 'experiment-end', id }]);
}
