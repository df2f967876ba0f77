import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isComparable } from '@/lib/compare/measure/comparable';
import { requestHash } from '@/lib/gate/baseline';
import { canonicalJson } from '@/lib/recipe/canonical';
import { armRequest } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { parseRecipe } from '@/lib/recipe/schema';
import { urlOf } from '@/lib/run/events';
import type { Provider } from '@/lib/run/provider';
import type { EndedRun, RunRecord } from '@/lib/run/record';
import { OverRun } from '@/lib/run/schema';
import { parseJson, readText, writeText } from './files';
import type { World } from './world';

/** One call: a request without arms, at an address, as one of its repeats. `address` is null for a model inside the program. */
type Call = { recipe: Recipe; address: string | null; repeat: number };

/** An answer that was kept, and when it came. */
export type CachedAnswer = Call & { requestHash: string; storedAt: string; run: EndedRun };

/** A file of the cache; its answer is null if it is damaged. */
export type CachedFile = { path: string; bytes: number; answer: CachedAnswer | null };

const AnswerFile = z.object({
  format: z.literal('seedbed-answer'),
  v: z.literal(1),
  storedAt: z.iso.datetime(),
  address: z.string().nullable(),
  provider: z.string(),
  request: z.record(z.string(), z.unknown()),
  repeat: z.int().min(1),
  run: OverRun,
});

/**
 * Answers of earlier checks, each in a file that is called after what was asked: SHA-256 of address, request and repeat. What is
 * asked otherwise is another file, so nothing is ever out of date but what the model itself would say by now.
 */
export class AnswerCache {
  readonly folder: string;

  constructor({ cwd }: Pick<World, 'cwd'>) {
    this.folder = join(cwd, '.seedbed-cache');
  }

  /** The kept answer to a call, marked as one from a cache; null if there is none that can be read. */
  find(call: Call): EndedRun | null {
    const path = this.pathOf(call);
    const answer = existsSync(path) ? readAnswer(path) : null;
    return answer && { ...answer.run, cached: true };
  }

  /** Keeps the answer to a call, if it is one that counts. */
  keep(call: Call, run: RunRecord, at: Date): void {
    if (!isComparable(run)) return;
    const { exchange: _, ...answered } = run;
    const { recipe, address, repeat } = call;
    const file = {
      ...{ format: 'seedbed-answer', v: 1, storedAt: at.toISOString(), address },
      ...{ provider: recipe.provider, request: armRequest(recipe, 0), repeat, run: answered },
    };
    const ignore = join(this.folder, '.gitignore');
    if (!existsSync(ignore)) writeText(ignore, '*\n');
    writeText(this.pathOf(call), `${JSON.stringify(file)}\n`);
  }

  /** Every file of the cache, in the order of their names. */
  files(): CachedFile[] {
    if (!existsSync(this.folder)) return [];
    const names = readdirSync(this.folder).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
    return names.toSorted().map((name) => {
      const path = join(this.folder, name);
      const answer = readAnswer(path);
      // A file under another name than its content's answers something else.
      return { path, bytes: statSync(path).size, answer: answer && this.pathOf(answer) === path ? answer : null };
    });
  }

  remove({ path }: CachedFile): void {
    rmSync(path, { force: true });
  }

  private pathOf({ recipe, address, repeat }: Call): string {
    const asked = canonicalJson({ address: address ?? recipe.provider, request: armRequest(recipe, 0), repeat });
    return join(this.folder, `${createHash('sha256').update(asked).digest('hex')}.json`);
  }
}

/** Where a provider sends its calls; null for one inside the program. */
export const addressOf = ({ endpoint }: Provider): string | null => endpoint && urlOf(endpoint);

function readAnswer(path: string): CachedAnswer | null {
  const text = readText(path);
  const file = AnswerFile.safeParse(text.ok ? parseJson(text.value) : null);
  if (!file.success || !isComparable(file.data.run)) return null;
  const { provider, request, address, repeat, storedAt, run } = file.data;
  const recipe = parseRecipe({ v: 1, provider, request, repeats: 1 });
  return recipe.ok
    ? { recipe: recipe.value, address, repeat, storedAt, run, requestHash: requestHash(recipe.value) }
    : null;
}
