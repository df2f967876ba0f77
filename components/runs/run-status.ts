import { countWords, splitWords } from '@/lib/compare/align/words';
import { problemName } from '@/lib/run/problem-name';
import type { RunRecord } from '@/lib/run/record';

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** "1.8 s"; below a tenth of a second, "40 ms". */
export const sayDuration = (ms: number): string => (ms < 100 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** A run's status in words (field/ux.md 3.5). */
export function sayStatus(record: RunRecord, experimentRunning: boolean): string {
  const words = plural(countWords(splitWords(record.text)), 'word');
  if (record.status === 'queued') return experimentRunning ? 'Waiting for its turn' : 'Not run';
  if (record.status === 'running') return record.text === '' ? 'Connecting' : `Streaming, ${words}`;
  if (record.status === 'failed') return `Failed: ${problemName(record.error)}`;
  const time = sayDuration(record.timing.totalMs);
  if (record.finish === 'aborted') return record.text === '' ? 'Stopped before any text' : `Stopped by you at ${words}`;
  if (record.finish === 'refusal') return 'Declined by the model';
  if (record.finish === 'content_filter') return 'Withheld by a content filter';
  if (record.cached) return `Answered from a cache, ${words}`;
  if (record.finish === 'length') return `Cut at ${tokenLimit(record)}, ${time}`;
  return record.text === '' ? 'Done, but no text' : `Done, ${words}, ${time}`;
}

const tokenLimit = (record: RunRecord & { status: 'ended' }): string =>
  record.usage ? plural(record.usage.completion_tokens, 'token') : 'the token limit';
