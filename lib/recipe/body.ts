import { type Dialect, usualDialect } from './dialect';
import { type ParameterKey, parameters } from './parameters';
import type { ChatRequest } from './recipe';
import { exactOf, isSeed } from './seed';

type Fields = Record<string, unknown>;

/** The names that the API itself has for what stands in a body, of what a request can set. */
export const apiNames: ReadonlySet<string> = new Set(['model', 'messages', ...parameters.map(({ key }) => key)]);

/**
 * The body of a call, but for how it wants its answer: a request's own parameters under the names that the dialect has for them,
 * and whatever else is to go into it. A seed beyond 2^53 is a bigint. What a request sets twice under one name, it means as it writes it.
 */
export function bodyOf(request: ChatRequest, dialect = usualDialect): Fields {
  const { extra_body, stream: _, stream_options: __, ...parameters } = request;
  const body: Fields = {};
  for (const [key, value] of Object.entries(parameters)) {
    const name = nameIn(dialect, key);
    if (value === undefined || value === null || (name !== key && Object.hasOwn(parameters, name))) continue;
    body[name] = key === 'seed' && isSeed(value) ? exactOf(value) : value;
  }
  return { ...body, ...extra_body };
}

const nameIn = ({ names }: Dialect, key: string): string =>
  Object.entries(names).find(([name]) => name === key)?.[1] ?? key;

/** The parameter of a request that its body has under a name, whatever the dialect calls it; null if there is none. */
export function parameterUnder(name: string, request: ChatRequest, { names }: Dialect): ParameterKey | null {
  const own = parameters.find(({ key }) => key === name)?.key ?? null;
  if (own !== null && request[own] !== undefined) return own;
  return parameters.find(({ key }) => names[key] === name && request[key] !== undefined)?.key ?? own;
}

/** How a call wants its answer. An empty object of stream_options is not sent. */
export function streamingOf({ stream, stream_options }: ChatRequest, dialect: Dialect): Fields {
  if (!isStreamed({ stream }, dialect)) return { stream: false };
  const options = stream_options ?? (dialect.streamOptions ? { include_usage: true } : {});
  return { stream: true, ...(Object.keys(options).length === 0 ? {} : { stream_options: options }) };
}

/** Whether the answer to a call comes piece by piece. */
export const isStreamed = ({ stream }: Pick<ChatRequest, 'stream'>, dialect = usualDialect): boolean =>
  stream ?? dialect.stream;
