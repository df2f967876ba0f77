/*
 * Keys that a visitor brings. They travel in one header, by the provider for which each was entered, and are in no body, no
 * address and no answer.
 *
 *     x-provider-key: openai=sk-proj-4f9a… openrouter=sk-or-v1-77c2…
 */

/** The header, on the requests that ask providers: to run, to run again, to probe, to list models. */
export const ownKeyHeader = 'x-provider-key';

/** Keys by the id of the provider for which they were entered. */
export type ProviderKeys = Readonly<Record<string, string>>;

/** The header's value. */
export const writeOwnKeys = (keys: ProviderKeys): string =>
  Object.entries(keys)
    .map(([provider, key]) => `${provider}=${key}`)
    .join(' ');
