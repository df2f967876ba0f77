import type { EqualityMode } from '@/lib/compare/align/equality';
import type { FingerprintFinding, FingerprintState, NamedFingerprint } from '@/lib/compare/measure/fingerprints';
import { inSequence, plural } from './english';

/** What runs have in common that are equal under a mode, and what they have not that differ. */
const compared: Record<EqualityMode, { same: string; other: string }> = {
  exact: { same: 'Same text', other: 'Different text' },
  whitespace: { same: 'Same text but for white space', other: 'Different text' },
  'case-punctuation': { same: 'Same text but for case and punctuation', other: 'Different text' },
  json: { same: 'Same JSON value', other: 'Different JSON value' },
  answer: { same: 'Same answer', other: 'Different answer' },
};

/** What the fingerprints add to a verdict under a mode, never as a proven cause. */
export function sayFingerprintFinding({ kind, sameText }: FingerprintFinding, mode: EqualityMode = 'exact'): string {
  const { same, other } = compared[mode];
  switch (kind) {
    case 'same':
      return `${sameText ? same : other} under the same fingerprint.`;
    case 'mixed':
      return sameText
        ? `${same} although the fingerprint changed.`
        : 'The fingerprint changed between runs; that may be why.';
    case 'missing':
      return sameText ? `${same}. No fingerprint to go by.` : 'No fingerprint, so the cause cannot be narrowed down.';
  }
}

/** A badge in words: what stands on it, and the title of the note behind it (fingerprint-notes.ts). */
type BadgeWords = { text: string; title: string };

/** What the fingerprints of so many runs say together; null while none has ended. */
export function sayFingerprints(state: FingerprintState, runs: number): BadgeWords | null {
  switch (state.kind) {
    case 'pending':
      return null;
    case 'missing':
      return noFingerprint;
    case 'same':
      return {
        text: inSequence(
          state.all.map(({ name, value, runs }) => {
            const id = `${name} ${shorten(value)}`;
            return runs.length === 1 ? id : `${id} in all ${runs.length} runs`;
          }),
        ),
        title: 'One fingerprint',
      };
    case 'partly':
      return {
        text: inSequence(state.all.map((each) => `${each.name} in ${each.runs.length} of ${runs} runs`)),
        title: 'Partly missing',
      };
    case 'mixed':
      return {
        text: `${state.all.length} fingerprints: ${inSequence(state.all.map((each) => `${each.name} ×${each.runs.length}`))}`,
        title: 'Several fingerprints',
      };
  }
}

/** Where nothing was reported: of one run or of all. */
export const noFingerprint: BadgeWords = {
  text: 'No fingerprint',
  title: 'No fingerprint',
};

/** One run's fingerprints by the names that they have among all: "F1 fp_772e…85bb". */
export function sayRunFingerprints(values: readonly string[], all: readonly NamedFingerprint[]): string {
  const names = values.map((value) => all.find((each) => each.value === value)?.name ?? '').join(' ');
  return `${names} ${inSequence(values.map(shorten))}`;
}

/** The beginning and the end of a long id: ids of one provider often begin alike. */
const shorten = (id: string): string => (id.length > 15 ? `${id.slice(0, 8)}…${id.slice(-5)}` : id);

/** The same for the preview of a link: at most three, each as `draw` gives it; '' while none has ended. */
export function sayFingerprintsBriefly(state: FingerprintState, draw: (id: string) => string): string {
  if (state.kind === 'pending') return '';
  if (state.kind === 'missing') return noFingerprint.text;
  const ids = inSequence(state.all.slice(0, 3).map(({ value }) => draw(value)));
  const more = state.all.length > 3 ? ` + ${state.all.length - 3} more` : '';
  const partly = state.kind === 'partly' ? ' (not in all runs)' : '';
  return `${plural(state.all.length, 'Fingerprint')} ${ids}${more}${partly}`;
}
