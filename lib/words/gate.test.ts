import { describe, expect, it } from 'vitest';
import { Demand } from '@/lib/gate/demand';
import { judgeCase } from '@/lib/gate/judge';
import { readSuite } from '@/lib/gate/suite';
import { err } from '@/lib/result';
import type { RunRecord } from '@/lib/run/record';
import { aRecipe, ended, failed } from '@/lib/run/records.fixture';
import { sayCase, sayCounts, sayFileProblem } from './gate';

const runs = (...texts: [text: string, times: number][]): RunRecord[] =>
  texts.flatMap(([text, times]) => Array<string>(times).fill(text)).map((text, index) => ended(index + 1, text));
const said = (demand: unknown, made: RunRecord[], planned = made.length) =>
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
    [{ kind: 'baseline', file: 'b.json' }, [['4', 1]], 'There is no baseline at b.json yet.'],
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
        'Run 1 failed: rate limit. 2 retries.',
    );
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

describe('what is wrong with a suite', () => {
  const aCase = (more: string) => `v: 1\ncases:\n  - id: a\n    prompt: Hi\n    request: { model: m }\n${more}`;

  it.each([
    ['v: 2\ncases: []', '1:1 v: must be "1".'],
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
    expect(read.ok ? [] : read.error.map(sayFileProblem).slice(0, 1)).toEqual([sentence]);
  });
});
