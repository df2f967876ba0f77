import { z } from 'zod';
import { groupTexts } from '@/lib/compare/align/groups';
import { isComparable } from '@/lib/compare/measure/comparable';
import { groupFingerprints } from '@/lib/compare/measure/fingerprints';
import { recipeHash } from '@/lib/recipe/hash';
import { armRequest } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { parseRecipe } from '@/lib/recipe/schema';
import { err, ok, type Result } from '@/lib/result';
import { urlOf } from '@/lib/run/events';
import type { RunRecord } from '@/lib/run/record';
import { readDocument } from './document';
import { type FileProblem, problemsOf } from './problem';
import { notRead } from './suite';

const BaselineFile = z.strictObject({
  format: z.literal('seedbed-baseline'),
  v: z.literal(1),
  /** ISO 8601 in UTC */
  acceptedAt: z.iso.datetime(),
  provider: z.string(),
  request: z.record(z.string(), z.unknown()),
  /** `requestHash` of provider and request */
  requestHash: z.string(),
  /** where the runs were sent, as they name it; none for a model inside the program */
  addresses: z.array(z.string()),
  servedModels: z.array(z.string()),
  fingerprints: z.array(z.string()),
  /** most common first */
  texts: z.array(z.strictObject({ runs: z.int().min(1), text: z.string() })).min(1),
});

/** What was accepted: one request, and the texts that it gave. Kept under version control, beside the suite. */
export type Baseline = z.infer<typeof BaselineFile>;

/** SHA-256 of the one call that a recipe without arms repeats, however often and in which way it does. */
export const requestHash = (recipe: Recipe): string => recipeHash({ ...recipe, repeats: 1, dispatch: 'parallel' });

/** The baseline that runs of one request make; null if none of them has a text that counts. */
export function toBaseline(recipe: Recipe, runs: readonly RunRecord[], acceptedAt: string): Baseline | null {
  const compared = runs.filter(isComparable);
  if (compared.length === 0) return null;
  const addresses = compared.flatMap(({ endpoint }) => (endpoint ? [urlOf(endpoint)] : []));
  return {
    ...{ format: 'seedbed-baseline', v: 1, acceptedAt },
    provider: recipe.provider,
    request: armRequest(recipe, 0),
    requestHash: requestHash(recipe),
    addresses: [...new Set(addresses)],
    servedModels: [...new Set(compared.map(({ servedModel }) => servedModel))],
    fingerprints: groupFingerprints(compared).flatMap(({ value }) => value ?? []),
    texts: groupTexts(compared).map(({ runs, text }) => ({ runs: runs.length, text })),
  };
}

/** The file of a baseline, made so that a line-by-line diff of two can be read. */
export const writeBaseline = (baseline: Baseline): string => `${JSON.stringify(baseline, null, 2)}\n`;

/** Reads a baseline, or names every problem in it with line and field. */
export function readBaseline(text: string): Result<Baseline, FileProblem[]> {
  const read = readDocument(text);
  if (!read.ok) return err([notRead(read.error)]);
  const document = read.value;
  const parsed = BaselineFile.safeParse(document.value, { reportInput: true });
  if (!parsed.success) return err(problemsOf(parsed.error, document));
  const { provider, request } = parsed.data;
  const recipe = parseRecipe({ v: 1, provider, request, repeats: 1 });
  if (!recipe.ok) {
    const path = (recipe.error.param ?? 'request').split('.');
    const fault = { kind: 'recipe' as const, problem: recipe.error };
    return err([{ ...document.positionOf(path), field: path.join('.'), fault }]);
  }
  if (requestHash(recipe.value) === parsed.data.requestHash) return ok(parsed.data);
  return err([{ ...document.positionOf(['requestHash']), field: 'requestHash', fault: { kind: 'other-hash' } }]);
}
