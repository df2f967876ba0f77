import { describe, expect, it } from 'vitest';
import { proofOf } from '@/lib/compare/measure/agreement';
import { findInFingerprints, fingerprintState } from '@/lib/compare/measure/fingerprints';
import { judgeRuns } from '@/lib/compare/measure/judge';
import { toneOf } from '@/lib/compare/measure/verdict';
import { plan } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { EndedRun, RunRecord } from '@/lib/run/record';
import { aRecipe, aRequest, ended, failed } from '@/lib/run/records.fixture';
import { sayDrawnAnew, sayGround } from './ground';
import { sayProof } from './proof';
import { sayVerdict } from './verdict';

/*
 * Whole verdicts, as facts and as words: of everything that could be said of the cause, only what is true.
 */

const request = (change: Parameters<typeof aRequest>[0]) => aRequest(change);
const arms = (...set: NonNullable<Recipe['arms']>[number]['set'][]) => set.map((each) => ({ set: each }));

/** Runs of a recipe that ended with these texts, all with one fingerprint unless told otherwise. */
const runsOf = (recipe: Recipe, texts: string, change: Partial<EndedRun> = {}): EndedRun[] =>
  plan(recipe).map((spec, index) =>
    ended(spec.run, `the ${texts[index]}`, { ...spec, fingerprints: ['fp_a'], ...change }),
  );

/** What stands behind the verdict's sentence, and what it proves; `exact` if this server ran an exact model. */
function behind(recipe: Recipe, runs: readonly RunRecord[], exact = false) {
  const verdict = judgeRuns(recipe, runs);
  const texts = 'texts' in verdict ? verdict.texts : 1;
  const fingerprints = exact ? null : findInFingerprints(fingerprintState(runs), texts);
  return {
    ground: verdict.ground.kind,
    sentence: sayVerdict(verdict).sentence,
    said: sayGround(verdict, toneOf(verdict), fingerprints),
    proof: verdict.compared > 1 ? sayProof(proofOf(verdict.compared), verdict.ground, exact) : null,
  };
}

const oneSeed = aRecipe({ provider: 'openai', request: request({ seed: 7, temperature: 1 }), repeats: 3 });
const noSeed = aRecipe({ provider: 'openai', request: request({ temperature: 1 }), repeats: 3 });
const threeSeeds = aRecipe({
  request: request({ temperature: 1 }),
  arms: arms({ seed: 1 }, { seed: 2 }, { seed: 3 }),
  repeats: 1,
});

describe('the verdict on runs of one seed', () => {
  it('names the fingerprint, and no back end', () => {
    expect(behind(oneSeed, runsOf(oneSeed, 'aaa'))).toMatchObject({
      ground: 'one-seed',
      sentence: '3 of 3 runs identical.',
      said: 'Same text under the same fingerprint.',
    });
    expect(behind(oneSeed, runsOf(oneSeed, 'aab')).said).toBe(
      'Different text under the same fingerprint. A seed is best effort.',
    );
  });

  it('expects no difference, whatever the seed, where nothing is drawn', () => {
    const cold = aRecipe({ ...oneSeed, request: request({ seed: 7, temperature: 0 }) });
    expect(behind(cold, runsOf(cold, 'aab')).said).toBe(
      'Whatever the seed, the likeliest token should be taken. Different text under the same fingerprint.',
    );
    expect(behind(cold, runsOf(cold, 'aaa')).said).toBe('Same text under the same fingerprint.');
  });

  it('is more than evidence only where an exact model ran here', () => {
    expect(behind(oneSeed, runsOf(oneSeed, 'aaa'), true)).toMatchObject({
      said: '',
      proof: expect.stringContaining('must give the same text'),
    });
    expect(behind(oneSeed, runsOf(oneSeed, 'aaa')).proof).toMatch(/^Equal runs are evidence, not proof\./);
  });

  it('says of a seed that means "draw one" what it means', () => {
    const recipe = aRecipe({ provider: 'openai', request: request({ seed: -1, temperature: 1 }), repeats: 2 });
    expect(behind(recipe, runsOf(recipe, 'ab')).said).toBe(
      `Different text under the same fingerprint. ${sayDrawnAnew}`,
    );
    expect(behind(recipe, runsOf(recipe, 'aa')).said).not.toContain('llama');
    const both = aRecipe({ request: request({ temperature: 1 }), arms: arms({ seed: 5 }, { seed: -1 }), repeats: 2 });
    expect(behind(both, runsOf(both, 'aabc')).said).toBe(
      `Runs with the same seed differ, too, in 1 of 2 seeds. ${sayDrawnAnew}`,
    );
  });
});

