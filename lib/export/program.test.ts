import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyRecipe, anyUnicode, nastyTexts } from '@/lib/recipe/any-recipe.fixture';
import { armRequest, armRequests } from '@/lib/recipe/plan';
import { exactOf } from '@/lib/recipe/seed';
import { aRecipe, aRequest } from '@/lib/run/records.fixture';
import { isWhole, quote, splitRequests, toJsonLiteral, toPythonLiteral } from './program';

describe('the requests of a recipe', () => {
  it('hold what else goes into a body apart', () => {
    const recipe = aRecipe({ request: aRequest({ extra_body: { top_k: 1 } }) });
    expect(splitRequests(recipe).shared).toEqual({ ...aRequest(), extra_body: { top_k: 1 } });
  });

  it('are split into what they share and what each adds', () => {
    const recipe = aRecipe({
      request: aRequest({ seed: 1, temperature: 0 }),
      arms: [{ set: { seed: 2 } }, { set: { seed: null } }],
    });
    const { messages } = recipe.request;
    expect(splitRequests(recipe)).toEqual({
      shared: { model: 'seedling-1', messages, temperature: 0 },
      arms: [{ seed: 2 }, {}],
    });
  });

  it('are the same when put together again', () => {
    fc.assert(
      fc.property(anyRecipe, (recipe) => {
        const { shared, arms } = splitRequests(recipe);
        expect(arms.map((arm) => ({ ...shared, ...arm }))).toEqual(
          armRequests(recipe).map((request) =>
            request.seed == null ? request : { ...request, seed: exactOf(request.seed) },
          ),
        );
        expect(armRequests(recipe)).toEqual((recipe.arms ?? [{}]).map((_, arm) => armRequest(recipe, arm)));
      }),
      { seed: 1, numRuns: cases(200) },
    );
  });
});

describe('a value in a program', () => {
  it('is in one line if it is short', () => {
    expect(toJsonLiteral({ seed: 1, stop: ['a', 'b'], logprobs: true })).toBe(
      '{"seed": 1, "stop": ["a", "b"], "logprobs": true}',
    );
  });

  it('has a line for each entry if it is long', () => {
    const value = {
      model: 'm',
      messages: [
        { role: 'user', content: 'x'.repeat(60) },
        { role: 'user', content: 'y' },
      ],
    };
    expect(toPythonLiteral(value)).toBe(`{
    "model": "m",
    "messages": [
        {"role": "user", "content": "${'x'.repeat(60)}"},
        {"role": "user", "content": "y"}
    ]
}`);
  });

  it('uses the words of its language', () => {
    expect(toJsonLiteral([true, false, null])).toBe('[true, false, null]');
    expect(toPythonLiteral([true, false, null])).toBe('[True, False, None]');
  });

  it('is JSON, and JavaScript, that gives the value back', () => {
    const anyValue = fc.jsonValue({ depthSize: 'medium', stringUnit: 'binary' });
    fc.assert(
      fc.property(fc.oneof(anyValue, fc.array(anyUnicode), anyRecipe), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(toJsonLiteral(value))).toEqual(plain);
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });
});

describe('a string in a program', () => {
  it.each([
    ['</script>', '"\\u003c/script>"'],
    ['<!-- x', '"\\u003c!-- x"'],
    ['1 < 2', '"1 < 2"'],
    ['a\u2028b', '"a\\u2028b"'],
    ['\u202egnp.exe', '"\\u202egnp.exe"'],
    ['\ud800', '"\\ud800"'],
    ['😀', '"😀"'],
    ['"\\\n', '"\\"\\\\\\n"'],
  ])('%j is written as %s', (text, written) => {
    expect(quote(text)).toBe(written);
  });

  it('never spans lines, nor ends a script element', () => {
    fc.assert(
      fc.property(anyUnicode, (text) => {
        expect(quote(text)).not.toMatch(/[\r\n\u2028\u2029]|<\/|<!/);
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });
});

describe('a well-formed text', () => {
  it('has no half of a surrogate pair, in values or keys, however deep', () => {
    expect(
      isWhole({
        a: ['😀', { b: 1, c: null }],
        ...Object.fromEntries(nastyTexts.map((text) => ['', text.toWellFormed()])),
      }),
    ).toBe(true);
    expect(isWhole({ a: [{ b: '\ud83d' }] })).toBe(false);
    expect(isWhole({ '\ude00': 1 })).toBe(false);
  });
});
