/** What is asked of a model for one answer. */
export type Question = { prompt: string; temperature: number; seed: number };

/** A model's answer over the API of a running Seedbed: `url` ends in /v1. Throws if there is none. */
export async function answer(url: string, model: string, { prompt, temperature, seed }: Question): Promise<string> {
  const messages = [{ role: 'user', content: prompt }];
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages, temperature, seed, max_completion_tokens: 200 }),
  });
  const text = textOf(await response.json());
  if (text === null) throw new Error(`${response.status} for “${prompt}”.`);
  return text;
}

function textOf(completion: unknown): string | null {
  if (typeof completion !== 'object' || completion === null || !('choices' in completion)) return null;
  const content: unknown = Array.isArray(completion.choices) ? completion.choices[0]?.message?.content : null;
  return typeof content === 'string' ? content : null;
}
