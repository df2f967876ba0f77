import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { loadTokenizer } from '../../training/tokenizer/load';
import { Canon } from './canon';
import { idOf, specials } from './tokenizer';

const tokenizer = loadTokenizer();
const canon = new Canon(tokenizer);
const runs = (all: number) => ({ seed: 18, numRuns: cases(all) });

const texts = fc.string({
  unit: fc.constantFrom('a', 'The', 'ing', ' ', ' moon', '\n', '7', 'é', '—', '日', '🌱', '.', '"', "'s"),
  maxLength: 30,
});

describe('what a text may go on with', () => {
  it('leaves out no token of a text as the tokenizer cuts it', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: 'grapheme' })), (text) => {
        const ids = tokenizer.encode(text.toWellFormed());
        for (const [at, id] of ids.entries()) expect(canon.ruledOut(ids.slice(0, at)).includes(id)).toBe(false);
      }),
      runs(500),
    );
  });

  it('leads to texts that are read back as they were written, whatever is chosen', () => {
    const choices = fc.array(fc.nat(), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(choices, fc.boolean(), (all, often) => {
        const written: number[] = [];
        for (const choice of all) {
          const ruledOut = new Set(canon.ruledOut(written));
          const allowed = [...tokenizer.pieces.keys()].filter((id) => !ruledOut.has(id) && id !== idOf('<|end|>'));
          // Bytes alone are the hardest: they can spell every piece.
          const bytes = allowed.filter((id) => id < 256);
          const from = often && bytes.length > 0 ? bytes : allowed;
          written.push(from[choice % from.length] ?? 0);
        }
        while (canon.ruledOut(written).includes(idOf('<|end|>'))) written.pop();
        expect(tokenizer.encode(tokenizer.decode(written))).toEqual(written);
      }),
      runs(500),
    );
  });

  it('has no marks but the end, and that only where a character is whole', () => {
    const [end, ...marks] = specials.map(idOf);
    expect([...canon.ruledOut([])].filter((id) => id >= 256 && id <= 260)).toEqual(marks);
    const [first = 0] = new TextEncoder().encode('日');
    expect(canon.ruledOut([first]).includes(end ?? 0)).toBe(true);
  });

  it('rules out the other spellings of a word', () => {
    const [moon = 0] = tokenizer.encode(' moon');
    const parts = tokenizer.partsOf(moon) ?? [0, 0];
    expect(canon.ruledOut([parts[0]]).includes(parts[1])).toBe(true);
    expect(canon.ruledOut([moon]).includes(moon)).toBe(false);
  });
});
