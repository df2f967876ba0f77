import { type ChoiceInputs, listOptions, traceChoice } from './choice-inputs';
import type { Reshaped, Sliders } from './reshaped';

/**
 * One choice of a model's under another temperature (0 to 2) and top_p (0 to 1), all other settings as they were: what
 * its sampler gives, to the last bit. The options include the token that came and the one that would have come.
 */
export function reshape(inputs: ChoiceInputs, sliders: Sliders, maxOptions = 10): Reshaped {
  const { pieces, distribution, token, u } = inputs;
  const { id, from, to, candidates } = traceChoice(inputs, sliders);
  const sameDraw = u === null ? null : { token: pieces[id] ?? '', u, from, to };
  const shown = new Set(sameDraw ? [token, sameDraw.token] : [token]);
  return {
    exact: true,
    ...listOptions(candidates(), distribution, pieces, shown, maxOptions),
    sameDraw,
  };
}
