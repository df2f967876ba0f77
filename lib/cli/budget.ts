import type { Prices } from '@/lib/gate/suite';
import { armRequests, tokenLimitOf } from '@/lib/recipe/plan';
import { builtInProvider, type ChatRequest, type Recipe } from '@/lib/recipe/recipe';
import { listed } from '@/lib/words/english';
import { sayNumber } from '@/lib/words/numbers';
import { BadUse, type Option, type Typed } from './command';

export const budgetOption: Option = {
  value: 'MOST',
  about: 'send nothing if more could be used: 20000tok, or 0.50usd by the prices in the suite',
};

/** The most that may be used. */
type Budget = { amount: number; unit: 'tok' | 'usd' };

/** What a message costs besides its text: role and separators; three or four tokens with the formats that are published. */
const tokensOfMessage = 8;

/** Prices are for so many tokens, as services list them. */
const million = 1_000_000;

/** A recipe, and how many calls are to be sent for it. */
type Sent = { recipe: Recipe; calls: number };

/** Tokens that a recipe can use: those of its prompts and those of its answers; null if its answers are not limited. */
function mostTokens({ recipe, calls }: Sent): { sent: number; written: number } | null {
  const [request] = armRequests(recipe);
  const most = request ? tokenLimitOf(request) : null;
  return request && most !== null ? { sent: calls * promptTokens(request), written: calls * most } : null;
}

/** A text has at most as many tokens as bytes, since the tokens of every common tokenizer stand for a byte at least. */
const promptTokens = ({ messages }: ChatRequest): number =>
  messages.reduce((sum, { content }) => sum + Buffer.byteLength(content) + tokensOfMessage, 0);

/**
 * Throws BadUse if recipes could together use more than the budget that was typed, or if nobody can tell. `prices` are those of the
 * suite; null where there is no suite.
 */
export function assertAffordable(typed: Typed, recipes: readonly Sent[], prices: Prices | null): void {
  const budget = readBudget(typed.get('budget'));
  if (budget === null) return;
  if (budget.unit === 'usd' && prices === null)
    throw new BadUse('What models cost stands in suites: give this budget in tokens.');
  const used = recipes.map((each) => ({ recipe: each.recipe, tokens: mostTokens(each) }));
  const costs = used.map(({ recipe, tokens }) => {
    if (tokens === null)
      throw new BadUse('With --budget every case needs max_completion_tokens: otherwise nobody knows what it may use.');
    return budget.unit === 'tok' ? tokens.sent + tokens.written : dollarsOf(recipe, tokens, prices ?? {});
  });
  const most = costs.reduce((sum, cost) => sum + cost, 0);
  if (most > budget.amount)
    throw new BadUse(
      `Up to ${sayAmount({ ...budget, amount: most })} could be used, more than the budget of ${sayAmount(budget)}. Nothing was sent.`,
    );
}

function readBudget(given: string | undefined): Budget | null {
  if (given === undefined) return null;
  const [, number, unit] = /^(\d+(?:\.\d+)?)(usd|tok)?$/i.exec(given) ?? [];
  const amount = Number(number);
  const isWhole = Number.isInteger(amount);
  if (number !== undefined && amount > 0 && (unit?.toLowerCase() === 'usd' || isWhole))
    return { amount, unit: unit?.toLowerCase() === 'usd' ? 'usd' : 'tok' };
  throw new BadUse(`--budget must be tokens or dollars, as 20000tok or 0.50usd, not "${given}".`);
}

/** What a recipe's tokens cost at the most. What runs inside the program costs nothing. */
function dollarsOf(recipe: Recipe, tokens: { sent: number; written: number }, prices: Prices): number {
  if (recipe.provider === builtInProvider) return 0;
  const models = [...new Set(armRequests(recipe).map(({ model }) => model))];
  const missing = models.filter((model) => !Object.hasOwn(prices, model));
  if (missing.length > 0)
    throw new BadUse(
      `What ${listed(missing)} costs is not known here: write it into the suite under prices, as { ${JSON.stringify(missing[0])}: { input: 1.25, output: 10 } }, in dollars for a million tokens; or give the budget in tokens.`,
    );
  const dearest = (of: 'input' | 'output') => Math.max(...models.map((model) => prices[model]?.[of] ?? 0));
  return (tokens.sent * dearest('input') + tokens.written * dearest('output')) / million;
}

/** Dollars are rounded up to a hundredth of a cent, so that what is too much looks so. */
const sayAmount = ({ amount, unit }: Budget): string =>
  unit === 'tok' ? `${sayNumber(amount)} tokens` : `$${(Math.ceil(amount * 1e4 - 1e-9) / 1e4).toFixed(4)}`;
