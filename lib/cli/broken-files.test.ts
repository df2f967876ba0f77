import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { toJson } from '@/lib/export/json';
import { toBaseline } from '@/lib/gate/baseline';
import { aRecipe, aRequest, endedWith } from '@/lib/run/records.fixture';
import { toSaved } from './running';
import { aFolder } from './world.fixture';

/*
 * Files that are broken in every way that a value can be: a field gone, misspelt, of another type, out of range; and files that
 * break off. Each ends its command with 2, and says where.
 */

const random = xorshift128plus(20261127);
const at = '2026-11-27T12:00:00Z';

const suite = {
  v: 1,
  defaults: { runs: 5, request: { model: 'seedling-1', temperature: 1, seed: 7 } },
  cases: [
    {
      id: 'a',
      prompt: 'Hi',
      demands: [
        { kind: 'equal', mode: 'json', share: 0.8 },
        { kind: 'answer', reference: 4 },
      ],
    },
    { id: 'b', promptFile: 'prompt.txt', dispatch: 'sequential', demands: [{ kind: 'matches', pattern: 'a' }] },
    { id: 'c', prompt: 'Hi', runs: 3, demands: [{ kind: 'baseline', file: 'base.json', mode: 'exact' }] },
  ],
};
const recipe = aRecipe({ repeats: 2, request: aRequest({ seed: 7, temperature: 1 }) });
const baseline = toBaseline(recipe, endedWith('yes', 'no'), at);
const experiment: unknown = JSON.parse(
  toJson(toSaved({ id: 'x', recipe, runs: endedWith('yes', 'no') }, null, { now: () => new Date(at) }), '0.0.0'),
);

type Path = readonly (string | number)[];

/** The paths of all fields in a value, from the outside in. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, inner]) => [[...path, key], ...pathsIn(inner, [...path, key])]);
}

/** The value with something else in the place of a field; undefined takes the field away. */
function replaced(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((inner, index) => (index === step ? replaced(inner, rest, by) : inner));
  return Object.fromEntries(
    Object.entries(Object(value)).map(([key, inner]) => [key, key === step ? replaced(inner, rest, by) : inner]),
  );
}

const misspelt = (value: unknown, path: Path): unknown => {
  const parent = path.slice(0, -1);
  const inner = parent.reduce<unknown>((held, step) => Object(held)[step], value);
  return replaced(value, parent, { ...Object(inner), [`${String(path.at(-1))}x`]: 1 });
};

/** Every field, once of a wrong type, and, of objects with fixed fields, once with a field that nobody knows beside it. */
function breakages(value: unknown, known: (path: Path) => boolean): { what: string; value: unknown }[] {
  return pathsIn(value)
    .filter(known)
    .flatMap((path) => [
      { what: `${path.join('.')} of another type`, value: replaced(value, path, { other: [true] }) },
      ...(typeof path.at(-1) === 'string'
        ? [{ what: `a misspelt ${path.join('.')}`, value: misspelt(value, path) }]
        : []),
    ]);
}

const cutShort = (text: string, times: number): { what: string; text: string }[] =>
  Array.from({ length: times }, () => {
    const length = uniformInt(random, 1, text.trimEnd().length - 2);
    return { what: `the first ${length} characters`, text: text.slice(0, length) };
  });

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const suites = [
  ...breakages(suite, () => true).map(({ what, value }) => ({ what, text: stringify(value) })),
  ...cutShort(json(suite), 20),
].map(({ what, text }) => ({ what: `a suite: ${what}`, name: 'seedbed.yaml', line: 'check', text }));
const baselines = [
  ...breakages(baseline, (path) => path[0] !== 'request' || path.length < 3).map(({ what, value }) => ({
    what,
    text: json(value),
  })),
  ...cutShort(json(baseline), 40),
].map(({ what, text }) => ({ what: `a baseline: ${what}`, name: 'base.json', line: 'check', text }));
// Fields that are there for people are not read, and others may be added.
const isRead = (path: Path) => !['exportedBy', 'recipeHash', 'comparison'].includes(String(path[0]));
const imports = [
  ...pathsIn(experiment)
    .filter(isRead)
    .filter((path) => !path.includes('request') || path.at(-1) === 'request')
    .map((path) => ({
      what: `${path.join('.')} of another type`,
      text: json(replaced(experiment, path, { other: [true] })),
    })),
  ...cutShort(json(experiment), 40),
].map(({ what, text }) => ({ what: `an experiment: ${what}`, name: 'a.json', line: 'replay a.json', text }));

const broken = [...suites, ...baselines, ...imports];

const aCase = (fields: string) =>
  `v: 1\ncases:\n  - id: a\n    prompt: Hi\n    request: { model: seedling-1 }\n    ${fields}\n`;
