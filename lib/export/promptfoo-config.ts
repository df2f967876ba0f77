import { armProvider, armRequests, bodyOf, providersOf } from '@/lib/recipe/plan';
import type { ChatRequest } from '@/lib/recipe/recipe';
import type { SavedExperiment } from '@/lib/run/saved';
import { type Asked, type Target, targetsOf } from './target';

/**
 * An experiment as a configuration of promptfoo, `promptfooconfig.json`: a provider for each arm, asked as often as here, without
 * its cache, and with nothing but what the recipe sends. https://www.promptfoo.dev/docs/configuration/reference/
 */
export function toPromptfoo(asked: Asked & Pick<SavedExperiment, 'title'>, openUrl: string | null): string {
  const { recipe, title } = asked;
  const providersAsked = providersOf(recipe);
  const targets = targetsOf(asked, openUrl);
  const requests = armRequests(recipe);
  const prompts = [...new Set(requests.map(promptOf))];
  const providers = requests.map((request, arm) => {
    const { model, messages: _, ...settings } = bodyOf(request);
    return {
      id: `openai:chat:${model}`,
      label: recipe.arms?.[arm]?.label ?? model,
      prompts: [labelOf(prompts.indexOf(promptOf(request)))],
      // What promptfoo would send of its own accord is left out; what the recipe sends is passed on to the letter.
      config: {
        ...addressOf(targets[providersAsked.indexOf(armProvider(recipe, arm))]),
        omitDefaults: true,
        passthrough: settings,
      },
    };
  });
  const config = {
    description: title ?? 'An experiment of Seedbed',
    prompts: prompts.map((raw, index) => ({ raw, label: labelOf(index) })),
    providers,
    tests: [{ vars: {} }],
    evaluateOptions: {
      ...{ repeat: recipe.repeats, cache: false },
      ...(recipe.dispatch === 'sequential' && { maxConcurrency: 1 }),
    },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** Where promptfoo calls, and with the key in which variable; without any of it, where its user has set. */
function addressOf(target: Target | undefined): Record<string, unknown> {
  if (target?.kind === 'open') return { apiBaseUrl: target.url, apiKey: 'none' };
  if (target?.kind !== 'recorded') return {};
  const { url, keyVariable } = target;
  return { apiBaseUrl: url, ...(keyVariable === null ? { apiKey: 'none' } : { apiKeyEnvar: keyVariable }) };
}

const labelOf = (prompt: number): string => `prompt ${prompt + 1}`;

/** The messages as promptfoo reads them: JSON, in which nothing is taken for a template. */
function promptOf({ messages }: ChatRequest): string {
  const raw = JSON.stringify(messages);
  return /\{[{%#]/.test(raw) ? `{% raw %}${raw}{% endraw %}` : raw;
}
