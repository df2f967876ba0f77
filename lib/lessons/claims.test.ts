import { beforeAll, describe, expect, it } from 'vitest';
import { findFork } from '@/lib/compare/align/fork';
import { groupTexts } from '@/lib/compare/align/groups';
import { equalRunsBound } from '@/lib/compare/measure/agreement';
import { nearTiePoints } from '@/lib/lens/facts';
import type { Moment } from '@/lib/lens/moment';
import { momentAt } from '@/lib/lens/moment';
import { drawsOf } from '@/lib/seedling/draws';
import type { Lesson, Outcome } from './lesson';
import { lessons } from './lessons';
import { runLesson } from './outcome.fixture';

/*
 * What the lessons say of Seedling must be what Seedling does. Each lesson's recipes are run as the page runs them; the
 * figures in its prose, its options and its notes are held against what came. If Seedling changes, this says what to rewrite.
 */

type Ran = { lesson: Lesson; run: Outcome; change: Outcome };
const ran = new Map<string, Ran>();
beforeAll(async () => {
  for (const lesson of lessons) {
    const run = await runLesson(lesson.run.recipe);
    ran.set(lesson.slug, { lesson, run, change: await runLesson(lesson.change.recipe) });
  }
});

function of(slug: string): Ran {
  const found = ran.get(slug);
  if (!found) throw new Error(`There is no lesson "${slug}".`);
  return found;
}

const texts = ({ experiment }: Outcome): string[] => experiment.runs.map(({ text }) => text);
const distinct = (outcome: Outcome): number => new Set(texts(outcome)).size;
const common = ({ experiment }: Outcome): number => groupTexts(experiment.runs)[0]?.runs.length ?? 0;
const drawn = (outcome: Outcome, run: number): number[] =>
  (outcome.moments.get(run) ?? []).flatMap(({ draw }) => (draw ? [draw.u] : []));

function momentOf(outcome: Outcome, run: number, at = 0): Moment {
  const moment = outcome.moments.get(run)?.[at];
  if (!moment) throw new Error(`Run ${run} has no moment ${at}.`);
  return moment;
}

const percent = (share: number | null | undefined): number => Math.round((share ?? 0) * 100);
const chances = (moment: Moment): number[] => moment.options.map(({ chance }) => percent(chance));
const tokens = (moment: Moment): string[] => moment.options.map(({ token }) => token);

function forkOf(outcome: Outcome) {
  const fork = findFork(outcome.experiment.runs);
  if (!fork) throw new Error('The runs do not part.');
  return fork;
}

/** The chances of the two tokens that two runs took where they part. */
function parted(outcome: Outcome): [number, number] {
  const { offset } = forkOf(outcome);
  const [a = 0, b = 0] = [1, 2].map((run) => {
    const moments = outcome.moments.get(run) ?? [];
    const moment = moments[momentAt(moments, offset) ?? -1];
    return moment?.options.find(({ token }) => token === moment.token)?.chance ?? 0;
  });
  return [a, b];
}

const lastSentence = (text: string): string => text.split(/(?<=[.!?])\s+/u).at(-1) ?? '';