describe('the verdict on one request that several models answered', () => {
  const served = (models: string, texts: string) =>
    runsOf(oneSeed, texts).map((run, index) => ({ ...run, servedModel: `x${models[index]}` }));

  it('names them, and not the seed', () => {
    expect(behind(oneSeed, served('121', 'aba')).said).toBe(
      'Several models answered: runs 1, 3 by x1; run 2 by x2; that may be why.',
    );
    expect(behind(oneSeed, served('121', 'aaa')).said).toBe(
      'Several models answered: runs 1, 3 by x1; run 2 by x2, and all agree.',
    );
  });
});

describe('the verdict on texts that the token limit cut', () => {
  const cut = (...texts: string[]) =>
    texts.map((text, index) => ended(index + 1, text, { finish: 'length', fingerprints: ['fp_a'] }));

  it('says where they were cut, and nothing of the seed', () => {
    const two = { ...oneSeed, repeats: 2 };
    expect(behind(two, cut('one two three fo', 'one two three four five'))).toMatchObject({
      sentence: 'Run 1 was cut inside word 4; run 2 goes on. Same text up to there.',
      said: '',
    });
    expect(behind(two, cut('one two three', 'one two three four'))).toMatchObject({
      sentence: 'Run 1 stops at word 3; run 2 goes on. Same text up to there.',
      said: '',
    });
    const [short, long] = cut('one two three', 'one two three four');
    if (!short || !long) throw new Error('There are two runs.');
    expect(behind(two, [{ ...short, finish: 'stop' }, long]).said).toContain('A seed is best effort.');
  });
});

describe('the verdict on runs without a seed', () => {
  it('says so, and nothing of fingerprints or best effort', () => {
    expect(behind(noSeed, runsOf(noSeed, 'abc'))).toMatchObject({
      ground: 'no-seed',
      said: 'No seed was sent, so each run drew its own numbers.',
    });
    expect(behind(noSeed, runsOf(noSeed, 'abc', { fingerprints: [] })).said).toBe(
      'No seed was sent, so each run drew its own numbers.',
    );
    expect(behind(noSeed, runsOf(noSeed, 'aaa')).said).toBe('No seed was sent, and the runs agree all the same.');
  });

  it('does not say that none was, where the extra body names one', () => {
    const extra = aRecipe({ ...noSeed, request: request({ temperature: 1, extra_body: { random_seed: 7 } }) });
    expect(behind(extra, runsOf(extra, 'aab')).said).toBe(
      'The seed field is empty, but the extra body names a seed. Different text under the same fingerprint.',
    );
  });

  it('goes on to the fingerprints where nothing was drawn', () => {
    const cold = aRecipe({ provider: 'openai', request: request({ temperature: 0 }), repeats: 3 });
    expect(behind(cold, runsOf(cold, 'aab')).said).toBe(
      'No seed was sent, and none should be needed: the likeliest token should be taken. Different text under the same fingerprint.',
    );
  });
});

