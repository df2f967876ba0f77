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
