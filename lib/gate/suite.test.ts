import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { cases } from '@/lib/cases.fixture';
import { err, ok } from '@/lib/result';
import { readSuite } from './suite';

const files: Record<string, string> = { 'prompts/spring.txt': 'A haiku about spring.\n' };
const beside = (path: string) => (files[path] === undefined ? err('there is no such file') : ok(files[path]));
const read = (text: string) => readSuite(text, beside);

/** The problems of a suite, each in a line. */
const wrong = (text: string): string[] => {
  const suite = read(text);
  return suite.ok ? [] : suite.error.map(({ line, field, fault }) => `${line} ${field} ${fault.kind}`);
};

const whole = `
v: 1
title: Spring
defaults:
  runs: 20
  request: { model: seedling-1, seed: 7, temperature: 1 }
cases:
  - id: plain
    prompt: Hi
  - id: from-file
    promptFile: prompts/spring.txt
    runs: 5
    request: { temperature: 0 }
    demands:
      - { kind: equal, mode: json, share: 0.5 }
      - { kind: answer, reference: 42 }
`;

describe('a suite', () => {
  it('takes from its defaults what a case does not say, parameter by parameter', () => {
    const suite = read(whole);
    expect(suite).toMatchObject({
      ok: true,
      value: {
        title: 'Spring',
        cases: [
          {
            ...{ id: 'plain', line: 8 },
            recipe: {
              ...{ provider: 'seedling', repeats: 20 },
              request: { model: 'seedling-1', seed: 7, temperature: 1, messages: [{ role: 'user', content: 'Hi' }] },
            },
            demands: [{ kind: 'equal', mode: 'exact', share: 0.9 }],
          },
          {
            ...{ id: 'from-file', line: 10 },
            recipe: { repeats: 5, request: { temperature: 0, messages: [{ content: 'A haiku about spring.' }] } },
            demands: [
              { kind: 'equal', mode: 'json', share: 0.5 },
              { kind: 'answer', reference: 42, share: 0.9 },
            ],
          },
        ],
      },
    });
  });

  it('may be JSON, with tabs', () => {
    const text = JSON.stringify({ v: 1, cases: [{ id: 'a', prompt: 'Hi', request: { model: 'm' } }] }, null, '\t');
    expect(read(text).ok).toBe(true);
  });

  it('is the same in YAML and in JSON', () => {
    const suite = fc.record({
      v: fc.constant(1),
      cases: fc.uniqueArray(
        fc.record({
          id: fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/),
          prompt: fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.trim() !== ''),
          request: fc.record({ model: fc.constant('m'), seed: fc.integer(), temperature: fc.constantFrom(0, 0.5, 2) }),
          demands: fc.array(
            fc.oneof(
              fc.record({ kind: fc.constant('text'), text: fc.string() }),
              fc.record({ kind: fc.constant('json'), value: fc.jsonValue({ maxDepth: 2 }) }),
            ),
            { minLength: 1, maxLength: 3 },
          ),
        }),
        { selector: ({ id }) => id, minLength: 1, maxLength: 4 },
      ),
    });
    fc.assert(
      fc.property(suite, (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        const [json, yaml] = [read(JSON.stringify(plain)), read(stringify(plain))];
        expect(json.ok && yaml.ok).toBe(true);
        const withoutPlaces = (suite: typeof json) =>
          suite.ok && suite.value.cases.map(({ line: _, places: __, ...rest }) => rest);
        expect(withoutPlaces(yaml)).toEqual(withoutPlaces(json));
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });
});

const aCase = (more: string) => `v: 1\ncases:\n  - id: a\n    prompt: Hi\n    request: { model: m }\n${more}`;

describe('a seed in a suite', () => {
  const seedIn = (text: string) => {
    const suite = read(`v: 1\ncases: [{ id: a, prompt: Hi, request: { model: m, seed: ${text} } }]`);
    return suite.ok ? suite.value.cases[0]?.recipe.request.seed : suite.error;
  };

  it.each([
    ['7', 7],
    ['9007199254740993', '9007199254740993'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['"18446744073709551615"', '18446744073709551615'],
    ['0x10', 16],
  ])('keeps every digit: %s', (text, seed) => {
    expect(seedIn(text)).toBe(seed);
  });

  it('beyond 64 bits is refused, with its place', () => {
    expect(seedIn('18446744073709551616')).toMatchObject([{ line: 2, field: 'cases.0.request.seed' }]);
  });
});

describe('what is wrong with a suite', () => {
  it.each([
    ['', ['1  wrong-type']],
    ['just text', ['1  wrong-type']],
    ['v: 1', ['1 cases missing']],
    ['v: 2\ncases: []', ['1 v not-one-of', '2 cases out-of-range']],
    ['v: 1\ncases: [\n  {', ['3  not-read']],
    ['v: 1\nv: 1', ['2  not-read']],
    ['v: 1\ncases:\n  - id: a b\n', ['3 cases.0.id not-an-id']],
    ['v: 1\ncases:\n  - prompt: Hi\n', ['3 cases.0.id missing']],
    [aCase('    rnus: 3'), ['6 cases.0.rnus unknown-field']],
    [aCase('    runs: 0'), ['6 cases.0.runs out-of-range']],
    [aCase('    runs: many'), ['6 cases.0.runs wrong-type']],
    [aCase('    runs: 1001'), ['6 cases.0.runs out-of-range']],
    [aCase('    dispatch: quickly'), ['6 cases.0.dispatch not-one-of']],
    [aCase('    provider: No Provider'), ['6 cases.0.provider recipe']],
    [aCase('    demands: []'), ['6 cases.0.demands out-of-range']],
    [aCase('    demands: [{ kind: same }]'), ['6 cases.0.demands.0.kind not-one-of']],
    [aCase('    demands:\n    - kind: equal\n      share: 1'), ['8 cases.0.demands.0.share out-of-range']],
    [aCase('    demands:\n    - kind: text'), ['7 cases.0.demands.0.text missing']],
    [aCase('    demands:\n    - kind: matches\n      pattern: (a+)+'), ['8 cases.0.demands.0.pattern pattern']],
    [aCase('    promptFile: x.txt'), ['4 cases.0.prompt either-or']],
    [aCase('  - id: a\n    prompt: Ho\n    request: { model: m }'), ['6 cases.1.id double-id']],
    [
      'v: 1\ncases:\n  - id: a\n    promptFile: gone.txt\n    request: { model: m }',
      ['4 cases.0.promptFile no-such-file'],
    ],
    ['v: 1\ncases:\n  - id: a\n    prompt: ""\n    request: { model: m }', ['4 cases.0.prompt recipe']],
    ['v: 1\ncases:\n  - id: a\n    request: { model: m }', ['3 cases.0.prompt recipe']],
    ['v: 1\ncases:\n  - id: a\n    prompt: Hi', ['3 cases.0.request.model recipe']],
    [
      'v: 1\ndefaults:\n  request: { model: m }\ncases:\n  - id: a\n    prompt: Hi\n    request:\n      seed: 1\n      temperature: 900',
      ['9 cases.0.request.temperature recipe'],
    ],
    [
      'v: 1\ndefaults:\n  request:\n    model: m\n    top_p: 7\ncases:\n  - id: a\n    prompt: Hi',
      ['5 defaults.request.top_p recipe'],
    ],
    [aCase('    request: { model: m }'), ['6  not-read']],
  ])('is told with line and field: %j', (text, problems) => {
    expect(wrong(text)).toEqual(problems);
  });

  it('is told all at once', () => {
    expect(
      wrong('v: 1\ncases:\n  - id: a\n    prompt: Hi\n  - id: b\n    prompt: Ho\n    request: { model: m, seed: x }'),
    ).toEqual(['3 cases.0.request.model recipe', '7 cases.1.request.seed recipe']);
  });

  it('is told in the order of the file', () => {
    expect(wrong('v: 1\ncache: 3\ntitle: [a]\ncases: []')).toEqual([
      '2 cache wrong-type',
      '3 title wrong-type',
      '4 cases out-of-range',
    ]);
  });

  it('is told of a file that refers to itself without end', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefgh'.split('').map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefg'[at]}`).join()}]`),
    ];
    expect(wrong(bomb.join('\n'))).toEqual(['1  not-read']);
  });

  it('is always told, whatever half of a suite is left, and never thrown', () => {
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(whole.length), (from, length) => {
        const text = whole.slice(0, from) + whole.slice(from + length);
        const suite = read(text);
        if (suite.ok) expect(suite.value.cases.length).toBeGreaterThan(0);
        else for (const { line } of suite.error) expect(line).toBeGreaterThan(0);
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });
});
