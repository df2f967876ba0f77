import { type Problem, problemResponse } from '@/lib/http/problem';
import { isStoreError, type StoreError } from '@/lib/store/store';

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

async function answer(handle: () => Promise<Response>): Promise<Response> {
  try {
    return await handle();
  } catch (error) {
    if (isStoreError(error)) return problemResponse(storeProblem(error), { 'retry-after': '5' });
    throw error;
  }
}

const storeProblem = ({ code, message }: StoreError): Problem => ({
  status: 503,
  code: `store_${code}`,
  message: `The store of experiments cannot be used at the moment. ${message}`,
});
