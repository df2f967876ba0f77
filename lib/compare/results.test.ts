import { describe, expect, it } from 'vitest';
import { alignTexts } from '@/lib/compare/align/alignment';
import { groupTexts } from '@/lib/compare/align/groups';
import type { Experiment } from '@/lib/run/fold';
import { aRecipe, ended, failed, running } from '@/lib/run/records.fixture';
import { resultSteps, resultsOf } from './result-steps';
import { defaultViewSettings, justColumns, noResults, takeStep, type ViewSettings, views } from './results';

const experiment: Experiment = {
  id: 'x',
  recipe: aRecipe({ repeats: 4 }),
  runs: [ended(1, 'The cat sat.'), ended(2, 'the cat  sat'), ended(3, 'The dog sat.'), failed(4, 'The')],
  running: false,
};
const viewSettings = (change: Partial<ViewSettings> = {}): ViewSettings => ({
  ...defaultViewSettings,
  foldMode: 'all',
  ...change,
});

describe('results', () => {
  it.each(views)('have a model for the view %s, of the runs that are compared', (view) => {
    const { model } = resultsOf(experiment, viewSettings({ view }));
    expect(model.kind).toBe(view);
    if (model.kind === 'variants') expect(model.groups.flatMap(({ runs }) => runs)).toEqual([1, 2, 3]);
    if (model.kind === 'differences')
      expect(model.alignment.alignedTexts.flatMap(({ runs }) => runs).sort()).toEqual([1, 2, 3]);
    if (model.kind === 'tree') expect(model).toMatchObject({ tree: { kind: 'branching', root: { runs: [1, 2, 3] } } });
    if (model.kind === 'matrix') expect(model.matrix.groups).toHaveLength(3);
  });

  it('align the compared texts alike for the differences and the rejoined tree', () => {
    const texts = experiment.runs.slice(0, 3).map(({ run, text }) => ({ run, text }));
    const alignment = alignTexts(groupTexts(texts));
    expect(resultsOf(experiment, viewSettings({ view: 'differences' })).model).toMatchObject({ alignment });
    expect(resultsOf(experiment, viewSettings({ view: 'tree', rejoined: true })).model).toEqual({
      kind: 'tree',
      tree: { kind: 'rejoined', alignment },
    });
  });

  it('mark columns against the baseline that is chosen, and cards against the most common text', () => {
    expect(resultsOf(experiment, viewSettings({ baseline: 3 })).sideBySide.baselineRun).toBe(3);
    expect(resultsOf(experiment, viewSettings({ baseline: 3, view: 'variants' })).sideBySide.baselineRun).toBe(1);
  });

  it.each(['differences', 'tree', 'matrix'] as const)('lead from the view %s to the places of the columns', (view) => {
    const columns = resultsOf(experiment, viewSettings({ baseline: 3 })).sideBySide;
    expect(columns.places).not.toEqual([]);
    expect(resultsOf(experiment, viewSettings({ baseline: 3, view })).sideBySide).toEqual(columns);
  });

  it('mark cards of texts that share little by what they share, or as the reader chose', () => {
    const [one, other] = [0, 7].map((from) => Array.from({ length: 40 }, (_, word) => `w${from + 3 * word}`).join(' '));
    const unlike = { ...experiment, runs: [ended(1, `${one} a b c d`), ended(2, `${other} a b c d`)] };
    const marked = (change: Partial<ViewSettings>) =>
      resultsOf(unlike, viewSettings({ view: 'variants', ...change })).sideBySide.marked;
    expect(marked({})).toBe('shared');
    expect(marked({ marking: 'differences' })).toBe('differences');
  });

  it('take verdict and letters from the mode, marks from the exact texts', () => {
    const exact = resultsOf(experiment, viewSettings());
    const loose = resultsOf(experiment, viewSettings({ mode: 'case-punctuation' }));
    expect(exact.sideBySide.columns.map(({ letter }) => letter)).toEqual(['A', 'B', 'C', null]);
    expect(loose.sideBySide.columns.map(({ letter }) => letter)).toEqual(['A', 'A', 'B', null]);
    expect(loose.sideBySide.columns.map(({ parts }) => parts)).toEqual(
      exact.sideBySide.columns.map(({ parts }) => parts),
    );
    expect(loose.sideBySide.verdict).toMatchObject({ kind: 'differ', mode: 'case-punctuation', largest: 2 });
    expect(loose.figures?.evidence).toMatchObject({ mode: 'case-punctuation', texts: 2, exactTexts: 3, compared: 3 });
  });

  it('find answers by the pattern, and pass over one that cannot be used', () => {
    const letters = (pattern: string) =>
      resultsOf(experiment, viewSettings({ mode: 'answer', pattern })).sideBySide.columns.map(({ letter }) => letter);
    expect(letters('(cat|dog)')).toEqual(['A', 'A', 'B', null]);
    expect(letters('(')).toEqual(letters(''));
  });

  it('show columns only while runs go on, and no figures', () => {
    const going: Experiment = { ...experiment, running: true, runs: [ended(1, 'a b '), running(2, 'a ')] };
    expect(resultsOf(going, viewSettings({ view: 'tree', mode: 'json' }))).toMatchObject({
      model: { kind: 'columns' },
      figures: null,
      sideBySide: { verdict: { kind: 'identical-so-far', going: 1 } },
    });
  });

  it('say nothing of fingerprints where settings vary', () => {
    const varied = { ...experiment, recipe: aRecipe({ arms: [{ set: {} }, { set: { temperature: 1 } }], repeats: 2 }) };
    expect(resultsOf(experiment, viewSettings()).figures?.coincidence).not.toBeNull();
    expect(resultsOf(varied, viewSettings()).figures?.coincidence).toBeNull();
  });

  it('count how many runs give an expected text, under the mode in force', () => {
    const against = (change: Partial<ViewSettings>) =>
      resultsOf(experiment, viewSettings({ baseline: 'expected', expected: 'The cat sat.', ...change })).sideBySide;
    expect(against({}).verdict).toMatchObject({ kind: 'expected', mode: 'exact', matching: [1], compared: 3 });
    expect(against({ mode: 'case-punctuation' }).verdict).toMatchObject({
      kind: 'expected',
      mode: 'case-punctuation',
      matching: [1, 2],
      among: { kind: 'differ', largest: 2 },
    });
    expect(against({}).columns[0]?.parts).toEqual([{ kind: 'same', text: 'The cat sat.' }]);
    expect(against({ expected: '' }).verdict.kind).toBe('differ');
  });

  it('mark without a baseline what not all runs share, and how many have it', () => {
    const { columns, baselineRun } = resultsOf(experiment, viewSettings({ baseline: 'none' })).sideBySide;
    expect(baselineRun).toBeNull();
    expect(columns[2]?.parts).toContainEqual({
      kind: 'varies',
      text: 'The dog sat.',
      was: 'The cat sat.',
      runs: 1,
      of: 3,
    });
    expect(columns.slice(0, 3).map(({ parts }) => parts.map(({ text }) => text).join(''))).toEqual(
      experiment.runs.slice(0, 3).map(({ text }) => text),
    );
  });

  it('fold what all runs share, if it is long', () => {
    const long = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ');
    const runs = [ended(1, `${long} a`), ended(2, `${long} b`)];
    const folds = (foldMode: ViewSettings['foldMode']) =>
      resultsOf({ ...experiment, runs }, viewSettings({ foldMode })).folds;
    expect(folds('all')).toEqual([]);
    expect(folds('folded')).toMatchObject([{ from: 0, words: 52 }]);
    expect(folds('differences')).toMatchObject([{ from: 0, words: 57 }]);
  });

  it('take the text in the middle for a baseline', () => {
    const runs = [ended(1, 'a boat'), ended(2, 'the old boat'), ended(3, 'the old red boat')];
    expect(resultsOf({ ...experiment, runs }, viewSettings({ baseline: 'medoid' })).sideBySide.baselineRun).toBe(2);
  });

  it('mark what long texts share, if that is less than half', () => {
    const words = (name: string) => Array.from({ length: 40 }, (_, index) => `${name}${index}`).join(' ');
    const runs = [ended(1, `${words('x')} in the old red boat`), ended(2, `${words('y')} in the old red boat`)];
    const view = (marking: ViewSettings['marking']) =>
      resultsOf({ ...experiment, runs }, viewSettings({ marking })).sideBySide;
    expect(view('auto')).toMatchObject({ marked: 'shared', littleShared: true });
    expect(view('auto').columns.map(({ parts }) => parts.filter(({ kind }) => kind === 'shared').length)).toEqual([
      1, 1,
    ]);
    expect(view('differences').marked).toBe('differences');
  });
});

