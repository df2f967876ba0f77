import type { ReactNode } from 'react';
import { compareReplay, type Replay } from '@/lib/compare/measure/replay';
import type { Experiment } from '@/lib/run/fold';
import type { SavedExperiment } from '@/lib/run/saved';
import { ReplaySentence } from './replay-sentence';
import { ReplayText } from './replay-text';

export type ReplayParts = Record<'sentence' | 'text', ReactNode>;

/** What a repeat shows of what it repeats: the sentence that stands above its texts, and what stands below them. */
export const replayParts = (stored: SavedExperiment, now: Experiment): ReplayParts =>
  partsOf(stored, compareReplay(stored, now));

export const partsOf = (stored: SavedExperiment, replay: Replay): ReplayParts => ({
  sentence: <ReplaySentence replay={replay} />,
  text: <ReplayText stored={stored} replay={replay} />,
});
