import { describe, expect, it } from 'vitest';
import { aRecipe, aRequest } from '@/lib/run/records.fixture';
import { ownKeyBound } from './own-key-bound';
import type { OfferedProvider } from './providers';

const model = { id: 'm', about: null, exact: false, shutdownDate: null };
const price = { sentToken: 0.001, writtenToken: 0.01, call: 0.5 };
const offer = (id: string, models: OfferedProvider['models']): OfferedProvider => ({
  ...{ id, name: id, about: null, free: false, paced: false, continues: false, ownKey: 'may' },
  ...{ endpoint: null, complete: false, models, listProblem: null, capabilities: [] },
});
const providers = [offer('a', [{ ...model, price }]), offer('b', [model])];
const held = { key: 'sk-proj-4f9aQ2vXw81LmZ', kept: false };

const request = aRequest({ model: 'm', max_completion_tokens: 50, messages: [{ role: 'user', content: 'Grüße' }] });
const recipe = aRecipe({ provider: 'a', request, repeats: 3 });

describe('ownKeyBound', () => {
  it('counts each byte of what is sent as a token, and what may come around it', () => {
    expect(ownKeyBound(recipe, 2, { a: held }, providers)).toEqual({
      calls: 6,
      sent: 6 * 107,
      written: 300,
      dollars: expect.closeTo(6 * (0.5 + 0.107 + 0.5), 6),
    });
  });

  it('is of the calls that have such a key, and there is none without', () => {
    const arms = [{ set: {} }, { set: { max_completion_tokens: 10 }, provider: 'b' }];
    expect(ownKeyBound({ ...recipe, arms }, 1, { b: held }, providers)).toEqual({
      ...{ calls: 3, sent: 3 * 107, written: 30, dollars: null },
    });
    expect(ownKeyBound({ ...recipe, arms }, 1, {}, providers)).toBeNull();
  });

  it('has no end where nothing limits what is written, and no price where one is unknown', () => {
    const { max_completion_tokens: _, ...open } = request;
    const arms = [{ set: {} }, { set: {}, provider: 'b' }];
    const bound = (change: object) => ownKeyBound({ ...recipe, ...change }, 1, { a: held, b: held }, providers);
    expect(bound({ request: open })).toMatchObject({ written: null, dollars: null });
    expect(bound({ request: { ...open, max_tokens: 20 } })).toMatchObject({ written: 60, dollars: expect.any(Number) });
    expect(bound({ arms })).toMatchObject({ written: 300, dollars: null });
    expect(bound({ request: { ...request, extra_body: { plugins: [] } } })).toMatchObject({ dollars: null });
  });
});