/** Files as people break them: the name, the text, and where that is said to be, with what. */
const byHand: [name: string, text: string, where: RegExp][] = [
  ['seedbed.yaml', '', /^:1:1 must be an object/],
  ['seedbed.yaml', 'cases:\n\t- id: a\n', /^:2:1 this is neither YAML nor JSON/],
  ['seedbed.yaml', 'v: 1\ncases: []\n', /^:2:1 cases: must have at least 1 entry/],
  ['seedbed.yaml', 'v: "1"\ncases: [{ id: a }]\n', /^:1:1 v: must be 1/],
  ['seedbed.yaml', 'v: 1\nv: 1\ncases: []\n', /^:2:1 this is neither YAML nor JSON/],
  ['seedbed.yaml', 'v: 1\ncase:\n  - id: a\n', /^:1:1 cases: is missing|^:2:1 case: is no field/],
  ['seedbed.yaml', 'v: 1\ndefaults: { run: 3 }\ncases: [{ id: a, prompt: Hi }]\n', /^:2:13 defaults.run: is no field/],
  ['seedbed.yaml', 'v: 1\ncache: often\ncases: [{ id: a, prompt: Hi }]\n', /^:2:1 cache: must be true or false/],
  ['seedbed.yaml', 'v: 1\nprices: { m: 3 }\ncases: [{ id: a, prompt: Hi }]\n', /^:2:11 prices.m: must be an object/],
  [
    'seedbed.yaml',
    'v: 1\nprices: { m: { input: 1 } }\ncases: [{ id: a, prompt: Hi }]\n',
    /^:2:11 prices.m.output: is missing/,
  ],
  [
    'seedbed.yaml',
    'v: 1\nprices: { m: { input: -1, output: 1 } }\ncases: [{ id: a, prompt: Hi }]\n',
    /^:2:16 prices.m.input: must be at least 0/,
  ],
  ['seedbed.yaml', 'v: 1\ncases:\n  - prompt: Hi\n', /^:3:5 cases.0.id: is missing/],
  ['seedbed.yaml', aCase('runs: 1001'), /^:6:5 cases.0.runs: must be at most 1000/],
  ['seedbed.yaml', aCase('runs: 1.5'), /^:6:5 cases.0.runs: must be a whole number/],
  ['seedbed.yaml', aCase('dispatch: serial'), /^:6:5 cases.0.dispatch: must be "parallel" or "sequential"/],
  ['seedbed.yaml', aCase('demands: [{ kind: same }]'), /^:6:17 cases.0.demands.0.kind: must be "equal"/],
  [
    'seedbed.yaml',
    aCase('demands: [{ kind: equal, share: 90 }]'),
    /^:6:30 cases.0.demands.0.share: must be at most 0.999/,
  ],
  [
    'seedbed.yaml',
    aCase('demands: [{ kind: equal, share: 0 }]'),
    /^:6:30 cases.0.demands.0.share: must be at least 0.01/,
  ],
  ['seedbed.yaml', aCase('demands: [{ kind: text }]'), /^:6:15 cases.0.demands.0.text: is missing/],
  [
    'seedbed.yaml',
    aCase('demands: [{ kind: matches, pattern: "[" }]'),
    /^:6:32 cases.0.demands.0.pattern: This is no regular/,
  ],
  ['seedbed.yaml', aCase('demands: [{ kind: baseline }]'), /^:6:15 cases.0.demands.0.file: is missing/],
  [
    'seedbed.yaml',
    aCase('demands: [{ kind: text, text: a, mode: json }]'),
    /^:6:38 cases.0.demands.0.mode: must be "exact"/,
  ],
  ['seedbed.yaml', aCase('promptFile: gone.txt'), /^:4:5 cases.0.prompt: cannot be given beside promptFile/],
  [
    'seedbed.yaml',
    'v: 1\ncases: [{ id: a, promptFile: gone.txt, request: { model: m } }]\n',
    /^:2:18 cases.0.promptFile: gone.txt cannot be read/,
  ],
  ['seedbed.yaml', 'v: 1\ncases: [{ id: a, prompt: Hi }]\n', /^:2:9 cases.0.request.model: /],
  [
    'seedbed.yaml',
    'v: 1\ncases: [{ id: a, prompt: Hi, request: { model: m, top_p: 3 } }]\n',
    /^:2:51 cases.0.request.top_p: top_p must be/,
  ],
  [
    'seedbed.yaml',
    'v: 1\ncases: [{ id: a, prompt: Hi, request: { model: m, seed: 1.5 } }]\n',
    /^:2:51 cases.0.request.seed: /,
  ],
  ['seedbed.yaml', 'v: 1\na: &a [*a]\n', /^:2:8 this is neither YAML nor JSON: \*a stands for nothing before it/],
  ['seedbed.yaml', 'v: 1\ncases:\n  - { id: a, prompt: *p }\n', /^:3:22 this is neither YAML nor JSON: \*p stands for/],
  [
    'seedbed.yaml',
    'v: 1\ncases: []\n---\nv: 1\n',
    /^:3:1 this is neither YAML nor JSON: a second document begins here/,
  ],
  ['seedbed.yaml', aCase('title: !!js/function "x"'), /^:6:12 this is neither YAML nor JSON: Unresolved tag/],
  ['seedbed.yaml', aCase('dispatch: !!timestamp 2026-11-27'), /^:6:15 this is neither YAML nor JSON: Unresolved tag/],
  [
    'seedbed.yaml',
    'v: 1\ncases: [{ id: a, prompt: Hi, request: { model: m, extra_body: { a: !!binary aGk= } } }]\n',
    /^:2:68 this is neither YAML nor JSON: Unresolved tag/,
  ],
  [
    'seedbed.yaml',
    aCase('demands: [{ kind: answer, reference: 9007199254740993 }]'),
    /^:6:31 cases.0.demands.0.reference: is a whole number beyond ±9007199254740991/,
  ],
  [
    'seedbed.yaml',
    aCase('demands: [{ kind: json, value: { a: [1, -9007199254740993] } }]'),
    /^:6:45 cases.0.demands.0.value.a.1: is a whole number beyond/,
  ],
  ['base.json', '{}', /^:1:1 format: is missing/],
  ['base.json', '[]', /^:1:1 must be an object/],
  ['base.json', 'yes', /^:1:1 must be an object/],
  ['base.json', json({ ...baseline, v: 2 }), /^:3:3 v: must be 1/],
  ['base.json', json({ ...baseline, texts: [] }), /^:\d+:3 texts: must have at least 1 entry/],
  ['base.json', json({ ...baseline, requestHash: 'x' }), /^:\d+:3 requestHash: is not the hash/],
  ['a.json', '', /^:1:1: This file is empty/],
  ['a.json', '{"format": "seedbed-experiment"}', /^:1:1 v: This is no whole export/],
  ['a.json', '{"format": "seedbed-experiment", "v": 2}', /^:1:34 v: This file was made by a newer version/],
  ['a.json', '{"format": "seedbed-check", "v": 1}', /^:1:2 format: This file holds a seedbed-check/],
  ['a.json', '["yes", 3]', /^:1:9 1: Entry 2 holds no text/],
  ['a.json', '[{ "text": "yes" },\n {"txet": "no"}]', /^:2:2 1: Entry 2 holds no text/],
  ['a.jsonl', '{"text": "yes"}\n\n{"text": \n', /^:3: Line 3 is not JSON/],
  ['a.jsonl', '{"text": "yes"}\n\n{"txet": "no"}\n', /^:3 1: Entry 2 holds no text/],
  ['a.csv', 'question,answer\na,b\n', /^:1: This table has no column that holds the texts/],
  ['a.csv', 'text,seed\nyes,1\nno\n', /^:3: This is no whole table/],
  ['a.csv', 'text,seed\nyes,1\n"no,2\n', /^:3: This is no whole table/],
];

