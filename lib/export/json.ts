import { z } from 'zod';
import { canonicalJson } from '@/lib/recipe/canonical';
import { recipeHash } from '@/lib/recipe/hash';
import { plan } from '@/lib/recipe/plan';
import type { RecipeProblem } from '@/lib/recipe/problem';
import type { Recipe } from '@/lib/recipe/recipe';
import { parseRecipe, RunSpec } from '@/lib/recipe/schema';
import { ok } from '@/lib/result';
import type { SavedExperiment } from '@/lib/run/saved';
import { RunRecord } from '@/lib/run/schema';
import { recipeProblemSentence } from '@/lib/words/problems';
import { toComparison } from './comparison';
import { type ImportResult, refuse } from './problem';

export const exportFormat = 'seedbed-experiment';

const shortText = z.string().max(200);

/** Version 1 of the file, as it is read. What can be derived from the rest is there for people, and is not read. */
const Export = z.object({
  format: z.literal(exportFormat),
  v: z.literal(1),
  id: shortText,
  title: shortText.nullable(),
  createdAt: z.iso.datetime(),
  origin: z.enum(['run', 'import']),
  parent: shortText.nullable(),
  recipe: z.unknown(),
  runs: z.array(RunRecord),
});

/**
 * The whole experiment as a file that can be imported again: the recipe, every run with its text, tokens, usage and
 * timing, and the comparison for people. `version` is that of this program, as in "0.1.0". Whether it is shared is left out.
 * What else the file is to say of it (`more`) is for whoever wrote it: an import leaves it out.
 */
export function toJson(saved: SavedExperiment, version: string, more: Record<string, number | null> = {}): string {
  const { id, title, createdAt, origin, parent, recipe, runs } = saved;
  const head = {
    format: exportFormat,
    v: 1,
    exportedBy: { name: 'seedbed', version },
    ...{ id, title, createdAt, origin, parent },
    recipeHash: recipeHash(recipe),
    ...more,
  };
  const entries = [
    `"recipe": ${indented(recipeInLines(recipe))}`,
    `"runs": ${inLines(runs)}`,
    `"comparison": ${indented(JSON.stringify(toComparison(recipe, runs), null, 2))}`,
  ];
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  ${entries.join(',\n  ')}\n}\n`;
}

const indented = (json: string): string => json.replaceAll('\n', '\n  ');

/** A recipe, with each arm in one line. */
function recipeInLines({ arms, ...recipe }: Recipe): string {
  const rest = JSON.stringify(recipe, null, 2);
  return arms ? `${rest.slice(0, -2)},\n  "arms": ${inLines(arms)}\n}` : rest;
}

/** A JSON list with each entry in one line: indented, a run with the probabilities of its tokens is three times as large. */
const inLines = (entries: readonly unknown[]): string =>
  entries.length === 0 ? '[]' : `[\n    ${entries.map((entry) => JSON.stringify(entry)).join(',\n    ')}\n  ]`;

/**
 * Reads what `toJson` wrote, from the parsed JSON: an experiment that is not shared here. Texts come back exactly.
 * An error names the first field that is wrong; runs must be those of the recipe's plan, each at most once.
 */
export function parseExport(input: unknown): ImportResult<SavedExperiment> {
  if (isNewer(input)) return refuse('This file was made by a newer version of Seedbed.', 'v');
  const file = Export.safeParse(input);
  if (!file.success) return refuseField(file.error.issues[0]?.path.join('.') ?? '');
  const { format: _, v: __, ...rest } = file.data;
  const parsed = parseRecipe(rest.recipe);
  if (!parsed.ok) return refuseRecipe(parsed.error);
  const misfit = findMisfit(parsed.value, rest.runs);
  if (misfit !== null) return refuse(misfit, 'runs');
  return ok({ ...rest, recipe: parsed.value, sharedAt: null });
}

const refuseField = (path: string) =>
  refuse(
    `This is no whole export of an experiment: ${path || 'the file'} is missing or not as it must be.`,
    path || null,
  );

function refuseRecipe(problem: RecipeProblem) {
  const path = problem.param === null ? 'recipe' : `recipe.${problem.param}`;
  return refuse(`The recipe in this file cannot be used (${path}): ${recipeProblemSentence(problem)}`, path);
}

const isNewer = (input: unknown): boolean =>
  z.object({ format: z.literal(exportFormat), v: z.int().min(2) }).safeParse(input).success;

/** What is wrong with the first run that is not in the recipe's plan, or comes twice; null if all fit. */
function findMisfit(recipe: Recipe, runs: readonly RunRecord[]): string | null {
  const specs = new Map(plan(recipe).map((spec) => [spec.run, canonicalJson(spec)]));
  const seen = new Set<number>();
  for (const record of runs) {
    const spec = specs.get(record.run);
    if (spec === undefined) return `Run ${record.run} is not among the ${specs.size} runs of the recipe.`;
    if (spec !== canonicalJson(RunSpec.parse(record)))
      return `Run ${record.run} is not the one that the recipe asks for.`;
    if (seen.has(record.run)) return `Run ${record.run} is there twice.`;
    seen.add(record.run);
  }
  return null;
}
