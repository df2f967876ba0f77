import { describe, expect, it } from 'vitest';
import { sayInvisible } from './invisible';

describe('the name of a character that cannot be seen', () => {
  it('has its number', () => {
    expect(sayInvisible({ text: '\u200f', code: '200F' })).toBe('right-to-left mark (U+200F)');
    expect(sayInvisible({ text: '\u0007', code: '0007' })).toBe('invisible character (U+0007)');
  });
});
