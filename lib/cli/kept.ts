import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseExport, toJson } from '@/lib/export/json';
import { requestHash } from '@/lib/gate/baseline';
import type { SuiteCase } from '@/lib/gate/suite';
import type { Experiment } from '@/lib/run/fold';
import { isOver, type OverRun } from '@/lib/run/record';
import { parseJson, readText, writeText } from './files';
import { toSaved } from './running';
import { type FoundSuite, keptFolder, keptPath } from './suites';
import type { World } from './world';

/** Keeps the runs of a case as an experiment, which the page can import. */
export function keep(suite: FoundSuite, id: string, experiment: Experiment, world: World): void {
  const ignore = join(keptFolder(suite), '.gitignore');
  if (!existsSync(ignore)) writeText(ignore, '*\n');
  writeText(keptPath(suite, id), toJson(toSaved(experiment, id, world), world.version));
}

/** The runs of a case that were kept, if they are of the request that it makes now; a damaged file counts as none. */
export function findKept(suite: FoundSuite, { id, recipe }: SuiteCase): OverRun[] {
  const text = readText(keptPath(suite, id));
  const file = text.ok ? parseExport(parseJson(text.value)) : null;
  if (!file?.ok || requestHash(file.value.recipe) !== requestHash(recipe)) return [];
  return file.value.runs.filter(isOver).filter(({ run }) => run <= recipe.repeats);
}
