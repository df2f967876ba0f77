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
    const request = { url, headers: new Headers(init?.headers), body: typeof init?.body === 'string' ? init.body : '' };
    sent = { ...request, response: null };
    const response = await send(input, init);
    const { status, headers } = response;
    sent = { ...request, response: { status, headers } };
    if (!response.ok) refusal = await response.clone().text();
    return response;
  };
  return { fetch: watched, sent: () => sent, refusal: () => refusal };
}
