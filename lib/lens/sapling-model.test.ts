import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { defined } from '@/lib/defined';
import { readArtifact } from '@/lib/sapling/artifact';
import { makeArtifact, smallConfig } from '@/lib/sapling/artifact.fixture';
import { saplingBackends } from '@/lib/sapling/backends';
import { Batch, toOrder } from '@/lib/sapling/batch';
import { Sapling } from '@/lib/sapling/sapling';
import type { SeedlingRequest } from '@/lib/seedling/request';
import type { GeneratedToken } from '@/lib/seedling/writing';
import { branch } from './branch';
import { choiceInputs } from './choice-inputs';
import { reshape } from './reshape';
import { type ModelRun, retrace } from './retrace';
import { saplingByTag } from './sapling-model';

const sapling = new Sapling(readArtifact(makeArtifact({ ...smallConfig, context: 160 }, 21)));
const byTag = saplingByTag(sapling);
const f32 = { ...defined(saplingBackends[0]), inFlight: 1 };
/** All back ends, under several loads: for steady ones that is of no matter. */
const loaded = saplingBackends.flatMap((backend) => [1, 2, 5, 16].map((inFlight) => ({ ...backend, inFlight })));
type Loaded = (typeof loaded)[number];
const modelOf = ({ tag, inFlight }: Loaded) => defined(byTag(tag, inFlight) ?? undefined);

type SeededRequest = SeedlingRequest & { seed: number };
const aRequest = (change: Partial<SeededRequest> = {}): SeededRequest => ({
  messages: [{ role: 'user', content: 'Tell me about the sea.' }],
  seed: 74,
  max_completion_tokens: 16,
  ...change,
});

/** Sapling's own account of a text: every token with its trace. */
function write(request: SeededRequest, backend = f32): { run: ModelRun; written: GeneratedToken[] } {
  const order = toOrder(sapling, request, {
    seed: request.seed,
    choice: 0,
    arithmetic: backend.arithmetic(backend.inFlight),
  });
  if (!order.ok) throw new Error('too long');
  const writing = new Batch(sapling).write(order.value);
  const written: GeneratedToken[] = [];
  let step = writing.next();
  for (; !step.done; step = writing.next()) written.push(step.value);
  return { run: { request, text: written.map(({ token }) => token).join(''), finish: step.value }, written };
}

function traced(run: ModelRun, backend = f32) {
  const retraced = retrace(modelOf(backend), run);
  if (retraced.kind === 'none') throw new Error(`The numbers of this run cannot be known: ${retraced.why}.`);
  return retraced.moments;
}

const anyRequest = fc
  .record({
    seed: fc.maxSafeInteger(),
    temperature: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0.05, max: 2, noNaN: true })),
    top_p: fc.oneof(fc.constant(1), fc.double({ min: 0.05, max: 1, noNaN: true })),
    frequency_penalty: fc.constantFrom(0, 0.7),
  })
  .map(aRequest);

const runs = (all: number, seed: number) => ({ seed, numRuns: cases(all) });

describe('a run of Sapling, retraced', () => {
  it('has for every token what the sampler traced, to the last bit, on every back end under any load', () => {
    fc.assert(
      fc.property(anyRequest, fc.constantFrom(...loaded), (request, backend) => {
        const { run, written } = write(request, backend);
        const moments = traced(run, backend);
        expect(moments.length).toBe(written.length + (run.finish === 'stop' ? 1 : 0));
        for (const [at, { id, u, from, to, candidates, distribution }] of written.entries()) {
          const moment = defined(moments[at]);
          expect(moment.draw).toEqual({ u, from, to });
          expect(modelOf(backend).idOf(moment.token)).toBe(id);
          const [first] = candidates();
          expect(moment.options[0]).toMatchObject({ probability: first?.probability, chance: first?.chance });
          const possible = distribution.probability.filter((each) => each > 0).length;
          expect((moment.rest.tokens ?? 0) + moment.options.length).toBe(possible);
        }
      }),
      runs(60, 41),
    );
  });

  it('has offsets that join to its text, though some of its tokens are no whole characters', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const { run } = write({ ...request, max_completion_tokens: 80 });
        expect(
          traced(run)
            .map(({ from, to }) => run.text.slice(from, to))
            .join(''),
        ).toBe(run.text);
      }),
      runs(20, 42),
    );
  });

  it('has the same numbers, without draws, where no seed was sent', () => {
    fc.assert(
      fc.property(anyRequest, fc.integer({ min: 60, max: 110 }), (request, most) => {
        const { run } = write({ ...request, max_completion_tokens: most });
        // A text that ends within a character cannot be read back.
        if (run.text.includes('\ufffd') || traced(run).at(-1)?.token.startsWith('\\x')) return;
        const known = traced(run).map((moment) => ({ ...moment, draw: null }));
        expect(traced({ ...run, request: { ...run.request, seed: null } })).toEqual(known);
      }),
      runs(20, 43),
    );
  });

  it('is none if the request and its seed give another text, or the back end is another', () => {
    const { run } = write(aRequest({ max_completion_tokens: 60 }));
    const none = { kind: 'none', why: 'not-reproduced' };
    const tooLong = [{ role: 'user', content: 'x'.repeat(400) }];
    const claims: Partial<ModelRun>[] = [
      { text: 'GPT-9 wrote this.' },
      { text: `${run.text} And so on.` },
      { request: { ...run.request, seed: 75 } },
      { request: { ...run.request, messages: tooLong } },
    ];
    for (const claim of claims) expect(retrace(modelOf(f32), { ...run, ...claim })).toEqual(none);
    expect(retrace(modelOf(f32), { ...run, text: run.text.slice(0, 3), finish: 'aborted' }).kind).toBe('ready');
  });

  it('has no model for a back end that calculates according to its load where that is unknown, or that there is not', () => {
    for (const tag of ['batched', 'f64']) expect(byTag(tag)).toBeNull();
    expect(byTag('f64', 3)).toBeNull();
  });
});

