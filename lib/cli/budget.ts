import { armRequests, plan } from '@/lib/recipe/plan';
import type { ChatRequest, Recipe } from '@/lib/recipe/recipe';
import { BadUse } from './command';

/** What a message costs besides its text: role and separators; three or four tokens with the formats that are published. */
const tokensOfMessage = 8;

/**
 * The most tokens that a recipe can use, prompts and answers together; null if its answers are not limited. A text has at most
 * as many tokens as bytes, since the tokens of every common tokenizer stand for a byte at least.
 */
function mostTokens(recipe: Recipe): number | null {
  const [request] = armRequests(recipe);
  const most = request?.max_completion_tokens ?? request?.max_tokens;
  return request && most !== undefined ? plan(recipe).length * (promptTokens(request) + most) : null;
}

const promptTokens = ({ messages }: ChatRequest): number =>
  messages.reduce((sum, { content }) => sum + Buffer.byteLength(content) + tokensOfMessage, 0);

/** Throws BadUse if recipes could together use more tokens than the budget, or if nobody can tell. */
export function assertAffordable(recipes: readonly Recipe[], budget: number | undefined): void {
  if (budget === undefined) return;
  const tokens = recipes.map(mostTokens);
  if (tokens.includes(null))
    throw new BadUse('With --budget every case needs max_completion_tokens: otherwise nobody knows what it may use.');
  const most = tokens.reduce((sum: number, each) => sum + (each ?? 0), 0);
  if (most > budget)
    throw new BadUse(`Up to ${most} tokens could be used, more than the budget of ${budget}. Nothing was sent.`);
}
