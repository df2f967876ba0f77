import { type Dialect, usualDialect } from './dialect';
import { type ParameterKey, parameters } from './parameters';
import type { ChatRequest } from './recipe';
import { exactOf, isSeed } from './seed';

type Fields = Record<string, unknown>;

const apiNames: ReadonlySet<string> = new Set(['model', 'messages', ...parameters.map(({ key }) => key)]);

/**
 * What a call says besides how it wants its answer: under the API's own names, and, apart from them, under others. A seed
 * beyond 2^53 is a bigint. What a request sets twice under one name, it means as it writes it.
 */
export function bodyParts(request: ChatRequest, dialect: Dialect): { own: Fields; extra: Fields } {
  const { extra_body, stream: _, stream_options: __, ...parameters } = request;
  const [own, extra]: [Fields, Fields] = [{}, {}];
  for (const [key, value] of Object.entries(parameters)) {
    const name = nameIn(dialect, key);
    if (value === undefined || value === null || (name !== key && Object.hasOwn(parameters, name))) continue;
    (apiNames.has(name) ? own : extra)[name] = key === 'seed' && isSeed(value) ? exactOf(value) : value;
  }
  return { own, extra: { ...extra, ...extra_body } };
}

const nameIn = ({ names }: Dialect, key: string): string =>
  Object.entries(names).find(([name]) => name === key)?.[1] ?? key;

/** The parameter of a request that its body has under a name, whatever the dialect calls it; null if there is none. */
export function parameterUnder(name: string, request: ChatRequest, { names }: Dialect): ParameterKey | null {
  const own = parameters.find(({ key }) => key === name)?.key ?? null;
  if (own !== null && request[own] !== undefined) return own;
  return parameters.find(({ key }) => names[key] === name && request[key] !== undefined)?.key ?? own;
}

/** The body of a call, but for how it wants its answer: a request's own parameters, and whatever else is to go into it. */
export function bodyOf(request: ChatRequest, dialect = usualDialect): Fields {
  const { own, extra } = bodyParts(request, dialect);
  return { ...own, ...extra };
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
