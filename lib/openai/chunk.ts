import { maxTopLogprobs } from '@/lib/recipe/parameters';
import type { TokenInfo, Usage } from '@/lib/run/events';
import { fieldsOf, isObject, listOf, textIn } from './json';

/*
 * The part of other servers' answers that we read, and nothing of an answer is lost over the rest: what is absent, null or of
 * another kind than OpenAI's is as if it had not been sent.
 */

/** What one chunk of a streamed answer says, or the whole of one that was not streamed. */
export type Chunk = {
  model: string | null;
  fingerprint: string | null;
  text: string;
  /** what a model writes before its answer, where the server tells it apart */
  reasoning: string;
  refused: boolean;
  finish: string | null;
  /** the seed that the server says it has used */
  seed: number | string | null;
  /** the tokens of the text; those of the reasoning are left out */
  tokens: TokenInfo[];
  usage: Usage | null;
  /** whether some counts, or some logprobs, were not numbers that can be used as they came */
  usageIncomplete: boolean;
  logprobsIncomplete: boolean;
  /** whether there were logprobs of reasoning, which are left out */
  reasoningLogprobs: boolean;
};

/** A chunk as it was sent, parsed from JSON; null if it is none. */
export function readChunk(value: unknown): Chunk | null {
  if (!isObject(value) || !looksLikeChunk(value)) return null;
  const choice = fieldsOf(listOf(value.choices)[0]);
  // A whole answer has a message where a chunk has a delta, and old servers have the text alone.
  const delta = fieldsOf(choice.delta ?? choice.message);
  const content = partsOf(delta.content ?? choice.text);
  const refusal = textIn(delta.refusal) ?? '';
  const reasoning = (textIn(delta.reasoning_content) ?? partsOf(delta.reasoning).text) + content.reasoning;
  const text = content.text + refusal;
  const logprobs = readLogprobs(choice.logprobs);
  const reasons = reasoning !== '' && text === '';
  return {
    model: textIn(value.model),
    fingerprint: nameIn(value.system_fingerprint),
    text,
    reasoning,
    refused: refusal !== '',
    finish: textIn(choice.finish_reason),
    seed: seedIn(fieldsOf(value.x_groq).seed ?? choice.seed ?? value.seed),
    ...readUsage(value.usage),
    ...(reasons ? noLogprobs : logprobs),
    reasoningLogprobs: reasons && logprobs.tokens.length > 0,
  };
}

/** An object of a completion: by its choices, or by what the last chunks have in their place. */
const looksLikeChunk = (value: Readonly<Record<string, unknown>>): boolean =>
  Array.isArray(value.choices) || isObject(value.usage) || textIn(value.object)?.startsWith('chat.completion') === true;

/** A seed, unless it is too large to be read exactly from a JSON number. */
const seedIn = (value: unknown): number | string | null =>
  (typeof value === 'number' && Number.isSafeInteger(value)) ||
  (typeof value === 'string' && /^-?\d{1,20}$/.test(value))
    ? value
    : null;

/** A name that some servers send as a number. */
const nameIn = (value: unknown): string | null => (typeof value === 'number' ? String(value) : textIn(value));

type Parts = { text: string; reasoning: string };

/** Content is a text, or a list of parts, of which some are thinking (Mistral's `thinking` is again a list). */
function partsOf(content: unknown): Parts {
  if (typeof content === 'string') return { text: content, reasoning: '' };
  const parts: Parts = { text: '', reasoning: '' };
  for (const part of listOf(content)) {
    const { type, text, thinking, reasoning } = fieldsOf(part);
    const thought = partsOf(thinking ?? reasoning);
    if (type === 'reasoning' || type === 'thinking') parts.reasoning += thought.text || (textIn(text) ?? '');
    else parts.text += textIn(text) ?? '';
  }
  return parts;
}

type ReadUsage = Pick<Chunk, 'usage' | 'usageIncomplete'>;

/** Counts of tokens. One that is missing follows from the two others; a total from both. */
function readUsage(value: unknown): ReadUsage {
  if (!isObject(value)) return { usage: null, usageIncomplete: false };
  const [prompt, completion, total] = [value.prompt_tokens, value.completion_tokens, value.total_tokens].map(countIn);
  const prompt_tokens = prompt ?? difference(total, completion);
  const completion_tokens = completion ?? difference(total, prompt);
  const cached_tokens = countIn(fieldsOf(value.prompt_tokens_details).cached_tokens);
  const reasoning_tokens = countIn(fieldsOf(value.completion_tokens_details).reasoning_tokens);
  const counts = [value.prompt_tokens, value.completion_tokens, value.total_tokens];
  const whole = counts.every((count) => countIn(count) === count);
  if (prompt_tokens === null || completion_tokens === null) return { usage: null, usageIncomplete: true };
  return {
    usage: {
      prompt_tokens,
      completion_tokens,
      total_tokens: total ?? prompt_tokens + completion_tokens,
      ...(cached_tokens === null ? {} : { prompt_tokens_details: { cached_tokens } }),
      ...(reasoning_tokens === null ? {} : { completion_tokens_details: { reasoning_tokens } }),
    },
    usageIncomplete: !whole,
  };
}

const countIn = (value: unknown): number | null =>
  typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? Math.round(value) : null;

const difference = (total: number | null | undefined, part: number | null | undefined): number | null =>
  typeof total === 'number' && typeof part === 'number' && total >= part ? total - part : null;

type ReadLogprobs = Pick<Chunk, 'tokens' | 'logprobsIncomplete'>;
const noLogprobs: ReadLogprobs = { tokens: [], logprobsIncomplete: false };

/** OpenAI's own figure for a token that is too unlikely to have a logprob. */
const unlikely = -9999;

function readLogprobs(value: unknown): ReadLogprobs {
  const content = listOf(fieldsOf(value).content);
  if (content.length === 0) return noLogprobs;
  let logprobsIncomplete = false;
  const alternative = (each: unknown): Omit<TokenInfo, 'top_logprobs'>[] => {
    const { token, logprob, bytes } = fieldsOf(each);
    if (typeof token !== 'string') return [];
    const known = typeof logprob === 'number' && Number.isFinite(logprob);
    logprobsIncomplete ||= !known;
    return [{ token, logprob: known ? logprob : unlikely, bytes: bytesIn(bytes) }];
  };
  const tokens = content.flatMap((each) =>
    alternative(each).map((token) => ({
      ...token,
      top_logprobs: listOf(fieldsOf(each).top_logprobs).slice(0, maxTopLogprobs).flatMap(alternative),
    })),
  );
  return { tokens, logprobsIncomplete };
}

/** The most bytes that a token has. */
const maxTokenBytes = 1024;

const bytesIn = (value: unknown): number[] | null =>
  Array.isArray(value) && value.length <= maxTokenBytes && value.every((each): each is number => Number.isInteger(each))
    ? value
    : null;
