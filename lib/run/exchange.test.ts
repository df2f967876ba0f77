import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyRecipe } from '@/lib/recipe/any-recipe.fixture';
import { entriesOf, withMessages, withoutMessages } from './exchange';

const messages = [{ role: 'user' as const, content: 'Say "messages":[] and $& and $1.' }];

describe('the body of a request', () => {
  it('is kept without the recipe’s messages, and comes back with them', () => {
    const body = JSON.stringify({ model: 'm', messages, seed: 7 });
    expect(withoutMessages(body, messages)).toBe('{"model":"m","messages":[],"seed":7}');
    expect(withMessages(withoutMessages(body, messages), messages)).toBe(body);
  });

  it('is kept whole where it has other messages', () => {
    const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'Other.' }] });
    expect(withoutMessages(body, messages)).toBe(body);
    expect(withMessages(body, messages)).toBe(body);
  });

  it('is kept whole where something else in it looks like messages that were left out', () => {
    const body = JSON.stringify({ metadata: { messages: [] }, messages });
    expect(withoutMessages(body, messages)).toBe(body);
  });

  it('comes back as it was, whatever the recipe', () => {
    fc.assert(
      fc.property(anyRecipe, ({ request }) => {
        const body = JSON.stringify({ ...request, stream: true });
        expect(withMessages(withoutMessages(body, request.messages), request.messages)).toBe(body);
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });
});

describe('the entries of a body', () => {
  it('stand there to the letter', () => {
    expect(entriesOf('{ "seed" : 9223372036854775807, "a\\"b":{"c":[1,2]},"stop":["},"]}')).toEqual([
      { key: 'seed', text: '"seed" : 9223372036854775807' },
      { key: 'a"b', text: '"a\\"b":{"c":[1,2]}' },
      { key: 'stop', text: '"stop":["},"]' },
    ]);
    expect(entriesOf('{}')).toEqual([]);
    expect(entriesOf('no JSON')).toEqual([]);
  });

  it('are those that JSON has, whatever the object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const body = JSON.stringify(object);
        const entries = entriesOf(body);
        expect(`{${entries.map(({ text }) => text).join(',')}}`).toBe(body);
        expect(entries.map(({ key }) => key)).toEqual(Object.keys(JSON.parse(body)));
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });
});
