import { type ParameterKey, parameters } from '@/lib/recipe/parameters';
import type { ChatRequest } from '@/lib/recipe/recipe';
import type { RunProblem } from '@/lib/run/events';

/**
 * The parameter of a request that a refusal is about: the one that it names, or else the only one that its words name. What was sent
 * although the request does not set it comes last. Null if it was refused for another reason, or nobody can say.
 *
 *     { code: 'bad_request', param: null, message: '… Unknown name "seed": Cannot find field.' }  →  'seed'
 */
export function refusedParameter({ code, param, message }: RunProblem, request: ChatRequest): ParameterKey | null {
  if (code !== 'bad_request') return null;
  const sent = parameters.map(({ key }) => key).filter((key) => request[key] !== undefined);
  const unset = sentUnset.filter((key) => !sent.includes(key));
  const named = [...sent, ...unset].find((key) => key === param);
  if (named) return named;
  const words = new Set(message.toLowerCase().match(/[a-z_]+/g));
  const [only, ...others] = sent.filter((key) => words.has(key));
  if (only === undefined) return unset.find((key) => words.has(key)) ?? null;
  return others.length === 0 ? only : null;
}

/** What is sent unless a request says otherwise, the one that goes with the other first. */
const sentUnset: readonly ParameterKey[] = ['stream_options', 'stream'];
