import { readJson } from '@/lib/http/body';
import { foreignOrigin } from '@/lib/http/origin';
import type { Result } from '@/lib/http/problem';
import { services } from './services';

/** The JSON body of a request that changes something: refused if another site's page sends it. */
export async function readOwn(request: Request, maxBytes?: number): Promise<Result<unknown>> {
  const foreign = foreignOrigin(request, services().environment.PUBLIC_URL);
  return foreign ? { ok: false, problem: foreign } : readJson(request, maxBytes);
}
