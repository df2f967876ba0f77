import { describe, expect, it } from 'vitest';
import type { EqualityMode } from '@/lib/compare/align/equality';
import { judgeExpected } from '@/lib/compare/measure/expected';
import { words } from '@/lib/compare/measure/experiments.fixture';
import { judgeProgress, judgeRuns } from '@/lib/compare/measure/judge';
import type { EndedRun, RunRecord } from '@/lib/run/record';
import { aRecipe, aRequest, ended, endedWith, failed, queued, running } from '@/lib/run/records.fixture';
import { sayVerdict } from './verdict';

const recipe = aRecipe({ request: aRequest({ max_completion_tokens: 120 }), repeats: 5 });
const over = (runs: RunRecord[]) => sayVerdict(judgeRuns(recipe, runs));
const verdict = (...texts: string[]) => over(endedWith(...texts));
const many = (count: number, make: (run: number) => RunRecord) =>
  Array.from({ length: count }, (_, index) => make(index + 1));
const cut = (run: number, text: string): EndedRun => ended(run, text, { finish: 'length' });

describe('the words of a verdict on runs that are over', () => {
  it('says that all are equal', () => {
    const text = words(112);
    expect(verdict(text, text, text, text, text)).toEqual({
      sentence: '5 of 5 runs identical.',
      detail: '112 words each.',
    });
    expect(verdict('Yes.', 'Yes.').detail).toBe('1 word each.');
  });

  it('says how many are equal, and where they first differ', () => {
    const [queens, york] = [words(37, 'Queens'), `${words(37, 'New')} York`];
    expect(verdict(queens, queens, york, queens, york)).toEqual({
      sentence: '3 of 5 runs identical, 2 variants. First difference at word 37.',
      detail: '“Queens” in runs 1, 2, 4; “New” in runs 3, 5.',
    });
  });

  it('says that all are different', () => {
    const texts = ['a', 'b', 'c', 'd', 'e'].map((last) => words(4, last));
    expect(verdict(...texts)).toMatchObject({
      sentence: '5 different texts in 5 runs. First difference at word 4.',
    });
  });

  it('says that the first word differs', () => {
    expect(verdict('a', 'b', 'c', 'd', 'e').sentence).toBe('5 different texts in 5 runs. First difference at word 1.');
    expect(verdict('a', 'a', 'b').sentence).toBe('2 of 3 runs identical, 2 variants. First difference at word 1.');
  });

  it('says that only the spacing differs, and draws it', () => {
    expect(verdict('the cat sat', 'the  cat\nsat', 'the cat sat')).toEqual({
      sentence: '2 variants in 3 runs: same words, different spacing.',
      detail: '“␣cat” in runs 1, 3; “␣␣cat” in run 2.',
    });
  });

  it('says so of a line break at the end, too', () => {
    expect(verdict('the cat', 'the cat\n', 'the cat').sentence).toBe(
      '2 variants in 3 runs: same words, different spacing.',
    );
  });

  it('says that some texts stop where the others go on', () => {
    const [short, long] = [words(120), words(121)];
    expect(verdict(long, long, long, short, long)).toEqual({
      sentence: 'Run 4 stops at word 120; the others go on. Same text up to there.',
      detail: '2 variants in 5 runs.',
    });
    expect(verdict(short, long, short, long).sentence).toBe(
      'Runs 1, 3 stop at word 120; the others go on. Same text up to there.',
    );
  });

  it('does not say so when there is no word to stop at', () => {
    expect(verdict('…', '… the cat').sentence).toBe('2 different texts in 2 runs. First difference at word 1.');
  });

  it('does not say so when the others go on in several ways', () => {
    expect(verdict('the cat', 'the cat sat', 'the cat ran')).toMatchObject({
      sentence: '3 different texts in 3 runs. First difference at word 3.',
      detail: 'end of text in run 1; “sat” in run 2; “ran” in run 3.',
    });
  });

  it('names white space that stands alone against a word', () => {
    expect(verdict('the cat\n', 'the cat sat').detail).not.toContain('“”');
  });

  it('shows four readings of many', () => {
    expect(verdict('a', 'b', 'c', 'd').detail).toBe('“a” in run 1; “b” in run 2; “c” in run 3; “d” in run 4.');
    expect(verdict('a', 'b', 'c', 'd', 'e', 'f').detail).toMatch(/“d” in run 4; 2 more readings\.$/);
  });

  it('shows a fifth reading rather than that there is one', () => {
    expect(verdict('a', 'b', 'c', 'd', 'e').detail).toMatch(/; “e” in run 5\.$/);
  });

  it('asks for a second run', () => {
    expect(verdict('the cat')).toEqual({ sentence: '1 run. Make at least 2 to compare.', detail: '' });
  });
});

