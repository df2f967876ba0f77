/** A `fetch` that keeps what the last refusal said: the SDK passes on only OpenAI's own shape of it. */
export function watch(send: typeof fetch) {
  let refusal = { body: '', headers: new Headers() };
  const watched: typeof fetch = async (input, init) => {
    const response = await send(input, init);
    if (!response.ok) refusal = { body: await response.clone().text(), headers: response.headers };
    return response;
  };
  return { fetch: watched, refusal: () => refusal };
}
