import { randomInt } from 'node:crypto';

/** Chooses the back end that answers a request. */
export type LoadBalancer = <Backend>(backends: readonly [Backend, ...Backend[]]) => Backend;

export const byChance: LoadBalancer = (backends) => backends[randomInt(backends.length)] ?? backends[0];

/** One after the other, and from the first again. */
export function inTurn(): LoadBalancer {
  let requests = 0;
  return (backends) => backends[requests++ % backends.length] ?? backends[0];
}
