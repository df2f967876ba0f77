import type { CacheVerified } from '@/lib/gate/cache';
import { counted, sentences } from './english';
import { sayInterval } from './gate';
import { sayPercent } from './numbers';

/** Whether cached texts would still come: "38 of 40 cached texts came again: 83–99.3 %, and 90 % are wanted. …" */
export function sayCacheVerified({
  outcome,
  asked,
  compared,
  matching,
  interval,
  wanted,
  enough,
}: CacheVerified): string {
  const failed = asked - compared;
  const without = failed > 0 ? `${counted(failed, 'call')} gave no text that counts.` : '';
  if (outcome === 'not-judged') return sentences('Nothing can be told.', without);
  const met = `${matching} of ${counted(compared, 'cached text')} came again: ${sayInterval(interval)}, and ${sayPercent(wanted)} are wanted.`;
  const few = `Too few to tell: ${enough} would do if all of them came.`;
  const tells = {
    holds: 'The cache says what the model would still say.',
    fails: 'The cache does not say what the model would say now.',
    undecided: compared < enough ? few : 'Too close to tell: a larger sample would narrow the range.',
  }[outcome];
  return sentences(met, tells, without);
}

/** How many of one request's cached texts came again: "2 of 3 came again". */
export const sayCameAgain = ({ asked, compared, matching }: CacheVerified['requests'][number]): string =>
  compared === 0 ? `${asked} asked, without a text that counts` : `${matching} of ${compared} came again`;
