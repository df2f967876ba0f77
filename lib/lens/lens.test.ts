import { beforeAll, describe, expect, it } from 'vitest';
import { defined } from '@/lib/defined';
import { importedProvider } from '@/lib/recipe/recipe';
import { aRecipe, aRequest, ended, failed, running } from '@/lib/run/records.fixture';
import { readArtifact } from '@/lib/sapling/artifact';
import { makeArtifact } from '@/lib/sapling/artifact.fixture';
import { Sapling } from '@/lib/sapling/sapling';
import { seedlingModels } from '@/lib/seedling/backends';
import { trainOnCorpus } from '@/lib/seedling/corpus.fixture';
import type { Counts } from '@/lib/seedling/counts';
import { generate } from '@/lib/seedling/generate';
import { condition } from '@/lib/seedling/model';
import { conditioningText, toGenerateOptions } from '@/lib/seedling/request';
import { fingerprintOf } from '@/lib/seedling/seedling';
import { type LensFailure, makeLens } from './lens';
import type { ModelByTag } from './lens-model';
import { saplingByTag } from './sapling-model';
import { seedlingByTag } from './seedling-model';
import { type RetraceableRun, sourceOf } from './source';

let counts: Counts;
beforeAll(() => {
  counts = trainOnCorpus();
});

const [exact] = seedlingModels[0].backends;
const hash = 'abcdef01';
const fingerprint = fingerprintOf({ hash }, exact);
const request = aRequest({ seed: 74, max_completion_tokens: 12 });
const recipe = aRecipe({ request });

const textOf = (): string =>
  generate(condition(counts, conditioningText(request)), toGenerateOptions(counts.vocabulary, request, 74))
    .map(({ token }) => token)
    .toArray()
    .join('');

function aRun(): RetraceableRun {
  const source = sourceOf(ended(1, textOf(), { fingerprints: [fingerprint], finish: 'length' }), recipe);
  if (source.kind !== 'retraceable') throw new Error('This run is one of Seedling.');
  return source.run;
}

describe('sourceOf', () => {
  const tokens = [{ token: 'A', logprob: -1, bytes: null, top_logprobs: [] }];

  it("names the model by the run's fingerprint, and stored logprobs elsewhere", () => {
    expect(sourceOf(ended(1, 'A', { fingerprints: [fingerprint], tokens }), recipe)).toEqual({
      kind: 'retraceable',
      run: { request, text: 'A', finish: 'stop', model: 'seedling', hash, tag: 'exact' },
      imported: false,
    });
    expect(sourceOf(ended(1, 'A', { fingerprints: [`fp_sapling_${hash}_bf16`] }), recipe)).toMatchObject({
      run: { model: 'sapling', hash, tag: 'bf16' },
    });
    expect(sourceOf(ended(1, 'A', { fingerprints: ['fp_de604bd877'], tokens }), recipe).kind).toBe('logprobs');
    expect(sourceOf({ ...failed(1, 'cut_off', 'A'), tokens }, recipe)).toEqual({
      kind: 'logprobs',
      tokens,
      text: 'A',
      imported: false,
    });
    expect(sourceOf(ended(1, 'A', { tokens }), recipe, 'import')).toMatchObject({ imported: true });
    const run = ended(1, 'A', { fingerprints: [fingerprint] });
    expect(sourceOf(run, recipe, 'import')).toMatchObject({ kind: 'retraceable', imported: true });
  });

  it('names stored logprobs, or nothing, where a file does not say what was asked', () => {
    const brought = aRecipe({ request, provider: importedProvider });
    const unknown = { kind: 'none', why: 'request-unknown' };
    expect(sourceOf(ended(1, 'A', { fingerprints: [fingerprint] }), brought, 'import')).toEqual(unknown);
    expect(sourceOf(ended(1, 'A'), brought, 'import')).toEqual(unknown);
    expect(sourceOf(ended(1, 'A', { fingerprints: [fingerprint], tokens }), brought, 'import').kind).toBe('logprobs');
    expect(sourceOf(failed(1, 'cut_off'), brought, 'import')).toEqual({ kind: 'none', why: 'no-text' });
  });

  it('names stored logprobs, or nothing, for a back end that calculates according to its load', () => {
    for (const model of ['seedling', 'sapling']) {
      const fingerprints = [`fp_${model}_${hash}_batched`];
      expect(sourceOf(ended(1, 'A', { fingerprints, tokens }), recipe).kind).toBe('logprobs');
      expect(sourceOf(ended(1, 'A', { fingerprints }), recipe)).toEqual({ kind: 'none', why: 'load-unknown' });
      expect(sourceOf(ended(1, 'A', { fingerprints, tokens, inFlight: 3 }), recipe)).toMatchObject({
        kind: 'retraceable',
        run: { model, tag: 'batched', inFlight: 3 },
      });
    }
  });

  it('tells a model that was not asked from one that sent nothing', () => {
    const asked = aRecipe({ request: { ...request, logprobs: true } });
    expect(sourceOf(ended(1, 'A'), recipe)).toEqual({ kind: 'none', why: 'not-asked' });
    expect(sourceOf(ended(1, 'A'), asked)).toEqual({ kind: 'none', why: 'none-came' });
    expect(sourceOf(running(1, 'A'), recipe)).toEqual({ kind: 'none', why: 'not-asked' });
    expect(sourceOf(failed(1, 'cut_off'), asked)).toEqual({ kind: 'none', why: 'no-text' });
  });
});

