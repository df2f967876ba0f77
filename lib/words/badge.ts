import type { RunsVerdict } from '@/lib/compare/measure/verdict';
import type { SavedExperiment } from '@/lib/run/saved';
import { counted } from './english';

/** What stands in a badge: of what is spoken, and what was found, each in at most some thirty characters. */
export type BadgeWords = { label: string; finding: string };

/**
 * A verdict in a few words. Where all runs were asked the same with one seed, the badge is about that seed; of texts that
 * somebody brought it says that and names no seed.
 *
 *     five equal texts of seed 7  →  { label: 'seed 7', finding: '5 of 5 identical' }
 */
export const sayBadge = (verdict: RunsVerdict, origin: SavedExperiment['origin']): BadgeWords => ({
  label: origin === 'import' ? 'imported' : sayGroundBriefly(verdict),
  finding: sayBriefly(verdict),
});

const sayGroundBriefly = ({ ground }: RunsVerdict): string =>
  ground.kind === 'one-seed' && !ground.drawsAnew ? `seed ${ground.seed}` : 'Seedbed';

function sayBriefly(verdict: RunsVerdict): string {
  const { compared } = verdict;
  switch (verdict.kind) {
    case 'nothing-compared':
      return 'no run counts';
    case 'no-text':
      return 'no text';
    case 'only-one':
      return 'one run';
    case 'identical':
      return `${compared} of ${compared} identical`;
    case 'spacing-only':
      return 'same words, other spacing';
    case 'stops-short':
      return 'same text, some stop short';
    case 'differ':
      return sayShare(verdict.largest, verdict.texts, compared);
    case 'values':
      return sayShare(verdict.values[0]?.runs.length ?? 0, verdict.values.length, compared);
  }
}

const sayShare = (largest: number, texts: number, compared: number): string =>
  largest < 2 ? `${counted(texts, 'text')} in ${counted(compared, 'run')}` : `${largest} of ${compared} identical`;
