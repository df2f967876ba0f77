import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { type Capability, capabilityParameters, capabilityStates } from '@/lib/run/capability';
import type { TokenInfo } from '@/lib/run/events';
import { aProblem, aRequest, ended, failed } from '@/lib/run/records.fixture';
import { type Observation, observe, observeProbe, settle } from './capabilities';
import { type Answer, type Asked, probing, tokensFor } from './probing.fixture';

const token: TokenInfo = { token: 'x', logprob: -1, bytes: null, top_logprobs: [] };
const refused = (param: string | null, message = 'No.') => ({
  ...failed(1, 'bad_request'),
  error: { ...aProblem('bad_request'), param, message },
});
const said = (seen: readonly Observation[]) =>
  seen.map(({ parameter, state, value }) => [parameter, state, ...(value === null ? [] : [value])].join(' '));

describe('a run that is over', () => {
  it('shows what was sent and taken, and what came back', () => {
    const request = aRequest({ seed: 7, temperature: 0, top_p: 0.5, logprobs: true });
    const run = ended(1, 'x', { tokens: [token], fingerprints: ['fp_1'] });
    expect(said(observe(request, run))).toEqual([
      'seed accepted',
      'temperature accepted',
      'top_p accepted',
      'logprobs accepted',
      'system_fingerprint accepted',
      'stream accepted',
    ]);
  });

  it('shows what was asked for and did not come', () => {
    const run = ended(1, 'x', { notes: ['not_streamed'] });
    expect(said(observe(aRequest({ seed: null, logprobs: true }), run))).toEqual([
      'logprobs ignored',
      'system_fingerprint ignored',
      'stream ignored',
    ]);
    expect(said(observe(aRequest({ logprobs: true }), ended(1, '')))).not.toContain('logprobs ignored');
    expect(said(observe(aRequest({ stream: false }), { ...run, streamed: false }))).toEqual([
      'system_fingerprint ignored',
    ]);
  });

  it.each([
    ['seed', aRequest({ seed: 7 }), refused('seed'), ['seed refused 7']],
    [
      'a value that is named',
      aRequest({ temperature: 0.2 }),
      refused(null, 'temperature must be 1'),
      ['temperature refused 0.2'],
    ],
    ['top_logprobs', aRequest({ logprobs: true, top_logprobs: 20 }), refused('top_logprobs'), ['logprobs refused 20']],
    ['logprobs', aRequest({ logprobs: true }), refused('logprobs'), ['logprobs refused']],
    ['stream', aRequest(), refused('stream'), ['stream refused']],
    ['stream_options', aRequest(), refused('stream_options'), []],
    ['something else', aRequest({ stop: 'x' }), refused('stop'), []],
    ['nobody knows what', aRequest({ seed: 7 }), refused(null), []],
    ['the key', aRequest({ seed: 7 }), failed(1, 'key_refused'), []],
  ])('shows that %s was refused', (_, request, run, expected) => {
    expect(said(observe(request, run))).toEqual(expected);
  });

  it('shows nothing if it was stopped, or a cache had the answer', () => {
    expect(observe(aRequest({ seed: 7 }), ended(1, 'x', { finish: 'aborted' }))).toEqual([]);
    expect(observe(aRequest({ seed: 7 }), ended(1, 'x', { cached: true }))).toEqual([]);
  });
});

const seenBy = (answer: (asked: Asked) => Answer) => {
  const { recipe, runs } = probing(answer);
  return said(observeProbe(recipe, runs));
};
const fresh = ({ call, request }: Asked): Answer => ({ text: `call ${call}`, ...tokensFor(request) });
const sampled = (asked: Asked): Answer => {
  const { seed, temperature, top_p } = asked.request;
  const cold = temperature === 0 || top_p !== undefined;
  return { ...fresh(asked), text: cold ? 'greedy' : `seed ${seed ?? asked.call}` };
};

