import { expect, it } from 'vitest';
import { sayApiProblem } from './api-problem';

it.each([
  [{ kind: 'unreachable' }, 'The server cannot be reached.'],
  [{ kind: 'refused', status: 409, code: 'running', message: 'It is running.', param: null }, 'It is running.'],
  [{ kind: 'unreadable', status: 502 }, 'The server answered 502.'],
  [{ kind: 'unreadable', status: 200 }, 'The server’s answer cannot be read.'],
] as const)('the sentence on %j is %j', (problem, sentence) => {
  expect(sayApiProblem(problem)).toBe(sentence);
});