describe('the verdict on runs of several seeds', () => {
  it('calls their difference no drift, and their agreement no repetition', () => {
    expect(behind(threeSeeds, runsOf(threeSeeds, 'abc'))).toMatchObject({
      ground: 'several-seeds',
      said: 'Each run had its own seed, so that they differ is no drift.',
    });
    const same = behind(threeSeeds, runsOf(threeSeeds, 'aaa'));
    expect(same.said).toBe('Runs of 3 seeds agree: that does not show that a seed repeats.');
    expect(same.proof).toContain('not about repeating one');
    expect(same.proof).not.toContain('must give the same text');
  });

  it('does call it drift where one seed was sent again and gave another text', () => {
    const twice = { ...threeSeeds, repeats: 2 };
    expect(behind(twice, runsOf(twice, 'aabbcc')).said).toBe(
      'Runs with the same seed agree: they differ only from seed to seed.',
    );
    expect(behind(twice, runsOf(twice, 'abccdd')).said).toBe('Runs with the same seed differ, too, in 1 of 3 seeds.');
  });

  it('says of seeds that were each sent again that they gave one text', () => {
    const twice = { ...threeSeeds, repeats: 2 };
    expect(behind(twice, runsOf(twice, 'aaaaaa')).said).toBe('Runs of 3 seeds agree.');
  });

  it('expects no difference of them where nothing is drawn', () => {
    const cold = { ...threeSeeds, request: request({ temperature: 0 }) };
    expect(behind(cold, runsOf(cold, 'abc')).said).toBe(
      'Each run had its own seed, though none should matter where the likeliest token should be taken.',
    );
  });

  it('names the runs with a seed and those without', () => {
    const some = aRecipe({ request: request({ temperature: 1 }), arms: arms({ seed: 7 }, { seed: null }), repeats: 2 });
    expect(behind(some, runsOf(some, 'aabc'))).toMatchObject({
      said: 'A seed was sent in runs 1, 2, and none in runs 3, 4: that they differ is no drift.',
      proof: null,
    });
    expect(behind(some, runsOf(some, 'aaaa')).said).toBe('A seed was sent in runs 1, 2, and none in runs 3, 4.');
  });

  it('does call it drift where those with a seed differ, too, or where nothing is drawn', () => {
    const some = aRecipe({ request: request({ temperature: 1 }), arms: arms({ seed: 7 }, { seed: null }), repeats: 2 });
    const sent = 'A seed was sent in runs 1, 2, and none in runs 3, 4';
    expect(behind(some, runsOf(some, 'abcd')).said).toBe(`${sent}. Runs with the same seed differ, too.`);
    const cold = { ...some, request: request({ temperature: 0 }) };
    expect(behind(cold, runsOf(cold, 'aabc')).said).toBe(
      `${sent}, though none should matter where the likeliest token should be taken.`,
    );
  });
});

describe('the verdict on runs under varied settings', () => {
  const hot = aRecipe({
    request: request({ seed: 7 }),
    arms: arms({ temperature: 0 }, { temperature: 1 }),
    repeats: 1,
  });

  it('names what varied, and proves nothing', () => {
    expect(behind(hot, runsOf(hot, 'ab'))).toMatchObject({
      ground: 'several-settings',
      said: 'The settings differ in temperature: that the runs differ is no drift.',
    });
    expect(behind(hot, runsOf(hot, 'aa'))).toMatchObject({
      said: 'The settings differ in temperature, and the runs agree all the same.',
      proof: null,
    });
    const unseeded = { ...hot, request: request({}) };
    expect(behind(unseeded, runsOf(unseeded, 'ab')).said).toBe(
      'No seed was sent, and the settings differ in temperature: that the runs differ is no drift.',
    );
  });

  it('tells drift under one setting from the difference between settings', () => {
    const twice = { ...hot, repeats: 2 };
    expect(behind(twice, runsOf(twice, 'aabb')).said).toBe(
      'Runs with the same request agree: they differ only with temperature.',
    );
    expect(behind(twice, runsOf(twice, 'aabc')).said).toBe(
      'Runs with the same request differ, too, in 1 of 2 requests.',
    );
  });
});

