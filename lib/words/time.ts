/** "1.8 s"; below a tenth of a second, "40 ms". */
export const sayDuration = (ms: number): string => (ms < 100 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** "2026-11-22 17:20 UTC" of an ISO 8601 time in UTC. */
export const sayMinute = (time: string): string => `${time.slice(0, 16).replace('T', ' ')} UTC`;

// biome-ignore format: a table
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The day of an ISO 8601 time in UTC: `sayDay('2026-03-03T23:59:59Z')` is "3 Mar 2026". Written by hand: what Intl
 * calls September depends on its edition. Anything else comes back as it is.
 */
export function sayDay(time: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)T/.exec(time) ?? [];
  const name = months[Number(month) - 1];
  return year && name && day ? `${Number(day)} ${name} ${year}` : time;
}

/** "3 Mar 2026, 23:59 UTC" of an ISO 8601 time in UTC. */
export const sayDayAndMinute = (time: string): string => `${sayDay(time)}, ${time.slice(11, 16)} UTC`;
