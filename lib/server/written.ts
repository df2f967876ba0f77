import type { ApiError } from '@/lib/openai/completion-request';
import type { Envelope } from '@/lib/openai/serve';

/** How a request is answered: by which back end, from which seed, and how many of its sender's share the back end, this one with them. */
export type Sealed = Envelope & { seed: number | bigint; tag: string; inFlight: number };

/** Some of an answer, or all: chunks, or the whole, as JSON, and how many tokens that took. */
export type Written = { parts: string[]; tokens: number };

/** An answer as it is written. Whoever stops reading it ends the writing. */
export type Answer = AsyncGenerator<Written, void>;

/** Why there is no answer, or no more of it. */
export type Refusal = { status: number; error: ApiError };

/** How long one turn of writing may take, in milliseconds: then others have theirs. */
const turnMs = 10;

/** Writes in turns. Throws once the signal aborts. */
export async function* inTurns(
  work: Generator<object | undefined, void>,
  { turn, signal }: { turn: () => Promise<void>; signal: AbortSignal },
): Answer {
  try {
    for (let over = false; !over; ) {
      await turn();
      signal.throwIfAborted();
      const written: Written = { parts: [], tokens: 0 };
      const end = performance.now() + turnMs;
      do over = goOn(work, written);
      while (!over && performance.now() < end);
      yield written;
    }
  } finally {
    work.return();
  }
}

/** Writes a token more, and tells whether that was all. */
export function goOn(work: Generator<object | undefined, void>, written: Written): boolean {
  const step = work.next();
  if (step.done) return true;
  written.tokens++;
  if (step.value) written.parts.push(JSON.stringify(step.value));
  return false;
}
