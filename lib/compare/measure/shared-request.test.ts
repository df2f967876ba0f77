import { describe, expect, it } from 'vitest';
import type { Exchange } from '@/lib/run/events';
import { aRecipe, ended } from '@/lib/run/records.fixture';
import { sharedRequest } from './shared-request';

const sent = (body: string | null, url = 'http://x/v1/chat/completions'): Exchange => ({
  request: { url, headers: {}, body },
  response: null,
});
const run = (number: number, exchange: Exchange | undefined, arm = 0) =>
  ended(number, 'x', exchange ? { arm, exchange } : { arm });

describe('what a request shares', () => {
  const recipe = aRecipe({ arms: [{ set: { seed: 1 } }, { set: { seed: 2 } }], repeats: 2 });

  it('is everything where all runs were sent the same', () => {
    const runs = [run(1, sent('{"seed":1}')), run(2, sent('{"seed":1}'))];
    expect(sharedRequest(recipe, runs, 2)).toEqual({
      same: [1, 2],
      known: [1, 2],
      differing: { keys: [], url: false },
    });
  });

  it('is told from what differs, by key', () => {
    const big = '{"model":"m","seed":9223372036854775807}';
    const runs = [
      run(1, sent(big)),
      run(2, sent(big.replace('7}', '6}'))),
      run(3, sent('{"model":"m"}')),
      run(4, undefined),
    ];
    expect(sharedRequest(recipe, runs, 1)).toEqual({
      same: [1],
      known: [1, 2, 3],
      differing: { keys: ['seed'], url: false },
    });
    expect(sharedRequest(recipe, runs, 4)).toBeNull();
  });

  it('is not the messages where these differ, nor the address', () => {
    const asked = aRecipe({ arms: [{ set: {} }, { set: { messages: [{ role: 'user', content: 'Other.' }] } }] });
    const runs = [run(1, sent('{"messages":[]}')), run(2, sent('{"messages":[]}', 'http://y/v1'), 1)];
    expect(sharedRequest(asked, runs, 1)?.differing).toEqual({ keys: ['messages'], url: true });
  });

  it('is nothing of a body that was not kept', () => {
    expect(sharedRequest(recipe, [run(1, sent(null))], 1)?.differing).toEqual({ keys: [], url: false });
  });
});
