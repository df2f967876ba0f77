import { countWords, splitWords } from '@/lib/compare/align/words';
import type { Wait } from '@/lib/run/events';
import type { Experiment } from '@/lib/run/fold';
import type { EndedRun, RunningRun, RunRecord } from '@/lib/run/record';

/** How far one run has come, or how it ended. `ms` is the time from sending to the end. */
export type RunStatus =
  | { kind: 'waiting' }
  /** the experiment is over, and this run never got its turn */
  | { kind: 'not-run' }
  | { kind: 'connecting' }
  /** it was sent, and its answer comes in one piece */
  | { kind: 'awaiting-whole' }
  /** it was sent and refused, and is sent for the `attempt`th time in `ms` milliseconds; 0: it has been */
  | ({ kind: 'sent-again' } & Wait)
  | { kind: 'streaming'; words: number }
  /** so many words of reasoning have come, and no answer yet */
  | { kind: 'reasoning'; words: number }
  /** it is over, and so many words of it are shown again */
  | { kind: 'played-back'; words: number }
  /** `code` is that of the run's error */
  | { kind: 'failed'; code: string }
  /** `words` is null if it was stopped before any text */
  | { kind: 'stopped'; words: number | null }
  | { kind: 'refused' }
  | { kind: 'filtered' }
  | { kind: 'cached'; words: number }
  /** it ended at the token limit, after so many tokens, if the provider counts them */
  | { kind: 'at-limit'; tokens: number | null; ms: number }
  | { kind: 'empty' }
  | { kind: 'done'; words: number; ms: number };

/** The status of a run, by its record and by whether its experiment goes on or is played back. */
export function statusOf(
  record: RunRecord,
  { running, playback }: Pick<Experiment, 'running' | 'playback'>,
): RunStatus {
  if (record.status === 'queued') return { kind: running && !playback ? 'waiting' : 'not-run' };
  if (record.status === 'running' && playback) return { kind: 'played-back', words: wordsOf(record) };
  if (record.status === 'running') return statusOfRunning(record);
  return record.status === 'failed' ? { kind: 'failed', code: record.error.code } : statusOfEnded(record);
}

function statusOfRunning(record: RunningRun): RunStatus {
  const { text, reasoning, wait, streamed } = record;
  if (text !== '') return { kind: 'streaming', words: wordsOf(record) };
  if (reasoning) return { kind: 'reasoning', words: countWords(splitWords(reasoning)) };
  if (wait) return { kind: 'sent-again', ...wait };
  return { kind: streamed === false ? 'awaiting-whole' : 'connecting' };
}

function statusOfEnded(record: EndedRun): RunStatus {
  const { text, finish, usage } = record;
  const ms = record.timing.totalMs;
  if (finish === 'aborted') return { kind: 'stopped', words: text === '' ? null : wordsOf(record) };
  if (finish === 'refusal') return { kind: 'refused' };
  if (finish === 'content_filter') return { kind: 'filtered' };
  if (record.cached) return { kind: 'cached', words: wordsOf(record) };
  if (finish === 'length') return { kind: 'at-limit', tokens: usage?.completion_tokens ?? null, ms };
  return text === '' ? { kind: 'empty' } : { kind: 'done', words: wordsOf(record), ms };
}

const wordsOf = ({ text }: RunRecord): number => countWords(splitWords(text));