describe('results step by step', () => {
  const many = {
    ...experiment,
    runs: Array.from({ length: 120 }, (_, index) => ended(index + 1, `text ${index % 7}`)),
  };

  it('begin with the verdict and fifty columns, then come the others, the view and the figures', () => {
    const steps = [...resultSteps(many, viewSettings({ view: 'matrix' }))];
    expect(steps.map(({ kind }) => kind)).toEqual(['start', 'columns', 'columns', 'view', 'figures']);
    expect(steps[0]).toMatchObject({ running: false, sideBySide: { verdict: { kind: 'differ' } } });
    expect(steps.flatMap((step) => (step.kind === 'columns' ? step.columns.length : []))).toEqual([50, 20]);
    expect(resultsOf(many, viewSettings()).sideBySide.columns.map(({ run }) => run)).toEqual(
      many.runs.map(({ run }) => run),
    );
  });

  it('are columns alone while runs go on', () => {
    const going: Experiment = { ...experiment, running: true, runs: [ended(1, 'a b '), running(2, 'a ')] };
    expect([...resultSteps(going, viewSettings())].map(({ kind }) => kind)).toEqual(['start']);
  });

  it('are only a count of runs before the first step', () => {
    expect(noResults(experiment)).toMatchObject({
      sideBySide: { verdict: { kind: 'comparing', planned: 4 }, columns: [] },
    });
    for (const step of resultSteps(many, viewSettings()))
      if (step.kind !== 'start') expect(takeStep(null, step)).toBeNull();
  });

  it('keep the view and the figures that stand there until others come, unless runs go on', () => {
    const shown = resultsOf(experiment, viewSettings({ view: 'variants' }));
    const [start] = resultSteps(experiment, viewSettings({ view: 'tree' }));
    const taken = start && takeStep(shown, start);
    expect(taken?.model).toBe(shown.model);
    expect(taken?.figures).toBe(shown.figures);
    const going: Experiment = { ...experiment, running: true };
    const [again] = resultSteps(going, viewSettings());
    expect(again && takeStep(shown, again)).toEqual({ ...justColumns(resultsOf(going, viewSettings()).sideBySide) });
  });
});
