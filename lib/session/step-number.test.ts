import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingOf } from '@/lib/recipe/parameters';
import { type Steps, stepNumber, stepsOf } from './step-number';

const steps = (key: Parameters<typeof settingOf>[0]): Steps => {
  const found = stepsOf(settingOf(key).type);
  if (!found) throw new Error(`${key} is no number`);
  return found;
};

describe('a step', () => {
  it.each([
    ['temperature', '0.2', 1, '0.3'],
    ['temperature', '0.25', 1, '0.3'],
    ['temperature', '0.25', -1, '0.2'],
    ['temperature', '0.3', -1, '0.2'],
    ['temperature', '', 1, '0.1'],
    ['temperature', '0', -1, '0'],
    ['top_p', '1', 1, '1'],
    ['top_p', '0.9', 1, '0.95'],
    ['frequency_penalty', '-0.1', 1, '0'],
    ['frequency_penalty', '0', -10, '-1'],
    ['max_completion_tokens', '60', 1, '70'],
    ['max_completion_tokens', '65', -1, '60'],
    ['max_completion_tokens', '5', -1, '1'],
    ['seed', '42', 1, '43'],
    ['seed', '0', -1, '-1'],
    ['seed', '9007199254740992', 1, '9007199254740993'],
    ['seed', '18446744073709551615', 1, '18446744073709551615'],
    ['seed', 'none', 1, 'none'],
  ] as const)('of %s from “%s” by %i is %s', (key, text, by, expected) => {
    expect(stepNumber(text, by, steps(key))).toBe(expected);
  });

  it('stays within the limits, and is undone by one back where it began at a multiple', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999 }),
        fc.constantFrom('temperature', 'max_completion_tokens'),
        (n, key) => {
          const of = steps(key);
          const text = String(Number((n * of.step).toFixed(6)));
          const up = stepNumber(text, 1, of);
          expect(Number(up)).toBeLessThanOrEqual(Number(of.max));
          if (Number(up) < Number(of.max)) expect(stepNumber(up, -1, of)).toBe(text);
        },
      ),
    );
  });
});

it('there is none of what is no number', () => {
  expect(stepsOf(settingOf('stop').type)).toBeNull();
});
