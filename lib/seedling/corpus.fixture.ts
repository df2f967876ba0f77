import { readdirSync, readFileSync } from 'node:fs';
import { parseCorpus } from './corpus';
import { type Counts, train } from './counts';

const folder = new URL('./corpus/', import.meta.url);

/** The corpus on disk: each file's name and text. */
export const corpusFiles = (): { name: string; text: string }[] =>
  readdirSync(folder)
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));

/** Seedling's own counts. Takes about half a second: call it once per test file. */
export const trainOnCorpus = (): Counts => train(corpusFiles().flatMap(({ text }) => parseCorpus(text)));