describe('the lens', () => {
  it('loads the counts once and answers each run and place in order', async () => {
    let loads = 0;
    const lens = makeLens(async () => {
      loads++;
      return seedlingByTag(counts, hash);
    });
    const run = aRun();
    const other = { ...run, text: run.text.slice(0, 4), request: { ...run.request, seed: null }, finish: 'aborted' };
    const answer = await lens({ kind: 'retrace', runs: [run, other] });
    if (answer.kind !== 'retraced') throw new Error(`This is ${answer.kind}.`);
    const [first, second] = answer.runs.map((each) => (each.kind === 'ready' ? each.moments : null));
    expect(first?.map(({ from, to }) => run.text.slice(from, to)).join('')).toBe(run.text);
    expect(second?.every(({ draw }) => draw === null)).toBe(true);
    const sliders = { temperature: 0.4, top_p: 1 };
    const places = [
      { run, at: 2 },
      { run: other, at: 0 },
      { run, at: 999 },
    ];
    expect(await lens({ kind: 'reshape', places, sliders })).toMatchObject({
      kind: 'reshaped',
      reshaped: [{ exact: true, sameDraw: { u: first?.[2]?.draw?.u } }, { exact: true, sameDraw: null }, null],
    });
    expect(loads).toBe(1);
  });

  it('has neither moments nor other settings for a text that the request does not give', async () => {
    const lens = makeLens(async () => seedlingByTag(counts, hash));
    const forged = { ...aRun(), text: 'GPT-9 wrote this sentence, not Seedling.' };
    expect(await lens({ kind: 'retrace', runs: [forged] })).toEqual({
      kind: 'retraced',
      runs: [{ kind: 'none', why: 'not-reproduced' }],
    });
    const sliders = { temperature: 1, top_p: 1 };
    expect(await lens({ kind: 'reshape', places: [{ run: forged, at: 0 }], sliders })).toEqual({
      kind: 'reshaped',
      reshaped: [null],
    });
  });

  it('looks inside a network, and holds two of its back ends against each other; of Seedling it has neither', async () => {
    const sapling = new Sapling(readArtifact(makeArtifact()));
    const lens = makeLens(async (model) => (model === 'sapling' ? saplingByTag(sapling) : seedlingByTag(counts, hash)));
    const asked = aRequest({ messages: [{ role: 'user', content: 'the sea' }], seed: 3, max_completion_tokens: 8 });
    const runs = ['f32', 'bf16'].map((tag): RetraceableRun => {
      const { pieces, prompt } = defined(saplingByTag(sapling)(tag) ?? undefined);
      const options = { seed: 3, temperature: 1, top_p: 1, maxTokens: 8, stop: [] };
      const written = [...defined(prompt(asked) ?? undefined).write(options, '')];
      const text = written.map(({ token }) => token).join('');
      expect(written.map(({ id }) => pieces[id]).length).toBe(8);
      return { model: 'sapling', request: asked, text, finish: 'length', hash: sapling.hash, tag };
    });
    const [own, other] = [defined(runs[0]), defined(runs[1])];
    const looked = await lens({ kind: 'look', place: { run: own, at: 2 } });
    expect(looked).toMatchObject({ kind: 'looked', inside: { asked: 8, guesses: [{}, { came: {} }] } });
    const drifted = await lens({ kind: 'drift', runs: [own, other] });
    expect(drifted).toMatchObject({ kind: 'drifted', drift: { since: 0 } });
    expect(await lens({ kind: 'look', place: { run: own, at: 99 } })).toEqual({ kind: 'looked', inside: null });
    expect(await lens({ kind: 'look', place: { run: aRun(), at: 2 } })).toEqual({ kind: 'looked', inside: null });
    expect(await lens({ kind: 'drift', runs: [aRun(), aRun()] })).toEqual({ kind: 'drifted', drift: null });
    const forged = { ...own, text: 'GPT-9 wrote this.' };
    expect(await lens({ kind: 'look', place: { run: forged, at: 0 } })).toEqual({ kind: 'looked', inside: null });
    expect(await lens({ kind: 'drift', runs: [own, forged] })).toEqual({ kind: 'drifted', drift: null });
  });

  it('says why it has no counts, and tries again if they could not be fetched', async () => {
    const answers: (ModelByTag | LensFailure)[] = ['other-version', 'unreachable', seedlingByTag(counts, hash)];
    const lens = makeLens(async () => answers.shift() ?? 'unreachable');
    const request = { kind: 'retrace' as const, runs: [aRun()] };
    expect(await lens(request)).toEqual({ kind: 'failed', why: 'other-version' });
    expect(await lens(request)).toEqual({ kind: 'failed', why: 'unreachable' });
    expect((await lens(request)).kind).toBe('retraced');
    expect(await lens({ kind: 'retrace', runs: [{ ...aRun(), tag: 'f64' }] })).toEqual({
      kind: 'failed',
      why: 'other-version',
    });
  });
});