describe('a file that somebody has broken', () => {
  it.each(byHand)(
    '%s: %j ends its command with 2, its line, its field and what was expected',
    async (name, text, where) => {
      const { cwd, seedbed } = aFolder({ 'prompt.txt': 'Hi', 'seedbed.yaml': stringify(suite) });
      writeFileSync(join(cwd, name), text);
      const { code, told, printed } = await seedbed(name.startsWith('a.') ? `export ${name} --to csv` : 'check');
      expect(told.slice(name.length)).toMatch(where);
      expect({ code, printed }).toEqual({ code: 2, printed: '' });
    },
  );
});

describe('a broken file', () => {
  it('is one of two hundred at least', () => {
    expect(broken.length).toBeGreaterThanOrEqual(200);
  });

  it.each(broken)('ends its command with 2, its line and what is wrong: $what', async ({ name, line, text }) => {
    const { cwd, seedbed } = aFolder({ 'prompt.txt': 'Hi', 'seedbed.yaml': stringify(suite) });
    writeFileSync(join(cwd, name), text);
    const { code, told, printed } = await seedbed(line);
    expect(told.split('\n')[0]).toMatch(new RegExp(`^${name.replace('.', '\\.')}:\\d+:\\d+\\b.{5}`));
    expect({ code, printed }).toEqual({ code: 2, printed: '' });
  });
});
