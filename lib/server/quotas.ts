import type { Quota, QuotasResponse } from '@/lib/api/quotas';
import { jsonResponse } from '@/lib/http/json-response';
import type { Problem } from '@/lib/http/problem';
import { armProvider, armRequests, plan, tokenLimitOf } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { ok, type Result } from '@/lib/result';
import { isOver, type OverRun, type RunRecord } from '@/lib/run/record';
import type { Spent, Use } from '@/lib/store/store';
import { metrics } from '@/lib/telemetry/metrics';
import { sayExceeded } from '@/lib/words/quota';
import { addressHeader, addressOf, hashAddress } from './address';
import type { TokenCounter } from './allowance';
import { leaseMs } from './hub';
import type { ProviderOf } from './live-experiment';
import type { Amounts, Share } from './quota-settings';
import { services } from './services';
import { signedOwner } from './visitor';
import { weightOf } from './weight';

/*
 * How much a visitor, all at one address, and all together may use. It is counted in the store, so that instances agree, before
 * anything is begun: as much as it may come to. What it came to is counted instead once it is over.
 */

/** What something uses. `keyed` are those tokens that are the operator's to pay for. */
export type Cost = Amounts & { keyed: number };

/** What has been counted, to be counted anew once it is known what it came to. */
export type Counted = readonly (Use & { quota: Omit<Quota, 'left' | 'seconds'>; cost: keyof Cost })[];

const nothing: Cost = { experiments: 0, runs: 0, tokens: 0, 'seedling-tokens': 0, bytes: 0, keyed: 0 };
const windows = { hour: 3_600_000, day: 86_400_000 } as const;
const resources = ['experiments', 'runs', 'tokens', 'seedling-tokens', 'bytes'] as const;

/** Counted for a call whose recipe does not limit how much is written. */
const usualTokens = 1024;
/** About as many characters are one token. */
const charactersPerToken = 4;

/** What an experiment may come to. */
export const costOf = (recipe: Recipe, providerOf: ProviderOf): Cost =>
  sumOf([costOfKeeping(recipe), costOfRuns(recipe, providerOf, plan(recipe))]);

/** What it came to, as far as its runs are over. */
export const costWhenOver = (recipe: Recipe, providerOf: ProviderOf, runs: readonly RunRecord[]): Cost =>
  sumOf([costOfKeeping(recipe), costOfOver(recipe, providerOf, runs)]);

const costOfKeeping = (recipe: Recipe): Cost => ({ ...nothing, experiments: 1, bytes: JSON.stringify(recipe).length });

/** What some runs of a recipe may come to. */
export function costOfRuns(recipe: Recipe, providerOf: ProviderOf, runs: readonly { arm: number }[]): Cost {
  const byArm = Map.groupBy(runs, ({ arm }) => arm);
  const parts = armRequests(recipe).map((request, arm): Cost => {
    const count = byArm.get(arm)?.length ?? 0;
    const each = promptTokens(request.messages) + (tokenLimitOf(request) ?? usualTokens);
    return { ...nothing, ...tokensOf(recipe, providerOf, arm, count * each), runs: count };
  });
  return sumOf(parts);
}

/** What those of some runs came to that are over. */
export function costOfOver(recipe: Recipe, providerOf: ProviderOf, runs: readonly RunRecord[]): Cost {
  const requests = armRequests(recipe);
  const parts = runs.filter(isOver).map((run): Cost => {
    const { text, reasoning = '', arm } = run;
    const said = Math.ceil((text.length + reasoning.length) / charactersPerToken);
    const sent = wasSent(run) ? promptTokens(requests[arm]?.messages ?? []) : 0;
    const tokens = totalOf(run) ?? sent + said;
    return { ...nothing, ...tokensOf(recipe, providerOf, arm, tokens), runs: 1, bytes: weightOf([run]) };
  });
  return sumOf(parts);
}

/** What its provider says that a run used. A failed one may have been billed all the same, but does not say so. */
const totalOf = (run: OverRun): number | undefined => (run.status === 'ended' ? run.usage?.total_tokens : undefined);

/** What was stopped while it waited for its turn was never sent. */
const wasSent = ({ attempts }: OverRun): boolean => attempts !== 0;

/** Whoever brings a key pays for their tokens, and has them without a limit. */
function tokensOf(recipe: Recipe, providerOf: ProviderOf, arm: number, amount: number): Partial<Cost> {
  const entry = services().providers.get(armProvider(recipe, arm));
  if (entry?.free) return { 'seedling-tokens': amount };
  if (providerOf(arm).key === 'visitor') return {};
  return { tokens: amount, keyed: entry?.keyed ? amount : 0 };
}

const promptTokens = (messages: readonly { content: string }[]): number =>
  messages.reduce((sum, { content }) => sum + Math.ceil(content.length / charactersPerToken), 0);

const sumOf = (costs: readonly Cost[]): Cost =>
  costs.reduce((sum, each) => {
    const add = (what: keyof Cost) => sum[what] + each[what];
    return {
      ...{ experiments: add('experiments'), runs: add('runs'), tokens: add('tokens') },
      ...{ 'seedling-tokens': add('seedling-tokens'), bytes: add('bytes'), keyed: add('keyed') },
    };
  }, nothing);

/** What a file that is brought here uses. */
export const costOfImport = (bytes: number): Cost => ({ ...nothing, experiments: 1, bytes });

/** What came of something that was begun, and what has been counted for it. */
export type Begun<T> = { value: T; counted: Counted };

/** Counts what something may come to; resolves to why there is no room for it, or null if there is. */
export type Afford = () => Promise<Problem | null>;

