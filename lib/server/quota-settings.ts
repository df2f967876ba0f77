import { z } from 'zod';

/** How much of each may be used in some time. */
export type Amounts = { experiments: number; runs: number; tokens: number; 'seedling-tokens': number; bytes: number };

/** What one visitor, or all at one address, may use. */
export type Share = {
  hour: Amounts;
  day: Amounts;
  /** runs under way or waiting */
  runsAtOnce: number;
  /** streams of events that are open */
  eventStreams: number;
};

export type Quotas = {
  visitor: Share;
  address: Share;
  /** what calls with the operator's keys may use in a day, all together */
  tokensPerDay: number;
};

const MiB = 1024 * 1024;

/**
 * What may be used unless the operator says otherwise, where others may come. A visitor can run the largest experiment of a built-in model a few
 * times. An address is a class of thirty, each with ten experiments of ten runs in a lesson, several times over.
 */
export const usualQuotas: Quotas = {
  visitor: {
    hour: { experiments: 200, runs: 5000, tokens: 1_000_000, 'seedling-tokens': 10_000_000, bytes: 512 * MiB },
    day: { experiments: 1000, runs: 20_000, tokens: 2_000_000, 'seedling-tokens': 50_000_000, bytes: 1024 * MiB },
    runsAtOnce: 2000,
    eventStreams: 50,
  },
  address: {
    hour: { experiments: 4000, runs: 50_000, tokens: 3_000_000, 'seedling-tokens': 100_000_000, bytes: 2048 * MiB },
    day: { experiments: 20_000, runs: 200_000, tokens: 5_000_000, 'seedling-tokens': 500_000_000, bytes: 8192 * MiB },
    runsAtOnce: 10_000,
    eventStreams: 500,
  },
  tokensPerDay: 5_000_000,
};

/** The same where nobody but the operator can come, whose tokens they are. */
export const loopbackQuotas: Quotas = {
  visitor: withTokens(usualQuotas.visitor, 50_000_000),
  address: withTokens(usualQuotas.address, 50_000_000),
  tokensPerDay: 100_000_000,
};

function withTokens({ hour, day, ...rest }: Share, tokens: number): Share {
  return { ...rest, hour: { ...hour, tokens }, day: { ...day, tokens: 2 * tokens } };
}

const whole = z.int().min(0).max(1e12);
const amounts = z.strictObject({
  experiments: whole.optional(),
  runs: whole.optional(),
  tokens: whole.optional(),
  seedlingTokens: whole.optional(),
  storedMiB: whole.optional(),
});
const share = z.strictObject({
  hour: amounts.optional(),
  day: amounts.optional(),
  runsAtOnce: whole.optional(),
  eventStreams: whole.optional(),
});

/** `limits` of the configuration: what it leaves out is as usual. */
export const quotaSettings = (usual: Quotas) =>
  z.strictObject({ visitor: share.optional(), address: share.optional(), tokensPerDay: whole.optional() }).transform(
    ({ visitor, address, tokensPerDay }): Quotas => ({
      visitor: shareOf(usual.visitor, visitor),
      address: shareOf(usual.address, address),
      tokensPerDay: tokensPerDay ?? usual.tokensPerDay,
    }),
  );

const shareOf = (usual: Share, given: z.infer<typeof share> = {}): Share => ({
  hour: amountsOf(usual.hour, given.hour),
  day: amountsOf(usual.day, given.day),
  runsAtOnce: given.runsAtOnce ?? usual.runsAtOnce,
  eventStreams: given.eventStreams ?? usual.eventStreams,
});

const amountsOf = (usual: Amounts, given: z.infer<typeof amounts> = {}): Amounts => ({
  experiments: given.experiments ?? usual.experiments,
  runs: given.runs ?? usual.runs,
  tokens: given.tokens ?? usual.tokens,
  'seedling-tokens': given.seedlingTokens ?? usual['seedling-tokens'],
  bytes: given.storedMiB === undefined ? usual.bytes : given.storedMiB * MiB,
});
