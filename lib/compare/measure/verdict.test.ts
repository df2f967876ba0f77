import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import type { EqualityMode } from '@/lib/compare/align/equality';
import type { EndedRun, RunRecord } from '@/lib/run/record';
import { aRecipe, aRequest, ended, endedWith, failed, queued, running } from '@/lib/run/records.fixture';
import { judgeProgress, judgeRuns } from './judge';
import { toneOf } from './verdict';

const recipe = aRecipe({ request: aRequest({ max_completion_tokens: 120 }), repeats: 5 });
const judge = (runs: RunRecord[]) => judgeRuns(recipe, runs);
const verdict = (...texts: string[]) => judge(endedWith(...texts));
const on = (mode: EqualityMode, ...texts: string[]) => judgeRuns(recipe, endedWith(...texts), mode);
const cut = (run: number, text: string): EndedRun => ended(run, text, { finish: 'length' });

describe('the verdict on runs that are over', () => {
  it('is that all are identical, of so many words', () => {
    expect(verdict('the cat sat', 'the cat sat')).toEqual({
      kind: 'identical',
      words: 3,
      exactTexts: 1,
      mode: 'exact',
      compared: 2,
      planned: 2,
      leftOut: [],
      ground: { kind: 'no-seed', greedy: false, extra: false },
      reasoning: null,
      atLimit: { runs: [], limit: 120 },
    });
  });

  it('is that they differ: in how many texts, how many agree, and where they part', () => {
    expect(verdict('the cat sat', 'the cat sat', 'the cat ran', 'the cat', 'the cat sat')).toMatchObject({
      kind: 'differ',
      texts: 3,
      largest: 3,
      fork: {
        word: 3,
        character: 8,
        offset: 7,
        variants: [
          { text: ' sat', runs: [1, 2, 5] },
          { text: ' ran', runs: [3] },
          { text: null, runs: [4] },
        ],
      },
    });
    expect(verdict('a', 'b', 'c')).toMatchObject({ kind: 'differ', texts: 3, largest: 1, fork: { word: 1 } });
  });

  it('is that only the spacing differs', () => {
    for (const other of ['the  cat\nsat', 'the cat sat\n', ' the cat sat'])
      expect(verdict('the cat sat', other, 'the cat sat')).toMatchObject({ kind: 'spacing-only', texts: 2 });
  });

  it('is that one of two texts stops short, where the words up to there are the same', () => {
    expect(verdict('the cat sat', 'the cat', 'the cat')).toMatchObject({
      kind: 'stops-short',
      texts: 2,
      lastWord: 2,
      stopping: [2, 3],
      going: [1],
    });
    expect(verdict('…', '… the cat').kind).toBe('differ');
    expect(verdict('the cat', 'the cat sat', 'the cat ran').kind).toBe('differ');
  });

  it('is nothing where a single run is compared', () => {
    expect(verdict('the cat')).toMatchObject({ kind: 'only-one', compared: 1, planned: 1 });
    expect(judge([ended(1, 'x'), failed(2, 'stalled')])).toMatchObject({ kind: 'only-one', compared: 1, planned: 2 });
  });

  it('is nothing where no run is compared: none finished, none gave a text, or they came from a cache', () => {
    expect(judge([])).toMatchObject({ kind: 'nothing-compared', cached: false, planned: 0 });
    expect(judge([failed(1, 'key_refused'), queued(2)])).toMatchObject({ kind: 'nothing-compared', cached: false });
    expect(judge([ended(1, ''), ended(2, '', { finish: 'aborted' })]).kind).toBe('nothing-compared');
    expect(judge([ended(1, ''), ended(2, '', { finish: 'length' }), ended(3, '')])).toMatchObject({
      kind: 'no-text',
      finishes: ['stop', 'length'],
      reasoned: null,
    });
    const cut = (run: number, completion_tokens: number) =>
      ended(run, '', {
        finish: 'length',
        reasoning: 'Well',
        usage: { prompt_tokens: 1, completion_tokens, total_tokens: completion_tokens + 1 },
      });
    expect(judge([cut(1, 60), cut(2, 60)])).toMatchObject({ kind: 'no-text', reasoned: 60 });
    expect(judge([cut(1, 60), cut(2, 59)])).toMatchObject({ kind: 'no-text', reasoned: 0 });
    expect(judge([cut(1, 60), ended(2, '', { finish: 'length' })])).toMatchObject({ kind: 'no-text', reasoned: null });
    expect(judge([ended(1, 'x', { cached: true })])).toMatchObject({ kind: 'nothing-compared', cached: true });
  });

  it('has the runs that are left out beside it, and is of the others', () => {
    const runs = [ended(1, 'x'), failed(2, 'rate_limited', 'y'), ended(3, 'x'), ended(4, 'z', { finish: 'aborted' })];
    expect(judge(runs)).toMatchObject({
      kind: 'identical',
      compared: 2,
      planned: 4,
      leftOut: [
        { run: 2, reason: { kind: 'failed', code: 'rate_limited' } },
        { run: 4, reason: { kind: 'stopped' } },
      ],
    });
  });
});

