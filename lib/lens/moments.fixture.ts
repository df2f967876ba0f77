import { aRequest } from '@/lib/run/records.fixture';
import type { TracedRun } from './across-runs';
import type { Moment } from './moment';
import type { Setting } from './setting';

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

/** A run under the same setting as others that are made so. */
export const aTracedRun = (run: number, ...moments: Moment[]): TracedRun => ({
  run,
  text: moments.map(({ token }) => token).join(''),
  setting: aSetting('as asked'),
  moments,
});

export const aSetting = (key: string, request: Partial<Setting['request']> = {}): Setting => ({
  key,
  request: aRequest(request),
  way: { backend: 'exact', parts: 1 },
});
