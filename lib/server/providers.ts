import { openAiProvider } from '@/lib/openai/provider';
import { type Seedling, seedlingModel } from '@/lib/openai/serve';
import type { Provider } from '@/lib/run/provider';
import { answerV1 } from './chat-completions';
import type { Environment } from './environment';

/** A service that recipes may name. `models` is the whole list if it is fixed, or null if the service must be asked. */
export type ProviderEntry = { id: string; name: string; exact: boolean; models: string[] | null; provider: Provider };

/** Seedling always; OpenAI, or whatever answers at OPENAI_BASE_URL, if the operator has set a key. */
export function makeProviders(environment: Environment, seedling: () => Seedling): Map<string, ProviderEntry> {
  const entries: ProviderEntry[] = [
    {
      id: 'seedling',
      name: 'Seedling: tiny teaching model, built in',
      exact: true,
      models: [seedlingModel],
      provider: openAiProvider({
        apiKey: 'none',
        baseURL: 'http://seedling.invalid/v1',
        maxRetries: 0,
        fetch: (input, init) => answerV1(seedling, new Request(input, init)),
      }),
    },
  ];
  if (environment.OPENAI_API_KEY)
    entries.push({
      id: 'openai',
      name: environment.OPENAI_BASE_URL ? new URL(environment.OPENAI_BASE_URL).host : 'OpenAI',
      exact: false,
      models: null,
      provider: openAiProvider({
        apiKey: environment.OPENAI_API_KEY,
        baseURL: environment.OPENAI_BASE_URL,
        maxRetries: environment.OPENAI_MAX_RETRIES,
      }),
    });
  return new Map(entries.map((entry) => [entry.id, entry]));
}
