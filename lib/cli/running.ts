import { randomUUID } from 'node:crypto';
import { type Looks, oneLook } from '@/lib/gate/decision';
import { plan } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import { isMissing, isOver, type OverRun } from '@/lib/run/record';
import { fillIn, type SavedExperiment } from '@/lib/run/saved';
import { LiveExperiment, type ProviderOf } from '@/lib/server/live-experiment';
import type { World } from './world';

/** How runs are made. */
export type Running = {
  recipe: Recipe;
  providerOf: ProviderOf;
  /** when to ask whether more runs are needed; once, at the end, if it is left out */
  looks?: Looks;
  isEnough?: (experiment: Experiment) => boolean;
  /** runs that were made before, and need not be made again */
  known?: readonly OverRun[];
  /** how many may be under way at once; as many as on the server if it is left out */
  atOnce?: number | undefined;
  /** is given each run that is over */
  keep?: (run: OverRun) => void;
};

/** Makes the runs of a recipe, look by look, until there are enough, or until somebody stops it. */
export async function makeRuns(running: Running, { signal }: Pick<World, 'signal'>): Promise<Experiment> {
  const { recipe, providerOf, isEnough = () => false, known = [] } = running;
  const specs = plan(recipe);
  const looks = running.looks ?? oneLook(specs.length);
  const id = randomUUID();
  const before = { id, recipe, runs: fillIn(recipe, known), running: false };
  // An experiment under way does not carry what was sent for its runs, which belongs in its file.
  const whole = new Map(known.map((run) => [run.run, run]));
  const keep = async (run: OverRun) => {
    whole.set(run.run, run);
    running.keep?.(run);
  };
  const { atOnce } = running;
  const live = new LiveExperiment({ id, recipe, providerOf, atOnce, pace: undefined, graceMs: 0, known: before, keep });
  const stop = () => live.stop();
  signal.addEventListener('abort', stop, { once: true });
  const missing = new Set(before.runs.filter(isMissing).map(({ run }) => run));
  let from = 0;
  for (const at of looks.at) {
    const wanted = specs.slice(from, at).filter(({ run }) => missing.has(run));
    if (wanted.length > 0 && !signal.aborted) await live.start(wanted);
    if (signal.aborted || isEnough(live.experiment)) break;
    from = at;
  }
  signal.removeEventListener('abort', stop);
  const { experiment } = live;
  return { ...experiment, runs: experiment.runs.map((run) => (isOver(run) ? (whole.get(run.run) ?? run) : run)) };
}

/** The runs of an experiment that were made: those that end early leave others queued. */
export const madeOf = ({ runs }: Pick<Experiment, 'runs'>): OverRun[] => runs.filter(isOver);

/** An experiment as it is written to a file. */
export const toSaved = (
  { id, recipe, runs }: Pick<Experiment, 'id' | 'recipe' | 'runs'>,
  title: string | null,
  { now }: Pick<World, 'now'>,
): SavedExperiment => ({
  ...{ id, recipe, title, createdAt: now().toISOString(), sharedAt: null, parent: null, origin: 'run' },
  runs: runs.filter(isOver),
});
