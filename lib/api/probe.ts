import * as v from 'valibot';
import { type ProbeEvidence as ProbeEvidenceFacts, probedParameters, probeStates } from '@/lib/compare/measure/probe';
import { probeLimits } from '@/lib/recipe/probe';
import { count, ordinal } from './facts';

const Pairs = v.object({ equal: count, of: count });
const Texts = v.object({ calls: count, texts: count });
const p = v.number();

const ProbeEvidence: v.GenericSchema<unknown, ProbeEvidenceFacts> = v.variant('kind', [
  v.object({ kind: v.literal('pairs'), with: Pairs, without: Pairs, p: v.nullable(p) }),
  v.object({ kind: v.literal('one-text'), calls: ordinal, seeds: ordinal }),
  v.object({ kind: v.literal('nothing-varied'), calls: ordinal }),
  v.object({ ...Texts.entries, kind: v.literal('texts'), value: v.string(), without: Texts, p }),
  v.object({ kind: v.literal('same-text'), value: v.string(), calls: count, without: count }),
  v.object({ kind: v.literal('too-little'), value: v.string(), calls: count }),
  v.object({ kind: v.literal('load'), alone: Pairs, together: Pairs }),
  v.object({ kind: v.literal('refused'), value: v.string(), message: v.string() }),
  v.object({ kind: v.literal('other-name'), used: v.string(), message: v.string() }),
  v.object({ kind: v.literal('alternatives'), most: count, refused: v.nullable(count) }),
  v.object({ kind: v.literal('not-sent-back'), calls: count }),
  v.object({ kind: v.literal('beside-reasoning'), calls: count }),
  v.object({ kind: v.literal('reported'), values: v.array(v.string()), calls: count }),
  v.object({ kind: v.picklist(['streamed', 'in-one-piece']), calls: count }),
  v.object({ kind: v.literal('no-text'), reasoned: v.boolean() }),
  v.object({ kind: v.literal('failed'), code: v.string(), message: v.string() }),
  v.object({ kind: v.literal('not-asked') }),
]);

/**
 * What a probe found of each setting. `effective`: it makes a difference that chance does not explain, or is sent back;
 * `no_effect`: accepted, and nothing can be seen of it; `ignored`: the server goes on as if it had not been asked for. `reasoning`: what
 * was compared is reasoning, since no answer came.
 */
export const ProbeFindings = v.array(
  v.object({
    parameter: v.picklist([...probedParameters, probeLimits[0]]),
    state: v.picklist(probeStates),
    evidence: ProbeEvidence,
    reasoning: v.optional(v.literal(true)),
  }),
);
