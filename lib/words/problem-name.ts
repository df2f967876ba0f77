/** Why a run failed, in a few words, for places where the whole message would be too long. */
const names: Record<string, string> = {
  rate_limited: 'rate limit',
  quota_exhausted: 'the budget is used up',
  key_refused: 'the key was refused',
  region_refused: 'the region is not served',
  model_not_found: 'no such model',
  not_found: 'nothing at the address',
  bad_request: 'the request was refused',
  server_error: "the provider's server failed",
  connection_failed: 'no connection',
  timed_out: 'no answer in time',
  stalled: 'the answer stalled',
  cut_off: 'the answer broke off',
  not_a_stream: 'not an answer in OpenAI’s format',
  too_long: 'the answer was too long',
};

/** The name of a run's error by its code: `problemName('rate_limited')` is "rate limit". A code without a name stays. */
export const problemName = (code: string): string => names[code] ?? code;
