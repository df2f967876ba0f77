import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultViewSettings, type ResultStep } from '@/lib/compare/results';
import { aRecipe, ended } from '@/lib/run/records.fixture';
import { InMemoryWorker } from '@/lib/worker/in-memory.fixture';
import type { ComparisonRequest } from './comparison.worker';
import { ComparisonLine, type ComparisonNews } from './comparison-line';

const figures: ResultStep = { kind: 'figures', figures: null };
const view = { ...defaultViewSettings };
const otherView = { ...defaultViewSettings, view: 'tree' as const };

/** A request about texts that have grown to this one. */
const grown = (text: string, viewSettings = view, id = 'a'): ComparisonRequest => ({
  experiment: { id, recipe: aRecipe(), runs: [ended(1, text)], running: false },
  viewSettings,
});

type Work = (request: ComparisonRequest) => Iterable<ResultStep>;

/** A line whose workers keep silent until they are told, unless they have work. */
function open(work?: Work) {
  const workers: InMemoryWorker<ComparisonRequest, ResultStep>[] = [];
  const told: [string, ComparisonNews][] = [];
  const line = new ComparisonLine(
    () => {
      const worker = new InMemoryWorker(work);
      workers.push(worker);
      return worker;
    },
    (id, news) => told.push([id, news]),
  );
  /** The texts that worker `at` was asked to compare. */
  const texts = (at: number) =>
    (workers[at]?.received ?? []).flatMap((message) =>
      message.kind === 'request' ? [message.request.experiment.runs[0]?.text] : [],
    );
  return { line, workers, told, texts };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a line to the worker that compares', () => {
  it('reports each step, with the experiment that it belongs to', async () => {
    const { line, told } = open(() => [figures]);
    void line.ask(grown('x'));
    await vi.runAllTimersAsync();
    void line.ask(grown('x', view, 'b'));
    await vi.runAllTimersAsync();
    expect(told).toEqual([
      ['a', figures],
      ['b', figures],
    ]);
  });

  it('has one request under way while texts grow, and sends the newest of the others next', async () => {
    const { line, workers, told, texts } = open();
    for (const text of ['a', 'ab', 'abc', 'abcd']) void line.ask(grown(text));
    await settle();
    expect(texts(0)).toEqual(['a']);
    workers[0]?.tell({ kind: 'step', id: 1, step: figures });
    workers[0]?.tell({ kind: 'done', id: 1 });
    await settle();
    expect(texts(0)).toEqual(['a', 'abcd']);
    expect(told).toEqual([['a', figures]]);
  });

  it.each([
    ['another view', grown('b', otherView)],
    ['another experiment', grown('b', view, 'b')],
  ])('drops what is under way, and what waits, for %s', async (_, next) => {
    const { line, workers, told, texts } = open();
    void line.ask(grown('a'));
    void line.ask(grown('aa'));
    void line.ask(next);
    workers[0]?.tell({ kind: 'step', id: 1, step: figures });
    workers[0]?.tell({ kind: 'cancelled', id: 1 });
    await settle();
    expect(workers[0]?.received.map(({ kind }) => kind)).toEqual(['request', 'cancel', 'request']);
    expect(texts(0)).toEqual(['a', 'b']);
    expect(told).toEqual([]);
  });

  it('ends a worker that does not give up in two seconds, and starts another', async () => {
    const { line, workers, texts } = open();
    void line.ask(grown('a'));
    void line.ask(grown('b', otherView));
    await vi.advanceTimersByTimeAsync(1999);
    expect(workers.map(({ ended }) => ended)).toEqual([false]);
    await vi.advanceTimersByTimeAsync(1);
    expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
    expect([texts(0), texts(1)]).toEqual([['a'], ['b']]);
  });

  it('reports that a comparison has failed, and goes on with the next', async () => {
    const { line, told, workers } = open(function* ({ viewSettings }) {
      yield figures;
      if (viewSettings.view === 'tree') throw new Error('Too deep.');
    });
    void line.ask(grown('a', otherView));
    await vi.runAllTimersAsync();
    void line.ask(grown('a'));
    await vi.runAllTimersAsync();
    expect(told).toEqual([
      ['a', figures],
      ['a', { kind: 'failed', message: 'Too deep.' }],
      ['a', figures],
    ]);
    expect(workers.length).toBe(1);
  });

  it('reports that its worker is gone, and starts another for the next request', async () => {
    const { line, told, workers, texts } = open();
    void line.ask(grown('a'));
    await settle();
    workers[0]?.break();
    await settle();
    expect(told).toEqual([['a', { kind: 'failed', message: null }]]);
    void line.ask(grown('b'));
    await settle();
    expect(texts(1)).toEqual(['b']);
  });

  it('reports nothing of what was dropped, whatever becomes of it', async () => {
    const { line, workers, told } = open();
    void line.ask(grown('a'));
    void line.ask(grown('b', otherView));
    workers[0]?.tell({ kind: 'failed', id: 1, message: 'Too late.' });
    await settle();
    line.close();
    await settle();
    expect(told).toEqual([]);
    expect(workers.map(({ ended }) => ended)).toEqual([true]);
  });
});
