/**
 * How many cases a property test draws: all of them with FULL_DRAWS=1 in the environment, else a tenth, but 50 at least.
 * Seeds are fixed, so the tenth is always the same, and whoever sees a failure sees it again.
 */
export const cases = (all: number): number =>
  process.env.FULL_DRAWS ? all : Math.min(all, Math.max(50, Math.ceil(all / 10)));
