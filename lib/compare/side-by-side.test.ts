import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import type { Mark } from '@/lib/compare/align/marks';
import { splitWords } from '@/lib/compare/align/words';
import type { Experiment } from '@/lib/run/fold';
import { interleavings } from '@/lib/run/interleavings.fixture';
import { isOver, type RunRecord } from '@/lib/run/record';
import { anExperiment, ended, endedWith, failed, queued, running, statesOf } from '@/lib/run/records.fixture';
import { scriptsOf, scriptsOfOne } from './__fixtures__/scripts';
import { anyText, plainWords } from './__fixtures__/texts';
import { toneOf } from './measure/verdict';
import { type Baseline, type Column, followSideBySide, sideBySide } from './side-by-side';

const over = (runs: RunRecord[], baseline: Baseline = 'common') => sideBySide(anExperiment(runs, false), { baseline });
const going = (runs: RunRecord[], baseline: Baseline = 'common') => sideBySide(anExperiment(runs, true), { baseline });
const textOf = ({ parts, beyond }: Column) => parts.map((part) => part.text).join('') + beyond;
const kinds = (column: Column | undefined) => column?.parts.map(({ kind }: Mark) => kind);

/** Where each mark of a column ends, in UTF-16 units of its text. */
function markEnds({ parts }: Column): number[] {
  const ends = parts.map((_, index) =>
    parts.slice(0, index + 1).reduce((length, part) => length + part.text.length, 0),
  );
  return ends.filter((_, index) => parts[index]?.kind !== 'same');
}

/** How many pieces the slowest unfinished run has completed: all but the one that may still grow. */
const completed = ({ runs, running }: Experiment): number =>
  Math.min(
    ...(running ? runs : [])
      .filter((record) => !isOver(record))
      .map(({ text }) => Math.max(0, splitWords(text).length - 1)),
  );

const lengthOf = (text: string, pieces: number): number =>
  splitWords(text)
    .slice(0, pieces)
    .reduce((length, piece) => length + piece.text.length, 0);

describe('runs side by side', () => {
  it('are compared with the most common text', () => {
    const view = over(endedWith('the dog', 'the cat', 'the cat'));
    expect(view.baselineRun).toBe(2);
    expect(view.columns[0]?.parts).toEqual([
      { kind: 'same', text: 'the' },
      { kind: 'replaced', text: ' dog', was: ' cat' },
    ]);
    expect(kinds(view.columns[1])).toEqual(['same']);
  });

  it.each([
    ['one', ['x', 'y', 'y']],
    ['several', ['x', 'y', 'y', 'x', 'z']],
    ['none', ['x', 'y', 'z']],
    ['one', ['x', 'x']],
    ['one', []],
  ])('know that %s of the texts %j is the most common', (commonest, texts) => {
    expect(over(endedWith(...texts)).commonest).toBe(commonest);
  });

  it('are compared with the text of a chosen run', () => {
    const view = over(endedWith('the dog', 'the cat', 'the cat'), 1);
    expect(view.baselineRun).toBe(1);
    expect(view.columns.map(kinds)).toEqual([['same'], ['same', 'replaced'], ['same', 'replaced']]);
  });

  it('say which variant each is, and the first run with the same text', () => {
    const view = over(endedWith('x', 'y', 'y', 'x', 'y'));
    expect(view.variants).toBe(2);
    expect(view.columns.map(({ run, letter, sameAs }) => [run, letter, sameAs])).toEqual([
      [1, 'B', null],
      [2, 'A', null],
      [3, 'A', 2],
      [4, 'B', 1],
      [5, 'A', 2],
    ]);
  });

  it('give no letter to runs that are left out', () => {
    const view = over([ended(1, 'x'), failed(2, 'stalled', 'x'), ended(3, 'x', { finish: 'aborted' }), queued(4)]);
    expect(view.columns.map(({ letter }) => letter)).toEqual(['A', null, null, null]);
    expect(view.columns.map(({ sameAs }) => sameAs)).toEqual([null, null, null, null]);
    expect(view.variants).toBe(1);
  });

  it('know where they fork', () => {
    expect(over(endedWith('the cat sat', 'the cat ran')).fork).toEqual({
      word: 3,
      character: 9,
      offset: 7,
      differs: 'word',
      atEnd: false,
    });
    expect(over(endedWith('the cat', 'the cat')).fork).toBeNull();
  });

  it('say the verdict', () => {
    expect(over(endedWith('x', 'x')).verdict).toMatchObject({ kind: 'identical', compared: 2 });
    expect(going([running(1, 'the cat sat'), running(2, 'the cat ran')]).verdict).toMatchObject({
      kind: 'identical-so-far',
      words: 2,
      compared: 2,
    });
  });

  it('mark no missing end in a text that broke off', () => {
    const texts = [ended(1, 'the cat sat'), failed(2, 'cut_off', 'the'), ended(3, 'the', { finish: 'aborted' })];
    expect(over(texts, 1).columns.map(kinds)).toEqual([['same'], ['same'], ['same']]);
  });

  it('mark the missing end of a text that just stops', () => {
    expect(over(endedWith('the cat sat', 'the'), 1).columns[1]?.parts).toEqual([
      { kind: 'same', text: 'the' },
      { kind: 'missing', text: '', was: ' cat sat' },
    ]);
  });

  it('are unmarked when there is nothing to compare them with', () => {
    const view = over([failed(1, 'stalled', 'the cat'), failed(2, 'key_refused')]);
    expect(view.baselineRun).toBeNull();
    expect(view.columns.map(({ parts }) => parts)).toEqual([[{ kind: 'same', text: 'the cat' }], []]);
  });
});

