import { expect, it } from 'vitest';
import { sayExample } from './example';

it('the example is explained by what it really gave', () => {
  const said = sayExample({ runs: 5, texts: 2, backends: 3 });
  expect(said).toContain('one seed, 5 runs, 2 texts.');
  expect(said).toContain('3 back ends answered here');
  expect(sayExample({ runs: 5, texts: 1, backends: 1 })).toContain(
    '1 text. The fleet is simulated; 1 back end answered',
  );
});
