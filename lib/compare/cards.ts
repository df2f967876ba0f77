import { type Figure, type FigureKind, figuresOf } from '@/lib/compare/measure/figures';
import { groupFingerprints } from '@/lib/compare/measure/fingerprints';
import { defined } from '@/lib/defined';
import { armLabel } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import type { EndedRun } from '@/lib/run/record';
import type { Column } from './side-by-side';

/**
 * Runs that one card can stand for, in order: at least two. `shared` is what they have in common beside their text, `differing`
 * what they do not, and which runs have which.
 */
export type Card = {
  runs: number[];
  shared: Figure[];
  differing: { kind: FigureKind; values: { figure: Figure; runs: number[] }[] }[];
};

/**
 * Which columns could be folded into one card: those of runs that are compared and have the very same text, which is equal
 * under every mode, the same reasoning before it, and the same marks. So a card shows every word and mark that its columns
 * would. Texts that are equal under a lenient mode alone stay apart, since their words are not the same.
 */
export function cardsOf({ recipe, runs }: Pick<Experiment, 'recipe' | 'runs'>, columns: readonly Column[]): Card[] {
  const recordOf = new Map(runs.map((record) => [record.run, record]));
  const looks = new Map<number, { parts: Column['parts']; runs: [EndedRun, ...EndedRun[]] }[]>();
  for (const { run, sameAs, parts, letter } of columns) {
    const record = recordOf.get(run);
    if (letter === null || record?.status !== 'ended') continue;
    const ofText = looks.get(sameAs ?? run) ?? [];
    looks.set(sameAs ?? run, ofText);
    const look = ofText.find((each) => each.runs[0].reasoning === record.reasoning && isSame(each.parts, parts));
    if (look) look.runs.push(record);
    else ofText.push({ parts, runs: [record] });
  }
  const several = [...looks.values()].flat().filter((look) => look.runs.length > 1);
  return several.map((look) => ({ runs: look.runs.map(({ run }) => run), ...figuresOfCard(recipe, look.runs) }));
}

/** Marks against one baseline are the same object. Each run may have a stored text of its own to be compared with. */
const isSame = (a: Column['parts'], b: Column['parts']): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

function figuresOfCard(recipe: Recipe, runs: readonly EndedRun[]): Pick<Card, 'shared' | 'differing'> {
  const all = runs.flatMap((record) => {
    const label = armLabel(recipe, record.arm);
    const setting: Figure = label !== null ? { kind: 'setting', value: label } : { kind: 'seed', value: record.seed };
    return [setting, ...figuresOf(record), ...measuresOf(record)].map((figure) => ({ run: record.run, figure }));
  });
  const groups = [...Map.groupBy(all, ({ figure }) => JSON.stringify(figure)).values()].map((those) => ({
    figure: defined(those[0]).figure,
    runs: those.map(({ run }) => run),
  }));
  const differing = groups.filter((group) => group.runs.length < runs.length);
  return {
    shared: groups.filter((group) => group.runs.length === runs.length).map(({ figure }) => figure),
    differing: [...Map.groupBy(differing, ({ figure }) => figure.kind)].map(([kind, values]) => ({ kind, values })),
  };
}

/** The fingerprints, of which a run may have several, and the time. */
const measuresOf = (record: EndedRun): Figure[] => [
  ...groupFingerprints([record]).map(({ value }) => ({ kind: 'fingerprint' as const, value })),
  { kind: 'time', value: Math.round(record.timing.totalMs) },
];
