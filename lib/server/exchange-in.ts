import type { ExchangeResponse } from '@/lib/api/exchange';
import { sharedRequest } from '@/lib/compare/measure/shared-request';
import { toCurlCommand } from '@/lib/export/exchange';
import { armProvider, armRequest } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Exchange } from '@/lib/run/events';
import { withMessages } from '@/lib/run/exchange';
import { isOver } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';

/** What was sent for a run of an experiment, and what it has in common with the others; null if there is no such run that is over. */
export function exchangeIn({ recipe, runs }: SavedExperiment, run: string, site: string): ExchangeResponse | null {
  const over = runs.filter(isOver);
  const record = over.find((each) => String(each.run) === run);
  if (!record) return null;
  const exchange = record.exchange && asSent(record.exchange, recipe, record.arm, site);
  return {
    run: record.run,
    request: exchange ? { method: 'POST', ...exchange.request } : null,
    response: exchange?.response ?? null,
    shared: sharedRequest(recipe, over, record.run),
    curl: exchange ? toCurlCommand(exchange, armProvider(recipe, record.arm)) : null,
  };
}

/** An exchange with the messages in its body, and with the address of this site if it did not leave it. */
function asSent({ request, response }: Exchange, recipe: Recipe, arm: number, site: string): Exchange {
  const { url, headers, body } = request;
  const { messages } = armRequest(recipe, arm);
  return {
    request: {
      url: url.startsWith('/') ? `${site}${url}` : url,
      headers,
      body: body === null ? null : withMessages(body, messages),
    },
    response,
  };
}
