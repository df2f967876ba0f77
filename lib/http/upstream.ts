/** A refusal that says more than this says too much, and so many redirections lead nowhere. */
const maxRefusal = 64 * 1024;
const maxRedirects = 3;

/**
 * A `fetch` for servers that need not be trusted: it goes to no other host than the one that is called, since what is sent is
 * somebody's prompt, and reads no more of a refusal than a refusal has.
 */
export const upstream =
  (send: typeof fetch): typeof fetch =>
  async (input, init) => {
    const stay = { ...init, redirect: 'manual' as const };
    let response = await send(input, stay);
    if (response.ok) return response;
    let url = new URL(input instanceof Request ? input.url : input);
    for (let redirects = 0; !response.ok; redirects++) {
      const next = redirectionOf(response, url);
      if (next === null) return shortened(response, await readBounded(response.body));
      await response.body?.cancel();
      if (redirects === maxRedirects || !mayFollow(url, next, response.status, init?.method ?? 'GET'))
        return shortened(response, `Location: ${next.origin}`);
      url = next;
      response = await send(url, stay);
    }
    return response;
  };

function redirectionOf({ status, headers }: Response, from: URL): URL | null {
  const location = headers.get('location');
  return status >= 300 && status < 400 && location !== null && URL.canParse(location, from.href)
    ? new URL(location, from)
    : null;
}

/** To the same host, not from https to http, and only where the call stays what it is: 301 to 303 make a GET of a POST. */
const mayFollow = (from: URL, to: URL, status: number, method: string): boolean =>
  to.host === from.host &&
  (to.protocol === from.protocol || to.protocol === 'https:') &&
  (status >= 307 || method.toUpperCase() === 'GET');

const shortened = ({ status, statusText, headers }: Response, text: string): Response =>
  new Response(status === 304 ? null : text, { status, statusText, headers });

async function readBounded(body: ReadableStream<Uint8Array<ArrayBuffer>> | null): Promise<string> {
  let text = '';
  const pieces = body?.pipeThrough(new TextDecoderStream());
  if (pieces)
    for await (const piece of pieces) {
      text += piece;
      if (text.length > maxRefusal) break;
    }
  return text.slice(0, maxRefusal);
}
