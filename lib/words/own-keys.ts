import type { OwnKeyFault } from '@/lib/api/read-own-keys';
import { counted } from './english';
import { sayNumber } from './numbers';

/** Why a key cannot be used. */
export function ownKeyFaultSentence(fault: OwnKeyFault): string {
  switch (fault.kind) {
    case 'not-ascii':
      return 'A key has no spaces and no letters beyond A to Z: copy it again.';
    case 'too-short':
      return `A key has at least ${fault.min} letters and digits. A shorter one could not be told from other text and kept out of it.`;
    case 'too-plain':
      return `A key has at least ${fault.min} different letters and digits.`;
    case 'too-long':
      return `A key has at most ${fault.max} characters.`;
  }
}

/** The most that calls with the visitor's key can come to: "5 calls with your key, at most 700 tokens sent and 300 written, $0.0021". */
export function sayOwnKeyBound({
  calls,
  sent,
  written,
  dollars,
}: {
  calls: number;
  sent: number;
  written: number | null;
  dollars: number | null;
}): string {
  const tokens = `at most ${sayNumber(sent)} tokens sent and ${written === null ? 'any number' : sayNumber(written)} written`;
  const price = dollars === null ? '' : `, ${sayDollars(dollars)} at the listed prices`;
  return `${counted(calls, 'call')} with your key, ${tokens}${price}`;
}

/** Dollars, two digits of them that say something, rounded up: 0.00203 is "$0.0021". */
function sayDollars(value: number): string {
  if (value === 0) return '$0';
  const digits = value >= 1 ? 2 : 1 - Math.floor(Math.log10(value));
  // What is a whole number of the last digit but for the error of its arithmetic is not rounded up.
  const rounded = Math.ceil(value * 10 ** digits - 1e-6) / 10 ** digits;
  return `$${rounded.toFixed(digits)}`;
}
