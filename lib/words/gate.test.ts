import { describe, expect, it } from 'vitest';
import { defined } from '@/lib/defined';
import { readBaseline, toBaseline, writeBaseline } from '@/lib/gate/baseline';
import { Demand } from '@/lib/gate/demand';
import { judgeCase } from '@/lib/gate/judge';
import { readSuite } from '@/lib/gate/suite';
import { err } from '@/lib/result';
import type { OverRun } from '@/lib/run/record';
import { aRecipe, ended, failed } from '@/lib/run/records.fixture';
import { sayCase, sayCounts, sayFileProblem } from './gate';

const runs = (...texts: [text: string, times: number][]): OverRun[] =>
  texts.flatMap(([text, times]) => Array<string>(times).fill(text)).map((text, index) => ended(index + 1, text));
/** What is said of a case, but for what was asked, which stands behind each that does not hold. */
const withoutAsked = (said: string) => said.replace(/ Asked: .*\.$/, '');
const said = (demand: unknown, made: OverRun[], planned = made.length) =>
  withoutAsked(saidWhole(demand, made, planned));
const saidWhole = (demand: unknown, made: OverRun[], planned = made.length) =>
  sayCase(
    judgeCase(
      { id: 'a', line: 1, recipe: aRecipe({ repeats: planned }), demands: [Demand.parse(demand)] },
      made,
      new Map(),
      0.025,
    ),
  );

describe('a case', () => {
  it.each([
    [{ kind: 'equal' }, [['a cat', 60]], '60 of 60 runs are equal: 93.9–100 %, and 90 % are wanted.'],
    [
      { kind: 'equal', mode: 'json' },
      [
        ['{"a":1}', 6],
        ['{"a":2}', 4],
      ],
      '6 of 10 runs are equal as JSON values: 18.8–87.8 %, and 90 % are wanted.',
    ],
    [
      { kind: 'text', text: 'a cat' },
      [
        ['a cat', 1],
        ['a dog', 1],
      ],
      '1 of 2 runs gives the expected text: 1.2–98.7 %, and 90 % are wanted. The others part from it at word 2: ' +
        '“cat” in the text; “dog” in 1 run. Too few to tell: 36 would do if all of them did.',
    ],
    [
      { kind: 'answer', reference: 4 },
      [['4', 60]],
      '60 of 60 runs give the answer “4”: 94–100 %, and 90 % are wanted.',
    ],
    [
      { kind: 'baseline', file: 'b.json' },
      [['4', 1]],
      'There is no baseline at b.json yet: `seedbed accept` makes one.',
    ],
    [{ kind: 'fingerprint' }, [['4', 2]], '2 runs came without a fingerprint.'],
  ] as const)('with the demand %j is said so', (demand, texts, sentence) => {
    expect(said(demand, runs(...texts.map(([text, times]): [string, number] => [text, times])))).toBe(sentence);
  });

  it('says how many runs were saved', () => {
    expect(said({ kind: 'matches', pattern: 'b' }, runs(['a', 13]), 100)).toBe(
      '0 of 13 runs match /b/: 0–24.7 %, and 90 % are wanted. Decided after 13 runs: 87 saved.',
    );
  });

  it('says which runs do not count, and how often it was tried again', () => {
    const made = [failed(1, 'rate_limited'), ended(2, 'a', { attempts: 3 })];
    expect(said({ kind: 'matches', pattern: 'b' }, made, 10)).toBe(
      '0 of 1 run match /b/: 0–97.5 %, and 90 % are wanted. Too few to tell: 36 would do if all of them did. ' +
        'Run 1 failed: rate limit. 8 runs were not sent. Run 1: “Something failed.” 2 retries.',
    );
  });

  it('says what the first run that failed was told, and once what is the same of several demands', () => {
    const demands = [{ kind: 'equal' }, { kind: 'fingerprint' }].map((demand) => Demand.parse(demand));
    const aCase = { id: 'a', line: 1, recipe: aRecipe({ repeats: 2 }), demands };
    const made = [failed(1, 'bad_request'), failed(2, 'bad_request')];
    expect(withoutAsked(sayCase(judgeCase(aCase, made, new Map(), 0.025)))).toBe(
      'No run has a text that counts. Runs 1, 2 failed: the request was refused. Run 1: “Something failed.”',
    );
  });
});

