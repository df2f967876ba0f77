import { describe, expect, it } from 'vitest';
import type { ProbeFinding } from '@/lib/compare/measure/probe';
import { sayProbe, sayProbeCalls, sayProbed, sayProbeEvidence, sayProbeState } from './probe';

const pairs = { with: { equal: 10, of: 10 }, without: { equal: 0, of: 3 }, p: 0.01 };

const findings: [ProbeFinding, state: string, sentence: string][] = [
  [
    { parameter: 'seed', state: 'effective', evidence: { kind: 'pairs', ...pairs } },
    'has an effect',
    '10 of 10 pairs equal with one seed, 0 of 3 with other seeds or none.',
  ],
  [
    {
      parameter: 'seed',
      state: 'no_effect',
      evidence: { kind: 'pairs', with: { equal: 0, of: 15 }, without: { equal: 0, of: 1 }, p: 1 },
    },
    'no visible effect',
    '0 of 15 pairs equal with one seed, 0 of 1 with other seeds or none. A seed that makes half of all pairs equal would have shown.',
  ],
  [
    { parameter: 'seed', state: 'unknown', evidence: { kind: 'pairs', ...pairs, p: null } },
    'cannot tell',
    '10 of 10 pairs equal with one seed, 0 of 3 with other seeds or none. That is too little to tell from chance.',
  ],
  [
    { parameter: 'seed', state: 'ignored', evidence: { kind: 'one-text', calls: 7, seeds: 3 } },
    'ignored',
    'Every seed gives one text (7 calls, 3 seeds), though other calls gave others: the value of the seed is ignored.',
  ],
  [
    { parameter: 'seed', state: 'unknown', evidence: { kind: 'nothing-varied', calls: 9 } },
    'cannot tell',
    'All 9 calls gave one text, with one seed, with another and with none: nothing varied that a seed could have fixed.',
  ],
  [
    {
      parameter: 'temperature',
      state: 'effective',
      evidence: { kind: 'texts', value: '0', calls: 2, texts: 1, without: { calls: 5, texts: 1 }, p: 0.05 },
    },
    'has an effect',
    'The 2 calls with temperature 0 gave one text, the 5 without it another one.',
  ],
  [
    {
      parameter: 'top_p',
      state: 'effective',
      evidence: { kind: 'texts', value: '0.01', calls: 2, texts: 1, without: { calls: 6, texts: 6 }, p: 0.05 },
    },
    'has an effect',
    'The 2 calls with top-p 0.01 gave one text, the 6 without it 6 texts.',
  ],
  [
    {
      parameter: 'temperature',
      state: 'no_effect',
      evidence: { kind: 'same-text', value: '0', calls: 2, without: 5 },
    },
    'no visible effect',
    'The 2 calls with temperature 0 gave the same text as the 5 without it.',
  ],
  [
    { parameter: 'top_p', state: 'unknown', evidence: { kind: 'too-little', value: '0.01', calls: 1 } },
    'cannot tell',
    'Accepted. 1 call with top-p 0.01 is too little here to tell an effect from chance.',
  ],
  [
    {
      parameter: 'load',
      state: 'effective',
      evidence: { kind: 'load', alone: { equal: 3, of: 3 }, together: { equal: 0, of: 3 } },
    },
    'has an effect',
    'Answers depend on load. With one seed, 3 of 3 pairs equal when calls go out one at a time, 0 of 3 when they go out at once.',
  ],
  [
    {
      parameter: 'load',
      state: 'unknown',
      evidence: { kind: 'load', alone: { equal: 0, of: 1 }, together: { equal: 0, of: 3 } },
    },
    'cannot tell',
    'With one seed, 0 of 1 pair equal when calls go out one at a time, 0 of 3 when they go out at once. That is too little to tell.',
  ],
  [
    {
      parameter: 'temperature',
      state: 'refused',
      evidence: { kind: 'refused', value: '0', message: 'The request was refused (400).' },
    },
    'refused',
    'The request was refused (400).',
  ],
  [
    { parameter: 'logprobs', state: 'effective', evidence: { kind: 'alternatives', most: 20, refused: null } },
    'sent',
    'At most 20 for each token.',
  ],
  [
    { parameter: 'logprobs', state: 'effective', evidence: { kind: 'alternatives', most: 5, refused: 20 } },
    'sent',
    'At most 5 for each token. 20 were refused.',
  ],
  [
    { parameter: 'logprobs', state: 'ignored', evidence: { kind: 'not-sent-back', calls: 1 } },
    'ignored',
    'Asked for, accepted, and none came (1 answer).',
  ],
  [
    {
      parameter: 'system_fingerprint',
      state: 'effective',
      evidence: { kind: 'reported', values: ['a', 'b', 'c', 'd', 'e', 'f'], calls: 9 },
    },
    'sent',
    'a, b, c, d and 2 more in 9 answers.',
  ],
  [
    { parameter: 'system_fingerprint', state: 'no_effect', evidence: { kind: 'not-sent-back', calls: 9 } },
    'not sent',
    'None in 9 answers.',
  ],
  [
    { parameter: 'stream', state: 'effective', evidence: { kind: 'streamed', calls: 9 } },
    'works',
    'All 9 answers came in pieces, as asked.',
  ],
  [
    { parameter: 'stream', state: 'ignored', evidence: { kind: 'in-one-piece', calls: 9 } },
    'ignored',
    '9 answers came in one piece, though a stream was asked for.',
  ],
  [
    { parameter: 'seed', state: 'unknown', evidence: { kind: 'no-text', reasoned: true } },
    'cannot tell',
    'All tokens went to reasoning, so there was no text to compare.',
  ],
  [
    { parameter: 'logprobs', state: 'unknown', evidence: { kind: 'no-text', reasoned: true } },
    'cannot tell',
    'All tokens went to reasoning, so there was no text for logprobs to stand beside. Run it with Logprobs and more tokens to see.',
  ],
  [
    { parameter: 'logprobs', state: 'effective', evidence: { kind: 'beside-reasoning', calls: 1 } },
    'sent',
    'They came beside the reasoning of 1 call that gave no answer. How many there are for each token was not seen.',
  ],
  [
    {
      parameter: 'load',
      state: 'no_effect',
      evidence: { kind: 'load', alone: { equal: 1, of: 1 }, together: { equal: 3, of: 3 } },
      reasoning: true,
    },
    'no visible effect',
    'With one seed, 1 of 1 pair equal when calls go out one at a time, 3 of 3 when they go out at once. Compared by their reasoning, since the first call gave no answer.',
  ],
  [
    { parameter: 'seed', state: 'unknown', evidence: { kind: 'no-text', reasoned: false } },
    'cannot tell',
    'The calls gave no text to compare.',
  ],
  [
    {
      parameter: 'seed',
      state: 'unknown',
      evidence: { kind: 'failed', code: 'key_refused', message: 'The key was refused (401).' },
    },
    'cannot tell',
    'The call failed. The key was refused (401).',
  ],
  [
    { parameter: 'top_p', state: 'unknown', evidence: { kind: 'not-asked' } },
    'cannot tell',
    'No call was made for it.',
  ],
];

describe('what a probe found', () => {
  it.each(findings)('is said: %j', (finding, state, sentence) => {
    expect(sayProbeState(finding)).toBe(state);
    expect(sayProbeEvidence(finding)).toBe(sentence);
  });

  it('is said in a line', () => {
    const said = sayProbe(findings.slice(0, 1).map(([finding]) => finding));
    expect(said).toBe('Seed: has an effect');
  });

  it.each([
    [{ calls: 6, running: true, stopped: false }, '6 calls so far, 12 at most.'],
    [{ calls: 11, running: false, stopped: false }, 'It took 11 calls.'],
    [{ calls: 1, running: false, stopped: true }, 'Stopped after 1 call.'],
  ])('has the calls that it took: %j', (calls, said) => {
    expect(sayProbeCalls({ most: 12, ...calls })).toBe(said);
  });

  it('goes by the names that the page has', () => {
    expect([sayProbed('top_p'), sayProbed('system_fingerprint')]).toEqual(['Top-p', 'Fingerprint']);
  });
});
