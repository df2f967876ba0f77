import { parseArgs } from 'node:util';
import { heldOut } from '../corpus/held-out.ts';

/*
 * Asks a running Seedbed for what is read: each of the 60 held-out prompts with three seeds at temperature 0.7 and 1. One
 * JSON object a line.
 *
 *     node training/readings/ask.ts --url http://127.0.0.1:3000/v1 --model sapling-1 > texts.jsonl
 */

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000/v1' },
    model: { type: 'string', default: 'sapling-1' },
  },
});

const textOf = (answer: unknown): string | null => {
  if (typeof answer !== 'object' || answer === null || !('choices' in answer) || !Array.isArray(answer.choices))
    return null;
  const content: unknown = answer.choices[0]?.message?.content;
  return typeof content === 'string' ? content : null;
};

for (const temperature of [0.7, 1]) {
  for (const { prompt } of heldOut) {
    for (const seed of [1, 2, 3]) {
      const body = { messages: [{ role: 'user', content: prompt }], seed, temperature, max_completion_tokens: 200 };
      const response = await fetch(`${values.url}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: values.model, ...body }),
      });
      const text = textOf(await response.json());
      if (text === null) throw new Error(`${response.status} for “${prompt}”.`);
      console.log(JSON.stringify({ model: values.model, prompt, temperature, seed, text }));
    }
  }
}
