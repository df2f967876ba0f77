import type { Numbered } from '@/lib/api/event-stream';
import type { View, ViewSettings } from '@/lib/compare/results';
import type { LinkFault } from '@/lib/recipe/problem';
import type { Recipe } from '@/lib/recipe/recipe';
import type { SavedHead } from '@/lib/run/saved';
import type { DraftChange } from './draft';
import type { LessonStep } from './lesson';
import type { FieldProblem } from './problem';
import type { ProviderList } from './providers';
import type { LensPlace, Pace, Session, Speed, Step } from './session';

type Nothing = Record<never, never>;

/** Everything that can happen to a session, with what is known of it: what a person does, and what the world answers. */
type ActionParts = {
  // The form
  edited: { part: DraftChange };
  'pace-chosen': { pace: Pace };
  /** a recipe was opened: from the address, say */
  'recipe-opened': { recipe: Recipe };
  'recipe-refused': { fault: LinkFault };

  // Running
  'run-asked': Nothing;
  /** it was asked whether so many calls are meant: yes, or no */
  'run-confirmed': Nothing;
  'run-declined': Nothing;
  'stop-asked': Nothing;
  'stop-run-asked': { run: number };
  'retry-asked': { run: number };
  /** whatever is missing is to be run */
  'completion-asked': Nothing;
  /** the experiment on the screen is to be run again, and held against itself */
  'replay-asked': Nothing;
  /** a run is to be written again with another token at `offset` in its text (UTF-16 units), and to go on from there */
  'what-if-asked': { run: number; offset: number; token: string };

  // The connection
  connected: Nothing;
  /** `at` is the time, as ISO 8601 */
  heard: { events: readonly Numbered[]; at: string };
  /** the connection has ended, at its end or before */
  disconnected: Nothing;
  refused: { problem: FieldProblem };
  'models-known': { providers: ProviderList };
  /** the page was shown to somebody who does, or does not, want things to move; `view` is the one that the address names */
  mounted: { reducedMotion: boolean; view: View | null };
  /** the page is left, or closed: what runs goes on */
  left: Nothing;

  // Step by step
  'playback-opened': Nothing;
  'playback-closed': Nothing;
  played: Nothing;
  paused: Nothing;
  /** it is time for one more step */
  ticked: Nothing;
  'stepped-to': { step: number };
  'speed-chosen': { speed: Speed };
  /** it is known where the tokens of each run of experiment `id` end */
  'tokens-known': { id: string; ends: ReadonlyMap<number, readonly number[]> };

  // Looking
  'view-changed': { part: Partial<Omit<ViewSettings, 'stored' | 'origin'>> };
  /** somebody goes to a place in the baseline, an offset in UTF-16 units, and looks at it in the columns */
  'went-to': { offset: number };
  /** a person opens the lens; `lens-moved` moves one that is open */
  'lens-opened': { place: LensPlace };
  'lens-moved': { place: LensPlace };
  'lens-closed': Nothing;
  /** the experiment was named, say, or shared */
  'head-changed': { head: SavedHead };

  // A lesson
  'lesson-step': { step: LessonStep };
  /** the form is to have the lesson's recipe again */
  'lesson-recipe-asked': Nothing;
};

export type ActionKind = keyof ActionParts;

/** One action, or one of some kinds. */
export type Action<Kind extends ActionKind = ActionKind> = {
  [Each in Kind]: { kind: Each } & ActionParts[Each];
}[Kind];

/** What each kind of action makes of a session. Without effects the session alone is answered. */
export type Handlers<Kind extends ActionKind = ActionKind> = {
  [Each in Kind]: (session: Session, action: Action<Each>) => Session | Step;
};
