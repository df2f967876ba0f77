import { expect, it } from 'vitest';
import { defined } from './defined';

it('defined gives back what is there, null and 0 too, and throws where nothing is', () => {
  expect([defined(0), defined(null), defined('')]).toEqual([0, null, '']);
  expect(() => defined([][0])).toThrow('missing');
});
