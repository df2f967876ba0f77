import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Document, documentAt } from '../corpus/documents.ts';

/*
 * How much of some texts is copied: of all their different runs of eight words, the share that is found in 100,000 words
 * of the corpus, drawn at random.
 *
 *     node training/readings/verbatim.ts texts.jsonl
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, from: { type: 'string', default: '700000' } },
});

const length = 8;
const drawn = 100_000;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? [];

const runsOf = (words: readonly string[]): string[] =>
  words.slice(0, Math.max(0, words.length - length + 1)).map((_, at) => words.slice(at, at + length).join(' '));

const answersOf = (document: Document): string[] =>
  'text' in document
    ? [document.text]
    : document.messages.filter(({ role }) => role === 'assistant').map(({ content }) => content);

const isText = (value: unknown): value is { text: string } =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';

const known = new Set<string>();
for (let words = 0, number = Number(values.from); words < drawn; number++) {
  for (const answer of answersOf(documentAt(Number(values.seed), number))) {
    const own = wordsOf(answer);
    words += own.length;
    for (const run of runsOf(own)) known.add(run);
  }
}

const lines = positionals.flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
const texts = lines.map((line): unknown => JSON.parse(line)).filter(isText);
const runs = new Set(texts.flatMap(({ text }) => runsOf(wordsOf(text))));
const copied = [...runs].filter((run) => known.has(run)).length;
console.log(JSON.stringify({ texts: texts.length, runs: runs.size, copied, share: copied / runs.size }));
