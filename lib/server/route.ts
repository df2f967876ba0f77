import type { Refusal } from '@/lib/api/problem';
import { jsonResponse } from '@/lib/http/json-response';
import { gone, type Problem, problemResponse } from '@/lib/http/problem';
import { isStoreError, type StoreError } from '@/lib/store/store';
import { log } from '@/lib/telemetry/log';
import { requestIdHeader } from '@/lib/telemetry/request';
import { type AsideError, isAsideError } from './aside';
import { type Methods, methodsOf } from './methods';

type Context = { params: Promise<{ id: string }> };

/** Makes a route of a handler. If the store fails, the response says what is wrong with it. */
export const route =
  (handle: (request: Request) => Promise<Response>) =>
  (request: Request): Promise<Response> =>
    answer(request, () => handle(request));

/** The same for an address with an id in it. */
export const routeById =
  (handle: (request: Request, id: string) => Promise<Response>) =>
  (request: Request, { params }: Context): Promise<Response> =>
    answer(request, async () => handle(request, (await params).id));

/** The same for an address with an id and the number of a run. */
export const routeByRun =
  (handle: (request: Request, id: string, run: string) => Promise<Response>) =>
  (request: Request, { params }: { params: Promise<{ id: string; run: string }> }): Promise<Response> =>
    answer(request, async () => {
      const { id, run } = await params;
      return handle(request, id, run);
    });

async function answer(request: Request, handle: () => Promise<Response>): Promise<Response> {
  return named(
    request,
    await handle().catch((error: unknown) => {
      if (isAsideError(error)) return problemResponse(asideProblems[error.kind], { 'retry-after': '5' });
      log().error({ error, requestId: request.headers.get(requestIdHeader) ?? undefined }, 'A request failed.');
      return isStoreError(error)
        ? problemResponse(storeProblem(error), { 'retry-after': '5' })
        : problemResponse(failed);
    }),
  );
}

/** A refusal with the request's id, by which the operator finds it in the log; where the server is at fault, the sentence has it. */
async function named(request: Request, response: Response): Promise<Response> {
  const requestId = request.headers.get(requestIdHeader);
  const { status, headers } = response;
  if (requestId === null || status < 400) return response;
  const { error }: Refusal = await response.json();
  const message = status < 500 ? error.message : `${error.message} The request was ${requestId}.`;
  return jsonResponse<Refusal>(
    { error: { ...error, message, requestId } },
    { status, headers: Object.fromEntries(headers) },
  );
}

const failed: Problem = { status: 500, code: 'failed', message: 'The server failed. What was saved is safe.' };

const storeProblem = ({ code, message }: StoreError): Problem => ({
  status: 503,
  code: `store_${code}`,
  message: `The store of experiments cannot be used at the moment. ${message}`,
});

const asideProblems: Record<AsideError['kind'], Problem> = {
  late: {
    status: 503,
    code: 'took_too_long',
    message: 'These texts take longer than the server may spend on one request. A page compares them in the browser.',
  },
  lost: {
    status: 503,
    code: 'took_too_much',
    message:
      'These texts take more memory than the server may spend on one request. A page compares them in the browser.',
  },
  left: gone,
  crowded: {
    status: 503,
    code: 'busy',
    message: 'Too many requests of yours are being worked on. Try again in a moment.',
  },
};

/** Every method of an address under /api. */
export const apiMethods = <C>(own: Methods<C>) =>
  methodsOf(own, {
    refuse: (request, allow) => {
      const message = `${request.method} is not one of the methods of this address: ${allow}.`;
      return named(request, problemResponse({ status: 405, code: 'method_not_allowed', message }, { allow }));
    },
    tell: (allow) => new Response(null, { status: 204, headers: { allow } }),
  });

/** Any method of an address under /api that does not exist. */
export function unknownAddress(request: Request): Promise<Response> {
  const message = `There is nothing at ${new URL(request.url).pathname}.`;
  return named(request, problemResponse({ status: 404, code: 'unknown_address', message }));
}
