import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import type { Moment } from '@/lib/lens/moment';
import { sayHappened } from './captions';
import type { NetworkOutcome, Outcome } from './lesson';
import { lessons } from './lessons';
import { runLesson, stopRuns } from './outcome.fixture';
import { wordsOf } from './readability.fixture';

/** Every text that is made from an outcome, by lesson and place. */
const captions = lessons.flatMap((lesson) =>
  [
    { place: 'prediction', own: 'run', make: (outcome: Outcome) => sayHappened(lesson.predict, outcome) },
    { place: 'run', own: 'run', make: (outcome: Outcome) => lesson.run.caption(outcome) },
    {
      place: 'change',
      own: 'change',
      make: (outcome: Outcome) => lesson.change.caption(outcome, outcomeOf(`${lesson.slug} run`)),
    },
    { place: 'change alone', own: 'change', make: (outcome: Outcome) => lesson.change.caption(outcome) },
  ].map((each) => ({ slug: lesson.slug, ...each })),
);

const outcomes = new Map<string, Outcome>();
beforeAll(async () => {
  for (const { slug, run, change } of lessons) {
    outcomes.set(`${slug} run`, await runLesson(run.recipe));
    outcomes.set(`${slug} change`, await runLesson(change.recipe));
  }
});

function outcomeOf(name: string): Outcome {
  const found = outcomes.get(name);
  if (!found) throw new Error(`Nothing was run for "${name}".`);
  return found;
}

/** Other tokens to look at, and scores that part later. */
const alteredNetwork = ({ run, inside, drift }: NetworkOutcome): NetworkOutcome => ({
  run,
  inside: inside && { ...inside, tokens: inside.tokens.map((token) => `${token}x`) },
  drift: drift && { ...drift, drift: { ...drift.drift, since: 1, fork: null } },
});

/** The same runs with other texts, other tokens, bars half as wide, and draws half as large. */
function altered({ experiment, moments, network }: Outcome, textOf: (run: number) => string): Outcome {
  const runs = experiment.runs.map((record) => ({ ...record, text: textOf(record.run) }));
  const other = (moment: Moment): Moment => ({
    ...moment,
    token: `${moment.token}x`,
    options: moment.options.map(({ token, probability, chance }) => ({
      token: `${token}x`,
      probability: probability / 2,
      chance: chance === null ? null : chance / 2,
    })),
    draw: moment.draw && { u: moment.draw.u / 2, from: moment.draw.from / 2, to: moment.draw.to / 2 },
  });
  const changed = [...moments].map(([run, list]) => [run, list.map(other)] as const);
  return {
    experiment: { ...experiment, runs },
    moments: new Map(changed),
    ...(network ? { network: alteredNetwork(network) } : {}),
  };
}

const broken = /undefined|null|NaN|Infinity|\[object|\s{2}|!/;

describe.each(captions)('the caption of $slug, $place', ({ slug, own, make }) => {
  it('is a few sentences on its own runs', () => {
    const caption = make(outcomeOf(`${slug} ${own}`));
    expect(caption).toMatch(/^\p{Lu}|^\d|^“/u);
    expect(caption).toMatch(/\.$/);
    expect(caption).not.toMatch(broken);
    expect(wordsOf(caption).length).toBeLessThanOrEqual(60);
  });

  it('is made from the data: other texts, tokens, bars and draws give another caption', () => {
    const outcome = outcomeOf(`${slug} ${own}`);
    const others = [altered(outcome, () => 'Same.'), altered(outcome, (run) => `Other ${run}.`)].map(make);
    expect(new Set([make(outcome), ...others]).size).toBeGreaterThan(1);
  });

  it('makes sense of whatever recipe was run in its place', () => {
    for (const outcome of outcomes.values()) {
      const caption = make(outcome);
      expect(caption).toMatch(/\.$/);
      expect(caption).not.toMatch(broken);
    }
  });

  it('says nothing of stopped runs but how many there are', () => {
    const outcome = outcomeOf(`${slug} ${own}`);
    const numbers = outcome.experiment.runs.map(({ run }) => run);
    fc.assert(
      fc.property(fc.subarray(numbers), (stopped) => {
        const caption = make(stopRuns(outcome, stopped));
        expect(caption).not.toMatch(broken);
        const alone = {
          ...outcome,
          experiment: {
            ...outcome.experiment,
            runs: outcome.experiment.runs.filter(({ run }) => !stopped.includes(run)),
          },
          moments: outcome.moments,
        };
        const without = make(alone);
        if (stopped.length === 0 || without.startsWith('Nothing to tell yet')) expect(caption).toBe(without);
        else {
          const end = stopped.length === 1 ? 'run is left out: it has' : 'runs are left out: they have';
          expect(caption).toBe(`${without} ${stopped.length} ${end} no finished text.`);
        }
      }),
      { seed: 42, numRuns: cases(30) },
    );
  });

  it('says that there is nothing to tell yet when every run was stopped', () => {
    const outcome = outcomeOf(`${slug} ${own}`);
    const numbers = outcome.experiment.runs.map(({ run }) => run);
    expect(make(stopRuns(outcome, numbers))).toMatch(/^Nothing to tell yet: this takes \d finished runs?\.$/);
  });

  it('makes sense without the moments', () => {
    const { experiment } = outcomeOf(`${slug} ${own}`);
    const caption = make({ experiment, moments: new Map() });
    expect(caption).not.toMatch(broken);
    expect(caption).not.toMatch(/\d %\.? .*bar|draw was/);
  });
});

describe('captions', () => {
  it('tell same runs from different ones', () => {
    const [, , seed] = lessons;
    if (!seed) throw new Error('There are three lessons and more.');
    const outcome = outcomeOf(`${seed.slug} run`);
    const runs = outcome.experiment.runs.map((record) => (record.run === 2 ? { ...record, text: 'Other.' } : record));
    const changed = { ...outcome, experiment: { ...outcome.experiment, runs } };
    expect(seed.run.caption(outcome)).toMatch(/^All 5 runs gave the same text\./);
    expect(seed.run.caption(changed)).toMatch(/^4 of 5 runs gave the most common text\. There are 2 texts in all\./);
    expect(sayHappened(seed.predict, outcome)).toBe('1 text.');
    expect(sayHappened(seed.predict, changed)).toBe('2 texts.');
  });

  it('say what other settings gave, not what the lesson had in mind', async () => {
    const sweep = lessons.find(({ slug }) => slug === 'temperature-bends-the-bars');
    if (!sweep) throw new Error('There is a lesson on temperature.');
    const { arms: _, ...alone } = sweep.run.recipe;
    const outcome = await runLesson({ ...alone, request: { ...alone.request, temperature: 0.2, seed: 3 } });
    expect(sweep.run.caption(outcome)).toMatch(/^T 0\.2: “The” has \d+ %; the run took “The”\.$/);
    expect(sayHappened(sweep.predict, outcome)).toBe('The runs at T 1 and above do not show it.');
  });
});
