import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nastyTexts } from '@/lib/recipe/any-recipe.fixture';
import { canonicalJson } from '@/lib/recipe/canonical';
import { recipeHash } from '@/lib/recipe/hash';
import { armRequest } from '@/lib/recipe/plan';
import { anEndpoint, aRecipe, aRequest, aSaved, ended, failed, queued } from '@/lib/run/records.fixture';
import { toCurl, toPython, toTypeScript } from './code';
import { toComparison } from './comparison';
import { toPack } from './pack';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const versions = { seedbed: '0.1.0', openai: '7.57.0' };
const baseUrl = 'http://127.0.0.1:3000/v1';

describe('a repro pack', () => {
  const recipe = aRecipe({
    request: aRequest({ messages: nastyTexts.map((text) => ({ role: 'user', content: `Say ${text}` })) }),
    arms: [{ label: 'cold', set: { temperature: 0 } }, { set: { seed: 3 } }],
    repeats: 2,
  });
  const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
  const runs = [
    ended(1, 'the cat', { servedModel: 'exact', fingerprints: ['fp_1'], requestId: 'req_1', usage }),
    ended(2, 'naïve 😀', { endpoint: anEndpoint }),
    { ...failed(3, 'stalled', 'the'), endpoint: null },
    queued(4),
  ];
  const saved = aSaved({ recipe, runs, title: 'Cats' });
  const pack = JSON.parse(toPack(saved, baseUrl, versions));

  it('says what it is and what made it', () => {
    expect(pack).toMatchObject({
      format: 'seedbed-repro-pack',
      v: 1,
      versions,
      id: 'k3f9x2ab',
      title: 'Cats',
      createdAt: '2026-03-12T14:05:09.123Z',
      origin: 'run',
      recipe,
      recipeHash: recipeHash(recipe),
    });
  });

  it('has each body as canonical text, with the SHA-256 of exactly that', () => {
    const bodies = [0, 1].map((arm) => canonicalJson(armRequest(recipe, arm)));
    expect(pack.requests).toEqual([
      { arm: 0, label: 'cold', body: bodies[0], sha256: sha256(bodies[0] ?? '') },
      { arm: 1, label: null, body: bodies[1], sha256: sha256(bodies[1] ?? '') },
    ]);
    expect(JSON.parse(pack.requests[1].body)).toEqual(armRequest(recipe, 1));
  });

  it('has what came back, run by run', () => {
    const asked = { arm: 0, seed: null, model: 'seedling-1' };
    const nothing = { servedModel: null, finish: null, fingerprints: [], requestId: null, usage: null };
    expect(pack.results).toEqual([
      {
        ...{ run: 1, ...asked, status: 'ended', servedModel: 'exact', finish: 'stop', fingerprints: ['fp_1'] },
        ...{ requestId: 'req_1', usage, cached: false, error: null, sha256: sha256('the cat'), text: 'the cat' },
      },
      {
        ...{
          run: 2,
          ...asked,
          status: 'ended',
          endpoint: anEndpoint,
          servedModel: 'seedling-1',
          finish: 'stop',
          fingerprints: [],
        },
        ...{ requestId: null, usage: null, cached: false, error: null, sha256: sha256('naïve 😀'), text: 'naïve 😀' },
      },
      {
        ...{ run: 3, ...asked, status: 'failed', endpoint: null, ...nothing },
        ...{ error: failed(3, 'stalled').error, sha256: sha256('the'), text: 'the' },
      },
      { run: 4, ...asked, status: 'queued', ...nothing, error: null, sha256: sha256(''), text: '' },
    ]);
  });

  it('has the comparison with its verdict, and the three programs', () => {
    expect(pack.comparison).toEqual(toComparison(recipe, runs));
    expect(pack.programs).toEqual({
      curl: toCurl(saved, baseUrl),
      typescript: toTypeScript(saved, baseUrl),
      python: toPython(saved, baseUrl),
    });
  });
});
