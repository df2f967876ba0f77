import { openAiProvider } from '@/lib/openai/provider';
import type { Provider } from '@/lib/run/provider';
import { seedlingModels } from '@/lib/seedling/backends';
import { answerV1, type SeedlingEndpoint } from './chat-completions';
import type { Environment } from './environment';

/** A model as the page offers it. `exact`: the same recipe gives the same text, by proof. `about` says more, if there is more. */
export type OfferedModel = { id: string; about: string | null; exact: boolean };

/** What a service can do besides answering. Whatever depends on who answers asks here, never for a name. */
export type Capabilities = {
  /** its calls cost nothing */
  free: boolean;
  /** it writes as many tokens a second as it is asked for, so that there is something to watch */
  paced: boolean;
  /** it goes on with a last message of the assistant's, as the beginning of its answer */
  continues: boolean;
};

export type ProviderEntry = Capabilities & {
  /** by which recipes name it */
  id: string;
  name: string;
  /** the whole list if it is fixed, or null if the service must be asked */
  models: OfferedModel[] | null;
  /** where this server itself answers for it, without a key, as in "/v1"; null if only the service does */
  endpointPath: string | null;
  provider: Provider;
};

/** Seedling always; OpenAI, or whatever answers at OPENAI_BASE_URL, if the operator has set a key. */
export function makeProviders(environment: Environment, endpoint: () => SeedlingEndpoint): Map<string, ProviderEntry> {
  const entries: ProviderEntry[] = [
    {
      id: 'seedling',
      name: 'Seedling: tiny teaching model, built in',
      free: true,
      paced: true,
      continues: true,
      endpointPath: '/v1',
      models: seedlingModels.map(({ id, about, exact }) => ({ id, about, exact })),
      provider: openAiProvider({
        apiKey: 'none',
        baseURL: 'http://seedling.invalid/v1',
        maxRetries: 0,
        fetch: (input, init) => answerV1(endpoint, new Request(input, init)),
      }),
    },
  ];
  if (environment.OPENAI_API_KEY)
    entries.push({
      id: 'openai',
      name: environment.OPENAI_BASE_URL ? new URL(environment.OPENAI_BASE_URL).host : 'OpenAI',
      free: false,
      paced: false,
      continues: false,
      endpointPath: null,
      models: null,
      provider: openAiProvider({
        apiKey: environment.OPENAI_API_KEY,
        baseURL: environment.OPENAI_BASE_URL,
        maxRetries: environment.OPENAI_MAX_RETRIES,
      }),
    });
  return new Map(entries.map((entry) => [entry.id, entry]));
}
