import type { Numbered } from '@/lib/api/event-stream';
import { knownAtStart } from '@/lib/recipe/probe';
import type { RunEvent } from '@/lib/run/events';
import { isMissing } from '@/lib/run/record';
import { eventsOfRun } from '@/lib/run/saved';
import { nextTurn, readRun, turnsOf } from '@/lib/store/documents';
import type { StoredHead } from '@/lib/store/store';
import { freshSeq } from './hub';
import { services } from './services';

/** A process tells when it has saved a run. What it told may be lost, so the store is asked this often in any case. */
const askMs = 5000;

/**
 * The events of an experiment that does not run here: what is stored and, if another process is running it, each run once
 * it is stored. Always from the beginning, with numbers that no other log of it has used. Runs are read as they are asked for, so
 * that a reader who does not read holds no more than a few.
 */
export async function* followStored(stored: StoredHead, signal: AbortSignal): AsyncGenerator<Numbered[]> {
  const { id, recipe } = stored;
  const { store, changes } = services();
  let seq = freshSeq();
  const number = (events: RunEvent[]): Numbered[] => events.map((event) => ({ seq: ++seq, event }));
  const told = new Told();
  yield number([{ type: 'experiment-start', id, recipe, runs: knownAtStart(recipe) }]);
  for (let now: StoredHead | null = stored; now; now = await store.findHead(id)) {
    const over = now.leaseUntil <= Date.now();
    // From before anything is read, so that none is missed.
    const changed = over ? null : changes.next(id, Math.min(askMs, now.leaseUntil - Date.now()), signal);
    const news = (await store.findSizes(id)).filter(({ run }) => !told.isSettled(run));
    for (const turn of turnsOf(news)) {
      await nextTurn();
      const runs = (await store.findDocuments(id, turn)).filter((each) => told.isNew(each));
      if (runs.length > 0) yield number(runs.flatMap(({ document }) => eventsOfRun(readRun(document))));
    }
    if (over) break;
    await changed;
    if (signal.aborted) return;
    yield []; // still here
  }
  yield number([{ type: 'experiment-end', id }]);
}

/** Which runs have been told of, and those of them that may still be run again, as they were told. */
class Told {
  private readonly settled = new Set<number>();
  private readonly missing = new Map<number, string>();

  isSettled(run: number): boolean {
    return this.settled.has(run);
  }

  /** Notes a run, and tells whether it was not told of like this before. */
  isNew({ run, document }: { run: number; document: string }): boolean {
    if (this.missing.get(run) === document) return false;
    this.missing.delete(run);
    if (isMissing(readRun(document))) this.missing.set(run, document);
    else this.settled.add(run);
    return true;
  }
}
