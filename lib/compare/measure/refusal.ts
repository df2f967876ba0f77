import { type ParameterKey, parameters } from '@/lib/recipe/parameters';
import type { ChatRequest } from '@/lib/recipe/recipe';
import type { RunProblem } from '@/lib/run/events';

/**
 * The parameter of a request that a refusal is about: the one that it names, or else the only one that its words name. Null if
 * it was refused for another reason, or nobody can say.
 *
 *     { code: 'bad_request', param: null, message: '… Unknown name "seed": Cannot find field.' }  →  'seed'
 */
export function refusedParameter({ code, param, message }: RunProblem, request: ChatRequest): ParameterKey | null {
  if (code !== 'bad_request') return null;
  const sent = parameters.map(({ key }) => key).filter((key) => request[key] !== undefined);
  const named = sent.find((key) => key === param);
  if (named) return named;
  const words = new Set(message.toLowerCase().match(/[a-z_]+/g));
  const [only, ...others] = sent.filter((key) => words.has(key));
  return only !== undefined && others.length === 0 ? only : null;
}
