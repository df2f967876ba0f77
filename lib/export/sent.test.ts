import { describe, expect, it } from 'vitest';
import { probeRecipe } from '@/lib/recipe/probe';
import { anEndpoint, aRecipe, aRequest, ended, queued } from '@/lib/run/records.fixture';
import { bodyForPython, sentBodies, wholeBody } from './sent';

const usual = { stream: true, stream_options: { include_usage: true } };
const recipe = aRecipe({ request: aRequest({ seed: 7 }) });
const sending = (body: string | null, change = {}) =>
  ended(1, 'x', { exchange: { request: { url: '/v1', headers: {}, body }, response: null }, ...change });

describe('the body of an arm', () => {
  it('is what was sent, with the messages back in their place', () => {
    const runs = [ended(1, 'x'), sending('{"messages":[],"dice":9007199254740993,"stream":false}')];
    const [body] = sentBodies({ recipe, runs });
    expect(body).toEqual({
      asks: { messages: recipe.request.messages, dice: 9007199254740993n },
      streaming: { stream: false },
    });
    expect(body && bodyForPython(body)).toEqual({
      messages: recipe.request.messages,
      stream: false,
      extra_body: { dice: 9007199254740993n },
    });
  });

  it.each([null, '{', '[]', '3', ''])('is made from the recipe where %j is all that was kept', (kept) => {
    expect(sentBodies({ recipe, runs: [sending(kept)] }).map(wholeBody)).toEqual([{ ...recipe.request, ...usual }]);
  });

  it('is made as the address wants it where it was not sent', () => {
    const endpoint = { ...anEndpoint, origin: 'https://api.mistral.ai' };
    const arms = [{ set: {} }, { set: { seed: 8 } }, { provider: 'other', set: { seed: 9 } }];
    const runs = [ended(1, 'x', { endpoint }), queued(2), queued(3)];
    const bodies = sentBodies({ recipe: { ...recipe, arms }, runs }).map(wholeBody);
    expect(bodies).toMatchObject([{ random_seed: 7 }, { random_seed: 8 }, { seed: 9, ...usual }]);
  });

  it('is there for each call that a probe made', () => {
    const runs = [1, 7].map((run) => ended(run, 'x', { arm: run - 1 }));
    expect(sentBodies({ recipe: probeRecipe('p', 'm'), runs }).map(wholeBody)).toMatchObject([
      { seed: 7 },
      { seed: 8 },
    ]);
  });
});
