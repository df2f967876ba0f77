import type { LeftOut, LeftOutReason } from '@/lib/compare/measure/comparable';
import { capital, plural } from './english';
import { problemName } from './problem-name';
import { sayRuns } from './runs';

/** Why runs are left out of the comparison, in words that fit after "run 3", or after "runs 3, 4" where `count` is 2. */
export function sayReason(reason: LeftOutReason, count = 1): string {
  const was = plural(count, 'was', 'were');
  switch (reason.kind) {
    case 'failed':
      return `failed: ${problemName(reason.code)}.`;
    case 'unfinished':
      return `${plural(count, 'has', 'have')} not finished.`;
    case 'stopped':
      return `${was} stopped.`;
    case 'refused':
      return `${was} declined by the model.`;
    case 'filtered':
      return `${was} withheld by a content filter.`;
    case 'cached':
      return `${was} answered from a cache.`;
    case 'empty':
      return 'returned no text.';
    case 'only-reasoning':
      return 'reasoned, and gave no answer.';
    case 'other-finish':
      return `ended with ${reason.finish}.`;
  }
}

/** Runs that are left out, those of one reason together: "Run 3 failed: rate limit. Runs 4, 5 were stopped." */
export const sayLeftOut = (leftOut: readonly LeftOut[]): string =>
  [...Map.groupBy(leftOut, ({ reason }) => sayReason(reason)).values()]
    .map((those) => {
      const runs = sayRuns(those.map(({ run }) => run));
      return those[0] ? `${capital(runs)} ${sayReason(those[0].reason, those.length)}` : '';
    })
    .join(' ');