/**
 * Begins something that will be kept under this id, if what it may come to is left to whoever asks: `begin` has that counted once nothing
 * else is in the way. If nothing comes of it, nothing is counted. Throws StoreError, and what `begin` throws.
 */
export async function beginWithin<T>(
  { request, owner, id }: { request: Request; owner: string; id: string },
  cost: Cost,
  begin: (afford: Afford) => Promise<Result<T, Problem>>,
): Promise<Result<Begun<T>, Problem>> {
  let counted: Counted = [];
  const afford = async (): Promise<Problem | null> => {
    const now = Date.now();
    const counters = await countersOf(request, owner, id, now);
    const uses = counters.map((use) => ({ ...use, amount: cost[use.cost] })).filter(({ amount }) => amount > 0);
    const exceeded = await services().store.spend(uses, now);
    const use = exceeded && uses.find(({ counter }) => counter === exceeded.use.counter);
    if (use) return tooMuch(use, exceeded.spent, now);
    counted = uses;
    return null;
  };
  const begun = await begin(afford).catch(async (error: unknown) => {
    await change(counted, () => 0);
    throw error;
  });
  if (!begun.ok) await change(counted, () => 0);
  return begun.ok ? ok({ value: begun.value, counted }) : begun;
}

/** Counts what something came to, in place of what it might have. What is at once has ended with its lease. */
export const settle = (counted: Counted, cost: Cost): Promise<void> =>
  change(counted, (use) => (use.quota.per === 'at-once' ? use.amount : cost[use.cost]));

/** Counts other amounts for what has been counted. A store that fails leaves them as they are. */
async function change(counted: Counted, to: (use: Counted[number]) => number): Promise<void> {
  const changes = counted.map((use) => ({ ...use, amount: to(use) - use.amount }));
  const all = changes
    .filter(({ amount }) => amount !== 0)
    .map(({ counter, entry, amount }) => ({ counter, entry, amount }));
  if (all.length > 0)
    await services()
      .store.settle(all)
      .catch(() => undefined);
}

function tooMuch(use: Counted[number], { amount, until }: Spent, now: number): Problem {
  const quota = stateOf(use, amount, until, now);
  metrics().limitHit(`${quota.of} ${quota.what} ${quota.per}`);
  const message = sayExceeded(quota, use.amount);
  const problem = { status: 429, code: 'limit_reached', message };
  return use.amount > use.limit ? problem : { ...problem, retryAfter: quota.seconds ?? 10 };
}

/** By what tokens of built-in models are counted that are asked for at /v1. The playground's own requests are counted as experiments. */
export async function seedlingCounters(request: Request, now: number): Promise<TokenCounter[]> {
  if (addressOf(request) === null) return [];
  const counters = await countersOf(request, await signedOwner(request.headers.get('cookie')), '', now);
  return counters
    .filter(({ cost }) => cost === 'seedling-tokens')
    .map((use) => ({ ...use, refuse: (amount, spent) => tooMuch({ ...use, amount }, spent, now) }));
}

/** GET /api/quotas: what the caller may still use. */
export async function getQuotas(request: Request): Promise<Response> {
  const now = Date.now();
  const counters = await countersOf(request, await signedOwner(request.headers.get('cookie')), '', now);
  const spent = await services().store.spent(
    counters.map(({ counter }) => counter),
    now,
  );
  const quotas = counters.map((use) => {
    const { amount = 0, until = null } = spent.find(({ counter }) => counter === use.counter) ?? {};
    return stateOf(use, amount, until, now);
  });
  return jsonResponse<QuotasResponse>({ quotas });
}

const stateOf = ({ quota, limit }: Counted[number], amount: number, until: number | null, now: number): Quota => ({
  ...quota,
  left: Math.max(0, limit - amount),
  seconds: quota.per === 'at-once' || until === null ? null : Math.max(1, Math.ceil((until - now) / 1000)),
});

/** Every counter that a request of this visitor's is counted by, with nothing to be added. */
async function countersOf(request: Request, owner: string | null, id: string, now: number): Promise<Counted> {
  const { quotas } = services();
  const address = request.headers.get(addressHeader);
  const day = windowOf('day', now);
  const everybody = { of: 'everybody', what: 'tokens', per: 'day', limit: quotas.tokensPerDay } as const;
  return [
    ...(owner === null ? [] : sharesOf('visitor', quotas.visitor, owner, id, now)),
    ...(address === null
      ? []
      : sharesOf('address', quotas.address, hashAddress(address, await services().cookieKey()), id, now)),
    { counter: 'everybody tokens day', ...day, limit: quotas.tokensPerDay, amount: 0, quota: everybody, cost: 'keyed' },
  ];
}

function sharesOf(of: 'visitor' | 'address', share: Share, whose: string, id: string, now: number): Counted {
  const timed = (['hour', 'day'] as const).flatMap((per) =>
    resources.map((what) => {
      const quota = { of, what, per, limit: share[per][what] };
      const counter = `${of} ${whose} ${what} ${per}`;
      return { counter, ...windowOf(per, now), limit: quota.limit, amount: 0, quota, cost: what };
    }),
  );
  const atOnce = { of, what: 'runs', per: 'at-once', limit: share.runsAtOnce } as const;
  const counter = `${of} ${whose} runs at-once`;
  const underWay = { counter, entry: id, until: now + leaseMs, limit: atOnce.limit, amount: 0, quota: atOnce };
  return [...timed, { ...underWay, cost: 'runs' }];
}

/** The hour or day, as the clock has it, that a moment belongs to. */
function windowOf(per: keyof typeof windows, now: number): Pick<Use, 'entry' | 'until'> {
  const number = Math.floor(now / windows[per]);
  return { entry: `${per} ${number}`, until: (number + 1) * windows[per] };
}
