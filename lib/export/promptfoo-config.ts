import { armProvider, armRequests, providersOf } from '@/lib/recipe/plan';
import { withArmsMade } from '@/lib/recipe/probe';
import type { ChatRequest } from '@/lib/recipe/recipe';
import { stringifyExactly } from '@/lib/recipe/seed';
import type { SavedExperiment } from '@/lib/run/saved';
import { sentBodies } from './sent';
import { type Asked, type Target, targetsOf } from './target';

/**
 * An experiment as a configuration of promptfoo, `promptfooconfig.json`: a provider for each arm, asked as often as here, without
 * its cache, and with nothing but what the recipe sends. https://www.promptfoo.dev/docs/configuration/reference/
 */
export function toPromptfoo(asked: Asked & Pick<SavedExperiment, 'title'>, openUrl: string | null): string {
  const { title } = asked;
  const recipe = withArmsMade(asked.recipe, asked.runs);
  const providersAsked = providersOf(recipe);
  const targets = targetsOf(asked, openUrl);
  const requests = armRequests(recipe);
  const bodies = sentBodies(asked).map(({ asks }) => asks);
  const prompts = [...new Set(requests.map(promptOf))];
  const providers = requests.map((request, arm) => {
    const { messages: _, model: __, ...settings } = bodies[arm] ?? {};
    return {
      id: `openai:chat:${request.model}`,
      label: recipe.arms?.[arm]?.label ?? request.model,
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
  return `${stringifyExactly(config, 2)}\n`;
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
