import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { drawsOf } from './draws';
import type { Finish, GeneratedToken, WritingOptions } from './writing';

/** A model with a prompt: it writes a text by these options. */
type Generate = (options: WritingOptions) => Generator<GeneratedToken, Finish>;

type ChosenToken = Pick<GeneratedToken, 'id' | 'u' | 'from' | 'to' | 'token'>;
type WrittenText = { tokens: ChosenToken[]; text: string; finish: Finish };

export const options: WritingOptions = { seed: 74, temperature: 1, top_p: 1, maxTokens: 40, stop: [] };

/** Writes a text to its end. */
export function write(generate: Generate, changes: Partial<WritingOptions> = {}): WrittenText {
  const writing = generate({ ...options, ...changes });
  const tokens: ChosenToken[] = [];
  let step = writing.next();
  for (; !step.done; step = writing.next()) {
    const { id, u, from, to, token } = step.value;
    tokens.push({ id, u, from, to, token });
  }
  return { tokens, text: tokens.map(({ token }) => token).join(''), finish: step.value };
}

const anySeed = fc.oneof(fc.integer({ min: -100, max: 100 }), fc.maxSafeInteger());

export const anySettings = fc.record({
  seed: anySeed,
  temperature: fc.double({ min: 0, max: 2, noNaN: true }),
  top_p: fc.double({ min: 0.05, max: 1, noNaN: true }),
  frequency_penalty: fc.constantFrom(0, 0.7),
  presence_penalty: fc.constantFrom(0, 1),
});

/** What holds of every model's texts. */
export function describeGenerate(name: string, generate: Generate): void {
  const writes = (changes: Partial<WritingOptions> = {}) => write(generate, changes);

  describe(`a text of ${name}`, () => {
    it('is the same for the same seed', () => {
      fc.assert(
        fc.property(
          anySeed,
          fc.double({ min: 0, max: 2, noNaN: true }),
          fc.double({ min: 0, max: 1, noNaN: true }),
          (seed, temperature, top_p) => {
            const settings = { seed, temperature, top_p, maxTokens: 12 };
            expect(writes(settings)).toEqual(writes(settings));
          },
        ),
        { seed: 13, numRuns: cases(30) },
      );
    });

    it('is another for another seed', () => {
      const texts = Array.from({ length: 30 }, (_, seed) => writes({ seed }).text);
      expect(new Set(texts).size).toBeGreaterThan(25);
    });

    it('is one for all seeds at temperature 0', () => {
      expect(new Set([0, 1, 74, -5].map((seed) => writes({ seed, temperature: 0 }).text)).size).toBe(1);
    });

    it('is another for each choice of a request', () => {
      expect(new Set([0, 1, 2, 3, 4].map((choice) => writes({ choice }).text)).size).toBeGreaterThan(3);
    });

    it('uses the draws of the seed in order, one for each token', () => {
      const { tokens } = writes();
      expect(tokens.map(({ u }) => u)).toEqual(drawsOf(options.seed).take(tokens.length).toArray());
    });

    it('is how a longer one begins', () => {
      fc.assert(
        fc.property(anySeed, fc.integer({ min: 1, max: 40 }), (seed, maxTokens) => {
          const longer = writes({ seed, maxTokens: 40 }).tokens;
          expect(writes({ seed, maxTokens }).tokens).toEqual(longer.slice(0, maxTokens));
        }),
        { seed: 14, numRuns: cases(60) },
      );
    });

    it('ends with length at maxTokens, and with stop where the text ends earlier', () => {
      expect(writes({ maxTokens: 3 })).toMatchObject({ finish: 'length', tokens: { length: 3 } });
      const whole = writes({ maxTokens: 400 });
      expect(whole.finish).toBe('stop');
      expect(writes({ maxTokens: whole.tokens.length }).finish).toBe('length');
      expect(writes({ maxTokens: whole.tokens.length + 1 })).toEqual(whole);
    });

    it('that is given its own first tokens goes on with the rest, chosen as before', () => {
      const share = fc.double({ min: 0, max: 1, noNaN: true });
      fc.assert(
        fc.property(anySettings, share, (any, at) => {
          const free = writes(any);
          const prefill = free.tokens.slice(0, Math.round(at * free.tokens.length));
          expect(writes({ ...any, prefill })).toEqual(free);
        }),
        { seed: 19, numRuns: cases(200) },
      );
    });

    it('marks as given what was given', () => {
      const prefill = writes().tokens.slice(0, 3);
      const tokens = [...generate({ ...options, prefill, maxTokens: 5 })];
      expect(tokens.map(({ given }) => given)).toEqual([true, true, true, false, false]);
      expect(writes({ prefill, maxTokens: 2 })).toMatchObject({ tokens: { length: 2 }, finish: 'length' });
    });

    it('lists the chances of all tokens, and the chosen one lies where it says', () => {
      for (const token of generate({ ...options, temperature: 0.8, top_p: 0.9, maxTokens: 6 })) {
        const all = [...token.candidates()];
        expect(all.reduce((sum, { chance }) => sum + chance, 0)).toBeCloseTo(1, 9);
        expect(all.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
        const before = all.slice(
          0,
          all.findIndex(({ id }) => id === token.id),
        );
        expect(before.reduce((sum, { chance }) => sum + chance, 0)).toBeCloseTo(token.from, 9);
        expect(token.u).toBeGreaterThanOrEqual(token.from);
        expect(token.u).toBeLessThan(token.to);
      }
    });

    it('has no token that a bias rules out, and begins with one that a bias makes certain', () => {
      const [first] = writes().tokens;
      if (!first) throw new Error('An empty text.');
      for (let seed = 0; seed < 20; seed++) {
        const { tokens } = writes({ seed, bias: new Map([[first.id, -100]]) });
        expect(tokens.some(({ id }) => id === first.id)).toBe(false);
        expect(writes({ seed, bias: new Map([[first.id, 100]]), maxTokens: 1 }).text).toBe(first.token);
      }
    });

    it('ends where it first holds a stop sequence, which is no part of it', () => {
      const cutAt = (tokens: readonly ChosenToken[], stops: readonly string[]): string | null => {
        let text = '';
        for (const { token } of tokens) {
          text += token;
          const found = stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
          if (found.length > 0) return text.slice(0, Math.min(...found));
        }
        return null;
      };
      const share = fc.double({ min: 0, max: 0.999, noNaN: true });
      const stops = fc.array(fc.tuple(share, fc.integer({ min: 1, max: 12 })), { minLength: 1, maxLength: 4 });
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 40 }), stops, (seed, places) => {
          const free = writes({ seed });
          const stop = places.map(([at, length]) =>
            free.text.slice(Math.floor(at * free.text.length)).slice(0, length),
          );
          const expected = cutAt(free.tokens, stop);
          const stopped = writes({ seed, stop });
          expect(stopped.text).toBe(expected);
          expect(stopped.finish).toBe('stop');
          for (const each of stop) expect(stopped.text).not.toContain(each);
        }),
        { seed: 15, numRuns: cases(60) },
      );
    });
  });
}
