import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { defined } from '@/lib/defined';
import { type Backend, seedlingModels } from '@/lib/seedling/backends';
import { trainOnCorpus } from '@/lib/seedling/corpus.fixture';
import { generate } from '@/lib/seedling/generate';
import { conditioningText, type SeedlingRequest, toGenerateOptions } from '@/lib/seedling/request';
import { conditionOn, type Seedling } from '@/lib/seedling/seedling';
import type { GeneratedToken } from '@/lib/seedling/writing';
import { branch } from './branch';
import { choiceInputs } from './choice-inputs';
import type { ModelByTag } from './lens-model';
import { momentAt } from './moment';
import { reshape } from './reshape';
import { type ModelRun, retrace } from './retrace';
import { seedlingByTag } from './seedling-model';

type Loaded = Backend & { inFlight: number };
const exact: Loaded = { ...seedlingModels[0].backends[0], inFlight: 1 };
/** All back ends, under several loads: for steady ones that is of no matter. */
const loaded = seedlingModels
  .flatMap(({ backends }) => backends)
  .flatMap((backend) => [1, 3, 8].map((inFlight): Loaded => ({ ...backend, inFlight })));

let seedling: Seedling;
let byTag: ModelByTag;

/** Seedling for the lens. */
const modelOf = ({ tag, inFlight }: Loaded = exact) => defined(byTag(tag, inFlight) ?? undefined);
beforeAll(() => {
  seedling = { counts: trainOnCorpus(), hash: 'test', prompts: new Map() };
  byTag = seedlingByTag(seedling.counts, 'test');
});

type SeededRequest = SeedlingRequest & { seed: number };
const aRequest = (change: Partial<SeededRequest> = {}): SeededRequest => ({
  messages: [{ role: 'user', content: 'Write a haiku about spring.' }],
  seed: 74,
  max_completion_tokens: 16,
  ...change,
});

/** Seedling's own account of a text: every token with its trace. */
function write(request: SeededRequest, backend: Loaded = exact): { run: ModelRun; written: GeneratedToken[] } {
  const writing = generate(conditionOn(seedling, conditioningText(request), backend), {
    ...toGenerateOptions(seedling.counts.vocabulary, request, request.seed),
    arithmetic: backend.arithmetic(backend.inFlight),
  });
  const written: GeneratedToken[] = [];
  let step = writing.next();
  for (; !step.done; step = writing.next()) written.push(step.value);
  const text = written.map(({ token }) => token).join('');
  return { run: { request, text, finish: step.value }, written };
}

const traced = (run: ModelRun, backend: Loaded = exact, most?: number) => {
  const retraced = retrace(modelOf(backend), run, most);
  if (retraced.kind === 'none') throw new Error(`The numbers of this run cannot be known: ${retraced.why}.`);
  return retraced.moments;
};

const notReproduced = { kind: 'none', why: 'not-reproduced' };

const anyRequest = fc
  .record({
    seed: fc.maxSafeInteger(),
    temperature: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0.05, max: 2, noNaN: true })),
    top_p: fc.oneof(fc.constant(1), fc.double({ min: 0.05, max: 1, noNaN: true })),
    frequency_penalty: fc.constantFrom(0, 0, 0.7, -0.5),
    presence_penalty: fc.constantFrom(0, 0, 1),
    content: fc.constantFrom('Write a haiku about spring.', 'Tell me a joke.', 'Explain what a seed is.', ''),
  })
  .map(({ content, ...rest }) => aRequest({ ...rest, messages: [{ role: 'user', content }] }));

