import { differenceFrom } from '@/lib/compare/align/diff';
import { splitWords } from '@/lib/compare/align/words';
import type { Experiment } from '@/lib/run/fold';
import { isOver, type RunRecord } from '@/lib/run/record';
import { counted } from '@/lib/words/english';
import { narrowest, readable, sideBySide } from './variants';
import type { World } from './world';

/** Lines of the terminal that are left alone: the command that was typed, and how far all is. */
const linesAround = 3;

/** How wide a terminal is taken to be whose width is not known, in characters. */
const usualWidth = 80;

/**
 * Shows runs while they are made, where a terminal reads: as many columns as have room, each with its text so far and what differs
 * from the first run's marked; or, where only one would have room, how many are over.
 */
export function watchIn(world: World): ((experiment: Experiment) => void) | undefined {
  if (world.columns === null) return undefined;
  return (experiment) => world.progress(showRunning(experiment, world));
}

/** The same in words and columns; `about` is what the runs are of. */
export function showRunning(
  { runs }: Pick<Experiment, 'runs'>,
  world: Pick<World, 'columns' | 'rows' | 'colour'>,
  about = '',
): string {
  const width = world.columns ?? usualWidth;
  const fit = Math.min(Math.floor((width + 2) / (narrowest + 2)), runs.length);
  const over = runs.filter(isOver).length;
  const line = fitting(`${about}${over} of ${counted(runs.length, 'run')} …`, width);
  if (fit < 2 || !world.colour) return line;
  const columnWidth = Math.floor((width + 2) / fit) - 2;
  const difference = differenceFrom(splitWords(runs[0]?.text ?? ''));
  const columns = runs.slice(0, fit).map((run, at) => ({
    head: `Run ${run.run}${stateOf(run)}`,
    // What the others have not written yet is no difference.
    parts:
      at === 0 ? same(run) : readable(difference(splitWords(run.text)), run.text).filter(({ text }) => text !== ''),
  }));
  return `${sideBySide(columns, columnWidth, world, Math.max((world.rows ?? 24) - linesAround, 1))}\n${line}`;
}

const same = ({ text }: RunRecord) => [{ kind: 'same' as const, text }];

function stateOf(run: RunRecord): string {
  if (run.status === 'running') return run.wait ? ', waits to be sent again' : ' …';
  const said = { queued: ', waits', failed: ', failed', ended: '' };
  return said[run.status];
}

/** A line that is cut where the terminal ends. */
const fitting = (line: string, width: number): string =>
  line.length < width ? line : `${line.slice(0, Math.max(width - 2, 0))}…`;
