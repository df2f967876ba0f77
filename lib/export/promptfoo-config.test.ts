import { describe, expect, it } from 'vitest';
import type { Recipe } from '@/lib/recipe/recipe';
import type { EndedRun } from '@/lib/run/record';
import { aRecipe, aRequest, aSaved, ended } from '@/lib/run/records.fixture';
import { toPromptfoo } from './promptfoo-config';

const messages = [{ role: 'user' as const, content: 'Name a colour.' }];
const configOf = (recipe: Partial<Recipe>, openUrl: string | null = null) =>
  JSON.parse(toPromptfoo(aSaved({ recipe: aRecipe(recipe), title: 'Colours' }), openUrl));

describe('a configuration of promptfoo', () => {
  it('asks for every arm as often as the recipe, with its settings and no others', () => {
    const arms = [0, 1].map((temperature) => ({ label: `T ${temperature}`, set: { temperature } }));
    const recipe = { repeats: 5, arms, request: aRequest({ model: 'm', messages, seed: 7 }) };
    expect(configOf(recipe, 'http://127.0.0.1:3000/v1')).toEqual({
      description: 'Colours',
      prompts: [{ raw: JSON.stringify(messages), label: 'prompt 1' }],
      providers: [0, 1].map((temperature) => ({
        ...{ id: 'openai:chat:m', label: `T ${temperature}`, prompts: ['prompt 1'] },
        config: {
          ...{ apiBaseUrl: 'http://127.0.0.1:3000/v1', apiKey: 'none', omitDefaults: true },
          passthrough: { seed: 7, temperature },
        },
      })),
      tests: [{ vars: {} }],
      evaluateOptions: { repeat: 5, cache: false },
    });
  });

  it('has each prompt once, for the arms that ask it', () => {
    const other = [{ role: 'user' as const, content: 'Name a tree.' }];
    const arms = [
      { label: 'a', set: {} },
      { label: 'b', set: { messages: other } },
      { label: 'c', set: {} },
    ];
    const config = configOf({ repeats: 1, arms, request: aRequest({ messages }) });
    expect(config.prompts).toHaveLength(2);
    expect(config.providers.map(({ prompts }: { prompts: string[] }) => prompts[0])).toEqual([
      'prompt 1',
      'prompt 2',
      'prompt 1',
    ]);
  });

  it('keeps what looks like a template from being one', () => {
    const braces = [{ role: 'user' as const, content: 'Fill in {{name}}.' }];
    const [prompt] = configOf({ repeats: 1, request: aRequest({ messages: braces }) }).prompts;
    expect(prompt.raw).toBe(`{% raw %}${JSON.stringify(braces)}{% endraw %}`);
  });

  it('asks where the runs were sent, with the key in its variable, or without one where none was sent', () => {
    const recipe = aRecipe({ provider: 'openai' });
    const endpoint = { origin: 'http://127.0.0.1:9', path: '/v1' };
    const configOfRun = (run: EndedRun) =>
      JSON.parse(toPromptfoo(aSaved({ recipe, runs: [run] }), null)).providers[0].config;
    const sent = ended(1, 'x', { endpoint });
    expect(configOfRun(sent)).toMatchObject({ apiBaseUrl: 'http://127.0.0.1:9/v1', apiKeyEnvar: 'OPENAI_API_KEY' });
    const exchange = { request: { url: 'http://127.0.0.1:9/v1', headers: {}, body: null }, response: null };
    expect(configOfRun({ ...sent, exchange })).toMatchObject({ apiKey: 'none' });
  });

  it('asks one after the other where the recipe does, and names no address that is not known', () => {
    const config = configOf({ repeats: 2, dispatch: 'sequential' });
    expect(config.evaluateOptions).toEqual({ repeat: 2, cache: false, maxConcurrency: 1 });
    expect(config.providers[0].config.apiBaseUrl).toBeUndefined();
  });
});
