import { maxAtOnce } from '@/lib/recipe/plan';
import type { ConfiguredProvider } from '@/lib/server/configuration';
import { type Options, type Typed, wholeNumber } from './command';

/** How calls are sent, in place of what is configured; undefined where that stays. */
export type Sending = { atOnce: number | undefined; timeoutMs: number | undefined; maxRetries: number | undefined };

export const asConfigured: Sending = { atOnce: undefined, timeoutMs: undefined, maxRetries: undefined };

/** The options of every command that sends calls to be answered. */
export const sendingOptions: Options = {
  'at-once': { value: 'N', short: 'j', about: `at most N calls under way at once, up to ${maxAtOnce}` },
  timeout: { value: 'SECONDS', about: 'end a call that is not answered whole by then; it counts as failed' },
  retries: { value: 'N', about: 'send a call that was refused for now up to N times more, 0 to 5' },
};

/** Throws BadUse. */
export function readSending(typed: Typed): Sending {
  const seconds = wholeNumber(typed, 'timeout', 1, 86_400);
  return {
    atOnce: wholeNumber(typed, 'at-once', 1, maxAtOnce),
    timeoutMs: seconds && seconds * 1000,
    maxRetries: wholeNumber(typed, 'retries', 0, 5),
  };
}

/** A provider as it is configured, with what was typed in place of it. */
export function withSending(provider: ConfiguredProvider, { timeoutMs, maxRetries }: Sending): ConfiguredProvider {
  return {
    ...provider,
    ...(maxRetries === undefined ? {} : { maxRetries }),
    ...(timeoutMs === undefined ? {} : { timeLimits: allOf(timeoutMs) }),
  };
}

/** Every limit on the way to a whole answer, since none of them may let a call last longer. */
const allOf = (ms: number) => ({ connectMs: ms, firstTextMs: ms, silenceMs: ms, totalMs: ms });
