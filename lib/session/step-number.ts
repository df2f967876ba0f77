import type { ValueType } from '@/lib/recipe/parameters';

/** How a number is stepped through: by how much, and between what. Limits may be too large for a number. */
export type Steps = { min: number | string; max: number | string; step: number };

/** The steps of a kind of value; null if it is no number. */
export function stepsOf(type: ValueType): Steps | null {
  if (type.kind === 'number') return type;
  return type.kind === 'integer' || type.kind === 'seed' ? { step: 1, ...type } : null;
}

/**
 * What a typed number is `by` steps on, within its limits: at a multiple of the step, and exact however long it is. Nothing
 * typed counts as 0; what is no number stays as it is.
 *
 *     '0.25' by steps of 0.1: '0.3'     '-1' by 1: '0'     '9007199254740993' by 1: '9007199254740994'
 */
export function stepNumber(text: string, by: number, { min, max, step }: Steps): string {
  const typed = text.trim() || '0';
  if (Number.isInteger(step) && /^[+-]?\d+$/.test(typed)) {
    const [low, high, size] = [BigInt(min), BigInt(max), BigInt(step)];
    const at = BigInt(typed);
    const over = ((at % size) + size) % size;
    const from = by < 0 && over > 0n ? at - over + size : at - over;
    const next = from + BigInt(by) * size;
    if (next < low) return String(low);
    return String(next > high ? high : next);
  }
  const at = Number(typed);
  if (!Number.isFinite(at)) return text;
  // So many steps from 0, but for what a number cannot hold exactly.
  const steps = Number((at / step).toFixed(6));
  const next = ((by > 0 ? Math.floor(steps) : Math.ceil(steps)) + by) * step;
  return String(Number(Math.min(Number(max), Math.max(Number(min), next)).toFixed(6)));
}
