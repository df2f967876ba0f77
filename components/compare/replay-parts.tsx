import type { ComponentProps, ReactNode } from 'react';
import { ReplaySentence } from './replay-sentence';
import { ReplayText } from './replay-text';

/** What a repeat shows of what it repeats: the sentence that stands above its texts, and what stands below them. */
export const replayParts = (sides: ComponentProps<typeof ReplayText>): Record<'sentence' | 'text', ReactNode> => ({
  sentence: <ReplaySentence {...sides} />,
  text: <ReplayText {...sides} />,
});