describe('retrace', () => {
  it('gives for every token what the sampler traced: choice, draw, segment, probabilities', () => {
    fc.assert(
      fc.property(anyRequest, fc.constantFrom(...loaded), (request, backend) => {
        const { run, written } = write(request, backend);
        const moments = traced(run, backend, 5);
        expect(moments.length).toBe(written.length + (run.finish === 'stop' ? 1 : 0));
        for (const [at, trace] of written.entries()) {
          const { token, draw, options, rest, given } = moments[at] ?? {};
          expect({ token, draw, given }).toEqual({
            token: trace.token,
            draw: { u: trace.u, from: trace.from, to: trace.to },
            given: false,
          });
          const first = trace
            .candidates()
            .take(5)
            .map(({ id, probability, chance }) => ({
              token: seedling.counts.vocabulary.pieces[id],
              probability,
              chance,
            }))
            .toArray();
          const among = first.some((option) => option.token === token);
          expect(options?.slice(0, among ? 5 : 4)).toEqual(first.slice(0, among ? 5 : 4));
          expect(options?.some((option) => option.token === token)).toBe(true);
          expect(options?.length).toBe(5);
          const chances = (options ?? []).reduce((sum, { chance }) => sum + (chance ?? Number.NaN), 0);
          expect(chances + (rest?.chance ?? Number.NaN)).toBeCloseTo(1, 9);
        }
      }),
      { seed: 21, numRuns: cases(1000) },
    );
  });

  it('gives offsets that join to the text, and an end where the end was chosen', () => {
    const { run } = write(aRequest({ max_completion_tokens: 200 }));
    const moments = traced(run);
    expect(run.finish).toBe('stop');
    expect(moments.map(({ from, to }) => run.text.slice(from, to)).join('')).toBe(run.text);
    const end = moments.at(-1);
    expect(end).toMatchObject({ token: '', from: run.text.length, to: run.text.length, truth: 'exact' });
    expect(end?.draw?.u).toBeGreaterThanOrEqual(end?.draw?.from ?? 1);
    expect(end?.draw?.u).toBeLessThan(end?.draw?.to ?? 0);
    expect(momentAt(moments, run.text.length)).toBe(moments.length - 1);
    const limited = write(aRequest({ max_completion_tokens: 3 })).run;
    expect(traced(limited).map(({ token }) => token)).not.toContain('');
  });

  it('follows a text that was stopped midway, or cut by a stop sequence inside a token', () => {
    const { run, written } = write(aRequest());
    const half = run.text.slice(0, (written[0]?.token.length ?? 0) + (written[1]?.token.length ?? 0));
    expect(traced({ ...run, text: half, finish: 'aborted' })).toEqual(traced(run).slice(0, 2));
    const third = written[2]?.token ?? '';
    const stopped = write(aRequest({ stop: third.slice(-2) })).run;
    const moments = traced(stopped);
    expect(moments.at(-1)).toMatchObject({ to: stopped.text.length, draw: { u: expect.any(Number) } });
    expect(moments.every(({ draw }) => draw !== null)).toBe(true);
  });

  it('reads the numbers from the text where the draws are unknown', () => {
    const { run } = write(aRequest({ max_completion_tokens: 200 }));
    const known = traced(run).map(({ draw, ...rest }) => ({ ...rest, draw: draw && null }));
    expect(traced({ ...run, request: { ...run.request, seed: null } })).toEqual(known);
  });

  it('gives no numbers for a text that the request and its seed do not give', () => {
    const { run } = write(aRequest({ max_completion_tokens: 200 }));
    const claims: Partial<ModelRun>[] = [
      { text: 'GPT-9 wrote this sentence, not Seedling.' },
      { text: `${run.text} And so on.` },
      { text: run.text.slice(0, 10) },
      { finish: 'length' },
      { request: { ...run.request, seed: 75 } },
      { request: { ...run.request, temperature: 0.2 } },
    ];
    for (const claim of claims) expect(retrace(modelOf(), { ...run, ...claim })).toEqual(notReproduced);
    const { run: cut } = write(aRequest({ max_completion_tokens: 3 }));
    expect(retrace(modelOf(), { ...cut, finish: 'stop' })).toEqual(notReproduced);
    expect(retrace(modelOf(), { ...run, text: run.text.slice(0, 10), finish: 'aborted' }).kind).toBe('ready');
  });

  it('holds a text that a stop sequence cut against that sequence', () => {
    const { written } = write(aRequest());
    const stop = written[3]?.token ?? '';
    const { run } = write(aRequest({ stop }));
    expect(traced(run).at(-1)).toMatchObject({ to: run.text.length });
    const shorter = run.text.slice(0, -(written[2]?.token.length ?? 0));
    expect(retrace(modelOf(), { ...run, text: shorter })).toEqual(notReproduced);
    expect(retrace(modelOf(), { ...run, request: { ...run.request, stop: 'zyzzyva' } })).toEqual(notReproduced);
  });

  it('gives no numbers for a text without a seed that Seedling cannot have written', () => {
    const request = { ...aRequest(), seed: null };
    const claim = { request, text: 'The rain zyzzyva the', finish: 'stop' };
    expect(retrace(modelOf(), claim)).toEqual(notReproduced);
    expect(retrace(modelOf(), { ...claim, text: 'The rain zyz', request: { ...request, stop: 'zyva' } }).kind).toBe(
      'ready',
    );
    const begun = [...request.messages, { role: 'assistant', content: 'A snail' }];
    expect(retrace(modelOf(), { ...claim, text: 'The rain', request: { ...request, messages: begun } })).toEqual(
      notReproduced,
    );
  });

  it('needs no seed to know the text of temperature 0, though its draws stay unknown', () => {
    const { run } = write(aRequest({ temperature: 0 }));
    const unseeded = { ...run, request: { ...run.request, seed: null } };
    expect(traced(unseeded).every(({ draw }) => draw === null)).toBe(true);
    expect(retrace(modelOf(), { ...unseeded, text: 'The' })).toEqual(notReproduced);
  });

  it('marks the tokens that were given, with or without the seed', () => {
    const content = 'The zyzzyva';
    const messages = [...aRequest().messages, { role: 'assistant', content }];
    const { run } = write(aRequest({ messages }));
    const moments = traced(run);
    expect(moments.slice(0, 3).map(({ token, given }) => [token, given])).toEqual([
      ['The', true],
      [' zyzzyva', true],
      [moments[2]?.token, false],
    ]);
    expect(moments[1]).toMatchObject({ draw: { from: 1, to: 1 } });
    expect(moments[1]?.options.at(-1)).toEqual({ token: ' zyzzyva', probability: 0, chance: 0 });
    const unseeded = traced({ ...run, request: { ...run.request, seed: null } });
    expect(unseeded.map(({ token, given }) => [token, given])).toEqual(
      moments.map(({ token, given }) => [token, given]),
    );
  });

  it('has no model for a back end that calculates according to its load where that is unknown, or that there is not', () => {
    for (const tag of ['batched', 'f64']) expect(byTag(tag)).toBeNull();
  });

  it('leaves the other tokens no chance where top_p cut them', () => {
    const { run } = write(aRequest({ top_p: 0.1 }));
    for (const { rest, options } of traced(run)) {
      expect(rest.chance).toBe(0);
      expect(options.filter(({ chance }) => chance === 0).length).toBeGreaterThan(0);
    }
  });
});

