import { maxFingerprints, type RunEnd, type RunEvent, type TokenInfo, type Usage } from '@/lib/run/events';
import type { AnswerPart } from './answer';
import { type Chunk, readChunk } from './chunk';
import { readFinish } from './finish';
import { ThinkTags } from './think-tags';

export type Delta = Pick<Extract<RunEvent, { type: 'text-delta' }>, 'text' | 'reasoning' | 'tokens'>;

/** What the chunks of one run have told so far, besides their text. */
export class Tally {
  readonly fingerprints = new Set<string>();
  readonly notes = new Set<string>();
  model: string | null = null;
  usage: Usage | null = null;
  /** the seed that the server says it has used */
  seed: number | string | null = null;
  /** the server's own word for why the answer ended */
  rawFinish: string | null = null;
  refused = false;
  /** whether a part of the answer could not be read */
  damaged = false;
  chunks = 0;
  characters = 0;
  private tokens = 0;
  private alternatives = 0;
  private readonly thinkTags = new ThinkTags();

  /**
   * Takes what came together; gives the text that it adds, or null. Every fingerprint is kept, since some servers send one on
   * the last chunk only, and some send null after it.
   */
  add({ values, plain }: Pick<AnswerPart, 'values' | 'plain'>): Delta | null {
    let [text, reasoning] = ['', ''];
    const tokens: TokenInfo[] = [];
    for (const value of values) {
      const chunk = readChunk(value);
      // A piece that cannot be read may have been text. After the answer's end it was none.
      if (value === undefined && this.rawFinish === null) this.damaged = true;
      if (!chunk) continue;
      if (plain) this.notes.add('not_streamed');
      this.note(chunk);
      const split = this.thinkTags.split(chunk.text);
      text += split.text;
      reasoning += chunk.reasoning + split.reasoning;
      tokens.push(...this.tokensOf(chunk, split.text));
    }
    this.characters += text.length + reasoning.length;
    if (text === '' && reasoning === '' && tokens.length === 0) return null;
    return { text, ...(reasoning === '' ? {} : { reasoning }), ...(tokens.length === 0 ? {} : { tokens }) };
  }

  /** What was held back in case it began a tag; null if nothing was. */
  rest(): Delta | null {
    const { text, reasoning } = this.thinkTags.rest();
    if (text === '' && reasoning === '') return null;
    return { text, ...(reasoning === '' ? {} : { reasoning }) };
  }

  /** Why the answer ended, in OpenAI's words, and whatever was odd about it. One that did not say is taken to be whole. */
  end(): Pick<RunEnd, 'finish' | 'rawFinish' | 'notes'> {
    const raw = this.rawFinish;
    const known = raw === null ? null : readFinish(raw);
    if (raw === null) this.notes.add('no_finish_reason');
    else if (known === null) this.notes.add('unknown_finish_reason');
    const notes = [...this.notes];
    return {
      finish: this.refused ? 'refusal' : (known ?? 'stop'),
      ...(raw === null || raw === known ? {} : { rawFinish: raw }),
      ...(notes.length === 0 ? {} : { notes }),
    };
  }

  /** The tokens of the answer in a chunk that adds this text to it. Those of reasoning are left out, and noted. */
  private tokensOf({ text: whole, tokens, reasoningLogprobs }: Chunk, text: string): TokenInfo[] {
    const isAnswer = text !== '' || whole === '';
    if (reasoningLogprobs || (!isAnswer && tokens.length > 0)) this.notes.add('reasoning_logprobs');
    return isAnswer ? this.keep(tokens) : [];
  }

  /** The tokens for which there is room. */
  private keep(tokens: TokenInfo[]): TokenInfo[] {
    const kept: TokenInfo[] = [];
    for (const token of tokens) {
      this.alternatives += token.top_logprobs.length;
      if (++this.tokens > maxTokens || this.alternatives > maxAlternatives) break;
      kept.push(token);
    }
    if (kept.length < tokens.length) this.notes.add('logprobs_incomplete');
    return kept;
  }

  private note(chunk: Chunk): void {
    this.chunks++;
    if (chunk.model !== null) this.model = begin(chunk.model);
    if (chunk.fingerprint !== null && this.fingerprints.size < maxFingerprints)
      this.fingerprints.add(begin(chunk.fingerprint));
    if (chunk.usage !== null) this.usage = chunk.usage;
    if (chunk.seed !== null) this.seed = chunk.seed;
    if (chunk.usageIncomplete) this.notes.add('usage_incomplete');
    if (chunk.logprobsIncomplete) this.notes.add('logprobs_incomplete');
    if (chunk.finish !== null) this.rawFinish = begin(chunk.finish);
    this.refused ||= chunk.refused;
  }
}

/** How many tokens of an answer are kept with their logprobs, if each has 20 alternatives; fewer, if each has more. */
const maxTokens = 16_384;
const maxAlternatives = maxTokens * 20;

/** As much of a name as is kept until the key is masked in it, and it is cut to what names have. */
const begin = (name: string): string => name.slice(0, 8192);
