import type { RunStatus } from '@/lib/compare/measure/run-status';
import type { Wait } from '@/lib/run/events';
import { counted } from './english';
import { problemName } from './problem-name';
import { sayDuration } from './time';

/** A run's status: "Streaming, 43 words", "Done, 112 words, 1.8 s", "Failed: rate limit". */
export function sayStatus(status: RunStatus): string {
  switch (status.kind) {
    case 'sent-again':
      return sayWait(status);
    case 'streaming':
      return `Streaming, ${counted(status.words, 'word')}`;
    case 'reasoning':
      return sayReasoning(status.words);
    case 'played-back':
      return `Replay, ${counted(status.words, 'word')}`;
    case 'failed':
      return `Failed: ${problemName(status.code)}`;
    case 'stopped':
      return sayStopped(status.words);
    case 'cached':
      return `Answered from a cache, ${counted(status.words, 'word')}`;
    case 'at-limit':
      return `Cut at ${status.tokens === null ? 'the token limit' : counted(status.tokens, 'token')}, ${sayDuration(status.ms)}`;
    case 'done':
      return `Done, ${counted(status.words, 'word')}, ${sayDuration(status.ms)}`;
    default:
      return said[status.kind];
  }
}

const said = {
  waiting: 'Waiting for its turn',
  'not-run': 'Not run',
  connecting: 'Connecting',
  'awaiting-whole': 'Waiting for the whole answer',
  refused: 'Declined by the model',
  filtered: 'Withheld by a content filter',
  empty: 'Done, but no text',
};

/** "Reasoning, 43 words" */
export const sayReasoning = (words: number): string => `Reasoning, ${counted(words, 'word')}`;

const sayStopped = (words: number | null): string =>
  words === null ? 'Stopped before any text' : `Stopped at ${counted(words, 'word')}`;

/** "The provider asks to wait 55 s (attempt 2 follows)" */
function sayWait({ attempt, ms, asked, code }: Wait): string {
  if (ms === 0) return `Connecting (attempt ${attempt})`;
  const duration = sayDuration(ms).replace('.0 s', ' s');
  return asked
    ? `The provider asks to wait ${duration} (attempt ${attempt} follows)`
    : `Failed: ${problemName(code)}. Attempt ${attempt} in ${duration}`;
}