describe('the prediction', () => {
  /** What happened, as one of the options or as the number. */
  const happened: Record<string, (ran: Ran) => string | number> = {
    'one-word-at-a-time': ({ run }) => momentOf(run, 1).options[0]?.token ?? '',
    'the-dice': ({ run }) => momentOf(run, 1).token,
    'same-seed-same-text': ({ run }) => distinct(run),
    'new-seed-new-text': ({ run }) => texts(run).filter((text) => text.startsWith('The ')).length,
    'temperature-bends-the-bars': ({ run }) =>
      (chances(momentOf(run, 4))[0] ?? 0) < (chances(momentOf(run, 3))[0] ?? 0) ? 'Less' : 'not less',
    'top-p-cuts-the-tail': ({ run }) => chances(momentOf(run, 2)).filter((chance) => chance > 0).length,
    'temperature-zero': ({ run }) => (distinct(run) === 1 ? 'No, one text five times' : 'other'),
    'one-word-another-world': ({ run }) =>
      new Set(texts(run).map(lastSentence)).size === 2 ? 'Two stories with different ends' : 'other',
    'when-the-server-moves': ({ run }) => distinct(run),
    'how-many-runs': ({ run, change }) => (distinct(run) === 1 && distinct(change) > 1 ? 'Yes, easily' : 'other'),
    'a-test-that-does-not-flake': ({ run }) =>
      texts(run).every((text) => text.includes('Paris')) ? 'names the same city' : 'other',
    'seeds-are-not-styles': ({ run }) => (forkOf(run).word === 1 ? 'No more alike than any two' : 'other'),
  };

  it.each(Object.entries(happened))('of %s offers what happened', (slug, answer) => {
    const { lesson, ...outcomes } = of(slug);
    const came = answer({ lesson, ...outcomes });
    const { predict } = lesson;
    if (predict.kind === 'choice') return expect(predict.options).toContain(came);
    expect(came).toBeGreaterThanOrEqual(predict.min);
    expect(came).toBeLessThanOrEqual(predict.max);
  });

  it('is checked for every lesson', () => {
    expect(Object.keys(happened)).toEqual(lessons.map(({ slug }) => slug));
  });
});

describe('the lesson “One word at a time”', () => {
  it('is sure of the first word of a story, and less sure of a colour', () => {
    const { lesson, run, change } = of('one-word-at-a-time');
    expect(chances(momentOf(run, 1))[0]).toBe(64);
    expect(tokens(momentOf(change, 1)).slice(0, 2)).toEqual(['A', 'I']);
    expect(chances(momentOf(change, 1))[0]).toBeLessThan(50);
    expect(chances(momentOf(run, 1, 1))[0]).toBeGreaterThan(99);
    expect(chances(momentOf(run, 1, 2))[0]).toBeGreaterThan(99);
    expect(lesson.run.caption(run)).toContain('“Once” 64 %');
    expect(lesson.change.caption(change)).toContain('No token has more than half.');
  });
});

describe('the dice', () => {
  it('lie on the line of the question, and fall on 0.60', () => {
    const { lesson, run, change } = of('the-dice');
    const first = momentOf(run, 1);
    expect(tokens(first).slice(0, 3)).toEqual(['The', 'I', 'It']);
    const ends = first.options.slice(0, 3).map((_, at) =>
      first.options
        .slice(0, at + 1)
        .reduce((sum, { chance }) => sum + (chance ?? 0), 0)
        .toFixed(2),
    );
    expect(ends).toEqual(['0.43', '0.65', '0.84']);
    expect([first.token, first.draw?.u.toFixed(2)]).toEqual(['I', '0.60']);
    const other = momentOf(change, 1);
    expect(other.token).toBe('It');
    expect(other.options).toEqual(first.options);
    expect(lesson.run.caption(run)).toBe(
      'The draw was 0.60. It fell in the part from 0.43 to 0.65. That part belongs to “I”. It is as wide as its chance: 21 %.',
    );
    expect(lesson.change.caption(change)).toContain('belongs to “It”');
  });

  it('are cast once for each token', () => {
    const { run } = of('the-dice');
    const list = drawn(run, 1);
    expect(list).toEqual([...drawsOf(19).take(list.length)]);
    expect(list.length).toBe(run.moments.get(1)?.length);
  });

  it('fall below 0.05 about once in twenty times', () => {
    const draws = Array.from({ length: 2000 }, (_, seed) => drawsOf(seed).next().value);
    const share = draws.filter((u) => u < 0.05).length / draws.length;
    expect(share).toBeGreaterThan(0.035);
    expect(share).toBeLessThan(0.065);
  });
});

