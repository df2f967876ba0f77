import { describe, expect, it } from 'vitest';
import { parameterName } from './parameters';

describe('the name of a key of a request', () => {
  it('is that of its row, or the key itself', () => {
    expect(['model', 'top_p', 'seed', 'messages'].map(parameterName)).toEqual(['model', 'top-p', 'seed', 'messages']);
  });
});
