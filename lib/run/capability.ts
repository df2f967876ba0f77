/** What a model may be found to take, or to send back. */
export const capabilityParameters = [
  'seed',
  'temperature',
  'top_p',
  'logprobs',
  'system_fingerprint',
  'stream',
] as const;
export type CapabilityParameter = (typeof capabilityParameters)[number];

/**
 * What a server does with a parameter: it takes it (or sends back what it asks for); takes it, and it has been seen to have an
 * effect; refuses it; or goes on as if it had not been asked. What has never been seen is unknown, and has no entry.
 */
export const capabilityStates = ['accepted', 'effective', 'refused', 'ignored'] as const;
export type CapabilityState = (typeof capabilityStates)[number];

/**
 * What was last seen of one parameter with one model. `at` is when, in milliseconds since 1970, `value` what was sent for it if it was
 * refused. `before` is what was seen earlier and does not agree with it.
 */
export type Capability = {
  model: string;
  parameter: CapabilityParameter;
  state: CapabilityState;
  value: string | null;
  at: number;
  before: { state: CapabilityState; at: number } | null;
};
