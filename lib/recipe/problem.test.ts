import { expect, it } from 'vitest';
import { faultOf, messageOf } from './problem';

it("a schema's message stands for its fault, and any other text for an input that is no recipe", () => {
  const fault = { kind: 'out-of-range', field: 'seed', min: 0, max: 1, whole: true } as const;
  expect(faultOf(messageOf(fault))).toEqual(fault);
  expect(faultOf('Invalid input')).toEqual({ kind: 'not-a-recipe' });
});
