import type { DriftBand, DriftFinding } from '@/lib/compare/measure/drift';
import { sayDestinations } from './destinations';
import { counted, inSequence, plural, sentences } from './english';
import { sayUnseeded } from './ground';
import { sayDay } from './time';

/** What one recipe has given over time, in a sentence, and in another one that no seed fixed it. */
export const sayDrift = (finding: DriftFinding): string =>
  sentences(sayFinding(finding), 'unseeded' in finding && finding.unseeded ? sayUnseeded : null);

function sayFinding(finding: DriftFinding): string {
  switch (finding.kind) {
    case 'no-text':
      return 'No run finished with a text.';
    case 'only-one':
      return 'Only 1 run counts: nothing to compare it with.';
    case 'one-text': {
      const runs = finding.compared === finding.planned ? 'runs' : 'finished runs';
      return `The same text in all ${finding.compared} ${runs} on ${counted(finding.days, 'day')}.`;
    }
    case 'turn':
      return `Text A until ${sayDay(finding.until)}, text B since ${sayDay(finding.since)}.`;
    case 'steady':
      return `The same ${finding.texts} texts, run by run, in all ${finding.experiments} experiments.`;
    case 'one-experiment':
      return `${finding.texts} texts in ${finding.compared} runs.`;
    case 'change':
      return `${finding.texts} texts over ${finding.experiments} experiments; ${sayLatest(finding)}.`;
  }
}

function sayLatest({ different, compared }: { different: number; compared: number }): string {
  if (compared === 0) return 'the latest has no run in common with the first';
  const runs = plural(compared, 'run');
  if (different === 0) return `the latest matches the first in ${compared} of ${compared} ${runs}`;
  return `the latest differs from the first in ${different} of ${compared} ${runs}`;
}

/** Where a stretch of the timeline was sent: "http://127.0.0.1:8281/v1", "address not recorded"; null if it has no text. */
export const sayBandAddress = ({ destinations }: Pick<DriftBand, 'destinations'>): string | null =>
  sayDestinations(destinations) || null;

/** The fingerprints of a stretch of the timeline: "fp_a, fp_b", "fp_a (not in all runs)"; null if there were none. */
export function sayBand({ fingerprints, partly }: Pick<DriftBand, 'fingerprints' | 'partly'>): string | null {
  if (fingerprints.length === 0) return null;
  return `${inSequence(fingerprints)}${partly ? ' (not in all runs)' : ''}`;
}
