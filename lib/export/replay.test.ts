import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { Replay } from '@/lib/api/replay';
import { compareReplay } from '@/lib/compare/measure/replay';
import { aRecipe, aRequest, ended, endedWith, failed } from '@/lib/run/records.fixture';
import { toReplay } from './replay';

describe('the replay of an answer', () => {
  it('has words beside the facts', () => {
    const recipe = aRecipe({ request: aRequest({ seed: 7 }), repeats: 3 });
    const stored = { recipe, runs: [...endedWith('a b', 'a b'), failed(3, 'rate_limited')] };
    const found = compareReplay(stored, { recipe, runs: [ended(1, 'a b'), ended(2, 'a c'), ended(3, 'a b')] });
    const { pairs, groups, destinations, ...facts } = found;
    const replay = toReplay(found);
    expect(replay).toEqual({
      sentence: '1 of 2 comparable runs matches the stored text; run 2 differs at word 2.',
      tone: 'differ',
      pairs,
      leftOut: [{ run: 3, why: 'stored run 3 failed: rate limit.' }],
      groups,
      groupSentence: 'As groups: text A 2 times before, 2 times now; text B not before, once now.',
      addressSentence:
        'It is not recorded where all stored and new runs were sent, so a change of address cannot be seen.',
      fingerprintSentence: 'No fingerprint was reported, then or now.',
      facts: { ...facts, destinations: { ...destinations, claimed: false } },
    });
    expect(parse(Replay, replay)).toEqual(replay);
  });

  it('says of imported runs that their addresses are claimed, where it always did', () => {
    const stored = { recipe: aRecipe(), runs: endedWith('a'), origin: 'import' as const };
    const { facts } = toReplay(compareReplay(stored, { recipe: aRecipe(), runs: endedWith('a') }));
    expect(facts).toMatchObject({ imported: true, destinations: { claimed: true } });
  });
});
