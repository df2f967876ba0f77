import { randomUUID } from 'node:crypto';
import { type Looks, oneLook } from '@/lib/gate/decision';
import { plan, type RunSpec } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import { isMissing, isOver, type OverRun } from '@/lib/run/record';
import { fillIn, type SavedExperiment } from '@/lib/run/saved';
import { LiveExperiment, type ProviderOf } from '@/lib/server/live-experiment';
import { ServerAsked } from './server-asked';
import type { World } from './world';

/** How runs are made: by providers that are asked from here, or by a server that asks its own. */
export type Running = {
  recipe: Recipe;
  asked: ProviderOf | ServerAsked;
  /** when to ask whether more runs are needed; once, at the end, if it is left out */
  looks?: Looks;
  isEnough?: (experiment: Experiment) => boolean;
  /** runs that were made before, and need not be made again */
  known?: readonly OverRun[];
  /** how many may be under way at once; as many as on the server if it is left out */
  atOnce?: number | undefined;
  /** is given each run that is over */
  keep?: (run: OverRun) => void;
  /** is given the experiment every now and then while runs are under way */
  watch?: ((experiment: Experiment) => void) | undefined;
};

/** So often a watcher is given what there is: about as often as an eye can follow. */
const watchMs = 100;

/** What makes runs, and has all of them so far. */
type Maker = { make(specs: readonly RunSpec[]): Promise<void>; readonly experiment: Experiment };

/** Makes the runs of a recipe, look by look, until there are enough, or until somebody stops it. */
export async function makeRuns(running: Running, world: Pick<World, 'signal' | 'tell'>): Promise<Experiment> {
  const { recipe, asked, isEnough = () => false, known = [] } = running;
  const { signal } = world;
  const specs = plan(recipe);
  const looks = running.looks ?? oneLook(specs.length);
  const before = { id: randomUUID(), recipe, runs: fillIn(recipe, known), running: false };
  const maker =
    asked instanceof ServerAsked ? serverMaker(asked, before, running, world) : ownMaker(asked, before, running, world);
  const missing = new Set(before.runs.filter(isMissing).map(({ run }) => run));
  let from = 0;
  for (const at of looks.at) {
    const wanted = specs.slice(from, at).filter(({ run }) => missing.has(run));
    if (wanted.length > 0 && !signal.aborted) await maker.make(wanted);
    if (signal.aborted || at === looks.at.at(-1) || isEnough(maker.experiment)) break;
    from = at;
  }
  return maker.experiment;
}

/** Asks providers from here. */
function ownMaker(
  providerOf: ProviderOf,
  known: Experiment,
  { atOnce, watch, keep: keepRun }: Running,
  { signal }: Pick<World, 'signal'>,
): Maker {
  // An experiment under way does not carry what was sent for its runs, which belongs in its file.
  const whole = new Map(known.runs.filter(isOver).map((run) => [run.run, run]));
  const keep = async (run: OverRun) => {
    whole.set(run.run, run);
    keepRun?.(run);
  };
  const { id, recipe } = known;
  const live = new LiveExperiment({ id, recipe, providerOf, atOnce, pace: undefined, graceMs: 0, known, keep });
  const stop = () => live.stop();
  return {
    async make(specs) {
      signal.addEventListener('abort', stop, { once: true });
      const timer = watch && setInterval(() => watch(live.experiment), watchMs);
      await live.start(specs);
      clearInterval(timer);
      signal.removeEventListener('abort', stop);
    },
    get experiment() {
      const { runs, ...rest } = live.experiment;
      return { ...rest, runs: runs.map((run) => (isOver(run) ? (whole.get(run.run) ?? run) : run)) };
    },
  };
}

/** Has a server ask, and says why where it does not. */
function serverMaker(
  server: ServerAsked,
  known: Experiment,
  { keep }: Running,
  { signal, tell }: Pick<World, 'signal' | 'tell'>,
): Maker {
  let experiment = known;
  return {
    async make(specs) {
      const { runs, problem } = await server.make(known.recipe, specs, signal);
      if (problem !== null) tell(`${server.origin}: ${problem}`);
      const made = new Map(runs.map((run) => [run.run, run]));
      for (const run of runs) keep?.(run);
      experiment = { ...experiment, runs: experiment.runs.map((run) => made.get(run.run) ?? run) };
    },
    get experiment() {
      return experiment;
    },
  };
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
