import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseExport, toJson } from '@/lib/export/json';
import { requestHash } from '@/lib/gate/baseline';
import type { SuiteCase } from '@/lib/gate/suite';
import type { Recipe } from '@/lib/recipe/recipe';
import { isOver, type OverRun } from '@/lib/run/record';
import { parseJson, readText, writeText } from './files';
import { toSaved } from './running';
import { type FoundSuite, keptFolder, keptPath } from './suites';
import type { World } from './world';

/** What the last check of a case has asked, the runs that it made, and with how many the case was judged, if it was. */
export type KeptCase = { recipe: Recipe; runs: OverRun[]; judgedWith: number | null };

/** Keeps the runs of a case as an experiment, which the page can import. */
export function keep(suite: FoundSuite, id: string, { judgedWith, ...made }: KeptCase, world: World): void {
  const ignore = join(keptFolder(suite), '.gitignore');
  if (!existsSync(ignore)) writeText(ignore, '*\n');
  writeText(keptPath(suite, id), toJson(toSaved({ id, ...made }, id, world), world.version, { judgedWith }));
}

/** What was kept of a case; null if there is nothing, or it is damaged. */
export function readKept(suite: FoundSuite, id: string): KeptCase | null {
  const text = readText(keptPath(suite, id));
  if (!text.ok) return null;
  const json = parseJson(text.value);
  const file = parseExport(json);
  if (!file.ok) return null;
  return { recipe: file.value.recipe, runs: file.value.runs.filter(isOver), ...Judged.parse(json) };
}

const Judged = z.object({ judgedWith: z.int().nullable().catch(null) });

/** What was kept of a request that is made now: runs that it asks for, those beyond them, and with how many it was judged. */
export type Resumed = Omit<KeptCase, 'recipe'> & { beyond: OverRun[] };

export const nothingKept: Resumed = { runs: [], beyond: [], judgedWith: null };

/** What was kept of a case, if it is of the request that it makes now. */
export function findKept(suite: FoundSuite, { id, recipe }: SuiteCase): Resumed {
  const kept = readKept(suite, id);
  if (!kept || requestHash(kept.recipe) !== requestHash(recipe)) return nothingKept;
  const isAsked = ({ run }: OverRun) => run <= recipe.repeats;
  const { runs, judgedWith } = kept;
  return { runs: runs.filter(isAsked), beyond: runs.filter((run) => !isAsked(run)), judgedWith };
}
