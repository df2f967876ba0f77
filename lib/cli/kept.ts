import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseExport, toJson } from '@/lib/export/json';
import { requestHash } from '@/lib/gate/baseline';
import type { SuiteCase } from '@/lib/gate/suite';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import { isOver, type OverRun } from '@/lib/run/record';
import { parseJson, readText, writeText } from './files';
import { toSaved } from './running';
import { type FoundSuite, keptFolder, keptPath } from './suites';
import type { World } from './world';

/** What the last check of a case has asked, and the runs that it made. */
export type KeptCase = { recipe: Recipe; runs: OverRun[] };

/** Keeps the runs of a case as an experiment, which the page can import. */
export function keep(suite: FoundSuite, id: string, experiment: Experiment, world: World): void {
  const ignore = join(keptFolder(suite), '.gitignore');
  if (!existsSync(ignore)) writeText(ignore, '*\n');
  writeText(keptPath(suite, id), toJson(toSaved(experiment, id, world), world.version));
}

/** What was kept of a case; null if there is nothing, or it is damaged. */
export function readKept(suite: FoundSuite, id: string): KeptCase | null {
  const text = readText(keptPath(suite, id));
  const file = text.ok ? parseExport(parseJson(text.value)) : null;
  return file?.ok ? { recipe: file.value.recipe, runs: file.value.runs.filter(isOver) } : null;
}

/** The runs of a case that were kept, if they are of the request that it makes now. */
export function findKept(suite: FoundSuite, { id, recipe }: SuiteCase): OverRun[] {
  const kept = readKept(suite, id);
  if (!kept || requestHash(kept.recipe) !== requestHash(recipe)) return [];
  return kept.runs.filter(({ run }) => run <= recipe.repeats);
}
