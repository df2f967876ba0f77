import type { LessonText, Spotlight, Task } from '@/lib/lessons/lesson';
import { sameQuestion } from '@/lib/recipe/canonical';
import { type Experiment, unrun } from '@/lib/run/fold';
import type { SavedExperiment } from '@/lib/run/saved';
import type { Action, Handlers } from './actions';
import type { Effect, Shown } from './effects';
import { load } from './form';
import { shine } from './looking';
import { isRunning } from './select';
import type { Session, Step } from './session';

export const lessonSteps = ['predict', 'run', 'see', 'explain', 'check', 'change', 'make'] as const;
export type LessonStep = (typeof lessonSteps)[number];

/**
 * How far a lesson has come: `step` is the furthest step reached, `shown` the one that is looked at. `first` and `second` are what has run of its two recipes; `judged` is the last experiment that
 * was compared with them, and `problem` why it was not what the step asks for.
 */
export type LessonInProgress = {
  lesson: LessonText;
  step: LessonStep;
  shown: LessonStep;
  first: Experiment | null;
  second: Experiment | null;
  judged: Experiment | null;
  problem: 'another-recipe' | 'no-text' | null;
};

export const beginLesson = (lesson: LessonText): LessonInProgress => ({
  lesson,
  step: 'predict',
  shown: 'predict',
  first: null,
  second: null,
  judged: null,
  problem: null,
});

/** Whether a learner has been at a step, and so may look at it again. */
export const isReached = ({ step }: Pick<LessonInProgress, 'step'>, looked: LessonStep): boolean =>
  lessonSteps.indexOf(looked) <= lessonSteps.indexOf(step);

/** What of the tool the text of a step speaks of: the recipe where it is to be run, else what came of it. */
function partOf({ lens, lesson }: Session, step: LessonStep): Shown {
  const toRun = step === 'predict' || step === 'run' || (step === 'change' && !lesson?.second);
  if (toRun) return 'recipe';
  return lens ? 'lens' : 'results';
}

/** What the lesson asks to run at its current step. */
const sceneOf = ({ lesson, step }: LessonInProgress): Task => (step === 'change' ? lesson.change : lesson.run);

/**
 * Compares a finished experiment with what the lesson asks to run. If it is that, the lesson goes on to what there is to see,
 * and `spotlight` says in which view. A student who is at a later step already is left there.
 */
export function judge(
  progress: LessonInProgress,
  experiment: Experiment,
): { progress: LessonInProgress; spotlight: Spotlight | null } {
  const { step } = progress;
  const scene = sceneOf(progress);
  const changing = step === 'change';
  const waiting = changing || step === 'predict' || step === 'run';
  const judged = { ...progress, judged: experiment };
  const problem = whatIsWrong(scene, experiment);
  if (problem) return { progress: waiting ? { ...judged, problem } : judged, spotlight: null };
  const spotlight = waiting ? scene.spotlight : null;
  if (changing) return { progress: { ...judged, problem: null, second: experiment }, spotlight };
  const here = waiting ? ({ step: 'see', shown: 'see' } as const) : {};
  return { progress: { ...judged, problem: null, first: experiment, ...here }, spotlight };
}

function whatIsWrong({ recipe, alsoAsked = [] }: Task, experiment: Experiment): LessonInProgress['problem'] {
  if (![recipe, ...alsoAsked].some((asked) => sameQuestion(asked, experiment.recipe))) return 'another-recipe';
  return experiment.runs.every(({ text }) => text === '') ? 'no-text' : null;
}

export const handlers: Pick<Handlers, 'lesson-step' | 'lesson-recipe-asked' | 'lesson-restored' | 'lesson-restarted'> =
  {
    'lesson-step': (session, { step }) => {
      if (!session.lesson) return session;
      const effects: Effect[] = [
        { kind: 'focus', target: { kind: 'lesson-step', step } },
        { kind: 'show', part: partOf(session, step) },
      ];
      if (isReached(session.lesson, step))
        return { session: { ...session, lesson: { ...session.lesson, shown: step } }, effects };
      const lesson: LessonInProgress = { ...session.lesson, step, shown: step, problem: null };
      const loaded = step === 'change' ? load(session, lesson.lesson.change.recipe) : session;
      return { session: { ...loaded, lesson }, effects };
    },
    'lesson-recipe-asked': (session) => {
      if (!session.lesson) return session;
      const lesson: LessonInProgress = { ...session.lesson, problem: null };
      return { ...load(session, sceneOf(lesson).recipe), lesson };
    },
    'lesson-restored': restore,
    'lesson-restarted': (session) => {
      if (!session.lesson || isRunning(session)) return session;
      const { lesson } = session.lesson;
      const { recipe } = lesson.run;
      const anew: Session = {
        ...load(session, recipe),
        on: { kind: 'lesson', experiment: unrun(recipe) },
        lens: null,
        playback: null,
        problem: null,
        lesson: beginLesson(lesson),
      };
      return { session: anew, effects: [{ kind: 'focus', target: { kind: 'lesson-step', step: 'predict' } }] };
    },
  };

/**
 * Goes on where the lesson's page was left, with what had run on the screen. Where that is no longer stored there is nothing
 * to see, and it is run again. Where nothing was kept, and where a student has begun in the meantime, nothing changes.
 */
function restore(session: Session, { step, first, second }: Action<'lesson-restored'>): Session | Step {
  const { lesson, on } = session;
  const anythingKept = [step !== 'predict', first, second].some(Boolean);
  if (lesson?.step !== 'predict' || on.kind !== 'lesson' || isRunning(session) || !anythingKept) return session;
  const reached = step === 'see' && !first ? 'run' : step;
  const restored: LessonInProgress = {
    ...lesson,
    step: reached,
    shown: reached,
    first: first && over(first),
    second: second && over(second),
  };
  const scene = sceneOf(restored);
  const last = second ?? first;
  if (!last) return { ...load(session, scene.recipe), lesson: restored };
  const { id, recipe, title, createdAt, sharedAt, parent, origin } = last;
  const experiment = over(last);
  const shown: Session = {
    ...load(session, restored.step === 'change' && !second ? scene.recipe : recipe),
    on: { kind: 'mine', experiment, head: { id, title, createdAt, sharedAt, parent, origin, own: true }, parent: null },
    lesson: { ...restored, judged: experiment },
  };
  const shone = shine(shown, second ? lesson.lesson.change.spotlight : lesson.lesson.run.spotlight);
  return { session: shone, effects: [{ kind: 'show', part: partOf(shone, reached) }] };
}

const over = ({ id, recipe, runs }: SavedExperiment): Experiment => ({ id, recipe, runs, running: false });
