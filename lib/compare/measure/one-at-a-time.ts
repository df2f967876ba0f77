import { urlOf } from '@/lib/run/events';
import type { EndedRun, RunRecord } from '@/lib/run/record';

/** Fewer runs than these may come one after the other by chance. */
const fewest = 3;
/** Answers may overlap by this share of the shorter one: clocks and networks are not exact. */
const tolerance = 0.1;
/** The share of the time that the answers must fill. What comes in a moment never overlaps, whoever sends it. */
const busy = 0.5;

/** When a run was sent, when its text began, and when it ended, in milliseconds since its experiment began. */
type Span = { sent: number; first: number; end: number };

/**
 * The servers, by address, that answered one run at a time though they had all runs: each text began when the one before it had
 * ended, and its run had been sent long before.
 *
 *     sent  0 ·▓▓▓         sent  0 ·▓▓▓
 *           0 ····▓▓▓            0 ··▓▓▓
 *           0 ·······▓▓▓         0 ·▓▓▓▓
 *     one at a time        together
 */
export function answeringOneAtATime(runs: readonly RunRecord[]): string[] {
  const ended = runs.filter(
    (run): run is EndedRun => run.status === 'ended' && run.finish !== 'aborted' && !run.cached,
  );
  const byAddress = Map.groupBy(ended, ({ endpoint }) => (endpoint ? urlOf(endpoint) : null));
  return [...byAddress].flatMap(([address, those]) => {
    const spans = those.flatMap(spanOf).toSorted((a, b) => a.first - b.first);
    return address !== null && spans.length === those.length && isOneAtATime(spans) ? [address] : [];
  });
}

/** None of a run that was sent again, since its times count from when it was sent last. */
function spanOf({ attempts, timing: { queuedMs, firstTextMs, totalMs } }: EndedRun): Span[] {
  return firstTextMs === null || attempts !== 1
    ? []
    : [{ sent: queuedMs, first: queuedMs + firstTextMs, end: queuedMs + totalMs }];
}

function isOneAtATime(spans: readonly Span[]): boolean {
  const [earliest, latest] = [spans[0], spans.at(-1)];
  if (!earliest || !latest || spans.length < fewest) return false;
  const inTurn = spans.slice(1).every((span, at) => {
    const before = spans[at] ?? span;
    const shorter = Math.min(span.end - span.first, before.end - before.first);
    return span.sent < before.first && span.first >= before.end - tolerance * shorter;
  });
  const answering = spans.reduce((sum, { first, end }) => sum + end - first, 0);
  return inTurn && answering >= busy * (latest.end - earliest.first);
}
