import type { RunStatus } from '@/lib/compare/measure/run-status';
import { counted } from './english';
import { problemName } from './problem-name';
import { sayDuration } from './time';

/** A run's status: "Streaming, 43 words", "Done, 112 words, 1.8 s", "Failed: rate limit". */
export function sayStatus(status: RunStatus): string {
  switch (status.kind) {
    case 'waiting':
      return 'Waiting for its turn';
    case 'not-run':
      return 'Not run';
    case 'connecting':
      return 'Connecting';
    case 'streaming':
      return `Streaming, ${counted(status.words, 'word')}`;
    case 'played-back':
      return `Replay, ${counted(status.words, 'word')}`;
    case 'failed':
      return `Failed: ${problemName(status.code)}`;
    case 'stopped':
      return sayStopped(status.words);
    case 'refused':
      return 'Declined by the model';
    case 'filtered':
      return 'Withheld by a content filter';
    case 'cached':
      return `Answered from a cache, ${counted(status.words, 'word')}`;
    case 'at-limit':
      return `Cut at ${status.tokens === null ? 'the token limit' : counted(status.tokens, 'token')}, ${sayDuration(status.ms)}`;
    case 'empty':
      return 'Done, but no text';
    case 'done':
      return `Done, ${counted(status.words, 'word')}, ${sayDuration(status.ms)}`;
  }
}

const sayStopped = (words: number | null): string =>
  words === null ? 'Stopped before any text' : `Stopped by you at ${counted(words, 'word')}`;