describe('a prompt', () => {
  it('has the same scores when it is read again after many others', () => {
    const { prompt } = modelOf(f32);
    const scores = (content: string) => {
      const prompted = defined(prompt({ messages: [{ role: 'user', content }] }) ?? undefined);
      return [...defined(prompted.network ?? undefined).scoresAfter([65, 66])];
    };
    const first = scores('the sea');
    const others = Array.from({ length: 12 }, (_, number) => scores(`wave ${number}`));
    for (const other of others) expect(other).not.toEqual(first);
    expect(scores('the sea')).toEqual(first);
    expect(scores('wave 0')).toEqual(others[0]);
  });
});

describe('other settings for a token of Sapling', () => {
  it('give what a run with them has there, to the last bit', () => {
    const sliders = fc.record({
      temperature: fc.oneof(fc.constant(0), fc.double({ min: 0.05, max: 2, noNaN: true })),
      top_p: fc.oneof(fc.constant(1), fc.double({ min: 0.1, max: 1, noNaN: true })),
    });
    const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(anyRequest, sliders, share, (request, moved, part) => {
        const { run, written } = write(request);
        const at = Math.floor(part * written.length);
        const { sameDraw } = reshape(defined(choiceInputs(modelOf(f32), request, traced(run), at) ?? undefined), moved);
        const order = toOrder(
          sapling,
          { ...request, ...moved },
          { seed: request.seed, choice: 0, arithmetic: f32.arithmetic(f32.inFlight) },
        );
        if (!order.ok) throw new Error('too long');
        const begun = written.slice(0, at).map(({ id }) => id);
        const again = [...new Batch(sapling).write({ ...order.value, prompt: { ...order.value.prompt, begun } })];
        const { u, from, to } = again[at] ?? sameDraw ?? {};
        expect(sameDraw).toMatchObject({ u, from, to });
      }),
      runs(40, 44),
    );
  });
});

describe('another token in a text of Sapling', () => {
  it('is not the end of the text, after which nothing comes', () => {
    expect(branch(aRequest().messages, 'The sea', 7, '')).toBeNull();
  });

  it('takes the place of what an answer was begun with', () => {
    const [asked] = aRequest().messages;
    const begun = [defined(asked), { role: 'assistant' as const, content: 'The' }];
    expect(branch(begun, 'The sea', 3, ' sun')).toEqual([asked, { role: 'assistant', content: 'The sun' }]);
  });

  it('is given, and what comes after it has the same draws', () => {
    const request = aRequest({ max_completion_tokens: 30 });
    const { run } = write(request);
    const moments = traced(run);
    const at = 4;
    const { from, options, token } = defined(moments[at]);
    const other = defined(options.find((each) => each.token !== token && /^ ?[a-z]+$/.test(each.token))).token;
    const messages = branch(request.messages, run.text, from, other);
    const branched = traced(write({ ...request, messages: messages ?? [] }).run);
    expect(branched.slice(0, at + 1).map(({ given }) => given)).toEqual([true, true, true, true, true]);
    expect(branched[at]?.token).toBe(other);
    expect(branched.slice(5).map(({ draw }) => draw?.u)).toEqual(
      moments.slice(5, branched.length).map(({ draw }) => draw?.u),
    );
  });
});
