import { aTestThatDoesNotFlake } from './a-test-that-does-not-flake';
import { howManyRuns } from './how-many-runs';
import type { Lesson } from './lesson';
import { newSeedNewText } from './new-seed-new-text';
import { oneWordAnotherWorld } from './one-word-another-world';
import { oneWordAtATime } from './one-word-at-a-time';
import { sameSeedSameText } from './same-seed-same-text';
import { seedsAreNotStyles } from './seeds-are-not-styles';
import { temperatureBendsTheBars } from './temperature-bends-the-bars';
import { temperatureZero } from './temperature-zero';
import { theDice } from './the-dice';
import { theSameSumInAnotherOrder } from './the-same-sum-in-another-order';
import { topPCutsTheTail } from './top-p-cuts-the-tail';
import { whatTheModelLooksAt } from './what-the-model-looks-at';
import { whenTheServerMoves } from './when-the-server-moves';

/** The lessons in the order in which they are taught: the first is lesson 1. */
export const lessons: readonly Lesson[] = [
  oneWordAtATime,
  theDice,
  sameSeedSameText,
  newSeedNewText,
  temperatureBendsTheBars,
  topPCutsTheTail,
  temperatureZero,
  oneWordAnotherWorld,
  whenTheServerMoves,
  howManyRuns,
  aTestThatDoesNotFlake,
  seedsAreNotStyles,
  whatTheModelLooksAt,
  theSameSumInAnotherOrder,
];

/** The lesson with that address, or null. */
export const lessonBySlug = (slug: string): Lesson | null => lessons.find((lesson) => lesson.slug === slug) ?? null;

/** The length of a class, in minutes. */
export const classMinutes = 50;

/** The lessons for one class, in their order: with them each step from a word to an answer that need not repeat is seen. */
export const classPath: readonly Lesson[] = [
  oneWordAtATime,
  theDice,
  sameSeedSameText,
  newSeedNewText,
  temperatureBendsTheBars,
  temperatureZero,
  oneWordAnotherWorld,
  whenTheServerMoves,
  howManyRuns,
];
