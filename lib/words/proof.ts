import type { EqualRunsProof } from '@/lib/compare/measure/agreement';
import type { Ground } from '@/lib/compare/measure/ground';
import { sentences } from './english';

/**
 * What so many equal runs prove, and what more of them would; null of runs that were asked different things, of which equal
 * text proves nothing. `exact`: an exact model of this server made them.
 */
export function sayProof(
  { runs, bound, more: [few, many] }: EqualRunsProof,
  ground: Ground,
  exact: boolean,
): string | null {
  if (ground.kind === 'several-settings' || ground.kind === 'some-seeds') return null;
  const upTo = (share: number): string => `${Math.round(100 * share)} %`;
  return sentences(
    exact ? sayExact : 'Equal runs are evidence, not proof.',
    ground.kind === 'several-seeds'
      ? 'They had several seeds: this is about all seeds, not about repeating one.'
      : null,
    ground.kind === 'unknown' ? 'This is for runs of one request, which these may not be.' : null,
    `If ${exact ? 'its' : 'the model’s'} most common text came in less than ${upTo(bound)} of runs, ${runs} runs would agree at most one time in twenty.`,
    `For 20 equal runs that share is ${upTo(few.bound)}, for 60 it is ${upTo(many.bound)}.`,
  );
}

const sayExact =
  'Here it is more than evidence: this model is inside Seedbed and a fixed program, and the same request with the same seed must give the same text. Of a model behind an API, equal runs alone would show less.';
