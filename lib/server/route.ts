import { type Problem, problemResponse } from '@/lib/http/problem';
import { isStoreError, type StoreError } from '@/lib/store/store';
import { type AsideError, isAsideError } from './aside';

type Context = { params: Promise<{ id: string }> };

/** Makes a route of a handler. If the store fails, the response says what is wrong with it. */
export const route =
  (handle: (request: Request) => Promise<Response>) =>
  (request: Request): Promise<Response> =>
    answer(() => handle(request));

/** The same for an address with an id in it. */
export const routeById =
  (handle: (request: Request, id: string) => Promise<Response>) =>
  (request: Request, { params }: Context): Promise<Response> =>
    answer(async () => handle(request, (await params).id));

/** The same for an address with an id and the number of a run. */
export const routeByRun =
  (handle: (request: Request, id: string, run: string) => Promise<Response>) =>
  (request: Request, { params }: { params: Promise<{ id: string; run: string }> }): Promise<Response> =>
    answer(async () => {
      const { id, run } = await params;
      return handle(request, id, run);
    });

async function answer(handle: () => Promise<Response>): Promise<Response> {
  try {
    return await handle();
  } catch (error) {
    if (isStoreError(error)) return problemResponse(storeProblem(error), { 'retry-after': '5' });
    if (isAsideError(error)) return problemResponse(asideProblems[error.kind], { 'retry-after': '5' });
    throw error;
  }
}

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
  // Nobody reads it.
  left: { status: 499, code: 'left', message: 'Whoever asked has left.' },
  crowded: {
    status: 503,
    code: 'busy',
    message: 'Too many requests of yours are being worked on. Try again in a moment.',
  },
};

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof methods)[number];
type Answer<C> = (request: Request, context: C) => Response | Promise<Response>;

/** The methods that an address has, by name. */
export type Methods<C> = Partial<Record<Method, Answer<C>>>;

/** What answers for the methods of an address; `allow` names them, as in "GET, HEAD, OPTIONS". */
type AboutMethods = {
  /** a request with any other method */
  refuse: (request: Request, allow: string) => Response;
  /** OPTIONS */
  tell: (allow: string) => Response;
};

/** Every method of an address, its own and the others. HEAD is not among them: Next makes it from GET. */
export function methodsOf<C>(own: Methods<C>, { refuse, tell }: AboutMethods) {
  const allow = [...methods.flatMap((method) => (method in own ? withHead(method) : [])), 'OPTIONS'].join(', ');
  const refused = (request: Request): Response => refuse(request, allow);
  const told = (): Response => tell(allow);
  const others = { GET: refused, POST: refused, PUT: refused, PATCH: refused, DELETE: refused };
  return { ...others, ...own, OPTIONS: told };
}

const withHead = (method: Method): string[] => (method === 'GET' ? ['GET', 'HEAD'] : [method]);

/** Every method of an address under /api. */
export const apiMethods = <C>(own: Methods<C>) =>
  methodsOf(own, {
    refuse: ({ method }, allow) => {
      const message = `${method} is not one of the methods of this address: ${allow}.`;
      return problemResponse({ status: 405, code: 'method_not_allowed', message }, { allow });
    },
    tell: (allow) => new Response(null, { status: 204, headers: { allow } }),
  });

/** Any method of an address under /api that does not exist. */
export function unknownAddress(request: Request): Response {
  const message = `There is nothing at ${new URL(request.url).pathname}.`;
  return problemResponse({ status: 404, code: 'unknown_address', message });
}
