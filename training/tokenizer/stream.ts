import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { layOut } from '../../lib/sapling/chat.ts';
import { idOf } from '../../lib/sapling/tokenizer.ts';
import { type Document, documentAt } from '../corpus/documents.ts';
import { heldOut } from '../corpus/held-out.ts';
import { loadTokenizer } from './load.ts';

/*
 * The corpus as tokens, for train.py: 16 bits each, little-endian. The highest bit is set where the token is to be
 * learned: in answers and texts, not in what somebody asked. 0xffff stands between documents. Without --documents it
 * never ends; with --held-out it is the held-out prompts and their answers.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    documents: { type: 'string', default: 'Infinity' },
    'held-out': { type: 'boolean', default: false },
  },
});

const tokenizer = loadTokenizer();
const learned = 0x8000;
const between = 0xffff;
const chunk = 1 << 15;

function tokensOf(document: Document): number[] {
  if ('text' in document) return learn([idOf('<|text|>'), ...tokenizer.encode(document.text), idOf('<|end|>')]);
  return document.messages.flatMap((message) => {
    const tokens = layOut(tokenizer, message);
    return message.role === 'assistant' ? learn(tokens) : tokens;
  });
}

/** What comes after the mark at the beginning is to be learned. */
const learn = ([mark = 0, ...rest]: readonly number[]): number[] => [mark, ...rest.map((id) => id | learned)];

async function write(tokens: readonly number[]): Promise<void> {
  if (!process.stdout.write(Buffer.from(Uint16Array.from(tokens).buffer))) await once(process.stdout, 'drain');
}

// Whoever reads stops when they have enough.
process.stdout.on('error', () => process.exit(0));

const from = Number(values.from);
const references = heldOut.map(({ prompt, reference }): Document => {
  const asked = { role: 'user', content: prompt } as const;
  return { task: 'held-out', messages: [asked, { role: 'assistant', content: reference }] };
});
const count = values['held-out'] ? references.length : Number(values.documents);
let held: number[] = [];
for (let number = from; number < from + count; number++) {
  const document = values['held-out'] ? references[number - from] : documentAt(Number(values.seed), number);
  if (document) held.push(...tokensOf(document), between);
  if (held.length < chunk) continue;
  await write(held);
  held = [];
}
await write(held);