describe('the verdict on one server behind two names', () => {
  const two = aRecipe({
    provider: 'openai',
    request: request({ seed: 7 }),
    arms: arms({ model: 'random-llama' }, { model: 'seedling-1' }),
    repeats: 2,
  });

  it('says which model answered', () => {
    expect(behind(two, runsOf(two, 'aaaa', { servedModel: 'random-llama' })).said).toBe(
      'The settings differ in model, and the runs agree all the same. random-llama and seedling-1 were both answered by random-llama.',
    );
  });

  it('says which address several providers have in common', () => {
    const recipe = aRecipe({
      request: request({ seed: 7 }),
      arms: [{ set: {} }, { provider: 'other', set: {} }],
      repeats: 1,
    });
    const endpoint = { origin: 'http://127.0.0.1:8281', path: '/v1' };
    expect(behind(recipe, runsOf(recipe, 'aa', { endpoint })).said).toBe(
      'The settings differ in provider, and the runs agree all the same. The providers have one address: http://127.0.0.1:8281/v1.',
    );
    expect(behind(recipe, runsOf(recipe, 'aa')).said).not.toContain('address');
  });

  it('says so of three names, too, and of one text without a cause', () => {
    const three = { ...two, arms: [...(two.arms ?? []), { set: { model: 'third' } }], repeats: 1 };
    expect(behind(three, runsOf(three, 'aab', { servedModel: 'random-llama' })).said).toContain(
      'random-llama, seedling-1 and third were all answered by random-llama.',
    );
    const five = { ...two, arms: arms(...['a', 'b', 'c', 'd', 'e', 'f'].map((model) => ({ model }))), repeats: 1 };
    const dated = runsOf(five, 'aaaaab').map((run) => ({ ...run, servedModel: `${run.model}-2026` }));
    expect(behind(five, dated).said).toContain('d was answered by d-2026; 2 more by others.');
  });

  it('names a dated model behind each name, and nothing where the name itself answered', () => {
    const runs = runsOf(two, 'aabb').map((run) => ({ ...run, servedModel: `${run.model}-2026` }));
    expect(behind(two, runs).said).toContain(
      'random-llama was answered by random-llama-2026; seedling-1 was answered by seedling-1-2026.',
    );
    const own = runsOf(two, 'aabb').map((run) => ({ ...run, servedModel: run.model }));
    expect(behind(two, own).said).not.toContain('answered');
  });
});

describe('the verdict on two servers behind one name', () => {
  it('concludes nothing about them from one fingerprint', () => {
    const { said } = behind(oneSeed, runsOf(oneSeed, 'aab', { fingerprints: ['b11669-Debian'] }));
    expect(said).toBe('Different text under the same fingerprint. A seed is best effort.');
    expect(said).not.toMatch(/back ?end|server|machine/);
  });
});

describe('the verdict on runs of which some do not count', () => {
  it('goes by those that do', () => {
    const [first, second] = runsOf(oneSeed, 'aab');
    if (!first || !second) throw new Error('There are three runs.');
    const left = [{ finish: 'aborted' }, { cached: true }, { text: '' }] as const;
    for (const third of [
      failed(3, 'rate_limited'),
      ...left.map((change) => ended(3, 'the b', { fingerprints: ['fp_a'], ...change })),
    ])
      expect(behind(oneSeed, [first, second, third])).toMatchObject({
        ground: 'one-seed',
        sentence: expect.stringMatching(/^2 of 2 (finished runs|runs that count) identical\./),
        said: 'Same text under the same fingerprint.',
      });
    expect(behind(oneSeed, [first, failed(2, 'cut_off', 'the'), failed(3, 'cut_off', 'the')])).toMatchObject({
      sentence: expect.stringMatching(/^Only 1 run counts/),
      said: '',
      proof: null,
    });
  });

  it('says nothing of a cause where nothing is compared', () => {
    const gone = [1, 2, 3].map((run) => failed(run, 'rate_limited'));
    expect(behind(oneSeed, gone)).toMatchObject({ ground: 'none', said: '', proof: null });
  });
});

describe('the verdict on imported texts', () => {
  it('says that their request is not known', () => {
    const imported = aRecipe({ provider: 'imported', request: request({ model: 'unknown' }), repeats: 2 });
    expect(behind(imported, runsOf(imported, 'ab')).said).toBe(
      'What these texts answer, and with which seed, is not known here.',
    );
    expect(behind(imported, runsOf(imported, 'aa')).proof).toContain(
      'This is for runs of one request, which these may not be.',
    );
  });
});
