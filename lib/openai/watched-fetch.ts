import { AsyncLocalStorage } from 'node:async_hooks';

/** A call as it went: what was sent, and the status and headers that came back, if any did. */
export type Sent = {
  url: string;
  headers: Headers;
  body: string;
  response: { status: number; headers: Headers } | null;
};

/**
 * A `fetch` that keeps what was sent last, and what its refusal said: the SDK tells only what it was asked to send, and passes on
 * only OpenAI's own shape of a refusal.
 */
export function watch(send: typeof fetch) {
  let sent: Sent | null = null;
  let refusal = '';
  const watched: typeof fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const headers = init?.headers instanceof Headers ? init.headers : new Headers(init?.headers);
    const request = { url, headers, body: typeof init?.body === 'string' ? init.body : '' };
    sent = { ...request, response: null };
    const response = await send(input, init);
    const { status } = response;
    sent = { ...request, response: { status, headers: response.headers } };
    if (!response.ok) refusal = await response.clone().text();
    return response;
  };
  return { fetch: watched, sent: () => sent, refusal: () => refusal };
}

/** One `fetch` in which each call has its own: to make a client of the SDK for each takes longer than all else about a short call. */
export class FetchByCall {
  private readonly own = new AsyncLocalStorage<typeof fetch>();

  constructor(private readonly usual: typeof fetch) {}

  readonly fetch: typeof fetch = (input, init) => (this.own.getStore() ?? this.usual)(input, init);

  /** Calls something, within which `own` is called in place of the usual. */
  with<Called>(own: typeof fetch, call: () => Called): Called {
    return this.own.run(own, call);
  }
}
