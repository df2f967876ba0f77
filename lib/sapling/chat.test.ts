import { describe, expect, it } from 'vitest';
import { layOut, promptOf } from './chat';
import { Tokenizer } from './tokenizer';

const tokenizer = new Tokenizer([]);
const bytes = (text: string): number[] => [...new TextEncoder().encode(text)];
const [end, system, user, assistant] = [256, 257, 258, 259];

describe('a conversation', () => {
  it('is laid out message by message, and an answer has an end', () => {
    expect(layOut(tokenizer, { role: 'user', content: 'Hi' })).toEqual([user, ...bytes('Hi')]);
    expect(layOut(tokenizer, { role: 'assistant', content: 'Ho' })).toEqual([assistant, ...bytes('Ho'), end]);
  });

  it('is a prompt with the mark after which the answer comes', () => {
    const messages = [
      { role: 'developer', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Ho' },
      { role: 'user', content: 'Why?' },
    ];
    const asked = [system, ...bytes('Be brief.'), user, ...bytes('Hi'), assistant, ...bytes('Ho'), end];
    expect(promptOf(tokenizer, messages, 512)).toEqual({
      ok: true,
      value: { asked: [...asked, user, ...bytes('Why?'), assistant], begun: [] },
    });
  });

  it('begins the answer with a last message of the assistant', () => {
    const messages = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Ho' },
    ];
    expect(promptOf(tokenizer, messages, 512)).toEqual({
      ok: true,
      value: { asked: [user, ...bytes('Hi'), assistant], begun: bytes('Ho') },
    });
  });

  it('is not cut into tokens if it cannot fit', () => {
    const counted = new Tokenizer([]);
    counted.encode = () => {
      throw new Error('It was cut.');
    };
    const messages = [{ role: 'user', content: 'x'.repeat(128 * 1024) }];
    const tokens = Math.ceil((128 * 1024) / counted.longest);
    expect(promptOf(counted, messages, 512)).toEqual({
      ok: false,
      error: { kind: 'too-long', tokens, context: 512 },
    });
  });

  it('cannot put a mark into a text', () => {
    expect(layOut(tokenizer, { role: 'user', content: '<|end|>' })).toEqual([user, ...bytes('<|end|>')]);
  });

  it('is too long if there is no room for a token more', () => {
    const messages = [{ role: 'user', content: 'x'.repeat(30) }];
    expect(promptOf(tokenizer, messages, 33)).toMatchObject({ ok: true });
    expect(promptOf(tokenizer, messages, 32)).toEqual({
      ok: false,
      error: { kind: 'too-long', tokens: 32, context: 32 },
    });
  });
});