describe('runs compared with the stored ones', () => {
  const against = (runs: RunRecord[], stored: RunRecord[], running = false) =>
    sideBySide(anExperiment(runs, running), { baseline: 'stored', stored });

  it('are each compared with the one of the same number', () => {
    const view = against(endedWith('the dog', 'the cat', 'a bird'), endedWith('the cat', 'the cat', 'the bird'));
    expect(view.baselineRun).toBeNull();
    expect(view.columns.map(({ parts }) => parts)).toEqual([
      [
        { kind: 'same', text: 'the' },
        { kind: 'replaced', text: ' dog', was: ' cat' },
      ],
      [{ kind: 'same', text: 'the cat' }],
      [
        { kind: 'replaced', text: 'a', was: 'the' },
        { kind: 'same', text: ' bird' },
      ],
    ]);
  });

  it('keep the verdict, letters and fork of their own', () => {
    const runs = endedWith('x', 'y', 'y');
    const [view, own] = [against(runs, endedWith('y', 'z', 'x')), over(runs)];
    expect([view.verdict, view.variants, view.fork]).toEqual([own.verdict, own.variants, own.fork]);
    const named = ({ columns }: typeof own) => columns.map(({ letter, sameAs }) => [letter, sameAs]);
    expect(named(view)).toEqual(named(own));
  });

  it.each([
    ['is not there', []],
    ['failed', [failed(1, 'cut_off', 'the cat')]],
    ['was stopped', [ended(1, 'the cat', { finish: 'aborted' })]],
    ['was refused', [ended(1, 'the cat', { finish: 'refusal' })]],
    ['never came', [queued(1)]],
    ['goes on', [running(1, 'the cat')]],
    ['has another number', [ended(7, 'the cat')]],
  ])('have no marks if that one %s', (_, stored) => {
    const view = against(endedWith('the dog'), stored);
    expect(view.columns.map(({ parts, beyond }) => [parts, beyond])).toEqual([
      [[{ kind: 'same', text: 'the dog' }], ''],
    ]);
  });

  it('mark no missing end in what broke off, but mark that of what just stops', () => {
    const stored = endedWith('the cat sat', 'the cat sat', 'the cat sat');
    const runs = [failed(1, 'cut_off', 'the cat'), ended(2, 'the cat', { finish: 'aborted' }), ended(3, 'the cat')];
    expect(against(runs, stored).columns.map(kinds)).toEqual([['same'], ['same'], ['same', 'missing']]);
  });

  it('have added what is not in the stored text', () => {
    expect(against(endedWith('the cat sat'), endedWith('the cat')).columns[0]?.parts).toEqual([
      { kind: 'same', text: 'the cat' },
      { kind: 'added', text: ' sat' },
    ]);
  });

  it('mark nothing as missing while they go on', () => {
    const view = against([running(1, 'the old ca'), queued(2)], endedWith('the old cat sat', 'x'), true);
    expect(view.columns.flatMap(kinds)).not.toContain('missing');
    expect(view.columns.map(textOf)).toEqual(['the old ca', '']);
  });

  it('do not matter with another baseline', () => {
    const runs = endedWith('x', 'y');
    expect(sideBySide(anExperiment(runs, false), { baseline: 1, stored: endedWith('z', 'z') })).toEqual(over(runs, 1));
  });
});

