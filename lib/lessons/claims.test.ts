import { beforeAll, describe, expect, it } from 'vitest';
import { findFork } from '@/lib/compare/align/fork';
import { groupTexts } from '@/lib/compare/align/groups';
import { equalRunsBound } from '@/lib/compare/measure/agreement';
import { defined } from '@/lib/defined';
import { nearTiePoints } from '@/lib/lens/facts';
import { headLook, mostLookedAt } from '@/lib/lens/inside';
import type { Moment } from '@/lib/lens/moment';
import { momentAt } from '@/lib/lens/moment';
import type { Recipe } from '@/lib/recipe/recipe';
import { seedlingModels } from '@/lib/seedling/backends';
import { drawsOf } from '@/lib/seedling/draws';
import { distributionAfter } from '@/lib/seedling/model';
import { conditionOn } from '@/lib/seedling/seedling';
import { tokenize } from '@/lib/seedling/tokenizer';
import { encode } from '@/lib/seedling/vocabulary';
import { makeEndpoint } from '@/lib/server/endpoint.fixture';
import { sayHappened } from './captions';
import type { Lesson, Outcome } from './lesson';
import { lessons } from './lessons';
import { runLesson } from './outcome.fixture';
import { seeds } from './recipes';

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

/** The same recipe with so many seeds from 1 on. */
const fromOne = (recipe: Recipe, count: number): Recipe => ({ ...recipe, arms: seeds(1, count) });