describe('reshape', () => {
  it('gives what a run with those settings has at that token, to the last bit', () => {
    const sliders = fc.record({
      temperature: fc.oneof(fc.constant(0), fc.double({ min: 0.05, max: 2, noNaN: true })),
      top_p: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
    });
    const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(anyRequest, sliders, share, fc.constantFrom(...loaded), (request, moved, at, backend) => {
        const { run, written } = write(request, backend);
        const place = Math.floor(at * written.length);
        const inputs = choiceInputs(modelOf(backend), request, traced(run, backend), place);
        if (!inputs) return expect(written.length).toBe(0);
        const { sameDraw, options, exact: isExact } = reshape(inputs, moved);
        const beginning = written.slice(0, place);
        const again = generate(conditionOn(seedling, conditioningText(request), backend), {
          ...toGenerateOptions(seedling.counts.vocabulary, { ...request, ...moved }, request.seed),
          prefill: beginning,
          maxTokens: place + 1,
          arithmetic: backend.arithmetic(backend.inFlight),
        });
        const rerun = [...again][place];
        const { token = '', u, from, to } = rerun ?? { u: sameDraw?.u, from: sameDraw?.from, to: sameDraw?.to };
        expect(sameDraw).toEqual({ token, u, from, to });
        expect(isExact).toBe(true);
        const shown = options.map((option) => option.token);
        expect(shown).toEqual(expect.arrayContaining([written[place]?.token, token]));
        const chances = new Map(
          [...(rerun?.candidates() ?? [])].map(({ id, chance }) => [seedling.counts.vocabulary.pieces[id], chance]),
        );
        if (rerun) for (const option of options) expect(option.chance).toBe(chances.get(option.token));
      }),
      { seed: 22, numRuns: cases(400) },
    );
  });

  it("changes nothing under the run's own settings", () => {
    const request = aRequest({ temperature: 1.3, top_p: 0.9, presence_penalty: 1 });
    const moments = traced(write(request).run);
    for (const [at, moment] of moments.entries()) {
      const inputs = choiceInputs(modelOf(), request, moments, at);
      const { options, rest, sameDraw } = (inputs && reshape(inputs, { temperature: 1.3, top_p: 0.9 })) ?? {};
      expect({ options, rest, sameDraw }).toEqual({
        options: moment.options,
        rest: moment.rest,
        sameDraw: { ...moment.draw, token: moment.token },
      });
    }
  });

  it('gives no token for a draw that is not known', () => {
    const request = { ...aRequest(), seed: null };
    const moments = traced({ ...write(aRequest()).run, request });
    const inputs = choiceInputs(modelOf(), request, moments, 2);
    expect(inputs && reshape(inputs, { temperature: 0.4, top_p: 1 })).toMatchObject({ exact: true, sameDraw: null });
    expect(choiceInputs(modelOf(), request, moments, moments.length)).toBeNull();
  });
});

describe('branch', () => {
  it('continues another option with the same later draws, and the token that came as it did', () => {
    const request = aRequest({ max_completion_tokens: 30 });
    const { run } = write(request);
    const moments = traced(run);
    for (const [at, moment] of moments.entries()) {
      const own = branch(request.messages, run.text, moment.from, moment.token);
      if (moment.token === '') expect(own).toBeNull();
      else expect(write({ ...request, messages: own ?? [] }).run.text).toBe(run.text);
      const other = moment.options.find(({ token }) => token !== '' && token !== moment.token)?.token ?? '';
      const messages = branch(own ?? request.messages, run.text, moment.from, other) ?? [];
      const branched = traced(write({ ...request, messages }).run);
      expect(branched.slice(0, at).map(({ token }) => token)).toEqual(moments.slice(0, at).map(({ token }) => token));
      expect(branched[at]).toMatchObject({ token: other, given: true });
      const draws = (of: typeof moments) =>
        of.slice(0, Math.min(moments.length, branched.length)).map(({ draw }) => draw?.u);
      expect(draws(branched)).toEqual(draws(moments));
    }
  });
});
