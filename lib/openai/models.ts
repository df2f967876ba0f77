import type OpenAI from 'openai';
import { model } from '@/lib/recipe/parameters';
import { err, ok, type Result } from '@/lib/result';
import type { RunProblem } from '@/lib/run/events';
import type { ListedModel, Price } from '@/lib/run/provider';
import { readAnswer, UnreadableAnswer } from './answer';
import { fieldsOf, textIn } from './json';
import { maskName } from './mask';
import { type Called, problem, toProblem } from './run-problem';
import { watch } from './watched-fetch';

/** The longest list of models that is read, and how long a server may take to send it. */
const maxModels = 1000;
const modelsMs = 5000;

type Asked = Called & { client: OpenAI; send: typeof fetch };

/**
 * A server's models, under `data` as OpenAI has them or bare as Together has them, or why there is no such list. Entries
 * without an id are passed over.
 */
export async function listModels({ client, send, ...called }: Asked): Promise<Result<ListedModel[], RunProblem>> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), modelsMs);
  const { fetch, refusal } = watch(send);
  try {
    const { body } = await client
      .withOptions({ fetch })
      .get('/models', { signal: late.signal, maxRetries: 0 })
      .asResponse();
    const values: unknown[] = [];
    if (body) for await (const part of readAnswer(body, late.signal)) values.push(...part.values);
    const models = modelsIn(values[0], called.apiKey);
    if (models) return ok(models);
    return err(late.signal.aborted ? tooLate : noList);
  } catch (error) {
    if (late.signal.aborted) return err(tooLate);
    return err(error instanceof UnreadableAnswer ? noList : toProblem(error, refusal(), called));
  } finally {
    clearTimeout(timer);
  }
}

const tooLate = problem('timed_out', `The provider did not answer within ${modelsMs / 1000} s.`, true);
const noList = problem('no_list', 'The provider answered with something that is no list of models.', false);

function modelsIn(value: unknown, apiKey: string): ListedModel[] | null {
  const { data = value } = fieldsOf(value);
  if (!Array.isArray(data)) return null;
  return data.slice(0, maxModels).flatMap((each): ListedModel[] => {
    const { id, pricing, ...about } = fieldsOf(each);
    const name = textIn(id);
    // A recipe cannot ask for one with a longer name.
    if (name === null || name.length > model.type.maxCharacters) return [];
    const price = priceIn(pricing);
    return [{ id: maskName(name, apiKey), shutdownDate: lastDayIn(about), ...(price === null ? {} : { price }) }];
  });
}

/** When a model goes: OpenAI, Mistral and OpenRouter each have a name for it. */
const lastDayIn = ({ shutdown_date, deprecation, expiration_date }: Readonly<Record<string, unknown>>): string | null =>
  dayIn(shutdown_date ?? deprecation ?? expiration_date);

/** A day as "2027-01-14", alone or at the beginning of a time. */
const dayIn = (value: unknown): string | null => /^\d{4}-\d{2}-\d{2}/.exec(textIn(value) ?? '')?.[0] ?? null;

/** Prices as OpenRouter lists them, in dollars, as texts; null if there are none, or if they depend on what is asked (-1). */
function priceIn(pricing: unknown): Price | null {
  const { prompt, completion, request = '0', internal_reasoning = '0' } = fieldsOf(pricing);
  const dollars = (value: unknown): number => (textIn(value) === null ? Number.NaN : Number(value));
  const price = {
    sentToken: dollars(prompt),
    writtenToken: Math.max(dollars(completion), dollars(internal_reasoning)),
    call: dollars(request),
  };
  return Object.values(price).every((each) => each >= 0 && Number.isFinite(each)) ? price : null;
}
