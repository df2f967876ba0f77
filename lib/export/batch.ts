import { z } from 'zod';
import { plan } from '@/lib/recipe/plan';
import { withArmsMade } from '@/lib/recipe/probe';
import { stringifyExactly } from '@/lib/recipe/seed';
import type { SavedExperiment } from '@/lib/run/saved';
import { type ImportedItem, itemOf, word } from './imported-item';
import { sentBodies } from './sent';

/*
 * Files of OpenAI's Batch API: requests in, answers out, one a line, told apart by their `custom_id`. Answers come in any
 * order. https://platform.openai.com/docs/api-reference/batch
 */

/**
 * An experiment as the input of a batch: a line for each run, `run-1` and so on.
 *
 *     {"custom_id":"run-1","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-6-luna","seed":7,"messages":[…]}}
 */
export function toBatch(asked: Pick<SavedExperiment, 'recipe' | 'runs'>): string {
  const recipe = withArmsMade(asked.recipe, asked.runs);
  const bodies = sentBodies(asked).map(({ asks }) => asks);
  return plan(recipe)
    .map(({ run, arm }) =>
      stringifyExactly({ custom_id: `run-${run}`, method: 'POST', url: '/v1/chat/completions', body: bodies[arm] }),
    )
    .map((line) => `${line}\n`)
    .join('');
}

const BatchLine = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.int().nullable().catch(null), request_id: word, body: z.unknown() }).nullish(),
  error: z.object({ code: word, message: word }).nullish().catch(null),
});

const Refused = z.object({ error: z.object({ message: z.string(), code: word }) });

/** A line of a batch's output, of which the completion is read as others are; null if it is none. */
export function readBatchLine(
  value: unknown,
  readCompletion: (completion: unknown) => ImportedItem[] | null,
): ImportedItem[] | null {
  const parsed = BatchLine.safeParse(value);
  if (!parsed.success || !(parsed.data.response || parsed.data.error)) return null;
  const { response, error } = parsed.data;
  const items = response && readCompletion(response.body);
  if (items) return items.map((item) => ({ ...item, requestId: response.request_id ?? item.requestId }));
  const refused = Refused.safeParse(response?.body);
  const told = refused.data?.error ?? error;
  const problem = {
    code: told?.code ?? 'failed',
    message: told?.message ?? 'The batch gave no answer to this request.',
    ...{ status: response?.status_code ?? null, param: null, retryable: false },
  };
  return [itemOf('', { error: problem })];
}

const Numbered = z.object({ custom_id: z.string().regex(/^run-\d+$/) });

/** The lines of a batch that we wrote, in the order of their runs; those of another as they are. */
export function inOrderOfRuns(values: readonly unknown[]): readonly unknown[] {
  const numbered = values.flatMap((value) => {
    const parsed = Numbered.safeParse(value);
    return parsed.success ? [{ value, run: Number(parsed.data.custom_id.slice(4)) }] : [];
  });
  if (numbered.length < values.length) return values;
  return numbered.toSorted((a, b) => a.run - b.run).map(({ value }) => value);
}
