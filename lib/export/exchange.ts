import type { Exchange } from '@/lib/run/events';
import { keyVariable } from './target';

/**
 * A command that sends a request again, with its key from the environment; null if its body was not kept. `provider` is the
 * recipe's name for whom it calls.
 */
export function toCurlCommand({ request: { url, headers, body } }: Exchange, provider: string): string | null {
  if (body === null) return null;
  return [
    `curl --no-buffer ${shellQuote(url)}`,
    ...Object.entries(headers)
      .filter(([name]) => name !== 'user-agent')
      .map(([name, value]) => `--header ${headerText(name, value, keyVariable(provider))}`),
    `--data-binary ${shellQuote(body)}`,
  ].join(' \\\n  ');
}

/** With the key's variable, which a shell replaces between double quotes, where the key stood. */
const headerText = (name: string, value: string, variable: string): string =>
  value.endsWith('[key]') ? `"${name}: ${value.replace('[key]', `$${variable}`)}"` : shellQuote(`${name}: ${value}`);

/** In single quotes, within which a shell interprets nothing. */
export const shellQuote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
