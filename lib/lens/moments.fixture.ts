import type { TracedRun } from './across-runs';
import type { Moment } from './moment';

/** A moment with its options as `[token, probability, chance]`; without a chance the settings changed nothing. */
export const aMoment = (
  token: string,
  options: [token: string, probability: number, chance?: number][] = [],
  change: Partial<Moment> = {},
): Moment => ({
  token,
  from: 0,
  to: token.length,
  truth: 'exact',
  options: options.map(([name, probability, chance = probability]) => ({ token: name, probability, chance })),
  rest: { tokens: 0, probability: 0, chance: 0 },
  draw: null,
  given: false,
  ...change,
});

export const aTracedRun = (run: number, ...moments: Moment[]): TracedRun => ({
  run,
  text: moments.map(({ token }) => token).join(''),
  moments,
});
