import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Baseline, readBaseline } from '@/lib/gate/baseline';
import type { Baselines } from '@/lib/gate/judge';
import type { FileProblem } from '@/lib/gate/problem';
import { type PlacedCase, readSuite, type Suite } from '@/lib/gate/suite';
import { sayFileProblem } from '@/lib/words/gate';
import { BadUse } from './command';
import { readNamed, readText } from './files';
import type { World } from './world';

/** A suite that was found, with the cases that were asked for: its path as it was named, and its folder. */
export type FoundSuite = Suite & { path: string; folder: string };

const usualNames = ['seedbed.yaml', 'seedbed.yml', 'seedbed.json'];

/**
 * The suite and the cases that words on the command line name: `[suite] [case…]`. Throws BadUse with every problem of the
 * suite, and if a case is named that it does not have.
 */
export function findSuite(words: readonly string[], world: World): FoundSuite {
  const [first, ...rest] = words;
  const named = first !== undefined && looksLikeFile(first, world);
  const path = named ? first : usualNames.find((name) => existsSync(resolve(world.cwd, name)));
  if (path === undefined)
    throw new BadUse(`There is no ${usualNames[0]} here. Name a suite, or write one with \`seedbed init\`.`);
  const folder = dirname(resolve(world.cwd, path));
  const read = readSuite(readNamed(world, path), (beside) => readText(resolve(folder, beside)));
  if (!read.ok) throw new BadUse(sayProblems(path, read.error));
  return { ...read.value, path, folder, cases: chosenCases(read.value.cases, named ? rest : words, path) };
}

const looksLikeFile = (word: string, { cwd }: World): boolean =>
  /\.(ya?ml|json)$/i.test(word) || word.includes('/') || isFile(resolve(cwd, word));

/** A folder may well be called as a case is. */
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** The cases that are named, or all if none is. Throws BadUse if one is not there. */
export function chosenCases(cases: readonly PlacedCase[], ids: readonly string[], path: string): PlacedCase[] {
  const unknown = ids.find((id) => !cases.some((each) => each.id === id));
  if (unknown !== undefined)
    throw new BadUse(`${path} has no case "${unknown}". It has ${cases.map(({ id }) => id).join(', ')}.`);
  return ids.length === 0 ? [...cases] : cases.filter(({ id }) => ids.includes(id));
}

/** The problems of a file as compilers print them, one in each line: "seedbed.yaml:7:5 cases.0.runs: must be …" */
export const sayProblems = (path: string, problems: readonly FileProblem[]): string =>
  problems.map((problem) => `${path}:${sayFileProblem(problem)}`).join('\n');

/** The baselines that cases demand, as far as they are there. Throws BadUse if one cannot be read. */
export function findBaselines({ folder, cases }: FoundSuite): Baselines {
  const files = cases.flatMap(({ demands }) => demands.flatMap((each) => (each.kind === 'baseline' ? each.file : [])));
  const found = [...new Set(files)].flatMap((file): [string, Baseline][] => {
    const baseline = findBaseline(join(folder, file), file);
    return baseline ? [[file, baseline]] : [];
  });
  return new Map(found);
}

/** The baseline at a path; null if there is none yet. Throws BadUse if it cannot be read. */
export function findBaseline(path: string, named: string): Baseline | null {
  if (!existsSync(path)) return null;
  const text = readText(path);
  if (!text.ok) throw new BadUse(`${named} cannot be read: ${text.error}.`);
  const baseline = readBaseline(text.value);
  if (baseline.ok) return baseline.value;
  throw new BadUse(sayProblems(named, baseline.error));
}

/**
 * Where the runs of a suite's last check are kept, one experiment for each case: not for version control. a.yaml and a.json are two
 * suites.
 */
export const keptFolder = ({ path, folder }: Pick<FoundSuite, 'path' | 'folder'>): string =>
  join(folder, '.seedbed', basename(path));

export const keptPath = (suite: Pick<FoundSuite, 'path' | 'folder'>, id: string): string =>
  join(keptFolder(suite), `${id}.json`);
