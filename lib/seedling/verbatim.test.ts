import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exampleRecipe } from '@/lib/recipe/example';
import { parseCorpus } from './corpus';
import { corpusFiles, trainOnCorpus } from './corpus.fixture';
import { generate } from './generate';
import { condition } from './model';
import { tokenize } from './tokenizer';

/*
 * How much of what Seedling writes stands in its corpus: the figures of the model card in docs/seedling.md. 20 prompts of
 * the kinds that people try first, 10 seeds each, up to 60 tokens.
 */

const prompts = [
  'Write a haiku about the moon.',
  'Write a haiku about spring.',
  'Write a haiku about rain.',
  'Write a poem about the sea.',
  'Write a short poem about love.',
  'Tell me a story about a cat.',
  'Tell me a story about a dog.',
  'Tell me a story about a robot.',
  'Once upon a time',
  'Tell me a joke.',
  'What is the capital of France?',
  'Good name for a cat?',
  'Name an animal.',
  'Name a colour.',
  'Flip a coin.',
  'Describe a coffee mug.',
  'Explain photosynthesis.',
  'How do I make pancakes?',
  'Give me three tips for better sleep.',
  'Hello!',
];
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const length = 8;

const runsOf = (tokens: readonly string[]): string[] =>
  tokens.slice(length - 1).map((_, at) => tokens.slice(at, at + length).join('\u0000'));

const percent = (count: number, of: number): string => `${Math.round((100 * count) / of)} %`;

describe('what Seedling copies', () => {
  const passages = corpusFiles().flatMap(({ text }) => parseCorpus(text).map((passage) => passage.text));
  const known = new Set(passages.flatMap((text) => runsOf(tokenize(text))));
  const counts = trainOnCorpus();
  const models = prompts.map((prompt) => condition(counts, prompt));

  /** A row of the card's table: of all runs of eight tokens, and of all texts, how many stand in the corpus. */
  function measure(temperature: number): string[] {
    const texts = models.flatMap((model) =>
      seeds.map((seed) =>
        [...generate(model, { seed, temperature, top_p: 1, maxTokens: 60, stop: [] })].map(({ token }) => token),
      ),
    );
    const runs = texts.flatMap(runsOf);
    const copied = runs.filter((run) => known.has(run)).length;
    const whole = texts.filter((tokens) => passages.some((passage) => passage.includes(tokens.join('')))).length;
    return [String(temperature), percent(copied, runs.length), percent(whole, texts.length)];
  }

  it('is what the model card says, at the page’s own temperature and others', () => {
    const card = readFileSync(new URL('../../docs/seedling.md', import.meta.url), 'utf8');
    const rows = [...card.matchAll(/^ *\| (0\.2|0\.4|0\.7|1) +\| (\d+ %) +\| (\d+ %) +\|$/gm)].map(
      ([, ...cells]) => cells,
    );
    expect(rows).toEqual([0.2, 0.4, 0.7, 1].map(measure));
    expect(rows.map(([temperature]) => temperature)).toContain(String(exampleRecipe.request.temperature));
  });
});