describe('the prediction', () => {
  it.each(lessons.map((lesson) => [lesson.slug, lesson.predict] as const))(
    'of %s offers what happened, and the key has it',
    async (slug, predict) => {
      const { lesson, run } = of(slug);
      // Chance picks the back ends of a fleet: among 40 runs each of three answers.
      const fleet = lesson.run.recipe.request.model.endsWith('-fleet');
      const { answer } = predict.happened(fleet ? await runLesson({ ...lesson.run.recipe, repeats: 40 }) : run);
      expect(answer).toBe(predict.expected);
      if (predict.kind === 'choice') return expect(predict.options[predict.expected]).toBeDefined();
      expect(answer).toBeGreaterThanOrEqual(predict.min);
      expect(answer).toBeLessThanOrEqual(predict.max);
    },
  );

  it('is answered by another option where the runs show that', async () => {
    const zero = of('temperature-zero');
    expect(sayHappened(zero.lesson.predict, zero.change)).toBe('“Yes, each run gives its own text”.');
    const { lesson, run } = of('temperature-bends-the-bars');
    const cold = await runLesson({ ...lesson.run.recipe, arms: lesson.run.recipe.arms?.slice(0, 2) });
    expect(lesson.predict.happened(cold).answer).toBeNull();
    expect(sayHappened(lesson.predict, run)).toBe('“Less”. At T 1 it has 43 %. At T 1.5 it has 28 %.');
    const runs = of('how-many-runs');
    expect(sayHappened(runs.lesson.predict, runs.run)).toMatch(/^“Yes, easily”\./);
    expect(runs.lesson.predict.happened(runs.change).answer).toBeNull();
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

describe('Seedling', () => {
  const bars = (tokens: readonly string[]) => {
    const { seedling } = makeEndpoint();
    const { vocabulary } = seedling.counts;
    const [model] = seedlingModels;
    const context = tokens.flatMap((token) => encode(vocabulary, token));
    return distributionAfter(conditionOn(seedling, 'Tell me a story about a cat.', model.backends[0]), context);
  };

  it('looks at the last three tokens and at nothing before them', () => {
    const sat = ['The', ' cat', ' sat'];
    const [short, long] = [bars(sat), bars(['My', ' name', ' is', ' Anna', '.', '\n', ...sat])];
    expect([...long.probability]).toEqual([...short.probability]);
    expect([...bars(['Once', ' upon', ' a']).probability]).not.toEqual([...bars([' lived', ' in', ' a']).probability]);
  });

  it('looks at the prompt', () => {
    const { run } = of('one-word-at-a-time');
    expect(momentOf(run, 1).options).not.toEqual(momentOf(of('the-dice').run, 1).options);
  });

  it('knows over two thousand tokens, each of them a word, a mark or a line break', () => {
    const { pieces } = makeEndpoint().seedling.counts.vocabulary;
    const visible = pieces.filter((piece) => piece !== '');
    expect(visible.length).toBeGreaterThan(2000);
    for (const piece of visible) expect(tokenize(piece)).toEqual([piece]);
  });
});

describe('the dice', () => {
  it('lie on the line of the question, and fall on 0.596', () => {
    const { lesson, run, change } = of('the-dice');
    const first = momentOf(run, 1);
    expect(tokens(first).slice(0, 3)).toEqual(['The', 'I', 'It']);
    const ends = first.options.slice(0, 3).map((_, at) =>
      first.options
        .slice(0, at + 1)
        .reduce((sum, { chance }) => sum + (chance ?? 0), 0)
        .toFixed(3),
    );
    expect(ends).toEqual(['0.435', '0.648', '0.843']);
    for (const end of [...ends, '0.596']) expect(lesson.predict.question).toContain(end);
    expect([first.token, first.draw?.u.toFixed(3)]).toEqual(['I', '0.596']);
    const other = momentOf(change, 1);
    expect(other.token).toBe('It');
    expect(other.options).toEqual(first.options);
    expect(lesson.run.caption(run)).toBe(
      'The draw was 0.596. It fell in the part from 0.435 to 0.648. That part belongs to “I”. It is as wide as its chance: 21.3 %.',
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
    expect([open, cut, narrow].map(({ token }) => token)).toEqual(['-', 'I', 'A']); // one draw hits three words
    expect(new Set([open, cut, narrow].map(({ draw }) => draw?.u)).size).toBe(1);
    expect(sayHappened(lesson.predict, run)).toBe('3 tokens. It kept “A”, “I”, “-”.');
  });

  it('keeps one where the model is sure', () => {
    const { lesson, change } = of('top-p-cuts-the-tail');
    expect(chances(momentOf(change, 1))[0]).toBe(70);
    expect(lesson.change.caption(change)).toContain('Top-p 0.6 keeps 1: “The” 100 %; the run took “The”.');
    expect(new Set([1, 2, 3].map((number) => momentOf(change, number).token))).toEqual(new Set(['The']));
  });
});

describe('the lesson “One word, another world”', () => {
  /** The chances of the tokens that both runs of a pair took before they part. */
  const shared = (outcome: Outcome): number[] => {
    const { offset } = forkOf(outcome);
    const before = (outcome.moments.get(1) ?? []).filter(({ to }) => to <= offset);
    return before.map(({ token, options }) => options.find((option) => option.token === token)?.chance ?? 0);
  };

  it('shares 52 words, each with nearly the whole line, then parts where no bar has', () => {
    const { lesson, run } = of('one-word-another-world');
    expect(forkOf(run).word).toBe(53);
    expect(lesson.predict.question).toContain('the same 52 words');
    expect(Math.min(...shared(run))).toBeGreaterThan(0.9);
    expect(parted(run).map(percent)).toEqual([62, 16]);
    expect(drawn(run, 1)[0]).not.toBe(drawn(run, 2)[0]);
    for (const record of run.experiment.runs) expect(record).toMatchObject({ finish: 'stop' });
    expect(lesson.run.caption(run)).toBe(
      'The runs share their first 52 words. The narrowest bar that both hit in them had 93 %. There they took “dog” 62 % and “baker” 16 %. They end in 2 ways.',
    );
  });

  it('parts again with the robots, at a near tie, which end alike', () => {
    const { lesson, change } = of('one-word-another-world');
    const [a, b] = parted(change);
    expect(Math.abs(a - b) * 100).toBeLessThanOrEqual(nearTiePoints);
    expect(lesson.change.caption(change)).toContain('a near tie. They end with the same sentence.');
  });

  it('has a usual pair first and a rare one then: most pairs of neighbours do not end alike', async () => {
    const { lesson, run } = of('one-word-another-world');
    const pairsOf = async (recipe: Recipe) => {
      const { experiment } = await runLesson(fromOne(recipe, 100));
      return experiment.runs.slice(1).map((record, at) => [experiment.runs[at] ?? record, record] as const);
    };
    const cats = await pairsOf(lesson.run.recipe);
    expect(cats.filter((pair) => findFork(pair)?.offset === forkOf(run).offset).length).toBe(56);
    const robots = await pairsOf(lesson.change.recipe);
    const meet = robots.filter(([a, b]) => a.text !== b.text && lastSentence(a.text) === lastSentence(b.text));
    expect([meet.length, robots.length]).toEqual([13, 99]);
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
    expect(lesson.run.caption(many)).toMatch(
      /3 fingerprints seen, in \d+, \d+ and \d+ runs\. Runs with the same fingerprint gave the same text\./,
    );
  });

  const parts =
    'Sent all at once. 7 of 12 runs gave the most common text. There are 2 texts in all. 1 fingerprint seen, in 12 runs. Runs with the same fingerprint gave different texts.';

  it.each([undefined, 60])('has two texts under one fingerprint when its runs come at once (pace %s)', async (pace) => {
    const { lesson } = of('when-the-server-moves');
    expect(lesson.change.caption(await runLesson(lesson.change.recipe, pace))).toBe(parts);
  });

  it('says the same however many learners run it at that moment', async () => {
    const { change } = of('when-the-server-moves').lesson;
    const together = await Promise.all(Array.from({ length: 6 }, () => runLesson(change.recipe, 200)));
    expect(new Set(together.map((outcome) => change.caption(outcome)))).toEqual(new Set([parts]));
  });

  it('has one text if the runs go one after the other, whoever else runs', async () => {
    const { change } = of('when-the-server-moves').lesson;
    const [calm] = await Promise.all([
      ...(change.alsoAsked ?? []).map((recipe) => runLesson(recipe)),
      runLesson(change.recipe),
    ]);
    expect(calm && change.caption(calm)).toBe(
      'Sent one after the other. All 12 runs gave the same text. 1 fingerprint seen, in 12 runs. Runs with the same fingerprint gave the same text.',
    );
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
    expect(lesson.change.caption(change)).toContain('may well lie from 81 % to 97 %.');
  });

  it('gives the bounds of the statistics', () => {
    expect([5, 20, 60].map((n) => percent(equalRunsBound(n)))).toEqual([47, 85, 95]);
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
    expect(sayHappened(lesson.predict, run)).toBe('“names the same city”.');
    expect(texts(run)).toContain('Paris. The city lies on the river Seine.');
    expect(lesson.change.caption(change)).toContain('names the same city 18.');
    expect(texts(change).filter((text) => !text.includes('Paris')).length).toBe(2);
  });

  it('passes a text without sense, and says which', () => {
    const { lesson, change } = of('a-test-that-does-not-flake');
    expect(texts(change)[5]).toBe('Why did not sing another on the river Seine of France is Paris.');
    expect(lesson.change.caption(change)).toContain('Read run 6: it names a city too, in a text that came only once.');
  });

  it('would never fail with one seed', async () => {
    const { arms: _, ...pinned } = of('a-test-that-does-not-flake').lesson.run.recipe;
    expect(distinct(await runLesson({ ...pinned, repeats: 20 }))).toBe(1);
  });
});

describe('the lesson “Seeds are not styles”', () => {
  it('has other draws for the next seed, and the same ones for another prompt', () => {
    const { lesson, run, change } = of('seeds-are-not-styles');
    expect(drawn(run, 1)[0]).not.toBe(drawn(run, 2)[0]);
    expect(drawn(change, 1).slice(0, 8)).toEqual(drawn(run, 1).slice(0, 8));
    expect(momentOf(change, 1).options).not.toEqual(momentOf(run, 1).options);
    expect(lesson.run.caption(run)).toBe(
      'Seed 42 draws 0.824, 0.813 and 0.158 first. Seed 43 draws 0.696, 0.916 and 0.519 first. The 20 runs gave 20 different texts.',
    );
  });

  it('has neighbours that are no more alike, and seeds that carry nothing to another prompt', () => {
    const { lesson, run, change } = of('seeds-are-not-styles');
    expect(sayHappened(lesson.predict, run)).toBe(
      '“No more alike than others”. Texts of neighbours share 23 % of their words on average, others 24 %. That is no more than chance gives.',
    );
    expect(lesson.change.caption(change, run)).toBe(
      'Seed 42 draws 0.824, 0.813 and 0.158 first. Two texts of one seed share 17 % of their words on average, those of two seeds 17 %. That is no more than chance gives.',
    );
    expect(lesson.change.pairs?.(change, run)).toEqual(
      [0, 1, 2].map((at) => ({ label: `Seed ${42 + at}`, texts: [texts(run)[at], texts(change)[at]] })),
    );
  });

  it('tells texts of one seed that are more alike, where two prompts have much the same bars', async () => {
    const { lesson } = of('seeds-are-not-styles');
    const about = (subject: string) => {
      const { recipe } = lesson.run;
      const messages = [{ role: 'user' as const, content: `Write a haiku about ${subject}.` }];
      return runLesson({ ...recipe, request: { ...recipe.request, messages, temperature: 1 }, arms: seeds(42, 100) });
    };
    expect(lesson.change.caption(await about('snow'), await about('rain'))).toContain(
      'share 15 % of their words on average, those of two seeds 12 %. That is more than chance gives.',
    );
  });

  it('has neighbouring seeds no closer than distant ones', () => {
    const first = (seed: number): number => drawsOf(seed).next().value;
    const gap = (step: number): number =>
      Array.from({ length: 2000 }, (_, seed) => Math.abs(first(seed) - first(seed + step))).reduce((a, b) => a + b) /
      2000;
    for (const step of [1, 1000]) expect(gap(step)).toBeCloseTo(1 / 3, 1);
  });
});

describe('the lesson “What the model looks at”', () => {
  it('looks most at “spring”, with about a fifth, though more rests on the first mark', () => {
    const { lesson, run } = of('what-the-model-looks-at');
    const look = headLook(defined(run.network?.inside ?? undefined), { layer: null, head: null });
    const { tokens } = defined(run.network?.inside ?? undefined);
    const [most] = mostLookedAt(look, 1);
    expect(tokens[most?.at ?? 0]).toBe(' spring');
    expect(percent(most?.weight)).toBe(22);
    expect(look.first).toBeGreaterThan(most?.weight ?? 1);
    expect(lesson.run.caption(run)).toBe(
      'The first token was “A”. Of the words it looked most at these: “spring” 22 % and “haiku” 9 %.',
    );
    expect(sayHappened(lesson.predict, run)).toBe('“spring”. It had 22 % of the look.');
  });

  it('has six layers of eight heads', () => {
    const { inside } = of('what-the-model-looks-at').run.network ?? {};
    expect(inside?.attention.map((heads) => heads.length)).toEqual(Array(6).fill(8));
    expect(inside?.guesses).toHaveLength(6);
  });

  it('changes the guess by layers, and not always for the better', () => {
    const { lesson, run, change } = of('what-the-model-looks-at');
    const ranks = run.network?.inside?.guesses.map(({ came }) => came.rank);
    expect(ranks).toEqual([21, 4, 2, 2, 4, 1]);
    const surer = change.network?.inside?.guesses.slice(1, 5).map(({ likeliest }) => likeliest[0]?.probability ?? 0);
    expect(surer).toEqual(surer?.toSorted((a, b) => a - b));
    expect(lesson.explain.join(' ')).toContain('Each layer changes the guess, not always for the better.');
  });

  it('guesses “Yes” after each of five layers, and “No” after the last', () => {
    const { lesson, change } = of('what-the-model-looks-at');
    const best = change.network?.inside?.guesses.map(({ likeliest }) => likeliest[0]?.token);
    expect(best).toEqual(['Yes', 'Yes', 'Yes', 'Yes', 'Yes', 'No']);
    expect(lesson.change.caption(change)).toBe(
      'The first token was “No”. After layer 5 its best guess was still “Yes”, after layer 6 it was “No”.',
    );
  });
});

describe('the lesson “The same sum in another order”', () => {
  it('has two texts, that part at “white” and “red”, and scores that differ from the first token on', async () => {
    const { lesson } = of('the-same-sum-in-another-order');
    const run = await runLesson({ ...lesson.run.recipe, repeats: 40 });
    expect(distinct(run)).toBe(2);
    const { own, other, drift } = defined(run.network?.drift ?? undefined);
    const coarse = own.made.tag === 'bf16' ? 'own' : 'other';
    expect({ own, other }[coarse].made.tag).toBe('bf16');
    expect(drift.since).toBe(0);
    const { at, took, scores } = defined(drift.fork ?? undefined);
    expect(drift.differences).toHaveLength(at + 1);
    expect(Math.min(...drift.differences)).toBeGreaterThan(0);
    expect([took.own, took.other].toSorted()).toEqual([' red', ' white']);
    const scoresOf = (of: 'own' | 'other') =>
      [' white', ' red'].map((token) => scores.find((each) => each.token === token)?.[of] ?? 0);
    expect(scoresOf(coarse)).toEqual([14, 14]);
    const [white = 0, red = 0] = scoresOf(coarse === 'own' ? 'other' : 'own');
    expect(white - red).toBeGreaterThan(0);
    expect(white - red).toBeLessThan(0.05);
    expect(lesson.run.caption(run)).toMatch(/differ from token 1 on, by 0\.\d+ there\. The words part at token \d+\.$/);
  });

  it('has several texts of one busy back end at once, and one of them one after the other', async () => {
    const { lesson, change } = of('the-same-sum-in-another-order');
    expect(distinct(change)).toBeGreaterThan(1);
    expect(new Set(change.experiment.runs.flatMap((run) => ('fingerprints' in run ? run.fingerprints : []))).size).toBe(
      1,
    );
    const [sequential] = lesson.change.alsoAsked ?? [];
    expect(distinct(await runLesson(defined(sequential)))).toBe(1);
  });
});
