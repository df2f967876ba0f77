/** A whole number: 20000 as "20,000". Not by `Intl`, whose first use takes a phone 60 ms. */
export const sayNumber = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** At most so many digits after the point: `sayRounded(0.5, 2)` is "0.5". */
export const sayRounded = (value: number, digits: number): string => String(Number(value.toFixed(digits)));

/** Bytes as people say them: "340 bytes", "12 KiB", "9.8 MiB". */
export function saySize(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 ** 2 ? `${Math.round(bytes / 1024)} KiB` : `${sayRounded(bytes / 1024 ** 2, 1)} MiB`;
}

/** A share from 0 to 1 in per cent, at most one digit after the point: 0.4136 is "41.4 %". */
export const sayPercent = (share: number): string => `${sayRounded(100 * share, 1)} %`;

/** A share in whole per cent: 0.4136 is "41 %". What rounds to 0 or 100 without being it is "under 1 %" or "over 99 %". */
export function sayWholePercent(share: number): string {
  const percent = Math.round(share * 100);
  if (percent === 0 && share > 0) return 'under 1 %';
  return percent === 100 && share < 1 - 1e-9 ? 'over 99 %' : `${percent} %`;
}

/** A stretch [from, to) of the unit line, and the place u of a draw that fell into it: all from 0 to 1. */
type Stretch = { from: number; to: number };
type DrawnStretch = Stretch & { u: number };

/** Ends of stretches and draws have this many digits after the point, unless a draw needs more. */
const placeDigits = 3;
/** A double has no more digits that differ. */
const maxDigits = 15;

/** A place on the unit line: 0.43478 is "0.435"; its ends are "0" and "1". */
export const sayPlace = (place: number, digits = placeDigits): string =>
  place === 0 || place === 1 ? String(place) : place.toFixed(digits);

/**
 * How wide stretches of the unit line are together, in per cent: each from its start to its end as `sayPlace` says them. So
 * what a reader takes away and adds up comes out: stretches that lie end to end and cover the line make 100 %. What is too
 * thin to be seen so is "under 0.1 %", and counts as 0; what leaves too little to be seen is "over 99.9 %".
 *
 *     [{ from: 0.4348, to: 0.6481 }]  →  "21.3 %", as from 0.435 to 0.648
 */
export function sayWidth(stretches: readonly Stretch[], digits = placeDigits): string {
  const shown = (place: number) => Number(sayPlace(place, digits));
  const perCent = sayRounded(100 * sum(stretches, ({ from, to }) => shown(to) - shown(from)), digits - 2);
  const width = sum(stretches, ({ from, to }) => to - from);
  const smallest = 10 ** (2 - digits);
  if (perCent === '0' && width > 0) return `under ${smallest} %`;
  return perCent === '100' && width < 1 - 1e-9 ? `over ${sayRounded(100 - smallest, digits - 2)} %` : `${perCent} %`;
}

const sum = (stretches: readonly Stretch[], of: (stretch: Stretch) => number): number =>
  stretches.reduce((all, stretch) => all + of(stretch), 0);

/** The fewest digits, three at least, with which a draw lies in its stretch as both are shown. */
export function digitsFor(draw: DrawnStretch): number {
  let digits = placeDigits;
  while (digits < maxDigits && !isInside(draw, digits)) digits++;
  return digits;
}

function isInside({ u, from, to }: DrawnStretch, digits: number): boolean {
  const shown = (place: number) => Number(sayPlace(place, digits));
  return shown(from) <= shown(u) && shown(u) < shown(to);
}
