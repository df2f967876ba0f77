const grouped = new Intl.NumberFormat('en');

/** 20000 as "20,000" */
export const sayNumber = (value: number): string => grouped.format(value);

/** At most so many digits after the point: `sayRounded(0.5, 2)` is "0.5". */
export const sayRounded = (value: number, digits: number): string => String(Number(value.toFixed(digits)));

/** A share from 0 to 1 in per cent, at most one digit after the point: 0.4136 is "41.4 %". */
export const sayPercent = (share: number): string => `${sayRounded(100 * share, 1)} %`;

/** A share in whole per cent: 0.4136 is "41 %". What rounds to 0 or 100 without being it is "under 1 %" or "over 99 %". */
export function sayWholePercent(share: number): string {
  const percent = Math.round(share * 100);
  if (percent === 0 && share > 0) return 'under 1 %';
  return percent === 100 && share < 1 - 1e-9 ? 'over 99 %' : `${percent} %`;
}