describe('the runs that ended at the token limit', () => {
  it('are named in the verdict, with the limit that all requests send', () => {
    expect(judge([cut(1, 'x'), ended(2, 'x'), cut(3, 'y')]).atLimit).toEqual({ runs: [1, 3], limit: 120 });
    expect(judgeRuns(aRecipe(), [cut(1, 'x')]).atLimit).toEqual({ runs: [1], limit: null });
  });

  it('have no limit that they were cut at where one was cut before it, since its context was full', () => {
    const at = (run: number, completion_tokens: number) =>
      ended(run, 'x', {
        finish: 'length',
        usage: { prompt_tokens: 9, completion_tokens, total_tokens: completion_tokens + 9 },
      });
    expect(judge([at(1, 120), at(2, 120)]).atLimit.limit).toBe(120);
    expect(judge([at(1, 120), at(2, 103)]).atLimit.limit).toBeNull();
  });

  it('have no one limit where the arms set several', () => {
    const arms = [{ set: { max_completion_tokens: 10 } }, { set: { max_completion_tokens: 20 } }];
    expect(judgeRuns({ ...recipe, arms }, [cut(1, 'the')]).atLimit.limit).toBeNull();
    expect(judgeRuns({ ...recipe, arms: arms.slice(0, 1) }, [cut(1, 'the')]).atLimit.limit).toBe(10);
  });
});

describe('the verdict under another mode than the exact one', () => {
  it('is on the texts as the mode sees them, and says how many there are exactly', () => {
    expect(on('case-punctuation', 'The end.', 'the end', 'The end')).toMatchObject({
      kind: 'identical',
      mode: 'case-punctuation',
      words: 2,
      exactTexts: 3,
    });
    expect(on('whitespace', 'a b', 'a  b', 'a c')).toMatchObject({ kind: 'differ', largest: 2, fork: { word: 2 } });
    expect(on('case-punctuation', 'The cat.', 'the cat sat')).toMatchObject({ kind: 'stops-short', lastWord: 2 });
  });

  it('names the values that were found, most common first, and the runs without one', () => {
    expect(on('json', 'Sorry', '[2]', '[1]', '[ 1 ]')).toMatchObject({
      kind: 'values',
      values: [
        { letter: 'A', value: '["#1"]', runs: [3, 4] },
        { letter: 'C', value: '["#2"]', runs: [2] },
      ],
      without: [1],
    });
    expect(on('answer', 'It is 4.', 'no', 'so, 4.0')).toMatchObject({
      kind: 'values',
      values: [{ value: '4', runs: [1, 3] }],
      without: [2],
    });
    expect(on('json', 'a', 'a')).toMatchObject({ kind: 'values', values: [], without: [1, 2] });
  });
});

describe('the verdict while runs go on', () => {
  const texts = (...each: string[]) => each.map((text, index) => ({ run: index + 1, text }));
  const runs = [ended(1, 'the cat sat'), running(2, 'the cat r'), running(3, 'the cat')];

  it('is that they run, until several have a word', () => {
    expect(judgeProgress(texts('', '', ''), runs)).toEqual({ kind: 'running', planned: 3, going: 2, waiting: 0 });
    expect(judgeProgress(texts('the'), [running(1, 'the')])).toEqual({
      kind: 'running',
      planned: 1,
      going: 1,
      waiting: 0,
    });
    expect(judgeProgress([], [])).toEqual({ kind: 'running', planned: 0, going: 0, waiting: 0 });
  });

  it('is that they are identical so far, or where they have forked', () => {
    expect(judgeProgress(texts('the cat', 'the cat', 'the cat'), runs)).toEqual({
      kind: 'identical-so-far',
      planned: 3,
      going: 2,
      waiting: 0,
      words: 2,
      compared: 3,
    });
    expect(judgeProgress(texts('the cat sat', 'the cat ran', 'the cat sat'), runs)).toMatchObject({
      kind: 'forked',
      going: 2,
      fork: { word: 3, variants: [{ runs: [1, 3] }, { runs: [2] }] },
    });
  });
});

describe('the tone of a verdict', () => {
  it.each([
    [verdict('x', 'x'), 'same'],
    [verdict('x', 'y'), 'differ'],
    [verdict('x y', 'x  y'), 'differ'],
    [verdict('x', 'x y'), 'differ'],
    [verdict('x'), 'open'],
    [verdict(), 'open'],
    [verdict('', ''), 'open'],
    [on('answer', '4', '4.0'), 'same'],
    [on('answer', '4', '5'), 'differ'],
    [on('answer', '4', '4', 'none'), 'differ'],
    [on('answer', '4', 'none'), 'open'],
    [on('answer', 'none', 'none'), 'open'],
    [judgeProgress([{ run: 1, text: 'x' }], [running(1, 'x')]), 'open'],
    [judgeProgress(endedWith('x', 'x'), []), 'open'],
    [judgeProgress(endedWith('x', 'y'), []), 'differ'],
    [{ kind: 'comparing', planned: 5 } as const, 'open'],
  ] as const)('%#: of %o is %s', (found, tone) => {
    expect(toneOf(found)).toBe(tone);
  });

  it('is good only where every compared run gives the same', () => {
    const text = fc.constantFrom('x', 'x ', 'X', '4', 'so 4', '{"a":4}', '');
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), fc.constantFrom<EqualityMode>('exact', 'answer'), (all, mode) => {
        const found = on(mode, ...all);
        const same =
          found.kind === 'identical' || (found.kind === 'values' && found.values[0]?.runs.length === found.compared);
        expect(toneOf(found) === 'same').toBe(same);
        expect(found.compared + found.leftOut.length).toBe(found.planned);
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });
});
