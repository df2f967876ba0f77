import type { Numbered } from '@/lib/api/event-stream';
import type { OwnResponse } from '@/lib/api/experiment';
import type { View, ViewSettings } from '@/lib/compare/results';
import type { SettingKey } from '@/lib/recipe/parameters';
import type { LinkFault } from '@/lib/recipe/problem';
import type { Recipe } from '@/lib/recipe/recipe';
import type { SavedExperiment, SavedHead } from '@/lib/run/saved';
import type { DraftChange } from './draft';
import type { LessonStep } from './lesson';
import type { OwnKeys } from './own-keys';
import type { FieldProblem } from './problem';
import type { ProviderList } from './providers';
import type { LensPlace, Pace, Session, Speed, Step } from './session';

type Nothing = Record<never, never>;

/** Everything that can happen to a session, with its details: what a person does, and how the world answers. */
type ActionParts = {
  // The form
  edited: { part: DraftChange };
  'pace-chosen': { pace: Pace };
  /** a recipe was opened: from the address, say */
  'recipe-opened': { recipe: Recipe };
  'recipe-refused': { fault: LinkFault };

  // Running
  'run-asked': Nothing;
  /** the answer to whether so many calls are meant: yes, or no */
  'run-confirmed': Nothing;
  'run-declined': Nothing;
  /** it is to be found out what the form's model makes of its settings; the form stays as it is */
  'probe-asked': Nothing;
  /** what the form asks for is to be run without a setting, which was refused */
  'run-without-asked': { key: SettingKey };
  'stop-asked': Nothing;
  'stop-run-asked': { run: number };
  'retry-asked': { run: number };
  /** all missing runs are to be run */
  'completion-asked': Nothing;
  /** the experiment on the screen is to be run again, and compared with itself */
  'replay-asked': Nothing;
  /** a run is to be generated again with another token at `offset` in its text (UTF-16 units), and to continue from there */
  'what-if-asked': { run: number; offset: number; token: string };

  // The visitor's own keys
  /** the dialog that asks for a key is to open */
  'own-key-asked': { provider: string };
  'own-key-declined': Nothing;
  'own-key-entered': { provider: string; key: string; kept: boolean };
  'own-key-forgotten': { provider: string };
  /** these have been entered before, on another page of this tab */
  'own-keys-held': { keys: OwnKeys };

  // The connection
  connected: Nothing;
  /** `at` is the time, as ISO 8601 */
  heard: { events: readonly Numbered[]; at: string };
  /** the connection has ended, at its proper end or before */
  disconnected: Nothing;
  refused: { problem: FieldProblem };
  'models-known': { providers: ProviderList };
  /** the server could not say which models there are */
  'models-missed': Nothing;
  /** the page was shown; `reducedMotion` is the reader's preference, `view` the one that the address names */
  mounted: { reducedMotion: boolean; view: View | null };
  /** the answer to what of a shared experiment is the visitor's own */
  'own-known': { id: string } & OwnResponse;
  /** the page was left or closed; what runs goes on */
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
  /** the reader goes to a place in the baseline, an offset in UTF-16 units, to see it in the columns */
  'went-to': { offset: number };
  /** the reader opens the lens; `lens-moved` moves an open one */
  'lens-opened': { place: LensPlace };
  'lens-moved': { place: LensPlace };
  'lens-closed': Nothing;
  /** the experiment was renamed or shared, for example */
  'head-changed': { head: SavedHead };

  // A lesson
  'lesson-step': { step: LessonStep };
  /** the form is to show the lesson's recipe again */
  'lesson-recipe-asked': Nothing;
  /** how far the lesson had come when its page was left; null for what has not run, or is no longer stored */
  'lesson-restored': { step: LessonStep; first: SavedExperiment | null; second: SavedExperiment | null };
  /** the lesson is to begin anew */
  'lesson-restarted': Nothing;
};

export type ActionKind = keyof ActionParts;

/** An action, of any kind or of the given ones. */
export type Action<Kind extends ActionKind = ActionKind> = {
  [Each in Kind]: { kind: Each } & ActionParts[Each];
}[Kind];

/** What each kind of action makes of a session. A handler without effects may return the session alone. */
export type Handlers<Kind extends ActionKind = ActionKind> = {
  [Each in Kind]: (session: Session, action: Action<Each>) => Session | Step;
};
