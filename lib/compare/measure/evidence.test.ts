import { describe, expect, it } from 'vitest';
import { cpuMs } from '@/lib/cpu-time.fixture';
import type { TokenInfo } from '@/lib/run/events';
import { ended, endedWith, failed, queued } from '@/lib/run/records.fixture';
import cookbook from '../__fixtures__/cookbook.json';
import { equalRunsBound } from './agreement';
import { evidence, firstToken } from './evidence';

const token = (text: string, bytes: number[] | null = null): TokenInfo => ({
  token: text,
  logprob: -0.1,
  bytes,
  top_logprobs: [],
});
const tokensOf = (text: string): TokenInfo[] => (text.match(/\s*\S+/g) ?? []).map((each) => token(each));

describe('the evidence', () => {
  it('has every figure of the panel', () => {
    const found = evidence(endedWith(...'xxxxxxxxyz'));
    expect(found).toMatchObject({
      mode: 'exact',
      planned: 10,
      compared: 10,
      texts: 3,
      exactTexts: 3,
      modal: { letter: 'A', k: 8, n: 10, share: 0.8 },
      firstDifference: { word: 1, character: 1, token: null },
      equalRunsBound: null,
      leftOut: [],
      atLimit: [],
      imported: 0,
      promptCached: [],
    });
    expect(found.pairwiseMatch).toBeCloseTo(0.6222, 4);
    expect(found.effectiveTexts).toBeCloseTo(1.8946, 4);
    expect(found.effectiveCommonTexts).toBeCloseTo(1.5152, 4);
  });

  it('works its own example', () => {
    const { modal, pairwiseMatch } = evidence(endedWith('x', 'x', 'y'));
    expect(pairwiseMatch).toBeCloseTo(1 / 3, 10);
    expect(modal?.interval?.map((end) => end.toFixed(4))).toEqual(['0.0084', '0.9916']);
  });

  it('says what equal runs prove, if there are two', () => {
    expect(evidence(endedWith('x', 'x', 'x', 'x', 'x')).equalRunsBound).toBe(equalRunsBound(5));
    expect(evidence(endedWith('x')).equalRunsBound).toBeNull();
    expect(evidence([]).modal).toBeNull();
  });

  it('has no interval and no bound for runs that are not tries of one thing', () => {
    expect(evidence(endedWith('x', 'x', 'x'), { alike: false })).toMatchObject({
      modal: { k: 3, interval: null },
      equalRunsBound: null,
    });
  });

  it('goes by the mode', () => {
    const runs = endedWith('It is 4.', 'it is 4', 'So: 4', 'none');
    expect(evidence(runs, { mode: 'case-punctuation' })).toMatchObject({
      texts: 3,
      exactTexts: 4,
      modal: { k: 2 },
    });
    expect(evidence(runs, { mode: 'answer' })).toMatchObject({
      texts: 2,
      modal: { k: 3, n: 4 },
      firstDifference: null,
    });
    expect(evidence(endedWith('no', 'none'), { mode: 'answer' }).modal).toBeNull();
  });

  it('counts what is left out, with the reason', () => {
    const runs = [
      ended(1, 'x'),
      failed(2, 'rate_limited'),
      failed(3, 'cut_off', 'x'),
      ended(4, 'x', { finish: 'aborted' }),
      ended(5, 'No.', { finish: 'refusal' }),
      ended(6, 'x', { finish: 'content_filter' }),
      ended(7, ''),
      ended(8, 'x', { finish: 'tool_calls' }),
      queued(9),
      ended(10, 'x', { cached: true }),
    ];
    const found = evidence(runs);
    expect(found.leftOut.map(({ run, reason }) => [run, reason.kind])).toEqual([
      [2, 'failed'],
      [3, 'failed'],
      [4, 'stopped'],
      [5, 'refused'],
      [6, 'filtered'],
      [7, 'empty'],
      [8, 'other-finish'],
      [9, 'unfinished'],
      [10, 'cached'],
    ]);
    expect(found).toMatchObject({ planned: 10, compared: 1 });
  });

  it('says which runs took part of the prompt from a cache, where others did not', () => {
    const usage = (cached_tokens: number) => ({
      usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10, prompt_tokens_details: { cached_tokens } },
    });
    const cachedOf = (...cached: number[]) =>
      evidence(cached.map((tokens, index) => ended(index + 1, 'x', usage(tokens)))).promptCached;
    expect(cachedOf(0, 8, 8)).toEqual([2, 3]);
    expect(cachedOf(8, 8)).toEqual([]);
    expect(cachedOf(0, 0)).toEqual([]);
  });

  it('says which runs ended at the limit, and which were imported', () => {
    const runs = [ended(1, 'x', { finish: 'length' }), ended(2, 'x'), ended(3, 'x', { finish: 'length' })];
    expect(evidence(runs, { origin: 'import' })).toMatchObject({
      atLimit: [1, 3],
      imported: 3,
    });
    expect(evidence(runs, { origin: 'run' }).imported).toBe(0);
  });
});