describe('the words of a verdict on runs that reasoned', () => {
  const run = (number: number, text: string, reasoning: string) => ended(number, text, { reasoning });

  it.each([
    [[run(1, 'Yes.', 'a'), run(2, 'Yes.', 'b')], 'Same answer, 2 different reasonings.'],
    [[run(1, 'Yes.', 'a'), run(2, 'Yes.', 'a')], 'The reasoning is the same, too.'],
    [[run(1, 'Yes.', 'a'), run(2, 'No.', 'b')], '2 different reasonings.'],
    [[run(1, 'Yes.', 'a'), run(2, 'No.', 'a')], 'The reasoning is the same.'],
    [
      [run(1, 'Yes.', 'a'), run(2, 'Yes.', 'b'), ended(3, 'Yes.')],
      'Same answer, 2 different reasonings in the 2 runs that have any.',
    ],
  ])('%#: say so apart from the answers', (runs, said) => {
    expect(over(runs).detail).toContain(said);
  });

  it('say nothing of one reasoning, or none', () => {
    expect(over([run(1, 'Yes.', 'a'), ended(2, 'Yes.')]).detail).not.toContain('reasoning');
  });

  it('say where all tokens went', () => {
    const cut = (number: number, tokens: number | null) =>
      ended(number, '', {
        finish: 'length',
        reasoning: 'a',
        usage: tokens === null ? null : { prompt_tokens: 1, completion_tokens: tokens, total_tokens: tokens + 1 },
      });
    expect(over([cut(1, 60), cut(2, 60)])).toEqual({
      sentence: '2 of 2 runs returned no text.',
      detail: 'All 60 tokens went to reasoning. Raise max tokens.',
    });
    expect(over([cut(1, null), cut(2, 60)]).detail).toBe(
      'The token limit was reached while they reasoned. Raise max tokens.',
    );
  });
});

describe('the words of a verdict when runs are left out', () => {
  it('names one that failed', () => {
    const runs = [...endedWith('x', 'x'), failed(3, 'rate_limited'), ended(4, 'x'), ended(5, 'x')];
    expect(over(runs)).toMatchObject({
      sentence: '4 of 4 finished runs identical. Run 3 failed: rate limit.',
    });
  });

  it('names two, each with its reason', () => {
    const runs = [ended(1, 'x'), ended(2, '', {}), ended(3, 'y'), ended(4, 'a', { finish: 'aborted' })];
    expect(over(runs).sentence).toBe(
      '2 different texts in 2 runs that count. First difference at word 1. Run 2 returned no text. Run 4 was stopped.',
    );
  });

  it('says together what those of one reason have in common', () => {
    const runs = [...endedWith('x', 'x'), ...[3, 4, 5].map((run) => failed(run, 'stalled'))];
    expect(over(runs).sentence).toBe('2 of 2 finished runs identical. Runs 3, 4, 5 failed: the answer stalled.');
  });

  it('has nothing to compare the only one with that finished', () => {
    expect(over([ended(1, 'x'), failed(2, 'stalled')])).toEqual({
      sentence: 'Only 1 run counts: nothing to compare it with. Run 2 failed: the answer stalled.',
      detail: '',
    });
  });

  it('proves nothing by what a cache repeats', () => {
    const kept = [2, 3].map((run) => ended(run, 'x', { cached: true }));
    expect(over([ended(1, 'x'), ...kept])).toMatchObject({
      sentence: 'Only 1 run counts: nothing to compare it with. Runs 2, 3 were answered from a cache.',
    });
    expect(over(kept)).toMatchObject({
      sentence: 'No run counts.',
      detail: 'Runs 2, 3 were answered from a cache.',
    });
  });

  it('says that none finished, and why', () => {
    expect(over([failed(1, 'key_refused'), queued(2)])).toEqual({
      sentence: 'No run finished.',
      detail: 'Run 1 failed: the key was refused. Run 2 has not finished.',
    });
  });

  it('still says why when every one of many failed for the same reason', () => {
    const { sentence, detail } = over(many(5, (run) => failed(run, 'key_refused')));
    expect(sentence).toBe('No run finished.');
    expect(detail).toContain('the key was refused');
  });

  it('does not say of empty answers that they never finished', () => {
    expect(over(many(5, (run) => ended(run, ''))).sentence).not.toBe('No run finished.');
  });
});

