import { describe, expect, it } from 'vitest';
import { notFound, problemResponse } from './problem';

describe('problemResponse', () => {
  it('says what is wrong with the right status, for programs and for people', async () => {
    const response = problemResponse({ status: 400, code: 'invalid_recipe', message: 'Too many.', param: 'repeats' });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({
      error: { code: 'invalid_recipe', message: 'Too many.', param: 'repeats' },
    });
  });

  it('has a param even if no field is to blame', async () => {
    const response = problemResponse(notFound);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'not_found', param: null } });
  });

  it('is never stored by a cache, and accepts further headers', () => {
    const response = problemResponse({ status: 503, code: 'busy', message: 'Later.' }, { 'retry-after': '5' });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('retry-after')).toBe('5');
  });
});
