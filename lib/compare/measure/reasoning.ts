import { type EndedRun, isOver, type RunRecord } from '@/lib/run/record';

/**
 * What runs wrote before their answers, where their server tells that apart: how many `runs` have reasoning, and how many
 * different ones there are, exactly as written.
 */
export type ReasoningFinding = { runs: number; texts: number };

/** The reasoning of runs that are compared; null if none of them has any. */
export function findReasoning(compared: readonly EndedRun[]): ReasoningFinding | null {
  const reasoning = compared.flatMap((run) => (run.reasoning ? [run.reasoning] : []));
  return reasoning.length === 0 ? null : { runs: reasoning.length, texts: new Set(reasoning).size };
}

/**
 * How many tokens runs without an answer gave to reasoning before the token limit ended them: null unless each of them did, and
 * 0 if their counts are not known or differ.
 */
export function spentOnReasoning(runs: readonly EndedRun[]): number | null {
  if (!runs.every((run) => run.reasoning && run.text === '' && run.finish === 'length')) return null;
  const [count, ...others] = new Set(runs.map(({ usage }) => usage?.completion_tokens ?? 0));
  return others.length === 0 ? (count ?? null) : 0;
}

/** By run, the first run with the very same reasoning, if that is another one; of runs that are over. */
export function sameReasoning(runs: readonly RunRecord[]): ReadonlyMap<number, number> {
  const firstWith = new Map<string, number>();
  const same = new Map<number, number>();
  for (const run of runs) {
    if (!isOver(run) || !run.reasoning) continue;
    const first = firstWith.get(run.reasoning);
    if (first === undefined) firstWith.set(run.reasoning, run.run);
    else same.set(run.run, first);
  }
  return same;
}