describe('the words of a verdict on runs that were cut at the token limit', () => {
  it('says that all were cut, and where', () => {
    expect(over([cut(1, 'the cat'), cut(2, 'the cat')])).toEqual({
      sentence: '2 of 2 runs identical.',
      detail: '2 words each. All were cut at the 120-token limit.',
    });
  });

  it('counts how many were cut', () => {
    expect(over([cut(1, 'x'), ended(2, 'x'), ended(3, 'x')]).detail).toBe(
      '1 word each. 1 of 3 was cut at the 120-token limit.',
    );
    expect(over([cut(1, 'x'), cut(2, 'x'), ended(3, 'x')]).detail).toBe(
      '1 word each. 2 of 3 were cut at the 120-token limit.',
    );
  });

  it('has no figure where the recipe has none', () => {
    const { detail } = sayVerdict(judgeRuns(aRecipe(), [cut(1, 'x'), cut(2, 'x')]));
    expect(detail).toBe('1 word each. All were cut at the token limit.');
  });

  it('does not give the limit of the request where the arms set others', () => {
    const arms = [{ set: { max_completion_tokens: 10 } }, { set: { max_completion_tokens: 20 } }];
    const runs = [cut(1, 'the'), { ...cut(2, 'the cat'), arm: 1 }];
    expect(sayVerdict(judgeRuns({ ...recipe, arms, repeats: 1 }, runs)).detail).not.toContain('120-token');
  });
});

describe('the words of a verdict under another mode than the exact one', () => {
  const on = (mode: EqualityMode, ...texts: string[]) => sayVerdict(judgeRuns(recipe, endedWith(...texts), mode));

  it('has the mode in its sentence, and says how many texts there were', () => {
    expect(on('case-punctuation', 'The end.', 'the end', 'the end', 'The end.', 'The end')).toEqual({
      sentence: '5 of 5 runs identical, ignoring case and punctuation.',
      detail: '2 words each. As written they are 3 texts.',
    });
    expect(on('whitespace', 'a b', 'a  b', 'a c')).toEqual({
      sentence: '2 of 3 runs identical, ignoring white space, 2 variants. First difference at word 2.',
      detail: '“b” in runs 1, 2; “c” in run 3.',
    });
    expect(on('whitespace', 'a b', 'a c').sentence).toBe(
      '2 different texts in 2 runs, ignoring white space. First difference at word 2.',
    );
    expect(on('case-punctuation', 'The cat.', 'the cat sat').sentence).toBe(
      'Run 1 stops at word 2; run 2 goes on. Same text up to there, ignoring case and punctuation.',
    );
  });

  it('is the same as ever on the exact one', () => {
    expect(on('exact', 'a b', 'a  b')).toEqual(verdict('a b', 'a  b'));
  });

  it('speaks of JSON values', () => {
    expect(on('json', '{"a":1}', '{ "a": 1.0 }')).toEqual({
      sentence: '2 of 2 runs identical as JSON values.',
      detail: 'As written they are 2 texts.',
    });
    expect(on('json', '[1]', '[ 1 ]', '[2]', 'Sorry')).toEqual({
      sentence: '2 of 4 runs identical as JSON values, 2 variants. Run 4 has no JSON value.',
      detail: 'A in runs 1, 2; B in run 3.',
    });
    expect(on('json', '1', '2').sentence).toBe('2 different JSON values in 2 runs.');
    expect(on('json', 'a', 'a')).toEqual({ sentence: 'None of 2 runs has a JSON value.', detail: '' });
  });

  it('speaks of answers', () => {
    expect(on('answer', 'It is 4.', 'so, 4.0', 'I say 5', 'no', 'no')).toEqual({
      sentence: '2 of 5 runs identical in the extracted answer, 2 variants. Runs 4, 5 have no answer.',
      detail: '“4” in runs 1, 2; “5” in run 3.',
    });
    expect(on('answer', 'no', '4')).toEqual({
      sentence: 'Only 1 of 2 runs has an answer.',
      detail: 'Run 1 has no answer.',
    });
  });

  it('still names what is left out', () => {
    const runs = [...endedWith('4', '4.0'), failed(3, 'stalled')];
    expect(sayVerdict(judgeRuns(recipe, runs, 'json')).sentence).toBe(
      '2 of 2 finished runs identical as JSON values. Run 3 failed: the answer stalled.',
    );
  });
});