describe('the first token that differs', () => {
  it('counts from one; the end of a run is a difference', () => {
    expect(firstToken([{ tokens: tokensOf('a b c') }, { tokens: tokensOf('a b d') }])).toBe(3);
    expect(firstToken([{ tokens: tokensOf('a b') }, { tokens: tokensOf('a b c') }])).toBe(3);
    expect(firstToken([{ tokens: tokensOf('a b') }, { tokens: tokensOf('a b') }])).toBeNull();
  });

  it('is unknown unless every run has tokens', () => {
    expect(firstToken([{ tokens: tokensOf('a') }, {}])).toBeNull();
    expect(firstToken([{ tokens: tokensOf('a') }, { tokens: [] }])).toBeNull();
    expect(firstToken([])).toBeNull();
  });

  it('goes by the bytes, since a part of a character has no text of its own', () => {
    const [half, other] = [token('\ufffd', [240, 159]), token('\ufffd', [240, 160])];
    expect(firstToken([{ tokens: [half, half] }, { tokens: [half, other] }])).toBe(2);
  });
});

/**
 * Thinking Machines Lab, "Defeating Nondeterminism in LLM Inference", 2025, rebuilt: 1,000 answers, 80 texts, the most
 * common one 78 times, 102 tokens common to all, then "Queens, New York" in 992 and "New York City" in 8.
 */
describe('a thousand answers at temperature 0', () => {
  const common = Array.from({ length: 102 }, (_, index) => `word${index}`).join(' ');
  // 78 + 77 × 11 + 67 = 992 in 79 texts; the eight share the 80th.
  const sizes = [78, ...Array.from({ length: 77 }, () => 11), 67];
  const texts = [
    ...sizes.flatMap((size, text) =>
      Array.from({ length: size }, () => `${common} Queens, New York, and then ${text}`),
    ),
    ...Array.from({ length: 8 }, () => `${common} New York City, and then`),
  ];
  const runs = texts.map((text, index) => ended(index + 1, text, { tokens: tokensOf(text) }));
  const started = cpuMs();
  const found = evidence(runs);
  const took = cpuMs() - started;

  it('are 80 texts, the most common one 78 times', () => {
    expect(found).toMatchObject({ compared: 1000, texts: 80, modal: { k: 78, n: 1000 } });
  });

  it('part at word and token 103', () => {
    expect(found.firstDifference).toMatchObject({ word: 103, token: 103 });
  });

  it('are 992 and 8 at that place, with their intervals', () => {
    const places = runs.map(({ run, tokens }) => ended(run, tokens?.[102]?.token ?? ''));
    const { texts: variants, modal, pairwiseMatch } = evidence(places);
    expect([variants, modal?.k]).toEqual([2, 992]);
    expect(modal?.interval?.map((end) => end.toFixed(4))).toEqual(['0.9843', '0.9965']);
    expect(pairwiseMatch).toBeCloseTo((992 * 991 + 8 * 7) / (1000 * 999), 10);
  });

  it('are looked at in a few seconds at the very most', () => {
    expect(took).toBeLessThan(5000);
  });
});

/** Five real answers: one seed, temperature 0, one fingerprint. */
describe("the evidence in OpenAI's cookbook", () => {
  const found = evidence(endedWith(...cookbook.texts));

  it('is four texts, of which runs 2 and 4 share one', () => {
    expect(found).toMatchObject({ compared: 5, texts: 4, modal: { runs: [2, 4], k: 2, n: 5 } });
    expect(found.pairwiseMatch).toBeCloseTo(0.1, 10);
    expect(found.modal?.interval?.map((end) => end.toFixed(4))).toEqual(['0.0025', '0.8534']);
  });
});
