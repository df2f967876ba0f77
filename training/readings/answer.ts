import { setTimeout as wait } from 'node:timers/promises';

/** What is asked of a model for one answer. */
export type Question = { prompt: string; temperature: number; seed: number };

/**
 * A model's answer over the API of a running Seedbed: `url` ends in /v1. Waits where it is asked to come again later; throws if
 * there is no answer.
 */
export async function answer(url: string, model: string, question: Question): Promise<string> {
  const { prompt, temperature, seed } = question;
  const messages = [{ role: 'user', content: prompt }];
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages, temperature, seed, max_completion_tokens: 200 }),
  });
  if (response.status === 429) {
    await wait(1000 * Number(response.headers.get('retry-after') ?? 1));
    return answer(url, model, question);
  }
  const text = textOf(await response.json());
  if (text === null) throw new Error(`${response.status} for “${prompt}”.`);
  return text;
}

function textOf(completion: unknown): string | null {
  if (typeof completion !== 'object' || completion === null || !('choices' in completion)) return null;
  const content: unknown = Array.isArray(completion.choices) ? completion.choices[0]?.message?.content : null;
  return typeof content === 'string' ? content : null;
}
