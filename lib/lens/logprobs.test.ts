import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { Tally } from '@/lib/openai/tally';
import type { TokenInfo } from '@/lib/run/events';
import { bytesOf, showBytes } from './bytes';
import { fromLogprobs } from './logprobs';
import { momentAt } from './moment';
import { estimate } from './reshaped';

/** The text and the tokens of a recorded stream, as a run keeps them. */
function recorded(name: string): { text: string; tokens: TokenInfo[] } {
  const stream = readFileSync(new URL(`../openai/__fixtures__/${name}.chunks.txt`, import.meta.url), 'utf8');
  const tally = new Tally();
  const deltas = [...stream.matchAll(/^data: (\{.*)$/gm)].map(([, json = '']) =>
    tally.add({ values: [JSON.parse(json)], plain: false }),
  );
  return {
    text: deltas.map((delta) => delta?.text ?? '').join(''),
    tokens: deltas.flatMap((delta) => delta?.tokens ?? []),
  };
}

const tokenInfo = (token: string, change: Partial<TokenInfo> = {}): TokenInfo => ({
  token,
  logprob: -0.5,
  bytes: [...new TextEncoder().encode(token)],
  top_logprobs: [],
  ...change,
});

const shown = (tokens: readonly TokenInfo[], text: string) =>
  fromLogprobs(tokens, text).map(({ token, from, to }) => [token, text.slice(from, to)]);

describe('fromLogprobs', () => {
  it.each(['openai-logprobs', 'openai-logprobs-emoji', 'vllm-logprobs-emoji'])(
    'covers the text of %s with probabilities that never exceed 1 in all',
    (name) => {
      const { text, tokens } = recorded(name);
      const moments = fromLogprobs(tokens, text);
      expect(moments.length).toBeGreaterThan(1);
      expect(moments.map(({ from, to }) => text.slice(from, to)).join('')).toBe(text);
      for (const { token, options, rest, truth, draw } of moments) {
        expect({ truth, draw }).toEqual({ truth: 'top', draw: null });
        const sum = options.reduce((all, { probability }) => all + probability, 0);
        expect(sum + rest.probability).toBeCloseTo(1, 12);
        expect(Math.min(rest.probability, ...options.map(({ probability }) => probability))).toBeGreaterThanOrEqual(0);
        expect(options.map((option) => option.token)).toContain(token);
        expect(options.every(({ chance }) => chance === null)).toBe(true);
      }
    },
  );

  it('shows a split character with the token that completes it, and the parts by their bytes', () => {
    const { text, tokens } = recorded('openai-logprobs-emoji');
    expect(shown(tokens, text)).toEqual([
      ['Soft', 'Soft'],
      [' \\xF0\\x9F', ' '],
      ['\\x8C', ''],
      ['\\xB1', '🌱'],
      ['!', '!'],
    ]);
    const moments = fromLogprobs(tokens, text);
    expect([0, 3, 4, 5, 6, 7, 8].map((offset) => momentAt(moments, offset))).toEqual([0, 0, 1, 3, 3, 4, null]);
  });

  it('takes the sentinel for an impossible token as probability 0', () => {
    const { text, tokens } = recorded('openai-logprobs-emoji');
    expect(fromLogprobs(tokens, text)[3]).toMatchObject({
      options: [
        { token: '\\xB8', probability: 1 },
        { token: '\\xB7', probability: 0 },
        { token: '\\xB1', probability: 0 },
      ],
      rest: { tokens: null, probability: 0, chance: null },
    });
  });

  it('finds its place again after tokens that lost their bytes', () => {
    const { text, tokens } = recorded('vllm-logprobs-emoji');
    expect(text).toBe('A🌱 grows');
    expect(shown(tokens, text)).toEqual([
      ['A', 'A'],
      ['\ufffd', ''],
      ['\ufffd', '🌱'],
      [' grows', ' grows'],
    ]);
    expect(shown(tokens.slice(0, 3), 'A🌱').at(-1)).toEqual(['\ufffd', '🌱']);
    const without = tokens.map((token) => ({ ...token, bytes: null }));
    expect(shown(without, text)).toEqual(shown(tokens, text));
  });

  it('covers nothing for a token that is not in the text, and the beginning of one that was cut', () => {
    const tokens = ['A', '<|sep|>', ' bee', ' hums'].map((token) => tokenInfo(token));
    expect(shown(tokens, 'A bee hu')).toEqual([
      ['A', 'A'],
      ['<|sep|>', ''],
      [' bee', ' bee'],
      [' hums', ' hu'],
    ]);
    expect(shown([...tokens, tokenInfo('<|end|>')], 'A bee hums').at(-1)).toEqual(['<|end|>', '']);
  });

  it('adds the token to the options where it was not among the likeliest', () => {
    const top_logprobs = [{ token: 'b', logprob: Math.log(0.6), bytes: null }];
    const [moment] = fromLogprobs([tokenInfo('a', { logprob: Math.log(0.1), top_logprobs })], 'a');
    expect(moment?.options.map(({ token }) => token)).toEqual(['b', 'a']);
    expect(moment?.rest.probability).toBeCloseTo(0.3, 12);
  });

  it('gives probabilities of at most 1 in all, and offsets between whole characters, whatever a provider sends', () => {
    const anyText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    const cuts = fc.array(fc.nat({ max: 60 }), { maxLength: 10 });
    const anyLogprob = fc.oneof(fc.double({ min: -20, max: 0.001, noNaN: true }), fc.constant(-9999));
    const top = fc.array(fc.tuple(fc.string({ maxLength: 3 }), anyLogprob), { maxLength: 5 });
    fc.assert(
      fc.property(anyText, cuts, anyLogprob, top, (text, places, logprob, alternatives) => {
        const bytes = [...new TextEncoder().encode(text)];
        const borders = [...new Set([0, ...places.filter((at) => at < bytes.length), bytes.length])].sort(
          (a, b) => a - b,
        );
        const tokens = borders.slice(1).map((end, at) => {
          const part = bytes.slice(borders[at], end);
          const top_logprobs = alternatives.map(([token, each]) => ({ token, logprob: each, bytes: null }));
          return { token: new TextDecoder().decode(Uint8Array.from(part)), logprob, bytes: part, top_logprobs };
        });
        const moments = fromLogprobs(tokens, text);
        expect(moments.map(({ from, to }) => text.slice(from, to)).join('')).toBe(text);
        for (const { from, to, options, rest } of moments) {
          expect(text.slice(from, to).isWellFormed()).toBe(true);
          const sum = options.reduce((all, { probability }) => all + probability, rest.probability);
          expect(sum).toBeLessThan(1 + 1e-12);
        }
      }),
      { seed: 23, numRuns: cases(500) },
    );
  });
});

describe('estimate', () => {
  const top_logprobs = [0.5, 0.3, 0.1].map((p, at) => ({ token: 'abc'.charAt(at), logprob: Math.log(p), bytes: null }));
  const moments = fromLogprobs([tokenInfo('b', { logprob: Math.log(0.3), top_logprobs })], 'b');
  const at = (temperature: number, top_p: number) => {
    const [moment] = moments;
    if (!moment) throw new Error('There is one moment.');
    const { options, rest, sameDraw, exact } = estimate(moment, { temperature, top_p });
    expect({ sameDraw, exact }).toEqual({ sameDraw: null, exact: false });
    return [...options.map(({ chance }) => chance), rest.chance].map((chance) => Number(chance?.toFixed(3)));
  };

  it('leaves probabilities as they are at temperature 1', () => {
    expect(at(1, 1)).toEqual([0.5, 0.3, 0.1, 0.1]);
  });

  it('sharpens below 1 and flattens above, by p^(1/T)', () => {
    expect(at(0.5, 1)).toEqual([0.694, 0.25, 0.028, 0.028]);
    expect(at(2, 1)).toEqual([0.375, 0.29, 0.168, 0.168]);
    expect(at(0, 1)).toEqual([1, 0, 0, 0]);
    expect(at(Number.MIN_VALUE, 1)).toEqual([1, 0, 0, 0]);
  });

  it('cuts the tail at top_p', () => {
    expect(at(1, 0.7)).toEqual([0.625, 0.375, 0, 0]);
    expect(at(1, 0)).toEqual([1, 0, 0, 0]);
  });
});

describe('bytes', () => {
  it('are shown as the characters that they make, and escaped where they make none', () => {
    expect(showBytes([32, 0xe2, 0x82])).toBe(' \\xE2\\x82');
    expect(showBytes([0xe2, 0x82, 0xac])).toBe('€');
    expect(showBytes([0x82, 0x61, 0xf0, 0x9f])).toBe('\\x82a\\xF0\\x9F');
  });

  it('are read from the form that completions use, and from text', () => {
    expect(bytesOf({ token: 'bytes:\\xe2\\x82', bytes: null })).toEqual([0xe2, 0x82]);
    expect(bytesOf({ token: 'é', bytes: null })).toEqual([0xc3, 0xa9]);
    expect(bytesOf({ token: '\ufffd', bytes: null })).toBeNull();
    expect(bytesOf({ token: '\ufffd', bytes: [0xf0] })).toEqual([0xf0]);
  });
});
