import type { Drift } from '@/lib/api/drift';
import { defaultViewSettings, type ViewSettings } from '@/lib/compare/results';
import type { SideBySide } from '@/lib/compare/side-by-side';
import type { Exhibit } from '@/lib/gallery/exhibit';
import type { LessonText } from '@/lib/lessons/lesson';
import { recipeForForm } from '@/lib/recipe/probe';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import type { SavedExperiment, SavedHead } from '@/lib/run/saved';
import type { Action } from './actions';
import { type Draft, recipeToDraft } from './draft';
import type { Effect } from './effects';
import { beginLesson, type LessonInProgress } from './lesson';
import type { OwnKeys, WaitsForKey } from './own-keys';
import type { FieldProblem } from './problem';
import type { ProviderList } from './providers';
import type { TokenEnds } from './reveal';

/**
 * What a page opens the workbench with: the example, an exhibit, a lesson of which nothing has run yet, or a stored experiment.
 * `view` is its side-by-side view as the server rendered it.
 */
export type Opened =
  | { kind: 'example'; experiment: Experiment; view: SideBySide }
  | { kind: 'exhibit'; exhibit: Exhibit; experiment: Experiment; view: SideBySide }
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
 * Which experiment is on the screen, and what is known about it beside its runs. `parent` is the stored experiment that it
 * repeats.
 */
export type OnScreen =
  | { kind: 'example'; experiment: Experiment }
  | { kind: 'exhibit'; exhibit: Exhibit; experiment: Experiment }
  | { kind: 'lesson'; experiment: Experiment }
  | { kind: 'saved'; experiment: Experiment; head: SavedHead; parent: SavedExperiment | null; drift: Drift | null }
  | { kind: 'mine'; experiment: Experiment; head: SavedHead; parent: SavedExperiment | null };

/**
 * The connection over which events come. `asking`: a request is on its way and nothing has come yet; with `stop`,
 * everything is to be stopped as soon as something has. `lost`: it broke, and is being resumed for the nth time, from 0.
 */
type Link =
  | { kind: 'idle' }
  | { kind: 'asking'; parent: SavedExperiment | null; stop: boolean }
  | { kind: 'open' }
  | { kind: 'lost'; attempt: number };

export const paces = ['live', 'step', 'instant'] as const;
/** How answers come if the model can be paced: at a readable speed, step by step on request, or at once. */
export type Pace = (typeof paces)[number];

export const speeds = ['slow', 'steady', 'fast'] as const;
export type Speed = (typeof speeds)[number];

/**
 * All columns shown step by step: how many steps of each run are shown, and whether it goes on by itself. `ends` has by run
 * where its tokens end (UTF-16 units), once that is known; until then a step is a word.
 */
export type Playback = {
  shown: number;
  playing: boolean;
  speed: Speed;
  ends: TokenEnds | null;
};

/** A place in a run's text for the lens: an offset in UTF-16 units, one of its tokens, from 0, or where the runs part. */
export type LensPlace = TokenPlace | { run: number; fork: true };

/** The same once it is known where the runs part. */
export type TokenPlace = { run: number; offset: number } | { run: number; at: number };

/** Everything that a person has in front of them. The whole page follows from it. */
export type Session = {
  /** the page that it is on: a lesson keeps its address, whatever is on the screen */
  page: 'home' | 'exhibit' | 'permalink' | 'lesson';
  draft: Draft;
  /** the recipe that the form was filled in from, which it stands for until something is edited */
  origin: Recipe;
  problem: FieldProblem | null;
  pace: Pace;
  /** whether the dialog is open that asks to confirm many calls */
  confirming: boolean;
  /** keys that the visitor has entered */
  ownKeys: OwnKeys;
  /** the provider for which the dialog asks for a key, and what goes on once there is one */
  keyAsked: { provider: string; next: Action<WaitsForKey> | null } | null;
  on: OnScreen;
  link: Link;
  /** the sequence number of the last event that was heard; 0 for none */
  seen: number;
  /** recipes that are to run, each when the one before has ended, and compared with it */
  queue: readonly Recipe[];
  view: Omit<ViewSettings, 'stored' | 'origin'>;
  /** the place in the baseline that the reader has gone to, in UTF-16 units */
  place: number | null;
  playback: Playback | null;
  /** `led`: a lesson opened it, so the focus does not move to it */
  lens: { place: LensPlace; led: boolean } | null;
  lesson: LessonInProgress | null;
  providers: ProviderList;
  /** whether `providers` are what the server offers: it has been asked, has answered, or could not say */
  offer: 'asked' | 'known' | 'missed';
  reducedMotion: boolean;
};

export type Step = { session: Session; effects: readonly Effect[] };

/** The session that a page starts with. With a lesson, the tool is beside it. */
export function openSession(opened: Opened, providers: ProviderList, lesson: LessonText | null = null): Session {
  const origin = recipeForForm(opened.experiment.recipe);
  return {
    page: pages[opened.kind],
    draft: recipeToDraft(origin),
    origin,
    problem: null,
    pace: 'live',
    confirming: false,
    ownKeys: {},
    keyAsked: null,
    on: onScreen(opened),
    link: { kind: 'idle' },
    seen: 0,
    queue: [],
    view: viewOf(opened),
    place: null,
    playback: null,
    lens: null,
    lesson: lesson && beginLesson(lesson),
    providers,
    offer: 'asked',
    reducedMotion: false,
  };
}

const pages = { example: 'home', exhibit: 'exhibit', lesson: 'lesson', saved: 'permalink' } as const;

function viewOf(opened: Opened): Session['view'] {
  const { stored: _, origin: __, ...view } = defaultViewSettings;
  if (opened.kind === 'exhibit') return { ...view, ...opened.exhibit.viewSettings };
  return opened.kind === 'saved' && opened.parent ? { ...view, baseline: 'stored' } : view;
}

function onScreen(opened: Opened): OnScreen {
  const { kind, experiment } = opened;
  if (kind === 'exhibit') return { kind, exhibit: opened.exhibit, experiment };
  if (kind !== 'saved') return { kind, experiment };
  const { saved, parent, drift } = opened;
  return { kind, experiment, head: saved, parent, drift };
}
