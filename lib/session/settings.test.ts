import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyUnicode } from '@/lib/recipe/any-recipe.fixture';
import type { ChatRequest } from '@/lib/recipe/recipe';
import { emptyWhereSame, fillFrom, labelApart, noSettings, settings } from './settings';

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
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('a second column', () => {
  it('is given back by what it makes of the first, but for what is the same', () => {
    const text = fc.constantFrom('', 'a', 'b', '7');
    const column = fc.record({
      prompt: text,
      system: text,
      model: text,
      seed: text,
      temperature: text,
      topP: text,
      maxTokens: text,
    });
    fc.assert(
      fc.property(column, column, (first, second) => {
        const filled = fillFrom(first, second);
        expect(fillFrom(first, emptyWhereSame(first, filled))).toEqual(filled);
        for (const setting of settings) expect(filled[setting]).toBe(second[setting] || first[setting]);
        expect(emptyWhereSame(first, first)).toEqual(noSettings);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
