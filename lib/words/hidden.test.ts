import { expect, it } from 'vitest';
import { sayHidden } from './hidden';

it('what the form cannot show is named', () => {
  const messages = [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello' },
  ] as const;
  expect(sayHidden({ kind: 'messages', messages })).toMatch(/^It is a conversation, .* Its 2 messages:$/);
  expect(sayHidden({ kind: 'parameter', key: 'top_logprobs', value: 3 })).toBe('It asks for top logprobs 3.');
  expect(sayHidden({ kind: 'arms', labels: ['a', 'b', 'c', 'd', 'e', 'f'] })).toBe(
    'Its runs differ in other ways than the form can list: a; b; c; d; 2 more.',
  );
});
