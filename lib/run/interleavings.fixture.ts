import fc from 'fast-check';
import type { Endpoint, RunEvent } from './events';
import { anEndpoint, aRecipe, experimentStart, runEnd, runError } from './records.fixture';

/** The course of one run: how often it is sent again, its text as it arrives, and how it ends; `null` for a run that has not ended. */
export type Script = {
  waits?: number;
  deltas: string[];
  end: 'stop' | 'length' | 'aborted' | 'refusal' | 'error' | null;
};

/** Odd runs were sent to an address, even ones stay inside this server. */
const sentTo = (run: number): Endpoint | null => (run % 2 === 1 ? anEndpoint : null);

/** Cuts a text at random places. No delta is empty. */
export const deltasOf = (text: string): fc.Arbitrary<string[]> =>
  fc.array(fc.nat({ max: text.length }), { maxLength: 5 }).map((cuts) => {
    const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
    return places
      .slice(1)
      .map((end, index) => text.slice(places[index], end))
      .filter(Boolean);
  });

/** The events of several runs, interleaved: `picks` says whose turn it is. Each run keeps its own order. */
function interleave(scripts: readonly Script[], picks: readonly number[]): RunEvent[] {
  const left = scripts.map((script, index) => eventsOf(script, index + 1));
  const events: RunEvent[] = [experimentStart(aRecipe({ repeats: scripts.length }))];
  for (let step = 0; ; step++) {
    const open = left.filter((queue) => queue.length > 0);
    const next = open[(picks[step % picks.length] ?? 0) % open.length]?.shift();
    if (!next) break;
    events.push(next);
  }
  if (scripts.every(({ end }) => end !== null)) events.push({ type: 'experiment-end', id: 'x' });
  return events;
}

function eventsOf({ waits = 0, deltas, end }: Script, run: number): RunEvent[] {
  const events: RunEvent[] = [
    { type: 'run-start', run, endpoint: sentTo(run) },
    ...Array.from({ length: waits }, (_, at): RunEvent => {
      return { type: 'run-wait', run, attempt: at + 2, ms: 500, asked: at % 2 === 1, code: 'rate_limited' };
    }),
    ...deltas.map((text): RunEvent => ({ type: 'text-delta', run, text })),
  ];
  if (end === 'error') events.push(runError(run, 'cut_off'));
  else if (end !== null) events.push(runEnd(run, { finish: end }));
  return events;
}

/** Random interleavings of runs that follow these scripts. */
export const interleavings = (scripts: fc.Arbitrary<Script[]>): fc.Arbitrary<RunEvent[]> =>
  fc
    .tuple(scripts, fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 40 }))
    .map(([each, picks]) => interleave(each, picks));
