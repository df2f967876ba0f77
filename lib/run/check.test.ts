import fc from 'fast-check';
import { safeParse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { withMutations } from '@/lib/recipe/any-mutation.fixture';
import * as checked from './check';
import type { RunEvent } from './events';
import { applyEvent } from './fold';
import { interleavings } from './interleavings.fixture';
import { aRecipe } from './records.fixture';
import type { SavedExperiment } from './saved';
import * as parsed from './schema';

const scripts = fc.array(
  fc.record({
    waits: fc.nat(2),
    deltas: fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }),
    end: fc.constantFrom('stop' as const, 'length' as const, 'aborted' as const, 'error' as const, null),
  }),
  { minLength: 1, maxLength: 3 },
);

const token = { token: 'a', logprob: -0.5, bytes: [97], top_logprobs: [{ token: 'b', logprob: -1, bytes: null }] };
const usage = {
  prompt_tokens: 1,
  completion_tokens: 2,
  total_tokens: 3,
  prompt_tokens_details: { cached_tokens: null },
};

/** With tokens, usage and a cache here and there, which scripts have not. */
const enrich = (event: RunEvent, rich: boolean): RunEvent => {
  if (!rich) return event;
  if (event.type === 'text-delta') return { ...event, tokens: [token] };
  return event.type === 'run-end' ? { ...event, usage, cached: true, servedSeed: 7, inFlight: 3 } : event;
};

const anyEvents = fc
  .tuple(interleavings(scripts), fc.boolean())
  .map(([events, rich]) => events.map((event) => enrich(event, rich)));

const anyEvent = fc.tuple(anyEvents, fc.nat()).map(([events, at]) => events[at % events.length]);

const anySaved: fc.Arbitrary<SavedExperiment> = anyEvents.map((events) => ({
  id: 'x',
  title: null,
  createdAt: '2026-11-27T00:00:00Z',
  sharedAt: null,
  parent: null,
  origin: 'run',
  recipe: aRecipe({}),
  runs: events.reduce(applyEvent, null)?.runs ?? [],
}));

describe('in the page, as on the server', () => {
  it.each([
    ['an event', anyEvent, checked.RunEvent, parsed.RunEvent],
    ['a stored experiment', anySaved, checked.SavedExperiment, parsed.SavedExperiment],
  ] as const)('%s is read, or refused', (_, valid, inPage, onServer) => {
    const verdicts = { ok: 0, refused: 0 };
    fc.assert(
      fc.property(withMutations<unknown>(valid), (input) => {
        const server = onServer.safeParse(input);
        verdicts[server.success ? 'ok' : 'refused']++;
        const page = safeParse(inPage, input);
        expect(page.success).toBe(server.success);
        if (server.success) expect(page.output).toEqual(server.data);
      }),
      { seed: 23, numRuns: cases(4000) },
    );
    expect(Math.min(verdicts.ok, verdicts.refused)).toBeGreaterThan(cases(4000) / 10);
  });
});
