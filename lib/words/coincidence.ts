import type { Coincidence, CoincidenceFinding } from '@/lib/compare/measure/coincidence';
import { capital, inSequence, plural, sentences } from './english';
import { sayRuns } from './runs';

/** Texts and fingerprints in a sentence: what comes together with what, never what causes it. */
export function sayCoincidence({ finding, columns }: Coincidence): string {
  if (finding.kind === 'none-compared') return 'There is no run to compare.';
  if (finding.kind === 'none-reported') return 'No fingerprint was reported.';
  const without = columns.find(({ fingerprint }) => fingerprint === null)?.runs ?? [];
  const found = sayFinding(finding);
  if (without.length === 0) return found;
  return `${capital(sayRuns(without))} reported none. Of the others: ${found.charAt(0).toLowerCase()}${found.slice(1)}`;
}

type Reported = Exclude<CoincidenceFinding, { kind: 'none-compared' | 'none-reported' }>;

function sayFinding(finding: Reported): string {
  switch (finding.kind) {
    case 'one-each':
      return 'One text, one fingerprint.';
    case 'one-text':
      return 'One text under several fingerprints.';
    case 'inside':
      return sayInside(finding.fingerprints);
    case 'coincide':
      return sentences('Differences coincide with fingerprints.', saySeveral(finding.letters));
  }
}

const saySeveral = (letters: readonly string[]): string =>
  letters.length === 0 ? '' : `${plural(letters.length, 'Text')} ${inSequence(letters)} came under several.`;

function sayInside(fingerprints: readonly { fingerprint: string; texts: number }[]): string {
  const names = inSequence(fingerprints.map(({ fingerprint }) => fingerprint));
  const [first, second] = fingerprints;
  if (!first || second) return `Several texts inside each of ${fingerprints.length} fingerprints: ${names}.`;
  return `${first.texts === 2 ? 'Two' : first.texts} texts inside one fingerprint: ${names}.`;
}
