import type { SeenCapability } from '@/lib/api/status';
import { type ParameterKey, parameterName } from '@/lib/recipe/parameters';
import type { CapabilityParameter, CapabilityState } from '@/lib/run/capability';
import { sayDay } from './time';

/** A setting that a model has refused: with which value, and when, as far as that is known. */
export type Refusal = { model: string; key: ParameterKey; value: string | null; at: string | null };

/** "gpt-5 refused temperature 0.2 on 12 Nov 2026." */
export function sayRefusal({ model, key, value, at }: Refusal): string {
  const what = key === 'logprobs' && value !== null ? `${value} logprobs a token` : nameWith(key, value);
  return `${model} refused ${what}${at === null ? '' : ` on ${sayDay(at)}`}.`;
}

const nameWith = (key: ParameterKey, value: string | null): string =>
  value === null ? parameterName(key) : `${parameterName(key)} ${value}`;

const states: Record<CapabilityState, string> = {
  accepted: 'accepted',
  effective: 'has an effect',
  refused: 'refused',
  ignored: 'no visible effect',
};
const sentBack: Partial<Record<CapabilityParameter, Partial<Record<CapabilityState, string>>>> = {
  logprobs: { accepted: 'sent', ignored: 'accepted, not sent' },
  system_fingerprint: { accepted: 'sent', ignored: 'not sent' },
  stream: { accepted: 'works', ignored: 'answers in one piece' },
};
const sayState = (parameter: CapabilityParameter, state: CapabilityState): string =>
  sentBack[parameter]?.[state] ?? states[state];

/**
 * What was last seen of a parameter, and what does not agree with it: "refused (0.2), 12 Nov 2026. Before, on 3 Nov 2026: accepted."
 */
export function sayCapability({ parameter, state, value, at, before }: SeenCapability): string {
  const what = `${sayState(parameter, state)}${value === null ? '' : ` (${value})`}`;
  const earlier = before && ` Before, on ${sayDay(before.at)}: ${sayState(parameter, before.state)}.`;
  return `${what}, ${sayDay(at)}.${earlier ?? ''}`;
}