describe('the fingerprints of a case', () => {
  const reported = (...all: string[][]) => all.map((fingerprints, index) => ended(index + 1, 'a', { fingerprints }));

  it.each([
    [[['f'], ['f']], 'One fingerprint: f in 2 runs.'],
    [[['f'], ['g'], []], '2 fingerprints: f in 1 run; g in 1 run. 1 run came without a fingerprint.'],
    [[['f'], ['g']], '2 fingerprints: f in 1 run; g in 1 run.'],
    [[['f'], []], 'One fingerprint: f in 1 run. 1 run came without a fingerprint.'],
    [[['f']], 'One run alone shows nothing of fingerprints.'],
  ])('%j are named', (all, sentence) => {
    expect(said({ kind: 'fingerprint' }, reported(...all))).toBe(sentence);
  });
});

describe('a case that does not hold', () => {
  it('names what was asked, and who answered, which one that holds need not', () => {
    const made = ['f', 'g', 'g'].map((each, at) => ended(at + 1, `text ${at}`, { fingerprints: [each] }));
    expect(saidWhole({ kind: 'matches', pattern: '7' }, made)).toMatch(
      / 2 fingerprints: f in 1 run; g in 2 runs\. Asked: seedling-1, no seed\.$/,
    );
    expect(saidWhole({ kind: 'fingerprint' }, made)).toMatch(/^2 fingerprints: f in 1 run; g in 2 runs\. Asked: /);
    expect(saidWhole({ kind: 'matches', pattern: 'text' }, runs(['text', 60]))).not.toContain('Asked');
  });
});

describe('a baseline', () => {
  const recipe = aRecipe({ repeats: 60 });
  const demands = [Demand.parse({ kind: 'baseline', file: 'b.json', mode: 'whitespace' })];
  const baseline = toBaseline(recipe, [ended(1, 'yes', { fingerprints: ['f'] })], '2026-11-27T12:00:00Z');
  const judged = (request: Partial<typeof recipe.request>, made: OverRun[]) =>
    withoutAsked(
      sayCase(
        judgeCase(
          { id: 'a', line: 1, demands, recipe: { ...recipe, request: { ...recipe.request, ...request } } },
          made,
          new Map(baseline ? [['b.json', baseline]] : []),
          0.025,
        ),
      ),
    );

  it('is held against, with another fingerprint than its own', () => {
    const made = runs(['yes', 60]).map((run) => ({ ...run, fingerprints: ['g'] }));
    expect(judged({}, made)).toBe(
      '60 of 60 runs give the accepted text, ignoring white space: 94–100 %, and 90 % are wanted. ' +
        'Not the fingerprint of the baseline answered.',
    );
  });

  it('of another request is not comparable, and without a text there is nothing to judge', () => {
    expect(judged({ seed: 1 }, runs(['yes', 60]))).toBe(
      'Not comparable: the baseline at b.json is of another request.',
    );
    expect(judged({}, [])).toBe('No run has a text that counts. 60 runs were not sent.');
  });
});

describe('a case that is close to what is wanted', () => {
  it('is too close to tell', () => {
    expect(said({ kind: 'json', value: 1 }, runs(['1', 54], ['2', 6]))).toBe(
      '54 of 60 runs give the expected JSON value: 79.4–96.2 %, and 90 % are wanted. ' +
        'Too close to tell: more runs would narrow the range.',
    );
  });

  it('names the ends of texts, and no more than four readings', () => {
    const sides = said({ kind: 'equal' }, runs(['a', 9], ['a b', 1], ['a c', 1], ['a d', 1], ['a e', 1], ['a f', 1]));
    expect(sides).toContain('“b” in 1 run; “c” in 1 run; “d” in 1 run; 2 more readings.');
    expect(sides).toContain('They part at word 2: end of text in 9 runs');
  });
});

