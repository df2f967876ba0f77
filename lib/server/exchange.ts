import type { ExchangeResponse } from '@/lib/api/exchange';
import { sharedRequest } from '@/lib/compare/measure/shared-request';
import { toCurlCommand } from '@/lib/export/exchange';
import { jsonResponse } from '@/lib/http/json-response';
import { notFound, problemResponse } from '@/lib/http/problem';
import { armProvider, armRequest } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Exchange } from '@/lib/run/events';
import { withMessages } from '@/lib/run/exchange';
import { findVisible } from './access';
import { siteOf } from './site';
import { ownerOf } from './visitor';

/** GET /api/experiments/{id}/runs/{run}/exchange */
export async function getExchange(request: Request, id: string, run: string): Promise<Response> {
  const stored = await findVisible(id, ownerOf(request));
  const record = stored?.runs.find((each) => String(each.run) === run);
  if (!stored || !record) return problemResponse(notFound);
  const { recipe, runs } = stored;
  const exchange = record.exchange && asSent(record.exchange, recipe, record.arm, siteOf(request));
  return jsonResponse<ExchangeResponse>({
    run: record.run,
    request: exchange ? { method: 'POST', ...exchange.request } : null,
    response: exchange?.response ?? null,
    shared: sharedRequest(recipe, runs, record.run),
    curl: exchange ? toCurlCommand(exchange, armProvider(recipe, record.arm)) : null,
  });
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
