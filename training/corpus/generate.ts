import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { documentAt } from './documents.ts';

/*
 * Writes the corpus of a seed to stdout, one document a line, until it comes to about so many tokens:
 *
 *     node training/corpus/generate.ts --seed 1 --tokens 10000000
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    tokens: { type: 'string', default: '100000' },
    from: { type: 'string', default: '0' },
  },
});

/** Of this corpus and its tokenizer, measured: training/README.md. */
const charactersPerToken = 5.2;
const chunk = 1 << 16;

let left = Number(values.tokens) * charactersPerToken;
let held = '';
for (let number = Number(values.from); left > 0; number++) {
  const line = `${JSON.stringify(documentAt(Number(values.seed), number))}\n`;
  held += line;
  left -= line.length;
  if (held.length < chunk && left > 0) continue;
  if (!process.stdout.write(held)) await once(process.stdout, 'drain');
  held = '';
}
