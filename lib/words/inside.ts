import type { HeadChoice, HeadLook } from '@/lib/lens/inside';
import { sayNumber, sayWidth } from './numbers';
import { tokenName } from './token';

/** 'all heads', 'the heads of layer 2', 'head 3 of layer 2' */
export function sayHeads({ layer, head }: HeadChoice): string {
  if (layer === null) return 'all heads';
  return head === null ? `the heads of layer ${layer + 1}` : `head ${head + 1} of layer ${layer + 1}`;
}

/** Whose look is shown, and how much of it rests on the first mark. */
export function sayHeadLook(choice: HeadChoice, { first }: HeadLook): string {
  const single = choice.head !== null;
  const who = single ? 'This head' : 'On average these heads';
  return `${who} left ${sayShare(first)} on the first mark, where heads rest that find nothing to look for.`;
}

/** A share of a look: '“spring”: 21.6 %'. */
export const sayLookedAt = (token: string, weight: number): string => `${lookedAtName(token)}: ${sayShare(weight)}`;

/** A token that was looked at, by name: marks by the role that they begin. */
export function lookedAtName(token: string): string {
  const role = roleOfMark(token);
  return role === null ? tokenName(token) : `the mark “${role}”`;
}

/** What a mark stands for; null of any other token. */
export const roleOfMark = (token: string): string | null => /^<\|(\w+)\|>$/.exec(token)?.[1] ?? null;

/** A share of 1 in per cent; 'under 0.1 %' of what is too small to be seen. */
export const sayShare = (share: number): string => sayWidth([{ from: 0, to: share }]);

/** '1st', '2nd', '3rd', '4th', '11th', '1,694th' */
export function sayRank(rank: number): string {
  const teen = rank % 100 > 10 && rank % 100 < 14;
  const ending = teen ? undefined : ['th', 'st', 'nd', 'rd'][rank % 10];
  return `${sayNumber(rank)}${ending ?? 'th'}`;
}

/** From which layer on a token was the likeliest for good, or where it stood in the end; by layer, its ranks. */
export function sayGrowth(came: string, ranks: readonly number[]): string {
  const name = came === '' ? 'ending' : tokenName(came);
  const before = ranks.findLastIndex((rank) => rank > 1);
  if (before === ranks.length - 1) return `After the last layer ${name} stood ${sayRank(ranks.at(-1) ?? 0)}.`;
  if (before === -1) return `From the first layer on ${name} was the likeliest.`;
  if (ranks.indexOf(1) < before) return `From layer ${before + 2} on ${name} was the likeliest again.`;
  if (before === ranks.length - 2 && before > 0) return `Only after the last layer ${name} was the likeliest.`;
  return `From layer ${before + 2} on ${name} was the likeliest.`;
}
