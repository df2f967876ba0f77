import { describe, expect, it } from 'vitest';
import type { Asked } from '@/lib/recipe/asked';
import { sayAsked } from './asked';

const say = (settings: Asked['settings'], change: Partial<Asked> = {}) =>
  sayAsked({ models: [{ provider: null, names: ['m'] }], settings, conversations: 1, runs: 5, ...change }).join(' · ');

describe('the words for what a recipe asks for', () => {
  it.each([
    [[{ key: 'seed', values: [null] }], 'm · no seed · 5 runs'],
    [
      [
        { key: 'seed', values: ['7'] },
        { key: 'temperature', values: ['0.2'] },
      ],
      'm · seed 7 · T 0.2 · 5 runs',
    ],
    [[{ key: 'seed', values: ['1', '2', '3', '4', '5'] }], 'm · seeds 1 to 5 · 5 runs'],
    [[{ key: 'seed', values: ['1', '2'] }], 'm · seeds 1, 2 · 5 runs'],
    [[{ key: 'seed', values: ['7', null] }], 'm · seed 7 and none · 5 runs'],
    [[{ key: 'temperature', values: ['0', '0.5', '1'] }], 'm · T 0, 0.5, 1 · 5 runs'],
    [[{ key: 'temperature', values: ['1', null] }], 'm · T 1 and not set · 5 runs'],
    [[{ key: 'top_p', values: ['0', '0.1', '0.2', '0.3', '0.4', '1'] }], 'm · top-p 0, 0.1, …, 1 · 5 runs'],
  ] satisfies [Asked['settings'], string][])('%j are "%s"', (settings, words) => {
    expect(say(settings)).toBe(words);
  });

  it('name every model, and how many prompts there are if there are several', () => {
    expect(say([], { models: [{ provider: null, names: ['a', 'b'] }], conversations: 3, runs: 1 })).toBe(
      'a, b · 3 prompts · 1 run',
    );
  });

  it('name a provider that is not the built-in one before its models, whatever they are called', () => {
    const openai = { provider: 'openai', names: ['seedling-1', 'b'] };
    expect(say([], { models: [openai] })).toBe('openai: seedling-1, b · 5 runs');
    expect(say([], { models: [{ provider: null, names: ['a'] }, openai] })).toBe('a; openai: seedling-1, b · 5 runs');
  });
});
