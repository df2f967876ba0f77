import fc from 'fast-check';
import { anyRecipe, anyUnicode } from '@/lib/recipe/any-recipe.fixture';
import { plan, type RunSpec } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { TokenInfo } from '@/lib/run/events';
import type { RunRecord } from '@/lib/run/record';
import { anEndpoint, aProblem } from '@/lib/run/records.fixture';
import type { SavedExperiment } from '@/lib/run/saved';

const token: fc.Arbitrary<TokenInfo> = fc.record({
  token: anyUnicode,
  logprob: fc.double({ min: -9999, max: 0, noNaN: true }).map((value) => value + 0),
  bytes: fc.option(fc.array(fc.nat(255), { maxLength: 3 })),
  top_logprobs: fc.constant([{ token: ' a', logprob: -0.5, bytes: null }]),
});

const count = fc.nat(1000);
const ms = fc.double({ min: 0, max: 1e5, noNaN: true }).map((value) => value + 0);

/** Fields of a run that ended, any of them. */
const ending = fc.record({
  finish: fc.constantFrom('stop', 'length', 'aborted', 'refusal', 'content_filter'),
  servedModel: anyUnicode,
  fingerprints: fc.array(fc.constantFrom('fp_1', 'fp_2', 'fp|3`'), { maxLength: 2 }),
  usage: fc.option(fc.record({ prompt_tokens: count, completion_tokens: count, total_tokens: count })),
  requestId: fc.option(anyUnicode),
  attempts: fc.nat(5),
  timing: fc.record({ queuedMs: ms, firstTextMs: fc.option(ms), totalMs: ms }),
});

/** Where a run was sent, if that is known. */
const sent = fc.constantFrom({ endpoint: anEndpoint }, { endpoint: null, streamed: false as const }, {});

/** Texts that are often the same, so that there is something to group. */
const text = fc.oneof(fc.constantFrom('the cat', 'the dog', ''), anyUnicode);

function anyRun(spec: RunSpec): fc.Arbitrary<RunRecord> {
  const told = fc.oneof(
    fc.record({ text }),
    fc.record({ text, tokens: fc.array(token, { minLength: 1, maxLength: 2 }) }),
  );
  const status = fc.constantFrom('ended', 'ended', 'ended', 'failed', 'running', 'queued');
  return fc.tuple(status, told, sent, ending, anyUnicode).map(([status, told, sent, ending, message]): RunRecord => {
    if (status === 'ended') return { ...spec, ...told, ...sent, status, ...ending };
    if (status === 'failed') return { ...spec, ...told, ...sent, status, error: { ...aProblem('stalled'), message } };
    return { ...spec, ...told, status: status === 'running' ? status : 'queued' };
  });
}

const anyRuns = (recipe: Recipe): fc.Arbitrary<RunRecord[]> => fc.tuple(...plan(recipe).map(anyRun));

/** Any experiment: any recipe, and any of its runs in any state. */
export const anySaved: fc.Arbitrary<SavedExperiment> = anyRecipe.chain((recipe) =>
  fc.record({
    id: fc.constant('k3f9x2ab'),
    recipe: fc.constant(recipe),
    title: fc.option(anyUnicode.map((title) => title.slice(0, 200))),
    createdAt: fc.constant('2026-03-12T14:05:09.123Z'),
    sharedAt: fc.option(fc.constant('2026-03-13T00:00:00.000Z')),
    parent: fc.option(fc.constant('parent00')),
    origin: fc.constantFrom('run', 'import'),
    runs: anyRuns(recipe),
  }),
);