describe('the lesson “Same seed, same text”', () => {
  it('has one text, with all needles on one spot', () => {
    const { lesson, run } = of('same-seed-same-text');
    expect(distinct(run)).toBe(1);
    for (const number of [2, 3, 4, 5]) expect(drawn(run, number)).toEqual(drawn(run, 1));
    expect(lesson.run.caption(run)).toMatch(
      /^All 5 runs gave the same text\. They share seed 42\. At each of the \d+ steps/,
    );
  });

  it('has several texts without a seed', () => {
    const { lesson, change } = of('same-seed-same-text');
    expect(distinct(change)).toBeGreaterThan(1); // five draws of one haiku out of hundreds: as good as never
    expect(lesson.change.caption(change)).toContain('No seed was sent');
  });
});

describe('the lesson “New seed, new text”', () => {
  it('starts 8 of 20 and 42 of 100 with the widest bar', () => {
    const { lesson, run, change } = of('new-seed-new-text');
    expect(chances(momentOf(run, 1))[0]).toBe(43);
    expect(tokens(momentOf(run, 1))[0]).toBe('The');
    expect(texts(run).filter((text) => text.startsWith('The ')).length).toBe(8);
    expect(texts(change).filter((text) => text.startsWith('The ')).length).toBe(42);
    expect(lesson.run.caption(run)).toMatch(/in 20 runs: “The” 8 \(40 %, its bar says 43 %\)/);
    expect(lesson.change.caption(change)).toMatch(/in 100 runs: “The” 42 \(42 %/);
  });

  it('comes closer to all three bars with 100 seeds', () => {
    const { run, change } = of('new-seed-new-text');
    for (const { token, chance } of momentOf(run, 1).options.slice(0, 3)) {
      const off = (outcome: Outcome): number => {
        const firsts = outcome.experiment.runs.map((record) => momentOf(outcome, record.run).token);
        return Math.abs(firsts.filter((first) => first === token).length / firsts.length - (chance ?? 0));
      };
      expect(off(change)).toBeLessThan(off(run));
    }
  });
});

describe('temperature', () => {
  it('bends the bars under one needle, and another word wins', () => {
    const { lesson, run } = of('temperature-bends-the-bars');
    const firsts = [1, 2, 3, 4].map((number) => momentOf(run, number));
    expect(firsts.map((first) => chances(first)[0])).toEqual([100, 68, 43, 28]);
    expect(new Set(firsts.map(({ draw }) => draw?.u)).size).toBe(1);
    expect(firsts.map(({ token }) => token)).toEqual(['The', 'The', 'I', 'It']);
    expect(lesson.run.caption(run)).toContain('T 1.5: “The” has 28 %; the run took “It”.');
    expect(lesson.predict.happened(run)).toBe('At T 1 it has 43 %. At T 1.5 it has 28 %.');
  });

  it('gives narrow bars what it takes from wide ones', () => {
    const { run } = of('temperature-bends-the-bars');
    expect(momentOf(run, 4).rest.chance).toBeGreaterThan(momentOf(run, 3).rest.chance ?? 1);
  });

  it('of 2 gives all but the ten likeliest words a real chance: over a third, from nearly nothing', async () => {
    const { recipe } = of('temperature-bends-the-bars').lesson.change;
    const wild = await runLesson({ ...recipe, request: { ...recipe.request, temperature: 2 }, repeats: 1 });
    expect(momentOf(wild, 1).rest.chance).toBeGreaterThan(1 / 3);
    expect(momentOf(of('temperature-bends-the-bars').run, 3).rest.chance).toBeLessThan(0.05);
  });

  it('adds no randomness of its own', () => {
    const { lesson, change } = of('temperature-bends-the-bars');
    expect(distinct(change)).toBe(1);
    expect(lesson.change.caption(change)).toBe('T 1.5. All 5 runs gave the same text. They share seed 8.');
  });

  it('0 takes the widest bar whatever the seed, and ends in a loop', () => {
    const { lesson, run, change } = of('temperature-zero');
    expect(distinct(run)).toBe(1);
    expect(new Set([1, 2, 3, 4, 5].map((number) => drawn(run, number)[0])).size).toBe(5);
    for (const moments of run.moments.values())
      for (const { token, options } of moments) expect(options[0]).toMatchObject({ token, chance: 1 });
    for (const record of run.experiment.runs) expect(record).toMatchObject({ status: 'ended', finish: 'length' });
    expect(lesson.run.caption(run)).toContain('“the waves are soft as soft can be,” comes 5 times');
    expect(distinct(change)).toBe(5);
    expect(lesson.change.caption(change)).toContain('No line comes twice in a run.');
  });
});

describe('top-p', () => {
  it('keeps three of the five bars of the question', () => {
    const { lesson, run } = of('top-p-cuts-the-tail');
    const [open, cut, narrow] = [1, 2, 3].map((number) => momentOf(run, number));
    if (!open || !cut || !narrow) throw new Error('There are three runs.');
    expect(chances(open).slice(0, 5)).toEqual([28, 25, 18, 18, 6]);
    expect(chances(cut).filter((chance) => chance > 0)).toEqual([39, 35, 26]);
    expect(tokens(cut)[2]).toBe('-');
    expect(cut.rest.chance).toBe(0);
    expect(chances(narrow).filter((chance) => chance > 0)).toEqual([100]);
    expect(distinct(run)).toBe(3);
    expect(new Set([open, cut, narrow].map(({ draw }) => draw?.u)).size).toBe(1);
    expect(lesson.predict.happened(run)).toBe('Top-p 0.6 kept 3: “A”, “I”, “-”.');
  });

  it('keeps one where the model is sure', () => {
    const { lesson, change } = of('top-p-cuts-the-tail');
    expect(chances(momentOf(change, 1))[0]).toBe(70);
    expect(lesson.change.caption(change)).toContain('Top-p 0.6 keeps 1: “The” 100 %.');
  });
});

describe('the lesson “One word, another world”', () => {
  it('shares 37 words, then parts at a near tie into two ends', () => {
    const { lesson, run } = of('one-word-another-world');
    expect(forkOf(run).word).toBe(38);
    expect(lesson.predict.question).toContain('the same 37 words');
    const [a, b] = parted(run);
    expect([percent(a), percent(b)]).toEqual([52, 48]);
    expect(Math.abs(a - b) * 100).toBeLessThanOrEqual(nearTiePoints);
    expect(drawn(run, 1)[0]).not.toBe(drawn(run, 2)[0]);
    expect(lesson.run.caption(run)).toBe(
      'The runs share their first 37 words. There they took “One” 52 % and “That” 48 %: a near tie. They end in 2 ways.',
    );
  });

  it('parts again with the robots, which end alike', () => {
    const { lesson, change } = of('one-word-another-world');
    const [a, b] = parted(change);
    expect(Math.abs(a - b) * 100).toBeLessThanOrEqual(nearTiePoints);
    expect(lesson.change.caption(change)).toContain('a near tie. They end with the same sentence.');
  });
});

describe('the lesson “When the server moves”', () => {
  const byFingerprint = ({ experiment }: Outcome) =>
    Map.groupBy(experiment.runs, (run) => (run.status === 'ended' ? run.fingerprints.join() : ''));

  it('has one text for each fingerprint, and two in all, parting at a near tie', async () => {
    const { lesson } = of('when-the-server-moves');
    const many = await runLesson({ ...lesson.run.recipe, repeats: 40 }); // so that all three have answered
    const groups = [...byFingerprint(many).values()];
    expect(groups.length).toBe(3);
    for (const group of groups) expect(new Set(group.map(({ text }) => text)).size).toBe(1);
    expect(distinct(many)).toBe(2);
    const { offset } = forkOf(many);
    const moments = many.moments.get(1) ?? [];
    const at = moments[momentAt(moments, offset) ?? -1];
    expect(at?.options.slice(0, 2).map(({ probability }) => percent(probability))).toEqual([50, 50]);
    expect(lesson.run.caption(many)).toContain(
      '3 fingerprints seen. Runs with the same fingerprint gave the same text.',
    );
  });

  it.each([undefined, 60])('has several texts under one fingerprint when it is busy (pace %s)', async (pace) => {
    const { lesson } = of('when-the-server-moves');
    const busy = await runLesson(lesson.change.recipe, pace);
    expect(byFingerprint(busy).size).toBe(1);
    expect(distinct(busy)).toBeGreaterThan(1);
    expect(lesson.change.caption(busy)).toContain('Runs with the same fingerprint gave different texts.');
  });

  it('has one text if the runs go one after the other', async () => {
    const { lesson } = of('when-the-server-moves');
    const calm = await runLesson({ ...lesson.change.recipe, dispatch: 'sequential' });
    expect(distinct(calm)).toBe(1);
    expect(lesson.change.caption(calm)).toContain('Runs with the same fingerprint gave the same text.');
  });
});

describe('the lesson “How many runs are enough?”', () => {
  it('has 5 of 5, then 55 of 60: about 1 in 10 changes', () => {
    const { lesson, run, change } = of('how-many-runs');
    expect(distinct(run)).toBe(1);
    expect(common(change)).toBe(55);
    expect(texts(change).findIndex((text) => text !== texts(change)[0])).toBe(5);
    expect(lesson.run.caption(run)).toContain('less than 47 % of runs, 5 would agree at most 1 time in 20');
    expect(lesson.change.caption(change)).toContain('Run 6 is the first that differs');
  });

  it('gives the bounds of the statistics', () => {
    expect([5, 20, 60].map((n) => percent(1 - equalRunsBound(n)))).toEqual([53, 15, 5]);
    expect(percent(0.9 ** 5)).toBe(59);
    expect(0.5 ** 19).toBeLessThan(0.001);
  });
});

describe('the lesson “A test that does not flake”', () => {
  it('counts the five checks', () => {
    const { lesson, run, change } = of('a-test-that-does-not-flake');
    expect(lesson.run.caption(run)).toBe(
      'Passed, of 20: same exact text 18, same but for case and marks 18, same JSON value 0, contains “capital” 18 and names the same city 20.',
    );
    expect(lesson.predict.happened(run)).toBe('All runs passed “names the same city”.');
    expect(texts(run)).toContain('Paris. The city lies on the river Seine.');
    expect(lesson.change.caption(change)).toContain('names the same city 18.');
    expect(texts(change).filter((text) => !text.includes('Paris')).length).toBe(2);
  });
});

describe('the lesson “Seeds are not styles”', () => {
  it('has other draws for the next seed, and the same ones for another prompt', () => {
    const { lesson, run, change } = of('seeds-are-not-styles');
    expect(forkOf(run).word).toBe(1);
    expect(drawn(run, 1)[0]).not.toBe(drawn(run, 2)[0]);
    expect(drawn(change, 1).slice(0, 10)).toEqual(drawn(run, 1).slice(0, 10));
    expect(texts(change)[0]).not.toBe(texts(run)[0]);
    expect(momentOf(change, 1).options).not.toEqual(momentOf(run, 1).options);
    expect(lesson.run.caption(run)).toContain('Seed 42 draws 0.82, 0.81 and 0.16 first.');
    expect(lesson.change.caption(change)).toBe('Seed 42 draws 0.82, 0.81 and 0.16 first.');
  });

  it('has neighbouring seeds no closer than distant ones', () => {
    const first = (seed: number): number => drawsOf(seed).next().value;
    const gap = (step: number): number =>
      Array.from({ length: 2000 }, (_, seed) => Math.abs(first(seed) - first(seed + step))).reduce((a, b) => a + b) /
      2000;
    for (const step of [1, 1000]) expect(gap(step)).toBeCloseTo(1 / 3, 1);
  });
});
