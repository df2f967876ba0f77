// Paths as Node itself reads them: the start script checks the configuration with this.
import type { ParameterKey } from './parameters.ts';
import type { Range, RangedKey } from './range.ts';
import { seedRange } from './seed.ts';

/*
 * What servers that speak Chat Completions have of their own. Each is a row of a table, and no code asks for one by name.
 */

/** How a server wants a request, where that is not as OpenAI has it. */
export type Dialect = {
  /** what parameters are called in the body: `{ seed: 'random_seed' }` */
  names: Partial<Readonly<Record<ParameterKey, string>>>;
  /** whether an answer is streamed, unless the request says */
  stream: boolean;
  /** whether stream_options ask for the usage of a streamed answer, unless the request says; some servers refuse them */
  streamOptions: boolean;
  /** what it is known to take. Another value is sent all the same: it may be refused, or taken for another one */
  ranges: Partial<Readonly<Record<RangedKey, Range>>>;
};

/** A server of which nothing else is known. */
export const usualDialect: Dialect = { names: {}, stream: true, streamOptions: true, ranges: {} };

const int64: Range = [seedRange.min, '9223372036854775807'];
const tokens = { max_completion_tokens: 'max_tokens' } as const;

/** `hosts`: how the host of a base URL ends where the dialect is spoken, so that nobody need name it. */
type Row = Partial<Dialect> & { hosts?: readonly string[] };

/** By name. What a row leaves out is as usual, and what is not known of a server is left out. */
const dialects = {
  openai: { hosts: ['api.openai.com'], ranges: { seed: int64, temperature: [0, 2], top_logprobs: [0, 20] } },
  azure: {
    hosts: ['.openai.azure.com', '.services.ai.azure.com'],
    ranges: { seed: int64, temperature: [0, 2], top_logprobs: [0, 5] },
  },
  mistral: {
    hosts: ['api.mistral.ai'],
    names: { seed: 'random_seed', ...tokens },
    streamOptions: false, // its usage comes unasked
    // https://docs.mistral.ai/api: no greatest seed is given
    ranges: { seed: [0, seedRange.max], temperature: [0, 1.5] },
  },
  // https://console.groq.com/docs/api-reference: of no seed, and of logprobs that no model has yet
  groq: { hosts: ['api.groq.com'], ranges: { temperature: [0, 2], top_logprobs: [0, 20] } },
  openrouter: { hosts: ['openrouter.ai'], ranges: { temperature: [0, 2], top_logprobs: [0, 20] } },
  // https://docs.fireworks.ai/api-reference/post-chatcompletions
  fireworks: { hosts: ['api.fireworks.ai'], ranges: { temperature: [0, 2], top_logprobs: [0, 5] } },
  // https://inference-docs.cerebras.ai/api-reference/chat-completions
  cerebras: { hosts: ['api.cerebras.ai'], ranges: { temperature: [0, 1.5], top_logprobs: [0, 20] } },
  // https://api-docs.deepseek.com/api/create-chat-completion
  deepseek: { hosts: ['api.deepseek.com'], names: tokens, ranges: { temperature: [0, 2], top_logprobs: [0, 20] } },
  // These two pass over max_completion_tokens without a word.
  ollama: { hosts: [':11434'], names: tokens, ranges: { seed: int64 } },
  lmstudio: { hosts: [':1234'], names: tokens },
  // -1 is read as "any seed".
  'llama.cpp': { hosts: [':9931'], ranges: { seed: [-1, 4294967295] } },
  vllm: { ranges: { seed: int64, top_logprobs: [0, 20] } },
  seedling: { ranges: { seed: [seedRange.min, seedRange.max], temperature: [0, 2], top_logprobs: [0, 20] } },
  // Gateways to models that stream, or tell their usage, in ways of their own.
  unstreamed: { stream: false },
} as const satisfies Record<string, Row>;

export type DialectName = keyof typeof dialects;
const isName = (name: string): name is DialectName => Object.hasOwn(dialects, name);
export const dialectNames: readonly DialectName[] = Object.keys(dialects).filter(isName);

const rows: readonly Row[] = Object.values(dialects);

const whole = ({ hosts: _, ...row }: Row): Dialect => ({ ...usualDialect, ...row });

/** The dialect of a name, with some of it otherwise. */
export const dialectOf = (name: DialectName | undefined, own: Partial<Dialect> = {}): Dialect => ({
  ...(name === undefined ? usualDialect : whole(dialects[name])),
  ...own,
});

/** The dialect that is spoken at a base URL. */
export function dialectAt(baseUrl: string): Dialect {
  const { host } = new URL(baseUrl);
  return whole(rows.find(({ hosts }) => hosts?.some((end) => host.endsWith(end))) ?? {});
}
