import type { Drift } from '@/lib/api/drift';
import { defaultViewSettings, type ViewSettings } from '@/lib/compare/results';
import type { SideBySide } from '@/lib/compare/side-by-side';
import type { Lesson } from '@/lib/lessons/lesson';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import type { SavedExperiment, SavedHead } from '@/lib/run/saved';
import { type Draft, recipeToDraft } from './draft';
import type { Effect } from './effects';
import { beginLesson, type LessonInProgress } from './lesson';
import type { FieldProblem } from './problem';
import type { ProviderList } from './providers';

/**
 * What a page opens the workbench with: the example, a lesson of which nothing has run yet, or a stored experiment.
 * `view` is its side-by-side view as the server rendered it.
 */
export type Opened =
  | { kind: 'example'; experiment: Experiment; view: SideBySide }
  | { kind: 'lesson'; experiment: Experiment; view: SideBySide }
  | {
      kind: 'saved';
      experiment: Experiment;
      view: SideBySide;
      saved: SavedHead;
      parent: SavedExperiment | null;
      drift: Drift | null;
    };

/**
 * Which experiment is on the screen, and what is known of it beside its runs. `parent` is the stored experiment whose
 * recipe it runs again.
 */
export type OnScreen =
  | { kind: 'example'; experiment: Experiment }
  | { kind: 'lesson'; experiment: Experiment }
  | { kind: 'saved'; experiment: Experiment; head: SavedHead; parent: SavedExperiment | null; drift: Drift | null }
  | { kind: 'mine'; experiment: Experiment; head: SavedHead; parent: SavedExperiment | null };

/**
 * The connection over which events come. `asking`: a request is on its way and nothing has been heard of it; `stop` is
 * what to stop as soon as there is something to stop. `lost`: it broke, and is being taken up again for the nth time.
 */
type Link =
  | { kind: 'idle' }
  | { kind: 'asking'; parent: SavedExperiment | null; stop: boolean }
  | { kind: 'open' }
  | { kind: 'lost'; attempt: number };

export const paces = ['live', 'step', 'instant'] as const;
/** How answers come where a model can be paced: at a speed one can read, word by word on request, or at once. */
export type Pace = (typeof paces)[number];

export const speeds = ['slow', 'steady', 'fast'] as const;
export type Speed = (typeof speeds)[number];

/**
 * All columns shown step by step: how many steps of each run there are to see, and whether they go on by themselves. `ends`
 * says by run where its tokens end, once that is known (UTF-16 units); until then a step is a word.
 */
export type Playback = {
  shown: number;
  playing: boolean;
  speed: Speed;
  ends: ReadonlyMap<number, readonly number[]> | null;
};

/** A place in a run's text for the lens: an offset in UTF-16 units, or one of its tokens, from 0. */
export type LensPlace = { run: number; offset: number } | { run: number; at: number };

/** The whole of what a person has before them, from which everything on the page follows. */
export type Session = {
  /** the page it stands on: a lesson keeps its address, whatever is on the screen */
  page: 'home' | 'permalink' | 'lesson';
  draft: Draft;
  /** the recipe that the form was filled in from: as long as nothing is edited, that one is meant */
  origin: Recipe;
  problem: FieldProblem | null;
  pace: Pace;
  /** whether it is being asked if so many calls are meant */
  confirming: boolean;
  on: OnScreen;
  link: Link;
  /** the sequence number of the last event that was heard; 0 for none */
  seen: number;
  /** recipes that run, each when the one before has ended, held against it */
  queue: readonly Recipe[];
  view: Omit<ViewSettings, 'stored' | 'origin'>;
  /** where in the baseline somebody has gone to, in UTF-16 units */
  place: number | null;
  playback: Playback | null;
  /** `led`: a lesson opened it, so it takes no focus */
  lens: { place: LensPlace; led: boolean } | null;
  lesson: LessonInProgress | null;
  providers: ProviderList;
  reducedMotion: boolean;
};

export type Step = { session: Session; effects: readonly Effect[] };

/** A recipe of which nothing has run yet, as an experiment. */
export const unrun = (recipe: Recipe): Experiment => ({ id: '', recipe, runs: [], running: false });

/** The session that a page begins with, or that a lesson begins with which has the tool beside it. */
export function openSession(opened: Opened, providers: ProviderList, lesson: Lesson | null = null): Session {
  const { experiment } = opened;
  const { stored: _, origin: __, ...view } = defaultViewSettings;
  return {
    page: pages[opened.kind],
    draft: recipeToDraft(experiment.recipe),
    origin: experiment.recipe,
    problem: null,
    pace: 'live',
    confirming: false,
    on: onScreen(opened),
    link: { kind: 'idle' },
    seen: 0,
    queue: [],
    view: opened.kind === 'saved' && opened.parent ? { ...view, baseline: 'stored' } : view,
    place: null,
    playback: null,
    lens: null,
    lesson: lesson && beginLesson(lesson),
    providers,
    reducedMotion: false,
  };
}

const pages = { example: 'home', lesson: 'lesson', saved: 'permalink' } as const;

function onScreen(opened: Opened): OnScreen {
  const { kind, experiment } = opened;
  if (kind !== 'saved') return { kind, experiment };
  const { saved, parent, drift } = opened;
  return { kind, experiment, head: saved, parent, drift };
}
