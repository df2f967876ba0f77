import type { FingerprintState } from '@/lib/compare/measure/fingerprints';
import { counted, plural } from './english';

/** What the fingerprints of runs say together, at more length than their badge; null while none has ended. */
export function explainFingerprints(state: FingerprintState): string | null {
  switch (state.kind) {
    case 'pending':
      return null;
    case 'missing':
      return 'The provider sent none. Many models do not. A change on its side cannot be seen from here.';
    case 'same':
      return `${plural(state.all[0]?.runs.length ?? 0, 'The run reports', 'All runs report')} one fingerprint. ${worth}`;
    case 'partly':
      return `${counted(state.without.length, 'run came', 'runs came')} without a fingerprint.`;
    case 'mixed':
      return 'The fingerprint differs between runs: what answered may have differed, and the text for that reason alone.';
  }
}

/** What a fingerprint is worth: some servers send a build number, which two that are set up differently share. */
export const worth =
  'For one request with one seed, the same id makes equal text likely, not certain: what it stands for is up to the server.';
