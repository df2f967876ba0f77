import type { View } from '@/lib/compare/results';
import type { Inside } from '@/lib/lens/inside';
import type { Moment } from '@/lib/lens/moment';
import type { NetworkRun } from '@/lib/lens/other-back-end';
import type { ScoreDrift } from '@/lib/lens/score-drift';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import type { LessonPicture } from './lesson-pictures';

/** What came of a lesson's run: the experiment and, by run, how each token was chosen. */
export type Outcome = {
  experiment: Experiment;
  moments: ReadonlyMap<number, readonly Moment[]>;
  network?: NetworkOutcome;
};

/**
 * What went on in a network that wrote the runs: inside, at the first token of the first `run`; and how the scores of two
 * runs part that other back ends wrote, null if there are no two.
 */
export type NetworkOutcome = {
  run: number;
  inside: Inside | null;
  drift: { own: NetworkRun; other: NetworkRun; drift: ScoreDrift } | null;
};

/**
 * What came, as an answer to the question that was asked: the index of an option, or the number itself; null if these runs
 * do not tell. `because` is what in the runs shows it, '' if the answer says all.
 */
export type Happened = { answer: number | null; because: string };

/** What the student is asked before the run. It is never graded; what happened is shown beside it. */
export type Question = { question: string } & (
  | { kind: 'choice'; options: string[] }
  /** `unit` is what is counted, in the singular */
  | { kind: 'number'; min: number; max: number; unit: string }
);

/** The question with its answers: `expected` by the lesson's own recipe, for the teacher's key, and what has `happened`. */
export type Prediction = Question & { expected: number; happened: (outcome: Outcome) => Happened };

/** What opens once it has run: a view, and the lens at a token of a run, or where the runs part. */
export type Spotlight = { view?: View; lens?: { run: number; token: number } | 'fork' };

/** Two texts to look at side by side. */
export type TextPair = { label: string; texts: readonly [string, string] };

/**
 * Something to run on the live tool, and what to look at in it. `alsoAsked` are recipes that the instruction asks for besides,
 * and that count as well.
 */
export type Task = {
  instruction: string;
  recipe: Recipe;
  alsoAsked?: readonly Recipe[];
  spotlight: Spotlight;
};

/**
 * A task with a caption made from the data of this very run. A second scene may compare: `before` is what came of the
 * first, if that is there, and `pairs` are texts of both that stay on the screen for it. One scene of a lesson has the
 * `picture` for its card.
 */
export type Scene = Task & {
  caption: (outcome: Outcome, before?: Outcome) => string;
  pairs?: (outcome: Outcome, before: Outcome) => TextPair[];
  picture?: (outcome: Outcome) => LessonPicture;
};

/** One question after the explanation: options, each with what is said to whoever chooses it; `right` is the right one's index. */
type Check = { question: string; options: { text: string; reply: string }[]; right: number };

/** Teacher notes: what it aims at, a five-minute script, expected answers, common wrong ideas. */
type TeacherNotes = { aim: string; script: string[]; expected: string; wrongIdeas: string[] };

/** A lesson as a student reads it, before anything has run: what a page is rendered with. */
export type LessonText = {
  slug: string;
  title: string;
  /** one sentence: what it teaches */
  learns: string;
  predict: Question;
  run: Task;
  explain: string[];
  /** whether the gallery shows what it explains as measured on real hardware */
  onHardware?: true;
  check: Check;
  /** something to change, and to run again */
  change: Task;
};

/** A lesson: predict → run → see → explain → change. All prose in plain words, at most 250 of them. */
export type Lesson = LessonText & {
  minutes: number;
  predict: Prediction;
  run: Scene;
  change: Scene;
  notes: TeacherNotes;
};

/** The text of a lesson alone, which can be sent to a page. */
export function textOf({ slug, title, learns, predict, run, explain, onHardware, check, change }: Lesson): LessonText {
  const { happened: _, expected: __, ...question } = predict;
  return {
    slug,
    title,
    learns,
    predict: question,
    run: taskOf(run),
    explain,
    onHardware,
    check,
    change: taskOf(change),
  };
}

const taskOf = ({ caption: _, pairs: __, picture: ___, ...task }: Scene): Task => task;
