import { canonicalJson } from '@/lib/recipe/canonical';
import { armRequest } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { entriesOf } from '@/lib/run/exchange';
import type { OverRun } from '@/lib/run/record';

/** How what was sent for one run stands to what was sent for the others. */
export type SharedRequest = {
  /** the runs for which the very same was sent, itself among them */
  same: number[];
  /** all runs of which it is known what was sent */
  known: number[];
  /** what is not the same in all of these: keys of the body, and whether the addresses are */
  differing: { keys: string[]; url: boolean };
};

/** What a request shares with those of other runs; null if it is not known what was sent for this run. */
export function sharedRequest(recipe: Recipe, runs: readonly OverRun[], run: number): SharedRequest | null {
  const messages = (recipe.arms ?? [{}]).map((_, arm) => canonicalJson(armRequest(recipe, arm).messages));
  const sent = runs.flatMap(({ run, arm, exchange }) =>
    exchange
      ? [{ run, url: exchange.request.url, body: exchange.request.body ?? '', messages: messages[arm] ?? '' }]
      : [],
  );
  const groups = Map.groupBy(sent, ({ url, body, messages }) => JSON.stringify([url, body, messages]));
  const own = [...groups.values()].find((those) => those.some((each) => each.run === run));
  if (!own) return null;
  const distinct = [...groups.values()].flatMap((those) => those.slice(0, 1));
  return {
    same: own.map((each) => each.run),
    known: sent.map((each) => each.run),
    differing: { keys: differingKeys(distinct), url: new Set(distinct.map(({ url }) => url)).size > 1 },
  };
}

/** The keys whose entries are not the same in all bodies; the recipe's messages were left out of these. */
function differingKeys(sent: readonly { body: string; messages: string }[]): string[] {
  const bodies = sent.map(
    ({ body, messages }) =>
      new Map(entriesOf(body).map(({ key, text }) => [key, key === 'messages' ? `${text}${messages}` : text])),
  );
  const keys = new Set(bodies.flatMap((body) => [...body.keys()]));
  return [...keys].filter((key) => new Set(bodies.map((body) => body.get(key))).size > 1);
}
