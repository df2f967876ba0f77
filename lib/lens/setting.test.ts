import { describe, expect, it } from 'vitest';
import { aRequest } from '@/lib/run/records.fixture';
import { settingOf, slidersOf } from './setting';
import type { RetraceableRun, Source } from './source';

const aRun = (tag: string): RetraceableRun => ({
  request: aRequest(),
  text: 'A',
  finish: 'stop',
  model: 'seedling',
  hash: 'abcdef01',
  tag,
});
const source = (tag: string): Source => ({ kind: 'retraceable', run: aRun(tag), imported: false });
const keyOf = (change: Parameters<typeof aRequest>[0], from = source('exact')) => settingOf(aRequest(change), from).key;

describe('the setting of a run', () => {
  it('is that of another seed too', () => {
    expect(keyOf({ seed: 1 })).toBe(keyOf({ seed: 2 }));
    expect(keyOf({ seed: 1 })).toBe(keyOf({}));
  });

  it('is another one for whatever else was asked, another back end, and other numbers', () => {
    const keys = [
      keyOf({}),
      keyOf({ temperature: 0 }),
      keyOf({ temperature: 1 }),
      keyOf({ presence_penalty: 1 }),
      keyOf({ model: 'seedling-1-fleet' }),
      keyOf({}, source('f32')),
      keyOf({}, { kind: 'logprobs', tokens: [], text: 'A', imported: false }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is that of another load too, as long as sums are split into as many parts', () => {
    const under = (inFlight: number): Source => ({
      kind: 'retraceable',
      run: { ...aRun('batched'), model: 'sapling', inFlight },
      imported: false,
    });
    expect(keyOf({}, under(6))).toBe(keyOf({}, under(7)));
    expect(keyOf({}, under(1))).not.toBe(keyOf({}, under(2)));
  });

  it("has sliders at what was asked for, or at the API's default", () => {
    expect(slidersOf(settingOf(aRequest({ temperature: 0 }), source('exact')))).toEqual({ temperature: 0, top_p: 1 });
  });
});
