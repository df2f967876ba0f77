import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { wordsIn } from '../../lib/sapling/tokenizer.ts';
import { type Document, documentAt } from '../corpus/documents.ts';
import { learnMerges } from './merges.ts';

/* Learns the pieces from the corpus and writes tokenizer.json: node training/tokenizer/learn.ts --size 3072 */

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '3072' },
    documents: { type: 'string', default: '40000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'training/tokenizer/tokenizer.json' },
  },
});

const textsOf = (document: Document): string[] =>
  'text' in document ? [document.text] : document.messages.map(({ content }) => content);

const counts = new Map<string, number>();
for (let number = 0; number < Number(values.documents); number++) {
  for (const word of textsOf(documentAt(Number(values.seed), number)).flatMap(wordsIn)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
}
const merges = learnMerges(counts, Number(values.size));
writeFileSync(values.out, `${JSON.stringify({ merges: merges.map((pair) => pair.join(' ')) }, null, 2)}\n`);
console.log(`${counts.size} words, ${merges.length} merges`);