describe('a probe', () => {
  it('shows what has an effect', () => {
    expect(seenBy(sampled)).toEqual([
      'seed effective',
      'temperature effective',
      'top_p effective',
      'logprobs accepted',
      'system_fingerprint ignored',
      'stream accepted',
    ]);
  });

  it('shows that a seed does nothing, and that other settings were at least taken', () => {
    expect(seenBy(fresh).slice(0, 3)).toEqual(['seed ignored', 'temperature accepted', 'top_p accepted']);
    expect(seenBy(() => ({ text: 'the one' }))).toContain('seed accepted');
  });

  it('shows what was refused, with its value', () => {
    const refusing = (asked: Asked): Answer =>
      asked.request.temperature === undefined ? sampled(asked) : { refuses: { param: 'temperature' } };
    expect(seenBy(refusing)).toContain('temperature refused 0');
  });

  it('shows nothing where no call was answered, nor of an experiment that is none', () => {
    expect(seenBy(() => ({ refuses: { code: 'key_refused' } }))).toEqual([]);
    expect(observeProbe({ ...probing(sampled).recipe, repeats: 2 }, [])).toEqual([]);
  });
});

const day = 24 * 60 * 60 * 1000;
const observed = (state: Observation['state'], parameter: Observation['parameter'] = 'seed'): Observation => ({
  ...{ parameter, state },
  value: state === 'refused' ? '7' : null,
});
const knownAfter = (...states: [Observation['state'], number][]): Capability | undefined =>
  states.reduce<Capability | undefined>((known, [state, at]) => settle(known, 'm', observed(state), at), undefined);

describe('what is known of a parameter', () => {
  it('is the latest, and what it does not agree with', () => {
    expect(knownAfter(['accepted', 1], ['refused', 2])).toEqual({
      ...{ model: 'm', parameter: 'seed', state: 'refused', value: '7', at: 2 },
      before: { state: 'accepted', at: 1 },
    });
    expect(knownAfter(['refused', 1], ['accepted', 2], ['effective', 3])).toMatchObject({
      state: 'effective',
      before: { state: 'refused', at: 1 },
    });
    expect(knownAfter(['effective', 1], ['ignored', 2])).toMatchObject({ before: { state: 'effective', at: 1 } });
    expect(knownAfter(['accepted', 1], ['ignored', 2])).toMatchObject({ state: 'ignored', before: null });
  });

  it('stays what a probe found where a parameter is merely taken', () => {
    expect(knownAfter(['ignored', 1], ['accepted', 2])).toMatchObject({ state: 'ignored', at: 1 });
    expect(knownAfter(['effective', 1], ['accepted', 2])).toMatchObject({ state: 'effective', at: 1 });
    const sent = settle(
      settle(undefined, 'm', observed('ignored', 'logprobs'), 1),
      'm',
      observed('accepted', 'logprobs'),
      2,
    );
    expect(sent).toMatchObject({ state: 'accepted', before: { state: 'ignored', at: 1 } });
  });

  it('is dated anew after a day, and not with each run', () => {
    expect(knownAfter(['accepted', 1], ['accepted', day])?.at).toBe(1);
    expect(knownAfter(['accepted', 1], ['accepted', day + 1])?.at).toBe(day + 1);
    expect(knownAfter(['refused', 5], ['accepted', 4])?.state).toBe('refused');
  });

  it('is the same object as long as nothing changes, and never older', () => {
    const any = fc.array(
      fc.record({
        state: fc.constantFrom(...capabilityStates),
        at: fc.nat(3 * day),
        of: fc.constantFrom(...capabilityParameters),
      }),
    );
    fc.assert(
      fc.property(any, (all) => {
        let known: Capability | undefined;
        for (const { state, at, of } of all) {
          const next = settle(known, 'm', observed(state, of), at);
          expect(settle(next, 'm', observed(next.state, next.parameter), next.at)).toBe(next);
          expect(next.at).toBeGreaterThanOrEqual(known?.at ?? 0);
          known = next;
        }
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });
});
