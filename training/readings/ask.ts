import { parseArgs } from 'node:util';
import { heldOut } from '../corpus/held-out.ts';
import { answer } from './answer.ts';

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

for (const temperature of [0.7, 1]) {
  for (const { prompt } of heldOut) {
    for (const seed of [1, 2, 3]) {
      const question = { prompt, temperature, seed };
      const text = await answer(values.url, values.model, question);
      console.log(JSON.stringify({ model: values.model, ...question, text }));
    }
  }
}