describe('runs side by side while they go on', () => {
  it('mark nothing where the slowest run has not been', () => {
    const view = going([ended(1, 'the old cat sat'), running(2, 'the old do')]);
    expect(view.columns.map(({ parts, beyond }) => [parts, beyond])).toEqual([
      [[{ kind: 'same', text: 'the old' }], ' cat sat'],
      [[{ kind: 'same', text: 'the old' }], ' do'],
    ]);
    expect(view.fork).toBeNull();
  });

  it('mark what every run has reached', () => {
    const view = going([ended(1, 'the old cat sat'), running(2, 'the new do')]);
    expect(view.columns[1]?.parts).toEqual([
      { kind: 'same', text: 'the' },
      { kind: 'replaced', text: ' new', was: ' old' },
    ]);
    expect(view.fork).toEqual({ word: 2, character: 5, offset: 3, differs: 'word', atEnd: false });
    expect(view.verdict).toMatchObject({ kind: 'forked', fork: { word: 2 } });
  });

  it('have no variants yet', () => {
    const view = going([ended(1, 'x'), running(2, 'x y')]);
    expect(view.variants).toBe(0);
    expect(view.columns.map(({ letter, sameAs }) => [letter, sameAs])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('do not count a run that failed before any text', () => {
    const view = going([failed(1, 'rate_limited'), running(2, 'the cat sat'), running(3, 'the cat ran')]);
    expect(view.verdict).toMatchObject({ kind: 'identical-so-far', words: 2, compared: 2 });
    expect(view.fork).toBeNull();
  });

  it.each([
    ['failed', failed(1, 'cut_off', 'the cat')],
    ['was stopped', ended(1, 'the cat', { finish: 'aborted' })],
  ])('do not fork where a run merely %s', (_, broken) => {
    const view = going([broken, running(2, 'the cat sat down'), running(3, 'the cat sat up')]);
    expect(view.verdict.kind).not.toBe('forked');
    expect(view.fork).toBeNull();
  });

  it('mark nothing as added only because another run broke off', () => {
    const view = going([failed(1, 'cut_off', 'the cat'), running(2, 'the cat sat down')]);
    expect(view.columns.map(kinds)).toEqual([['same'], ['same']]);
  });
});

describe('places', () => {
  it('are those of texts that are alike; one that is unlike all others makes none', () => {
    const { places, columns } = over(
      endedWith('the old red boat', 'the old red boat', 'the new red boat', 'NOTHING OF THE KIND'),
    );
    expect(places).toEqual([{ from: 3, to: 7, word: 2 }]);
    expect(columns[3]?.parts.some(({ kind }) => kind !== 'same')).toBe(true);
  });

  it('are those of all texts if none is alike', () => {
    expect(over(endedWith('a b c d', 'x y z')).places).toHaveLength(1);
  });
});

describe('in random interleavings', () => {
  // Each case compares some twenty states; a thousand take a second, and longer on a busy machine.
  const timeout = 60_000;
  const baselines = fc.constantFrom<Baseline[]>('common', 1, 2);

  it('no run has a mark beyond its own text against a stored one, and none against itself', { timeout }, () => {
    fc.assert(
      fc.property(interleavings(scriptsOf(anyText)), interleavings(scriptsOf(anyText)), (events, before) => {
        const stored = statesOf(before).at(-1)?.runs ?? [];
        const states = statesOf(events);
        const texts = states.map((each) => sideBySide(each, { baseline: 'stored', stored }).columns.map(textOf));
        expect(texts).toEqual(states.map(({ runs }) => runs.map(({ text }) => text)));
        const last = states.at(-1);
        const own = last ? sideBySide(last, { baseline: 'stored', stored: last.runs }).columns.flatMap(markEnds) : [];
        expect(own).toEqual([]);
      }),
      { seed: 3, numRuns: cases(300) },
    );
  });

  it('no mark lies beyond what the slowest unfinished run has completed', { timeout }, () => {
    fc.assert(
      fc.property(interleavings(scriptsOf(plainWords)), baselines, (events, baseline) => {
        const tooFar = statesOf(events).flatMap((experiment) => {
          const pieces = completed(experiment);
          return sideBySide(experiment, { baseline }).columns.filter((column, index) => {
            const text = experiment.runs[index]?.text ?? '';
            const limit = lengthOf(text, pieces);
            return Math.max(text.length - column.beyond.length, ...markEnds(column)) > limit;
          });
        });
        expect(tooFar).toEqual([]);
      }),
      { seed: 1, numRuns: cases(10_000) },
    );
  });

  it('following one state after another shows just what each state shows by itself', { timeout }, () => {
    fc.assert(
      fc.property(interleavings(scriptsOf(anyText)), baselines, (events, baseline) => {
        const follow = followSideBySide();
        const states = statesOf(events);
        expect(states.map((each) => follow(each, { baseline }))).toEqual(
          states.map((each) => sideBySide(each, { baseline })),
        );
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });

  it('the parts and what is beyond are the text of the run, whatever it is', { timeout }, () => {
    fc.assert(
      fc.property(interleavings(scriptsOf(anyText)), baselines, (events, baseline) => {
        const states = statesOf(events);
        const columns = states.map((experiment) => sideBySide(experiment, { baseline }).columns);
        expect(columns.map((each) => each.map(textOf))).toEqual(states.map(({ runs }) => runs.map(({ text }) => text)));
        // A chosen baseline may have broken off: then what follows its end cannot be compared. The common one has not.
        const over = baseline === 'common' ? columns.filter((_, index) => !states[index]?.running).flat() : [];
        expect(over.filter(({ beyond }) => beyond !== '')).toEqual([]);
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });

  it('runs that say one and the same text are never marked, nor said to differ', { timeout }, () => {
    fc.assert(
      fc.property(interleavings(scriptsOfOne(plainWords)), (events) => {
        const views = statesOf(events).map((experiment) => sideBySide(experiment, { baseline: 'common' }));
        expect(views.flatMap(({ columns }) => columns.flatMap(markEnds))).toEqual([]);
        expect(views.filter(({ fork, verdict }) => fork !== null || toneOf(verdict) === 'differ')).toEqual([]);
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });
});
