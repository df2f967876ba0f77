import { describe, expect, it } from 'vitest';
import { proofOf } from '@/lib/compare/measure/agreement';
import { evidence } from '@/lib/compare/measure/evidence';
import type { Ground } from '@/lib/compare/measure/ground';
import { ended, endedWith, failed } from '@/lib/run/records.fixture';
import { sayEvidence, sayNotes } from './evidence';
import { sayProof } from './proof';

describe('the words for figures', () => {
  it('name each figure that there is', () => {
    const runs = [...endedWith('the cat', 'the cat', 'the dog'), failed(4, 'rate_limited')];
    expect(sayEvidence(evidence(runs))).toEqual([
      { name: 'Compared', value: '3 of 4 runs' },
      { name: 'Distinct texts', value: '2' },
      {
        name: 'Most common',
        value: '2 of 3, 66.7 %; 95 % interval 0.8 % to 99.2 % for a text picked because it came most often',
      },
      { name: 'Pairs that match', value: '33.3 %' },
      { name: 'Effective number of texts', value: '1.89' },
      { name: 'First difference', value: 'word 2, character 5' },
      { name: 'Left out', value: 'run 4 failed: rate limit.' },
    ]);
  });

  it('say what equal runs prove, and at which token others part', () => {
    expect(sayEvidence(evidence(endedWith('x', 'x', 'x', 'x', 'x'))).at(-1)).toEqual({
      name: 'What equal runs prove',
      value: 'with a most common text in less than 47.3 % of runs, this comes at most 1 time in 20',
    });
    const token = (text: string) => ({ token: text, logprob: -1, bytes: null, top_logprobs: [] });
    const runs = [ended(1, 'a b', { tokens: [token('a b')] }), ended(2, 'a c', { tokens: [token('a c')] })];
    expect(sayEvidence(evidence(runs))).toContainEqual({
      name: 'First difference',
      value: 'word 2, character 3, token 1',
    });
  });
});

describe('the notes on figures', () => {
  const usage = (cached_tokens: number) => ({
    usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10, prompt_tokens_details: { cached_tokens } },
  });

  it('are none where there is nothing to add', () => {
    expect(sayNotes(evidence(endedWith('x', 'x')))).toEqual([]);
  });

  it('say what is left out', () => {
    const runs = [ended(1, 'x'), failed(2, 'rate_limited'), failed(3, 'cut_off', 'x')];
    expect(sayNotes(evidence(runs))).toEqual([
      'Left out: Run 2 failed: rate limit. Run 3 failed: the answer broke off.',
    ]);
  });

  it('say which runs ended at the limit, and which were imported', () => {
    const cut = (run: number) => ended(run, 'x', { finish: 'length' });
    expect(sayNotes(evidence([cut(1), ended(2, 'x'), cut(3)], { origin: 'import' }))).toEqual([
      'Runs 1, 3 ended at the token limit and are compared up to it.',
      '3 compared runs were imported: this server did not see them being made.',
    ]);
    expect(sayNotes(evidence([cut(1)], { origin: 'import' }))).toEqual([
      'Run 1 ended at the token limit and is compared up to it.',
      '1 compared run was imported: this server did not see it being made.',
    ]);
  });

  it('say which runs took part of the prompt from a cache', () => {
    const runs = [ended(1, 'x', usage(0)), ended(2, 'x', usage(8)), ended(3, 'x', usage(8))];
    expect(sayNotes(evidence(runs))).toEqual([
      'Runs 2, 3 took part of the prompt from the provider’s cache, the others did not: that alone may round numbers differently.',
    ]);
  });
});

describe('the words for a proof', () => {
  const oneSeed: Ground = { kind: 'one-seed', seed: 7, drawsAnew: false, greedy: false, served: [] };

  it('say what equal runs are worth', () => {
    expect(sayProof(proofOf(5), oneSeed, false)).toBe(
      'Equal runs are evidence, not proof. If the model’s most common text came in less than 47 % of runs, 5 runs would agree at most one time in twenty. For 20 equal runs that share is 85 %, for 60 it is 95 %.',
    );
  });

  it('say more of a fixed program', () => {
    expect(sayProof(proofOf(2), oneSeed, true)).toBe(
      'Here it is more than evidence: this model is inside Seedbed and a fixed program, and the same request with the same seed must give the same text. Of a model behind an API, equal runs alone would show less. If its most common text came in less than 5 % of runs, 2 runs would agree at most one time in twenty. For 20 equal runs that share is 85 %, for 60 it is 95 %.',
    );
  });

  it('say of several seeds that none was repeated, and nothing of runs that were asked different things', () => {
    const repeated = { requests: 0, agreeing: 0 };
    const seeds = { kind: 'several-seeds', seeds: 5, drawsAnew: false, greedy: false, repeated } as const;
    expect(sayProof(proofOf(5), seeds, false)).toContain('this is about all seeds, not about repeating one');
    const settings = {
      kind: 'several-settings',
      settings: ['temperature'],
      seeded: true,
      drawsAnew: false,
      repeated,
      models: [],
      address: null,
    } as const;
    expect(sayProof(proofOf(5), { ...settings, settings: [...settings.settings], models: [] }, false)).toBeNull();
    const some = { kind: 'some-seeds', seeded: [1], unseeded: [2], drawsAnew: false, greedy: false, repeated } as const;
    expect(sayProof(proofOf(5), { ...some, seeded: [1], unseeded: [2] }, false)).toBeNull();
  });
});
