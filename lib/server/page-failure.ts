import { AsyncLocalStorage } from 'node:async_hooks';

/** Why a page could not be rendered: too much to do, a store that cannot be used or read, or anything else. */
export type PageFailure = 'busy' | 'store' | 'unreadable' | 'failed';

type Rendering = { failure: PageFailure };

// Pages are one bundle, and what answers with them is another: only globalThis is one for both.
const shared = globalThis as typeof globalThis & { seedbedRendering?: AsyncLocalStorage<Rendering> };

function renderings(): AsyncLocalStorage<Rendering> {
  shared.seedbedRendering ??= new AsyncLocalStorage();
  return shared.seedbedRendering;
}

/** Renders a page, and tells beside it why that failed, if it did: Next says no more than that it has. */
export async function rendering<T>(render: () => PromiseLike<T>): Promise<{ answer: T; failure: PageFailure }> {
  const state: Rendering = { failure: 'failed' };
  // Awaited within: light-my-request begins only when somebody waits for its answer.
  const answer = await renderings().run(state, async () => await render());
  return { answer, failure: state.failure };
}

/** Tells why the page that is being rendered cannot be. */
export function tellFailure(failure: PageFailure): void {
  const state = renderings().getStore();
  if (state) state.failure = failure;
}
