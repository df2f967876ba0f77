import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ThinkTags } from './think-tags';

/** What comes of a text that arrives in these pieces. */
function split(...pieces: string[]): { text: string; reasoning: string } {
  const tags = new ThinkTags();
  const parts = [...pieces.map((piece) => tags.split(piece)), tags.rest()];
  return {
    text: parts.map(({ text }) => text).join(''),
    reasoning: parts.map(({ reasoning }) => reasoning).join(''),
  };
}

describe('reasoning in tags', () => {
  it.each([
    ['<think>Well.</think>\n\nYes.', { text: 'Yes.', reasoning: 'Well.' }],
    ['\n<think>\nWell.\n</think>Yes.', { text: 'Yes.', reasoning: '\nWell.\n' }],
    ['<think></think>Yes.', { text: 'Yes.', reasoning: '' }],
    ['<think>Well, a < b', { text: '', reasoning: 'Well, a < b' }],
    ['<think>Well.</thin', { text: '', reasoning: 'Well.</thin' }],
    ['Yes, <think>that</think>.', { text: 'Yes, <think>that</think>.', reasoning: '' }],
    ['<thinking>Yes', { text: '<thinking>Yes', reasoning: '' }],
    ['  <th', { text: '  <th', reasoning: '' }],
    ['<p>Yes</p>', { text: '<p>Yes</p>', reasoning: '' }],
    ['', { text: '', reasoning: '' }],
  ])('of %j is told apart', (text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it('is the same however the text is cut', () => {
    const anyText = fc
      .array(fc.constantFrom('<think>', '</think>', '<', 'think', '>', '/', ' ', '\n', 'so', 'well'), { maxLength: 12 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(anyText, fc.array(fc.nat({ max: 40 }), { maxLength: 8 }), (text, cuts) => {
        const borders = [0, ...cuts.filter((cut) => cut <= text.length).toSorted((a, b) => a - b), text.length];
        const pieces = borders.slice(1).map((border, at) => text.slice(borders[at], border));
        expect(split(...pieces)).toEqual(split(text));
      }),
      { seed: 15 },
    );
  });
});
