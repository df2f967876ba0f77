import { describe, expect, it } from 'vitest';
import { sayInvisible } from './invisible';

describe('a character that cannot be seen', () => {
  it.each([
    ['\u200f', '200F', 'RLM', 'right-to-left mark (U+200F)'],
    ['\u00a0', '00A0', '⍽', 'no-break space (U+00A0)'],
    ['\t', '0009', '⇥', 'tab (U+0009)'],
    ['\u0007', '0007', 'U+0007', 'invisible character (U+0007)'],
  ])('has a sign and a name: %j', (text, code, sign, name) => {
    expect(sayInvisible({ text, code })).toEqual({ sign, name });
  });
});
