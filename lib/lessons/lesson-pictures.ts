import { findFork } from '@/lib/compare/align/fork';
import { groupTexts } from '@/lib/compare/align/groups';
import { momentAcrossRuns } from '@/lib/lens/across-runs';
import { headLook, mostLookedAt } from '@/lib/lens/inside';
import { shareOf } from '@/lib/lens/moment';
import type { Needle } from '@/lib/lens/needles';
import { settingOf } from '@/lib/lens/setting';
import { sourceOf } from '@/lib/lens/source';
import { stripOf } from '@/lib/lens/strip';
import type { LineSegment } from '@/lib/lens/unit-line';
import { counted, listed } from '@/lib/words/english';
import { roleOfMark } from '@/lib/words/inside';
import { sayWholePercent } from '@/lib/words/numbers';
import { tokenName } from '@/lib/words/token';
import { barsText, type FinishedRun, finishedRuns } from './captions';
import type { Outcome } from './lesson';

/** A token's part of all, 0 to 1. */
type Share = { token: string; share: number; taken: boolean };
/** The unit line under one setting, with the draws of its runs. */
type Line = { label: string; segments: LineSegment[]; needles: Needle[] };
/** A run by the letter of its text, as on the page. */
type Letter = { run: number; letter: string };
/** How a text goes on where the texts part. */
type Branch = { letter: string; text: string };

/** What the card of a lesson shows: something of what really came of one of its recipes. The caption says it in words. */
export type LessonPicture = { caption: string } & (
  | { kind: 'bars'; shares: Share[] }
  | { kind: 'lines'; lines: Line[] }
  | { kind: 'letters'; letters: Letter[] }
  | { kind: 'fork'; before: string; branches: Branch[] }
  | { kind: 'steps'; differences: number[]; fork: number | null }
  | { kind: 'draws'; rows: { label: string; draws: number[] }[] }
);

const maxBars = 5;

/** What could have come first in the first run, and what did. */
export function firstBars(outcome: Outcome): LessonPicture {
  const first = finishedRuns(outcome)[0]?.moments[0];
  const options = first?.options.slice(0, maxBars) ?? [];
  const shares = options.map((option) => {
    const { token } = option;
    return { token, share: shareOf(option), taken: token === first?.token };
  });
  return { kind: 'bars', shares, caption: `First: ${barsText(options)}` };
}

/** What a network looked at most when it chose the first token. */
export function firstLook({ network }: Outcome): LessonPicture {
  const inside = network?.inside;
  if (!inside) return { kind: 'bars', shares: [], caption: 'What it looked at is not known' };
  const shares = mostLookedAt(headLook(inside, { layer: null, head: null }), inside.tokens.length)
    .map(({ at, weight }) => ({ token: inside.tokens[at] ?? '', share: weight, taken: false }))
    .filter(({ token }) => roleOfMark(token) === null)
    .slice(0, maxBars);
  const said = shares.slice(0, 2).map(({ token, share }) => `${tokenName(token)} ${sayWholePercent(share)}`);
  return { kind: 'bars', shares, caption: `Looked at: ${listed(said)}` };
}

/** By how much the scores of two back ends differ, token by token, up to where the words part. */
export function scoreSteps({ network }: Outcome): LessonPicture {
  const drift = network?.drift?.drift;
  if (!drift) return { kind: 'steps', differences: [], fork: null, caption: 'No two back ends to compare' };
  const since = drift.since === null ? 'never part' : `part at token ${drift.since + 1}`;
  const words = drift.fork ? `at token ${drift.fork.at + 1}` : 'never';
  return {
    kind: 'steps',
    differences: drift.differences,
    fork: drift.fork?.at ?? null,
    caption: `Scores ${since}, words ${words}`,
  };
}

/** The first choice of all runs as lines from 0 to 1, one for each setting, with their draws. */
export function firstLines(outcome: Outcome): LessonPicture {
  const runs = finishedRuns(outcome);
  const traced = runs.map(({ record, recipe, request, moments }) => {
    const { run, text } = record;
    return { run, text, moments, setting: settingOf(request, sourceOf(record, recipe)) };
  });
  const strips = (momentAcrossRuns(traced, 1, 0)?.choices ?? []).map((choice) => stripOf(choice, null));
  const lines = strips.map(({ choice, line, needles }) => ({
    label: strips.length > 1 ? labelOf(runs, choice.together[0]?.run) : '',
    segments: line,
    needles,
  }));
  const draws = new Set(strips.flatMap(({ needles }) => needles.map(({ u }) => u)));
  const taken = new Set(strips.flatMap(({ needles }) => needles.map(({ token }) => token)));
  const settings = lines.length > 1 ? `, ${counted(lines.length, 'setting')}` : '';
  return {
    kind: 'lines',
    lines,
    caption: `${counted(draws.size, 'draw')}${settings}, ${counted(taken.size, 'first token')}`,
  };
}

/** The label of a run's arm. */
function labelOf(runs: readonly FinishedRun[], run: number | undefined): string {
  const found = runs.find(({ record }) => record.run === run);
  return found?.recipe.arms?.[found.record.arm]?.label ?? '';
}

/** Which text each run gave. */
export function textLetters(outcome: Outcome): LessonPicture {
  const groups = groupTexts(finishedRuns(outcome).map(({ record }) => record));
  const letters = groups
    .flatMap(({ letter, runs }) => runs.map((run) => ({ run, letter })))
    .toSorted((a, b) => a.run - b.run);
  return {
    kind: 'letters',
    letters,
    caption: `${counted(letters.length, 'run')}, ${counted(groups.length, 'text')}`,
  };
}

/** The place where the texts part, and how each of them goes on. */
export function textFork(outcome: Outcome): LessonPicture {
  const records = finishedRuns(outcome).map(({ record }) => record);
  const fork = findFork(records);
  const branches = groupTexts(records).map(({ letter, text }) => ({
    letter,
    text: text.slice(fork?.offset ?? 0).trim(),
  }));
  return {
    kind: 'fork',
    before: records[0]?.text.slice(0, fork?.offset ?? 0).trim() ?? '',
    branches,
    caption: fork ? `The texts part at word ${fork.word}` : 'The texts are the same',
  };
}

const maxRows = 2;
const maxDraws = 8;

/** The first draws of the first two runs, as dots. */
export function firstDraws(outcome: Outcome): LessonPicture {
  const rows = finishedRuns(outcome)
    .slice(0, maxRows)
    .map(({ record, moments }) => ({
      label: `Seed ${record.seed}`,
      draws: moments.flatMap(({ draw }) => draw?.u ?? []).slice(0, maxDraws),
    }));
  return {
    kind: 'draws',
    rows,
    caption: `The first ${maxDraws} draws of ${listed(rows.map(({ label }) => label.toLowerCase()))}`,
  };
}
