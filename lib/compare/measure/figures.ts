import type { OverRun } from '@/lib/run/record';

/**
 * A figure of a run, as a column tells it. Unknown ones are null. `of`: of how many.
 *
 *     { kind: 'tokens', value: 51 }, { kind: 'prompt-cached', value: 40, of: 60 }, { kind: 'fingerprint', value: 'fp_1' }
 */
export type Figure = { kind: FigureKind; value: string | number | null; of?: number };
export type FigureKind =
  | 'finish'
  | 'tokens'
  | 'prompt-cached'
  | 'attempts'
  | 'served-by'
  | 'served-seed'
  | 'setting'
  | 'seed'
  | 'fingerprint'
  | 'time';

/** How a run that is over ended, what it took, and which model answered; without what goes without saying. */
export function figuresOf(run: OverRun): Figure[] {
  const { attempts = 1, servedModel = run.model } = run;
  return [
    ...(run.status === 'ended' ? figuresOfEnded(run) : []),
    ...(attempts > 1 ? [{ kind: 'attempts', value: attempts } satisfies Figure] : []),
    ...(servedModel === run.model ? [] : [{ kind: 'served-by', value: servedModel } satisfies Figure]),
  ];
}

function figuresOfEnded({ finish, usage, seed, servedSeed }: OverRun & { status: 'ended' }): Figure[] {
  const cached = usage?.prompt_tokens_details?.cached_tokens ?? 0;
  return [
    { kind: 'finish', value: finish },
    { kind: 'tokens', value: usage?.completion_tokens ?? null },
    ...(usage && cached > 0
      ? [{ kind: 'prompt-cached', value: cached, of: usage.prompt_tokens } satisfies Figure]
      : []),
    // The seed that the server says it has used, if that is another than it was asked for, or it was asked for none.
    ...(servedSeed === undefined || String(servedSeed) === String(seed)
      ? []
      : [{ kind: 'served-seed', value: servedSeed } satisfies Figure]),
  ];
}
