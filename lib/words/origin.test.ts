import { describe, expect, it } from 'vitest';
import { sayOrigin } from './origin';

describe('the words for where texts come from', () => {
  it('are said of imported ones only', () => {
    expect(sayOrigin('import')).toBe('Imported: not made by this server.');
    expect(sayOrigin('run')).toBe('');
  });
});
