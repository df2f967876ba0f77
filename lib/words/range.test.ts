import { expect, it } from 'vitest';
import { sayRange } from './range';

it('a value beyond a provider’s range is said to be sent all the same', () => {
  expect(sayRange('Seed', 'Mine', ['-9223372036854775808', '9223372036854775807'])).toBe(
    'Seed: Mine is known to take -9223372036854775808 to 9223372036854775807. Another value is sent all the same; it may be refused, or read as one of those.',
  );
});
