import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyUnicode } from '@/lib/recipe/any-recipe.fixture';
import { settings } from '@/lib/recipe/parameters';
import type { ChatRequest } from '@/lib/recipe/recipe';
import { labelApart, settingLabel } from './labels';

const request = (change: Partial<ChatRequest> = {}, prompt = 'Hi', system = ''): ChatRequest => ({
  model: 'seedling-1',
  messages: [
    ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
    { role: 'user' as const, content: prompt },
  ],
  ...change,
});

describe('labels of two requests', () => {
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
    expect(labelApart(a, b)).toEqual(labels);
  });

  it('show long wordings from shortly before the place where they part', () => {
    const moon = request({}, 'Write a haiku about the moon, and nothing else, please, for a friend of mine.');
    const sea = request({}, 'Write a haiku about the sea.');
    expect(labelApart(moon, sea)).toEqual(['“… the moon, and nothing else, please, f…”', '“… the sea.”']);
    expect(labelApart(request({}, 'One two three four'), request({}, 'One two three four five'))).toEqual([
      '“… four”',
      '“… four five”',
    ]);
  });

  it('fit a recipe, and split no character', () => {
    fc.assert(
      fc.property(anyUnicode, anyUnicode, anyUnicode, (a, b, c) => {
        const whole = (text: string) => `${text.toWellFormed()} 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀`;
        const [first, second] = [request({}, whole(a), whole(c)), request({ seed: 7 }, whole(b), '')];
        for (const label of labelApart(first, second)) {
          expect(label.length).toBeLessThanOrEqual(200);
          expect(label.isWellFormed()).toBe(true);
        }
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });
});

describe('the label of a setting', () => {
  it.each(settings)('$key names it, set or not', (setting) => {
    expect(settingLabel(setting, '')).not.toBe('');
    expect(settingLabel(setting, '7')).toContain('7');
  });
});
