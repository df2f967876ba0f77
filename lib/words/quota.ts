import type { Quota } from '@/lib/api/quotas';
import { counted, plural, sentences } from './english';
import { sayNumber, saySize } from './numbers';

/** Why something may not be begun: the limit, what is left of it, and when to come back. */
export function sayExceeded(quota: Quota, asked: number): string {
  const { left, limit, seconds } = quota;
  const room =
    left === 0
      ? 'None are left.'
      : `This asks for ${sayAmount(quota, asked)}, and ${sayAmount(quota, left)} ${are(quota)} left.`;
  return sentences(sayQuota(quota), room, asked > limit ? 'Ask for less.' : sayWhen(seconds));
}

/** "One visitor may make 5,000 runs an hour." */
export const sayQuota = (quota: Quota): string =>
  `${who[quota.of]} may ${verbs[quota.what]} ${sayAmount(quota, quota.limit)} ${spans[quota.per]}${quota.of === 'everybody' ? ` ${byKey}` : ''}.`;

/** What is left before anything is refused: "400 of 5,000 runs an hour are left." */
export function sayLeft(quota: Quota): string {
  const { left, limit, of, what, per } = quota;
  const [some, all] = what === 'bytes' ? [saySize(left), saySize(limit)] : [sayNumber(left), sayNumber(limit)];
  return `${some} of ${all} ${nouns[what]} ${spans[per]} ${are(quota)} left${whose[of]}.`;
}

/** "Try again in 23 minutes." */
export function sayWhen(seconds: number | null): string {
  if (seconds === null) return 'Try again when some have ended.';
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 2) return `Try again in ${counted(seconds, 'second')}.`;
  return `Try again in ${minutes < 120 ? counted(minutes, 'minute') : counted(Math.ceil(minutes / 60), 'hour')}.`;
}

const byKey = 'with this server’s key';
const who = { visitor: 'One visitor', address: 'One network address', everybody: 'All visitors together' };
const whose = { visitor: '', address: ' to your network address', everybody: ` to all visitors together, ${byKey}` };
const spans = { hour: 'an hour', day: 'a day', 'at-once': 'at once' };
const verbs = { experiments: 'begin', runs: 'make', tokens: 'use', 'seedling-tokens': 'use', bytes: 'store' };
const nouns = {
  ...{ experiments: 'experiments', runs: 'runs', tokens: 'tokens' },
  ...{ 'seedling-tokens': 'tokens of built-in models', bytes: 'of storage' },
};

function sayAmount({ what }: Quota, amount: number): string {
  switch (what) {
    case 'experiments':
      return `${sayNumber(amount)} ${plural(amount, 'experiment')}`;
    case 'runs':
      return `${sayNumber(amount)} ${plural(amount, 'run')}`;
    case 'tokens':
      return `${sayNumber(amount)} ${plural(amount, 'token')}`;
    case 'seedling-tokens':
      return `${sayNumber(amount)} ${plural(amount, 'token')} of built-in models`;
    case 'bytes':
      return saySize(amount);
  }
}

const are = ({ what, left }: Quota): string => (what === 'bytes' || left === 1 ? 'is' : 'are');
