import type { ExchangeResponse } from '@/lib/api/exchange';
import { jsonResponse } from '@/lib/http/json-response';
import { notFound, problemResponse } from '@/lib/http/problem';
import { findVisible, openStored } from './access';
import { services } from './services';
import { siteOf } from './site';
import { ownerOf, visitorKey } from './visitor';

/** GET /api/experiments/{id}/runs/{run}/exchange */
export async function getExchange(request: Request, id: string, run: string): Promise<Response> {
  const stored = await findVisible(id, ownerOf(request));
  if (!stored) return problemResponse(notFound);
  const { weight, read } = await openStored(stored);
  const about = { visitor: await visitorKey(request), weight, ms: 10_000, left: request.signal };
  const exchange = await services().aside.do(about, 'exchange', read, run, siteOf(request));
  return exchange ? jsonResponse<ExchangeResponse>(exchange) : problemResponse(notFound);
}
