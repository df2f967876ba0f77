import type { TokenInfo, Usage } from '@/lib/run/events';
import type { ChatChunk } from './wire';

export type Delta = { text: string; tokens?: TokenInfo[] };

/** What the chunks of one run have told so far, besides their text. */
export class Tally {
  readonly fingerprints = new Set<string>();
  model: string | null = null;
  usage: Usage | null = null;
  finish: string | null = null;
  refused = false;
  chunks = 0;
  characters = 0;

  /**
   * Takes one chunk; gives the text that it adds, or null. Every fingerprint that is not null is kept, since some servers
   * send one on the last chunk only, and some send null after it.
   */
  add(chunk: ChatChunk): Delta | null {
    this.chunks++;
    if (chunk.model) this.model = chunk.model;
    if (chunk.system_fingerprint) this.fingerprints.add(chunk.system_fingerprint);
    if (chunk.usage) this.usage = chunk.usage;
    const choice = chunk.choices?.[0];
    if (choice?.finish_reason) this.finish = choice.finish_reason;
    if (choice?.delta?.refusal) this.refused = true;
    const text = (choice?.delta?.content ?? '') + (choice?.delta?.refusal ?? '');
    const tokens = choice?.logprobs?.content ?? [];
    this.characters += text.length;
    if (text === '' && tokens.length === 0) return null;
    return tokens.length > 0 ? { text, tokens } : { text };
  }
}
