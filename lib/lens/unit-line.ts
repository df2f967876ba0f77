import type { Draw, Option } from './moment';

/**
 * Shares (0 to 1) laid end to end on the unit line, in their order: where each begins and ends.
 *
 *     [0.5, 0.25, 0.25]  →  0–0.5 · 0.5–0.75 · 0.75–1
 */
export function endToEnd(shares: readonly number[]): Pick<Draw, 'from' | 'to'>[] {
  let to = 0;
  return shares.map((share) => {
    const from = to;
    to += share;
    return { from, to };
  });
}

/** A stretch [from, to) of the unit line and the token that has it; null where it belongs to no listed option. */
export type LineSegment = { token: string | null; from: number; to: number };

/**
 * The unit line from 0 to 1, cut into the options' chances in their order, each stretch beginning where the one before it
 * ends. An option that was drawn far down the line
 * keeps its own segment, and the stretch before it belongs to tokens that are not listed. `draws` are segments that are
 * known, by token.
 *
 *     'a' 0.5, 'b' 0.25, 'z' 0.01 drawn in [0.9, 0.91)  →  a 0–0.5 · b 0.5–0.75 · others 0.75–0.9 · z 0.9–0.91 · others 0.91–1
 */
export function unitLine(
  options: readonly Pick<Option, 'token' | 'chance'>[],
  draws: readonly (Pick<Draw, 'from' | 'to'> & { token: string })[],
): LineSegment[] {
  const known = new Map(draws.map((draw) => [draw.token, draw]));
  const line: LineSegment[] = [];
  let reached = 0;
  const placed = options
    .filter(({ chance }) => (chance ?? 0) > 0)
    .map(({ token, chance }) => {
      const { from, to } = known.get(token) ?? { from: reached, to: reached + (chance ?? 0) };
      reached = Math.max(reached, to);
      return { token, from, to };
    })
    .sort((a, b) => a.from - b.from);
  let at = 0;
  for (const { token, from, to } of placed) {
    const start = from - at > rounding ? from : at;
    if (start > at) line.push({ token: null, from: at, to: start });
    at = Math.max(start, to);
    line.push({ token, from: start, to: at });
  }
  const last = line.at(-1);
  if (last && 1 - at <= rounding) last.to = 1;
  else line.push({ token: null, from: at, to: 1 });
  return line;
}

/** Sums of chances differ by less than this from what they should be. */
const rounding = 1e-9;
