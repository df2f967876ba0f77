import type { OfferedModel, OfferedProvider } from '@/lib/api/status';
import { aboutModels } from '@/lib/built-in/about';
import { builtInOffer } from '@/lib/built-in/offer';
import { openAiProvider } from '@/lib/openai/provider';
import { visitorProvider } from '@/lib/openai/visitor-provider';
import { dialectOf } from '@/lib/recipe/dialect';
import { builtInProvider } from '@/lib/recipe/recipe';
import type { Provider } from '@/lib/run/provider';
import { CallQueue } from './call-queue';
import { answerV1, type ModelEndpoint, paceHeader, senderHeader, visitorHeader } from './chat-completions';
import type { ConfiguredProvider } from './configuration';

/** A service that recipes may name. Code that depends on the provider asks what it can do. */
export type ProviderEntry = Omit<
  OfferedProvider,
  'complete' | 'endpoint' | 'models' | 'listProblem' | 'capabilities' | 'ownKey' | 'ranges'
> & {
  /** the whole list if it is fixed, or null if the service must be asked */
  models: OfferedModel[] | null;
  /** the path at which this server itself answers for it without a key, as in "/v1"; null if only the service does */
  endpointPath: string | null;
  /** its calls are sent with a key of the operator's */
  keyed: boolean;
  provider: Provider;
  /** the same with a visitor's key; absent if it takes none */
  withKey?: (key: string) => Provider;
  /** it has no key of the operator's, and is asked with a visitor's only */
  needsKey?: boolean;
};

/** What is built in always, and those that the operator has set. */
export function makeProviders(
  configured: readonly ConfiguredProvider[],
  endpoint: () => ModelEndpoint,
): Map<string, ProviderEntry> {
  const models = builtInOffer.models.map((model) => ({ ...model, about: aboutModels.get(model.id) ?? null }));
  const inside = {
    ...builtInOffer,
    models,
    endpointPath: '/v1',
    keyed: false,
    provider: insideProvider(endpoint),
  };
  return new Map([inside, ...configured.map((each) => toEntry(each))].map((entry) => [entry.id, entry]));
}

/** A provider that answers over the network. */
export const toEntry = (configured: ConfiguredProvider, about: string | null = null): ProviderEntry => {
  const { id, name, models, baseUrl, timeLimits, atOnce, visitorKeys, apiKey, ...settings } = configured;
  const service = { ...settings, baseURL: baseUrl, limits: timeLimits };
  const line = new CallQueue(atOnce);
  const withKey = (key: string) => ({ ...visitorProvider(service, key), line });
  return {
    ...{ id, name, about, free: false, paced: false, continues: false, endpointPath: null },
    keyed: configured.apiKey !== '',
    models: models?.map((model) => ({ id: model, about: null, exact: false, shutdownDate: null })) ?? null,
    provider: { ...openAiProvider({ ...service, apiKey }), line },
    ...(visitorKeys ? { withKey, needsKey: apiKey === '' } : {}),
  };
};

/** The models inside, asked as any other service is, but without a network. */
export const insideProvider = (endpoint: () => ModelEndpoint): Provider =>
  openAiProvider({
    apiKey: '',
    baseURL: 'http://seedling.invalid/v1',
    inside: true,
    dialect: dialectOf(builtInProvider),
    maxRetries: 0,
    fetch: (input, init) => answerV1(endpoint, new Request(input, init)),
    headersOf: ({ pace, caller }) => ({
      ...(pace ? { [paceHeader]: String(pace) } : {}),
      ...(caller ? { [visitorHeader]: caller.visitor, [senderHeader]: caller.experiment } : {}),
    }),
  });
