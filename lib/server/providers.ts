import type { OfferedModel, OfferedProvider } from '@/lib/api/status';
import { openAiProvider } from '@/lib/openai/provider';
import type { Provider } from '@/lib/run/provider';
import { seedlingOffer } from '@/lib/seedling/offer';
import { answerV1, paceHeader, type SeedlingEndpoint, senderHeader } from './chat-completions';
import type { Environment } from './environment';

/** A service that recipes may name. Code that depends on the provider asks what it can do. */
export type ProviderEntry = Omit<OfferedProvider, 'complete' | 'endpoint' | 'models'> & {
  /** the whole list if it is fixed, or null if the service must be asked */
  models: OfferedModel[] | null;
  /** the path at which this server itself answers for it without a key, as in "/v1"; null if only the service does */
  endpointPath: string | null;
  provider: Provider;
};

/** Seedling always; OpenAI, or whatever answers at OPENAI_BASE_URL, if the operator has set a key. */
export function makeProviders(environment: Environment, endpoint: () => SeedlingEndpoint): Map<string, ProviderEntry> {
  const entries: ProviderEntry[] = [
    {
      ...seedlingOffer,
      endpointPath: '/v1',
      provider: seedlingProvider(endpoint),
    },
  ];
  if (environment.OPENAI_API_KEY)
    entries.push({
      id: 'openai',
      name: environment.OPENAI_BASE_URL ? new URL(environment.OPENAI_BASE_URL).host : 'OpenAI',
      about: null,
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

/** Seedling, asked as any other service is, but without a network. */
export const seedlingProvider = (endpoint: () => SeedlingEndpoint): Provider => ({
  ...openAiProvider({
    apiKey: 'none',
    baseURL: 'http://seedling.invalid/v1',
    maxRetries: 0,
    fetch: (input, init) => answerV1(endpoint, new Request(input, init)),
    headersOf: ({ pace, experiment }) => ({
      ...(pace ? { [paceHeader]: String(pace) } : {}),
      ...(experiment ? { [senderHeader]: experiment } : {}),
    }),
  }),
  endpoint: null, // the SDK wants an address, but nothing leaves this process
});
