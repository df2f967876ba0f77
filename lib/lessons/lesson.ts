import type { View } from '@/lib/compare/results';
import type { Moment } from '@/lib/lens/moment';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';

/** What came of a lesson's run: the experiment and, by run, how each token was chosen. */
export type Outcome = { experiment: Experiment; moments: ReadonlyMap<number, readonly Moment[]> };

/** What the student is asked before the run. It is never graded; what happened is shown beside it. */
type Prediction =
  | { kind: 'choice'; question: string; options: string[]; happened: (outcome: Outcome) => string }
  | {
      kind: 'number';
      question: string;
      min: number;
      max: number;
      unit: string;
      happened: (outcome: Outcome) => string;
    };

/** What opens once it has run: a view, and the lens at a token of a run, or where the runs part. */
export type Spotlight = { view?: View; lens?: { run: number; token: number } | 'fork' };

/** Something to run on the live tool, what to look at in it, and a caption made from the data of this very run. */
export type Scene = {
  instruction: string;
  recipe: Recipe;
  spotlight: Spotlight;
  caption: (outcome: Outcome) => string;
};

/** One question after the explanation. `right` is the index of the right option; `why` is shown after any answer. */
export type Check = { question: string; options: string[]; right: number; why: string };

/** Teacher notes: what it aims at, a five-minute script, expected answers, common wrong ideas. */
type TeacherNotes = { aim: string; script: string[]; expected: string; wrongIdeas: string[] };

/** A lesson: predict → run → see → explain → change. All prose in plain words, at most 250 of them. */
export type Lesson = {
  slug: string;
  title: string;
  minutes: number;
  /** one sentence: what it teaches */
  learns: string;
  predict: Prediction;
  run: Scene;
  explain: string[];
  check: Check;
  /** something to change, and to run again */
  change: Scene;
  notes: TeacherNotes;
};
