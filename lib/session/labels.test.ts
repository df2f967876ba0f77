import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyUnicode } from '@/lib/recipe/any-recipe.fixture';
import { settings } from '@/lib/recipe/parameters';
import type { ChatRequest, Recipe } from '@/lib/recipe/recipe';
import { armNames, labelsApart, settingLabel, settingLabels } from './labels';

const request = (change: Partial<ChatRequest> = {}, prompt = 'Hi', system = ''): ChatRequest => ({
  model: 'seedling-1',
  messages: [
    ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
    { role: 'user' as const, content: prompt },
  ],
  ...change,
});

describe('labels of requests', () => {
  it.each([
    [request({ temperature: 0.2 }), request({ temperature: 1 }), ['T 0.2', 'T 1']],
    [request({ temperature: 0.2 }), request({ temperature: 1, seed: 7 }), ['T 0.2, no seed', 'T 1, seed 7']],
    [request(), request({ top_p: 0.5 }), ['top-p not set', 'top-p 0.5']],
    [request(), request({ temperature: 0 }), ['T not set', 'T 0']],
    [request(), request({ max_completion_tokens: 9 }), ['max tokens not set', 'at most 9 tokens']],
    [request(), request({ stop: ['END', '\n'] }), ['no stop sequences', 'stop at END, \\n']],
    [request(), request({ logit_bias: { 50256: -100 } }), ['no logit bias', 'logit bias 50256: -100']],
    [request({ presence_penalty: 1 }), request(), ['presence penalty 1', 'presence penalty not set']],
    [request({ reasoning_effort: 'low' }), request(), ['reasoning effort low', 'reasoning effort not set']],
    [
      request({ seed: 7, stop: 'x' }),
      request({ top_p: 1 }),
      ['top-p not set, seed 7, stop at x', 'top-p 1, no seed, no stop sequences'],
    ],
    [request({ model: 'a' }), request({ model: 'b' }), ['a', 'b']],
    [request(), request({}, 'Hi', 'Be brief.'), ['no system message', 'system “Be brief.”']],
    [request(), request({}, 'Bye'), ['“Hi”', '“Bye”']],
  ] satisfies [ChatRequest, ChatRequest, [string, string]][])('%#: say what differs, and only that', (a, b, labels) => {
    expect(labelsApart([a, b])).toEqual(labels);
  });

  it('show long wordings from shortly before the place where they part', () => {
    const moon = request({}, 'Write a haiku about the moon, and nothing else, please, for a friend of mine.');
    const sea = request({}, 'Write a haiku about the sea.');
    expect(labelsApart([moon, sea])).toEqual(['“… the moon, and nothing else, please, f…”', '“… the sea.”']);
    expect(labelsApart([request({}, 'One two three four'), request({}, 'One two three four five')])).toEqual([
      '“… four”',
      '“… four five”',
    ]);
  });

  it('fit a recipe, and split no character', () => {
    fc.assert(
      fc.property(anyUnicode, anyUnicode, anyUnicode, (a, b, c) => {
        const whole = (text: string) => `${text.toWellFormed()} 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀`;
        const [first, second] = [request({}, whole(a), whole(c)), request({ seed: 7 }, whole(b), '')];
        for (const label of labelsApart([first, second])) {
          expect(label.length).toBeLessThanOrEqual(200);
          expect(label.isWellFormed()).toBe(true);
        }
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });
});

describe('labels of several requests', () => {
  it('say of each what is not the same in all', () => {
    const requests = [0, 0.5, 1].map((temperature) => request({ temperature, top_p: 0.9 }));
    expect(labelsApart(requests)).toEqual(['T 0', 'T 0.5', 'T 1']);
    expect(labelsApart([...requests, request({ temperature: 1 })])).toEqual([
      'T 0, top-p 0.9',
      'T 0.5, top-p 0.9',
      'T 1, top-p 0.9',
      'T 1, top-p not set',
    ]);
    expect(labelsApart([request()])).toEqual(['']);
  });
});

describe('the names of arms', () => {
  const names = (...arms: NonNullable<Recipe['arms']>) =>
    armNames({ v: 1, provider: 'seedling', request: request({ seed: 3 }), arms, repeats: 2 });

  it('are their labels, or what differs where they have none', () => {
    expect(names({ label: 'cold', set: { temperature: 0 } }, { label: 'warm', set: { temperature: 1 } })).toEqual([
      'cold',
      'warm',
    ]);
    expect(
      names({ set: {} }, { label: 'warm', set: { temperature: 1 } }, { set: { temperature: 1, seed: 4 } }),
    ).toEqual(['T not set, seed 3', 'warm', 'T 1, seed 4']);
  });

  it('are none where nothing differs or nothing varies', () => {
    expect(names({ set: {} }, { set: {} })).toEqual([null, null]);
    expect(armNames({ v: 1, provider: 'seedling', request: request(), repeats: 2 })).toEqual([]);
  });
});

describe('labels of what shapes the distributions', () => {
  const setting = (key: string, change: Partial<ChatRequest>, backend = 'exact', parts = 1) => ({
    key,
    request: request(change),
    way: { backend, parts },
  });
  const labels = (...those: ReturnType<typeof setting>[]) => [...settingLabels(those).values()];

  it('name what differs: a parameter, the back end, the beginning', () => {
    expect(labels(setting('a', { temperature: 0 }), setting('b', { temperature: 1 }))).toEqual(['T 0', 'T 1']);
    expect(labels(setting('a', {}, 'f32'), setting('b', {}, 'bf16'))).toEqual(['back end f32', 'back end bf16']);
    expect(labels(setting('a', {}, 'batched', 1), setting('b', {}, 'batched', 3))).toEqual([
      'sums in one part',
      'sums in 3 parts',
    ]);
    const messages = [
      ...request().messages,
      { role: 'assistant' as const, content: 'The old moon is a boat, and soft' },
    ];
    expect(labels(setting('a', {}), setting('b', { messages }))).toEqual([
      'beginning not given',
      'begins “…moon is a boat, and soft”',
    ]);
  });

  it('count equal ones once, and say nothing of a single one', () => {
    expect(labels(setting('a', {}), setting('a', {}))).toEqual(['']);
  });

  it('are numbers where what differs has no name', () => {
    const messages = [{ role: 'assistant' as const, content: 'Good morning.' }, ...request().messages];
    expect(labels(setting('a', {}), setting('b', { messages }))).toEqual(['setting 1', 'setting 2']);
  });
});

describe('the label of a setting', () => {
  it.each(settings)('$key names it, set or not', (setting) => {
    expect(settingLabel(setting, '')).not.toBe('');
    expect(settingLabel(setting, '7')).toContain('7');
  });
});
