import type { Card } from '@/lib/compare/cards';
import type { Figure, FigureKind } from '@/lib/compare/measure/figures';
import type { NamedFingerprint } from '@/lib/compare/measure/fingerprints';
import { firstFew, inShort } from './english';
import { sayRuns } from './runs';
import { sayDuration } from './time';

const names: Record<FigureKind, string> = {
  finish: 'finish',
  tokens: 'tokens',
  'prompt-cached': 'prompt cached',
  attempts: 'attempts',
  'served-by': 'served by',
  'served-seed': 'seed (says the server)',
  setting: 'setting',
  seed: 'seed',
  fingerprint: 'fingerprint',
  time: 'time',
};

/** A figure by its name: "tokens", "51"; "prompt cached", "40 of 60". */
export const sayFigure = (figure: Figure): { name: string; value: string } => ({
  name: names[figure.kind],
  value: sayValue(figure),
});

function sayValue({ kind, value, of }: Figure): string {
  if (value === null) return kind === 'tokens' ? 'not told' : 'none';
  if (kind === 'time') return sayDuration(Number(value));
  return of === undefined ? String(value) : `${value} of ${of}`;
}

/**
 * In what the runs of a card differ, and which have what: "tokens", "51 (runs 1, 3); 52 (run 4)"; "time", "0.2 s to 0.5 s".
 * Where each run has its own they stand in the order of the runs: "seed", "1, 3, 4".
 */
export function sayDiffering(
  { kind, values }: Card['differing'][number],
  all: readonly NamedFingerprint[],
): { name: string; value: string } {
  return { name: names[kind], value: sayValues(kind, values, all) };
}

function sayValues(
  kind: FigureKind,
  values: Card['differing'][number]['values'],
  all: readonly NamedFingerprint[],
): string {
  if (kind === 'time') {
    const times = values.map(({ figure }) => Number(figure.value));
    const [least, most] = [sayDuration(Math.min(...times)), sayDuration(Math.max(...times))];
    return least === most ? `${Math.min(...times)} to ${Math.max(...times)} ms` : `${least} to ${most}`;
  }
  const said = values.map(({ figure, runs }) => ({
    value: all.find(({ value }) => kind === 'fingerprint' && value === figure.value)?.name ?? sayValue(figure),
    runs,
  }));
  if (kind === 'seed' && said.every(({ runs }) => runs.length === 1)) return inShort(said.map(({ value }) => value));
  return firstFew(
    said.map(({ value, runs }) => `${value} (${sayRuns(runs)})`),
    (more) => `${more} more`,
  );
}
