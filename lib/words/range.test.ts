import { expect, it } from 'vitest';
import { sayRange } from './range';

it('a value beyond a provider’s range is said to be sent all the same', () => {
  expect(sayRange('Seed', 'Mine', ['-9223372036854775808', '9223372036854775807'])).toBe(
    'Seed -9223372036854775808 to 9223372036854775807 is all that is known to be taken by Mine. Another value is sent all the same; it may be refused, or read as one of those.',
  );
});
