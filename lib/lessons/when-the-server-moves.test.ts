import { describe, expect, it } from 'vitest';
import { anExperiment, ended } from '@/lib/run/records.fixture';
import { whenTheServerMoves } from './when-the-server-moves';

/** The caption for runs with these fingerprints, and what text each of them gave. */
const captionOf = (...runs: [text: string, fingerprint?: string][]): string =>
  whenTheServerMoves.run.caption({
    experiment: anExperiment(
      runs.map(([text, print], at) => ended(at + 1, text, { fingerprints: print === undefined ? [] : [print] })),
      false,
    ),
    moments: new Map(),
  });

describe('the caption of the lesson on servers that move', () => {
  it('says whether runs with the same fingerprint gave the same text', () => {
    expect(captionOf(['A', 'fp_1'], ['A', 'fp_1'], ['B', 'fp_2'])).toContain(
      '2 fingerprints seen, in 2 and 1 run. Runs with the same fingerprint gave the same text.',
    );
    expect(captionOf(['A', 'fp_1'], ['B', 'fp_1'])).toContain(
      '1 fingerprint seen, in 2 runs. Runs with the same fingerprint gave different texts.',
    );
  });

  it('says nothing of that where each fingerprint came once, or none came', () => {
    expect(captionOf(['A', 'fp_1'], ['A', 'fp_2'])).toMatch(/2 fingerprints seen, in 1 and 1 run\.$/);
    expect(captionOf(['A'], ['A'])).toMatch(/No fingerprints were sent\.$/);
  });
});
