import type { Replay } from '@/lib/api/replay';
import { type Replay as ReplayFacts, toneOfReplay } from '@/lib/compare/measure/replay';
import { sayReplay, sayReplayLeftOut } from '@/lib/words/replay';

/** A replay, with its findings in words. */
export function toReplay(replay: ReplayFacts): Replay {
  const { pairs, groups: texts, destinations, ...facts } = replay;
  const { sentence, groups, address, fingerprints } = sayReplay(replay);
  return {
    sentence,
    tone: toneOfReplay(replay),
    pairs,
    leftOut: replay.leftOut.map((each) => ({ run: each.run, why: sayReplayLeftOut(each) })),
    groups: texts,
    groupSentence: groups,
    addressSentence: address,
    fingerprintSentence: fingerprints,
    facts: { ...facts, destinations: destinations && { ...destinations, claimed: replay.imported } },
  };
}
