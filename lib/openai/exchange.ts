import type { Message } from '@/lib/recipe/recipe';
import type { Exchange } from '@/lib/run/events';
import { withoutMessages } from '@/lib/run/exchange';
import { maskName, withoutKey } from './mask';
import type { Sent } from './watched-fetch';

/** Of what was sent, in the order of their names: how a server reads a request, and who asks. */
const requestHeaders = ['accept', 'api-key', 'authorization', 'content-type', 'user-agent'];
/** Of what came back: what identifies an answer, or tells how it came about. */
const responseHeaders =
  /^(content-type|date|age|server|via|retry-after(-ms)?|(x-)?request-id|apim-request-id|cf-ray|(x-)?ratelimit-.+|x-should-retry|openai-(processing-ms|version|model)|x-groq-.+|x-envoy-upstream-service-time|(x-)?cache(-status)?|cf-aig-cache-status|x-portkey-.+|x-seedbed-in-flight)$/;

/** As many headers of an answer as are kept, and the longest body, without its messages. */
const maxHeaders = 40;
const maxBody = 10_000;

type About = { messages: readonly Message[]; apiKey: string; inside: boolean };

/** What is kept of a call: without its key, and of its address only the `api-version` beside the path. */
export function toExchange(sent: Sent, { messages, apiKey, inside }: About): Exchange {
  const { origin, pathname, search } = new URL(sent.url);
  const path = maskName(pathname, apiKey) + shownQuery(search, apiKey);
  const body = withoutKey(withoutMessages(sent.body, messages), apiKey);
  return {
    request: {
      url: inside ? path : `${origin}${path}`,
      headers: shownHeaders(
        requestHeaders.flatMap((name) => named(sent.headers, name)),
        apiKey,
      ),
      body: body.length > maxBody ? null : body,
    },
    response: sent.response && {
      status: sent.response.status,
      headers: shownHeaders(
        [...sent.response.headers].filter(([name]) => responseHeaders.test(name)),
        apiKey,
      ),
    },
  };
}

/** Any other parameter of an address may be a secret. */
const shownQuery = (search: string, apiKey: string): string => {
  const shown = [...new URLSearchParams(search)].map(([name, value]) =>
    name === 'api-version' ? `${name}=${maskName(value, apiKey)}` : `${maskName(name, apiKey)}=[hidden]`,
  );
  return shown.length === 0 ? '' : `?${shown.join('&')}`;
};

/** Some servers send one for each of many limits; they shall not crowd out the rest. */
const isLimit = (name: string): boolean => name.includes('ratelimit');

type Entry = [name: string, value: string];

/** A header by its name, if it is there: to look for five is faster than to go through all that the SDK sends. */
function named(headers: Headers, name: string): Entry[] {
  const value = headers.get(name);
  return value === null ? [] : [[name, value]];
}

const shownHeaders = (headers: readonly Entry[], apiKey: string): Record<string, string> =>
  Object.fromEntries(
    headers
      .toSorted(([a], [b]) => Number(isLimit(a)) - Number(isLimit(b)))
      .slice(0, maxHeaders)
      .map(([name, value]) => [name.slice(0, 100), shownValue(name, value, apiKey)]),
  );

/** Whatever a key looks like, it is not kept where one stands. */
function shownValue(name: string, value: string, apiKey: string): string {
  if (name === 'authorization') return 'Bearer [key]';
  return name === 'api-key' ? '[key]' : maskName(value, apiKey);
}
