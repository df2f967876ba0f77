import type { Agent } from 'undici';

let patient: Promise<Agent> | undefined;

/**
 * A `fetch` that waits for as long as its caller does. Node's own gives up where headers, or the next piece of a body, take longer than
 * five minutes, and says only that the connection broke: a model on a CPU may read a prompt for longer.
 */
export const patientFetch: typeof fetch = async (input, init) => {
  patient ??= import('undici').then(({ Agent }) => new Agent({ headersTimeout: 0, bodyTimeout: 0 }));
  const patiently = { ...init, dispatcher: await patient };
  return fetch(input, patiently);
};
