import { expect, it } from 'vitest';
import type { SeenCapability } from '@/lib/api/status';
import { sayCapability, sayRefusal } from './capability';

const at = '2026-11-12T10:00:00.000Z';

it.each([
  ['gpt-5 refused temperature 0.2 on 12 Nov 2026.', { key: 'temperature', value: '0.2', at }],
  ['gpt-5 refused seed 7.', { key: 'seed', value: '7', at: null }],
  ['gpt-5 refused logprobs on 12 Nov 2026.', { key: 'logprobs', value: null, at }],
  ['gpt-5 refused 20 logprobs a token on 12 Nov 2026.', { key: 'logprobs', value: '20', at }],
] as const)('a refusal is told with its value and day: %s', (sentence, refusal) => {
  expect(sayRefusal({ model: 'gpt-5', ...refusal })).toBe(sentence);
});

const seen = (change: Partial<SeenCapability>): SeenCapability => ({
  ...{ model: 'm', parameter: 'seed', state: 'accepted', value: null, at, before: null },
  ...change,
});

it.each([
  ['accepted, 12 Nov 2026.', seen({})],
  ['has an effect, 12 Nov 2026.', seen({ state: 'effective' })],
  ['sent, 12 Nov 2026.', seen({ parameter: 'logprobs' })],
  ['not sent, 12 Nov 2026.', seen({ parameter: 'system_fingerprint', state: 'ignored' })],
  [
    'refused (0.2), 12 Nov 2026. Before, on 3 Nov 2026: accepted.',
    seen({ state: 'refused', value: '0.2', before: { state: 'accepted', at: '2026-11-03T00:00:00.000Z' } }),
  ],
])('what was seen is told with its day, and what conflicts: %s', (sentence, capability) => {
  expect(sayCapability(capability)).toBe(sentence);
});