describe('the words of a verdict while runs go on', () => {
  const texts = (...each: string[]) => each.map((text, index) => ({ run: index + 1, text }));
  const progress = (...[reached, runs]: Parameters<typeof judgeProgress>) => sayVerdict(judgeProgress(reached, runs));

  it('counts the runs before there is a word', () => {
    const runs = many(5, (run) => running(run, ''));
    expect(progress(texts('', '', '', '', ''), runs)).toEqual({
      sentence: 'Running 5 runs.',
      detail: '5 of 5 still running.',
    });
    expect(progress(texts(''), [queued(1)]).sentence).toBe('Running 1 run.');
  });

  it.each([
    [[running(1, ''), queued(2), queued(3)], '1 of 3 still running, 2 waiting for their turn.'],
    [[ended(1, 'a'), running(2, ''), queued(3)], '1 of 3 still running, 1 waiting for its turn.'],
    [[ended(1, 'a'), queued(2), queued(3)], '2 of 3 waiting for their turn.'],
  ])('counts apart what waits for its turn: %#', (runs, detail) => {
    expect(progress([], runs).detail).toBe(detail);
  });

  it('counts the words that are equal so far', () => {
    const runs = many(5, (run) => running(run, words(40)));
    expect(progress(texts(...many(5, queued).map(() => words(36))), runs)).toEqual({
      sentence: 'Identical so far: 36 words in 5 runs.',
      detail: '5 of 5 still running.',
    });
    expect(progress(texts('The', 'The'), runs.slice(0, 2)).sentence).toBe('Identical so far: 1 word in 2 runs.');
  });

  it('does not compare a single run with itself', () => {
    expect(progress(texts('The cat'), [running(1, 'The cat sat')]).sentence).not.toContain('1 runs');
  });

  it('says where they have forked, and who is still running', () => {
    const [a, b] = [words(37, 'Queens'), words(37, 'New')];
    const runs = [ended(1, a), running(2, a), running(3, b), ended(4, a), running(5, b)];
    expect(progress(texts(a, a, b, a, b), runs)).toEqual({
      sentence: 'Forked at word 37.',
      detail: '“Queens” in runs 1, 2, 4; “New” in runs 3, 5. 3 of 5 still running.',
    });
  });
});

describe('the words of a verdict in a playback', () => {
  const runs = [running(1, 'The moon is a'), running(2, 'The moon is so'), ended(3, 'The moon')];
  const playedBack = (step: number, ...texts: string[]) =>
    sayVerdict(
      judgeProgress(
        texts.map((text, at) => ({ run: at + 1, text })),
        runs,
      ),
      {
        step,
        of: 40,
        unit: 'word',
        settled: new Map(),
      },
    );

  it('say how far it is, and never that something runs', () => {
    expect(playedBack(0, '', '', '')).toEqual({ sentence: 'Replaying 3 runs.', detail: 'Replay: word 0 of 40.' });
    expect(playedBack(3, 'The moon is', 'The moon is')).toEqual({
      sentence: 'Identical so far: 3 words in 2 runs.',
      detail: 'Replay: word 3 of 40.',
    });
    expect(playedBack(4, 'The moon is a', 'The moon is so')).toEqual({
      sentence: 'Forked at word 4.',
      detail: '“a” in run 1; “so” in run 2. Replay: word 4 of 40.',
    });
  });
});

describe('the words of a verdict against an expected text', () => {
  it('count the runs that give it, then say how they compare among themselves', () => {
    const expected = (...texts: string[]) => sayVerdict(judgeExpected(recipe, endedWith(...texts), 'Yes.'));
    expect(expected('Yes.', 'No.', 'Yes.')).toEqual({
      sentence: '2 of 3 runs match the expected text.',
      detail: '2 of 3 runs identical, 2 variants. First difference at word 1. “Yes” in runs 1, 3; “No” in run 2.',
    });
    expect(expected('Yes.').sentence).toBe('1 of 1 run matches the expected text.');
    expect(sayVerdict(judgeExpected(recipe, endedWith('yes', 'YES'), 'Yes.', 'case-punctuation')).sentence).toBe(
      '2 of 2 runs match the expected text, ignoring case and punctuation.',
    );
  });
});

describe('the words of a verdict before there is one', () => {
  it('count the runs that are compared', () => {
    expect(sayVerdict({ kind: 'comparing', planned: 5 })).toEqual({ sentence: 'Comparing 5 runs.', detail: '' });
    expect(sayVerdict({ kind: 'comparing', planned: 1 }).sentence).toBe('Comparing 1 run.');
  });
});