describe('the cases of a suite', () => {
  it.each([
    [['holds'], '1 case: 1 holds.'],
    [['holds', 'holds', 'fails', 'undecided', 'not-judged'], '5 cases: 2 hold, 1 fails, 1 undecided, 1 not judged.'],
  ] as const)('%j are counted: %s', (outcomes, sentence) => {
    expect(sayCounts(outcomes)).toBe(sentence);
  });
});

describe('what is wrong with a baseline', () => {
  const baseline = toBaseline(aRecipe(), [ended(1, 'yes')], '2026-11-27T12:00:00.000Z');
  const file = baseline ? writeBaseline(baseline) : '';

  it.each([
    ['2026-11-27T12:00:00.000Z', 'today', 'acceptedAt: must be a time in UTC, as in 2026-11-27T12:00:00Z.'],
    ['"Hi"', '"Ho"', 'requestHash: is not the hash of the request in this file'],
    ['"runs": 1', '"runs": 0', 'texts.0.runs: must be at least 1.'],
    ['"text": "yes"', '"text": true', 'texts.0.text: must be text.'],
  ])('where it has %s for %s is said', (from, to, sentence) => {
    const read = readBaseline(file.replace(from, to));
    expect(read.ok ? '' : sayFileProblem(defined(read.error[0]))).toContain(sentence);
  });
});

describe('what is wrong with a suite', () => {
  const aCase = (more: string) => `v: 1\ncases:\n  - id: a\n    prompt: Hi\n    request: { model: m }\n${more}`;

  it.each([
    ['v: 2\ncases: []', '1:1 v: must be 1.'],
    ['v: 1\ncases: {', '2:9 this is neither YAML nor JSON: '],
    ['v: 1', '1:1 cases: is missing.'],
    [`v: 1\ntitle: ${'x'.repeat(201)}\ncases: []`, '2:1 title: must have at most 200 characters.'],
    ['v: 1\ncases: [{ id: a b }]', '2:11 cases.0.id: must be a name of letters, digits, _ . and -, up to 100.'],
    ['v: 1\ncases: x', '2:1 cases: must be a list.'],
    [aCase('    demands: [{ kind: equal, share: 1 }]'), '6:30 cases.0.demands.0.share: must be at most 0.999.'],
    [
      aCase('    demands: [{ kind: matches, pattern: (a }]'),
      '6:32 cases.0.demands.0.pattern: This is no regular expression',
    ],
    [
      aCase('    demands: [{ kind: equal, pattern: "a|b" }]'),
      '6:30 cases.0.demands.0.pattern: has no effect without mode: answer.',
    ],
    [aCase('    runs: 0'), '6:5 cases.0.runs: must be at least 1.'],
    [aCase('    demands: []'), '6:5 cases.0.demands: must have at least 1 entry.'],
    [aCase('    runs: x'), '6:5 cases.0.runs: must be a number.'],
    [
      aCase('    demands: [{ kind: answer, reference: {} }]'),
      '6:31 cases.0.demands.0.reference: must be text or a number.',
    ],
    [aCase('    rnus: 3'), '6:5 cases.0.rnus: is no field that is known here.'],
    [aCase('    dispatch: 3'), '6:5 cases.0.dispatch: must be "parallel" or "sequential".'],
    [aCase('    promptFile: x'), '4:5 cases.0.prompt: cannot be given beside promptFile.'],
    [
      aCase('  - id: a\n    prompt: Hi\n    request: { model: m }'),
      '6:5 cases.1.id: another case is called so, in line 3.',
    ],
    [
      'v: 1\ncases: [{ id: a, prompt: Hi, request: { model: m, top_p: 3 } }]',
      '2:51 cases.0.request.top_p: top_p must be a number from 0 to 1.',
    ],
    [
      'v: 1\ncases:\n  - { id: a, promptFile: x, request: { model: m } }',
      '3:14 cases.0.promptFile: x cannot be read: there is no such file.',
    ],
  ])('in %j is said with its place', (text, sentence) => {
    const read = readSuite(text, () => err('there is no such file'));
    expect(read.ok ? '' : sayFileProblem(defined(read.error[0]))).toContain(sentence);
  });
});
