import type { Experiment } from '@/lib/run/fold';
import { isOver } from '@/lib/run/record';
import { joinPieces, type Piece, splitWords } from './words';

/** A run's text, cut where the slowest run is: `pieces` may be compared, `beyond` may not yet. */
export type Reached = { run: number; pieces: Piece[]; beyond: string };

/**
 * While runs go on, only what every run has reached can be compared: a slower run is not "missing words".
 * A running text counts up to its last white space, since what follows may still grow: "3." becomes "3.14". Of a playback
 * it is known how much stays. Runs that are over do not hold the others back.
 *
 *     run 1 (over)     The old keeper sat.        run 1  'The old' | ' keeper sat.'
 *     run 2 (running)  The old kee           →    run 2  'The old' | ' kee'
 */
export function cutAtFrontier({ runs, running, playback }: Experiment): Reached[] {
  const texts = runs.map((record) => ({ record, pieces: splitWords(record.text) }));
  const open = running ? texts.filter(({ record }) => !isOver(record)) : [];
  const frontier = Math.min(...open.map(({ record, pieces }) => playback?.settled.get(record.run) ?? settled(pieces)));
  return texts.map(({ record, pieces }) => ({
    run: record.run,
    pieces: pieces.slice(0, frontier),
    beyond: joinPieces(pieces.slice(Math.min(frontier, pieces.length))),
  }));
}

/** In scripts without white space words grow too, but not by more than this many pieces. */
const maxGrowing = 8;

/** How many pieces of a growing text are final. */
function settled(pieces: readonly Piece[]): number {
  const min = Math.max(0, pieces.length - maxGrowing);
  for (let at = pieces.length - 1; at > min; at--) if (/^\s/u.test(pieces[at]?.text ?? '')) return at;
  return min;
}
