import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxProbeCalls, probeCalls, probeRecipe } from '@/lib/recipe/probe';
import type { ChatRequest, Recipe } from '@/lib/recipe/recipe';
import type { EndedRun } from '@/lib/run/record';
import { aRecipe, ended } from '@/lib/run/records.fixture';
import { nextCalls, type ProbeFinding, type ProbeState, probeFindings } from './probe';
import { type Answer, type Asked, probing, tokensFor } from './probing.fixture';

/** The text of a server that samples: of the seed and what bends its bars if there is a seed, else another each time. */
function sampled({ request: { seed, temperature, top_p }, call }: Asked): string {
  if (temperature === 0 || top_p === 0.01) return 'greedy';
  return typeof seed === 'number' ? `seed ${seed}` : `call ${call}`;
}
const warmText = ({ request }: Asked): string => (request.temperature === 0 ? 'greedy' : 'the one');
const fresh = ({ call }: Asked): string => `call ${call}`;

const says =
  (text: (asked: Asked) => string, more: (request: ChatRequest) => Partial<EndedRun> = tokensFor) =>
  (asked: Asked): Answer => ({ text: text(asked), ...more(asked.request) });

const refusing =
  (key: keyof ChatRequest, otherwise: (asked: Asked) => Answer, message = `Unsupported parameter: '${key}'.`) =>
  (asked: Asked): Answer =>
    asked.request[key] === undefined ? otherwise(asked) : { refuses: { param: key, message } };

const honest = says(sampled);
const secret: Answer = {
  ...{ text: '', finish: 'length' },
  usage: {
    ...{ prompt_tokens: 5, completion_tokens: 100, total_tokens: 105 },
    completion_tokens_details: { reasoning_tokens: 100 },
  },
};
const atMostFive = (asked: Asked): Answer =>
  (asked.request.top_logprobs ?? 0) > 5 ? { refuses: { param: 'top_logprobs', message: 'At most 5.' } } : honest(asked);

type States = [
  seed: ProbeState,
  temperature: ProbeState,
  top_p: ProbeState,
  logprobs: ProbeState,
  fingerprint: ProbeState,
  stream: ProbeState,
  load: ProbeState,
];
const e = 'effective';
const u = 'unknown';

const servers: [name: string, server: (asked: Asked) => Answer, states: States, calls: number][] = [
  ['honours everything', honest, [e, e, e, e, 'no_effect', e, 'no_effect'], 11],
  [
    'reports a fingerprint',
    says(sampled, () => ({ fingerprints: ['fp'] })),
    [e, e, e, 'ignored', e, e, 'no_effect'],
    11,
  ],
  ['ignores all settings', says(fresh), ['no_effect', u, u, e, 'no_effect', e, u], 12],
  [
    'honours temperature and top-p, and drops the seed',
    says((asked) => (asked.request.temperature === 0 || asked.request.top_p ? 'greedy' : fresh(asked))),
    ['no_effect', e, e, e, 'no_effect', e, u],
    12,
  ],
  [
    'samples with one seed of its own, whatever is sent',
    says(warmText),
    ['ignored', e, 'no_effect', e, 'no_effect', e, 'no_effect'],
    12,
  ],
  [
    'fixes its draws where there is a seed, whatever its value',
    says((asked) => (asked.request.seed === undefined ? fresh(asked) : warmText(asked))),
    ['ignored', e, 'no_effect', e, 'no_effect', e, 'no_effect'],
    12,
  ],
  ['always gives one text', says(() => 'the one'), [u, 'no_effect', 'no_effect', e, 'no_effect', e, 'no_effect'], 12],
  ['refuses temperature', refusing('temperature', honest), [e, 'refused', e, e, 'no_effect', e, 'no_effect'], 10],
  [
    'refuses temperature, top-p and logprobs, as models that reason do',
    refusing('temperature', refusing('top_p', refusing('logprobs', honest))),
    [e, 'refused', 'refused', 'refused', 'no_effect', e, 'no_effect'],
    10,
  ],
  ['gives five logprobs at most', atMostFive, [e, e, e, e, 'no_effect', e, 'no_effect'], 12],
  ['refuses seeds', refusing('seed', honest), ['refused', e, e, e, 'no_effect', e, u], 10],
  [
    'refuses seeds in words alone',
    (asked) =>
      asked.request.seed === undefined
        ? honest(asked)
        : { refuses: { message: 'Invalid JSON payload received. Unknown name "seed": Cannot find field.' } },
    ['refused', e, e, e, 'no_effect', e, u],
    10,
  ],
  [
    'refuses seeds and logprobs',
    refusing('seed', refusing('logprobs', honest)),
    ['refused', e, e, 'refused', 'no_effect', e, u],
    11,
  ],
  [
    'answers otherwise under load',
    says((asked) => (asked.atOnce > 1 && asked.request.seed === 7 ? fresh(asked) : sampled(asked))),
    [e, u, u, e, 'no_effect', e, e],
    12,
  ],
  [
    'repeats itself in five of six calls',
    says((asked) => (asked.call === 3 ? fresh(asked) : sampled(asked))),
    [e, u, u, e, 'no_effect', e, u],
    12,
  ],
  ['reasons until its tokens are spent, in secret', () => secret, [u, u, u, u, 'no_effect', e, u], 4],
  [
    'reasons until its tokens are spent',
    (asked) => ({ text: '', reasoning: sampled(asked), finish: 'length' }),
    [e, e, e, u, 'no_effect', e, 'no_effect'],
    11,
  ],
  [
    'sends logprobs of reasoning, until its tokens are spent',
    (asked) => ({
      ...{ text: '', reasoning: sampled(asked), finish: 'length' },
      ...(asked.request.logprobs ? { notes: ['reasoning_logprobs'] } : {}),
    }),
    [e, e, e, e, 'no_effect', e, 'no_effect'],
    11,
  ],
  [
    'reasons until its tokens are spent, and comes to an answer now and then',
    (asked) => ({ text: asked.call % 3 === 0 ? 'Yes.' : '', reasoning: sampled(asked), finish: 'length' }),
    [e, e, e, 'ignored', 'no_effect', e, 'no_effect'],
    11,
  ],
  [
    'answers alike, and sums up its reasoning otherwise each time',
    (asked) => ({ ...honest(asked), reasoning: fresh(asked) }),
    [e, e, e, e, 'no_effect', e, 'no_effect'],
    11,
  ],
  ['refuses the key', () => ({ refuses: { code: 'key_refused', status: 401 } }), [u, u, u, u, u, u, u], 1],
  [
    'answers in one piece',
    says(sampled, () => ({ notes: ['not_streamed'] })),
    [e, e, e, 'ignored', 'no_effect', 'ignored', 'no_effect'],
    11,
  ],
];

const findingsOf = (server: (asked: Asked) => Answer): Record<string, ProbeFinding> => {
  const { recipe, runs } = probing(server);
  return Object.fromEntries((probeFindings(recipe, runs) ?? []).map((finding) => [finding.parameter, finding]));
};

describe('a probe of a server that', () => {
  it.each(servers)('%s', (_, server, states, calls) => {
    const { recipe, runs } = probing(server);
    expect(probeFindings(recipe, runs)?.map(({ state }) => state)).toEqual(states);
    expect(runs).toHaveLength(calls);
  });

  it('honours everything counts the pairs that say so', () => {
    const { seed, temperature, logprobs, load } = findingsOf(honest);
    expect(seed?.evidence).toEqual({
      kind: 'pairs',
      with: { equal: 10, of: 10 },
      without: { equal: 0, of: 1 },
      p: expect.closeTo(1 / 21),
    });
    expect(temperature?.evidence).toEqual({
      ...{ kind: 'texts', value: '0', calls: 2, texts: 1, without: { calls: 5, texts: 1 } },
      p: expect.closeTo(1 / 21),
    });
    expect(logprobs?.evidence).toEqual({ kind: 'alternatives', most: 20, refused: null });
    expect(load?.evidence).toEqual({ kind: 'load', alone: { equal: 1, of: 1 }, together: { equal: 3, of: 3 } });
  });

  it('loses one of the calls made at once cannot tell of load, though the others agree', () => {
    const { load } = findingsOf((asked) => (asked.call === 3 ? { refuses: { status: 500 } } : honest(asked)));
    expect(load).toEqual({
      parameter: 'load',
      state: 'unknown',
      evidence: { kind: 'load', alone: { equal: 1, of: 1 }, together: { equal: 1, of: 1 } },
    });
  });

  it('sends a fingerprint with some answers only counts those', () => {
    const some = says(sampled, ({ seed }) => ({ fingerprints: seed === undefined ? [] : ['fp_a'] }));
    const { recipe, runs } = probing(some);
    const sent = runs.filter((run) => run.seed !== null).length;
    expect(sent).toBeLessThan(runs.length);
    const found = probeFindings(recipe, runs)?.find(({ parameter }) => parameter === 'system_fingerprint');
    expect(found?.evidence).toEqual({ kind: 'reported', values: ['fp_a'], calls: sent });
  });

  it('gives five logprobs at most says how many it gave, and how many it refused', () => {
    expect(findingsOf(atMostFive).logprobs?.evidence).toEqual({ kind: 'alternatives', most: 5, refused: 20 });
  });

  it('gives one text for three seeds says so', () => {
    const one = says(warmText);
    expect(findingsOf(one).seed?.evidence).toEqual({ kind: 'one-text', calls: 7, seeds: 3 });
  });

  it('reasons until its tokens are spent is compared by its reasoning, and said to be', () => {
    const found = findingsOf((asked) => ({ text: '', reasoning: sampled(asked), finish: 'length' }));
    expect(found.seed).toMatchObject({ reasoning: true, evidence: { kind: 'pairs', with: { equal: 10, of: 10 } } });
    expect(found.load).toMatchObject({ reasoning: true });
    expect(found.stream).not.toHaveProperty('reasoning');
    expect(findingsOf(honest).seed).not.toHaveProperty('reasoning');
  });

  it('reasons in secret until its tokens are spent says why it cannot tell', () => {
    expect(findingsOf(() => secret).seed?.evidence).toEqual({ kind: 'no-text', reasoned: true });
  });
});

describe('a limit whose first name is refused', () => {
  const refusesLimit = refusing('max_completion_tokens', honest);

  it('is sent under its second, so that the probe goes on', () => {
    const { recipe, runs, rounds } = probing(refusesLimit);
    expect(rounds.slice(0, 2)).toEqual([[1], [probeCalls.length + 1]]);
    expect(runs).toHaveLength(12);
    const findings = probeFindings(recipe, runs) ?? [];
    expect(findings.map(({ state }) => state)).toEqual([e, e, e, e, 'no_effect', e, 'no_effect', 'refused']);
    expect(findings.at(-1)).toMatchObject({
      parameter: 'max_completion_tokens',
      evidence: { kind: 'other-name', used: 'max_tokens', message: expect.stringContaining('Unsupported') },
    });
  });

  it('may be refused together with the seed', () => {
    const strict = ({ request, ...rest }: Asked): Answer => {
      const extra = (['max_completion_tokens', 'seed'] as const).filter((key) => request[key] !== undefined);
      if (extra.length === 0) return honest({ request, ...rest });
      return {
        refuses: { param: extra.at(-1) ?? null, message: extra.map((key) => `${key}: Extra inputs`).join('; ') },
      };
    };
    const { seed, temperature, logprobs } = findingsOf(strict);
    expect([seed?.state, temperature?.state, logprobs?.state]).toEqual(['refused', e, e]);
  });

  it('ends the probe if its second is refused too', () => {
    const none = refusing('max_completion_tokens', refusing('max_tokens', honest));
    expect(probing(none).runs.map(({ run }) => run)).toEqual([1, probeCalls.length + 1]);
  });
});

describe('a probe of before there were two names', () => {
  it('is one still, with what it found', () => {
    const { recipe, runs } = probing(honest);
    const arms = recipe.arms
      ?.slice(0, probeCalls.length)
      .map(({ label, set: { max_completion_tokens: _, ...set } }) => ({ label, set }));
    const earlier: Recipe = { ...recipe, request: { ...recipe.request, max_completion_tokens: 100 }, arms: arms ?? [] };
    expect(probeFindings(earlier, runs)).toEqual(probeFindings(recipe, runs));
    const refused = probing(refusing('max_completion_tokens', honest)).runs.slice(0, 1);
    expect(nextCalls(earlier, refused)).toEqual([]);
  });
});

describe('the calls of a probe', () => {
  it('begin with one alone, and none goes out while another is waited for', () => {
    const recipe = probeRecipe('p', 'm');
    expect(nextCalls(recipe, [])).toEqual([1]);
    expect(
      nextCalls(recipe, [{ run: 1, arm: 0, repeat: 1, seed: 7, model: 'm', status: 'running', text: '' }]),
    ).toEqual([]);
  });

  it('end when they are stopped', () => {
    expect(nextCalls(probeRecipe('p', 'm'), [ended(1, 'x', { finish: 'aborted' })])).toEqual([]);
  });

  it('are never more than twelve, never one twice, whatever the answers', () => {
    const anyAnswer = fc.oneof(
      fc.record({ text: fc.constantFrom('a', 'b', 'c', '') }),
      fc.record({
        refuses: fc.record({
          param: fc.constantFrom('seed', 'temperature', 'top_p', 'top_logprobs', 'max_completion_tokens', null),
        }),
      }),
      fc.record({ refuses: fc.record({ code: fc.constantFrom('rate_limited', 'server_error') }) }),
    );
    const answers = fc.array(anyAnswer, { minLength: maxProbeCalls, maxLength: maxProbeCalls });
    fc.assert(
      fc.property(answers, (those) => {
        const { recipe, runs, rounds } = probing(({ call }) => those[call - 1] ?? {});
        expect(new Set(rounds.flat()).size).toBe(runs.length);
        expect(runs.length).toBeLessThanOrEqual(maxProbeCalls);
        expect((probeFindings(recipe, runs) ?? []).length).toBeGreaterThanOrEqual(7);
      }),
    );
  });

  it('make those alone that are to be alone', () => {
    const { rounds } = probing(says(fresh));
    const alone = rounds.flatMap((round) => (round.some((run) => probeCalls[run - 1]?.alone) ? [round.length] : []));
    expect(alone).toEqual([1, 1, 1]);
  });
});

describe('findings', () => {
  it('are those of probes only', () => {
    expect(probeFindings(aRecipe(), [])).toBeNull();
  });

  it('of a probe that has not begun are that nothing was asked', () => {
    const findings = probeFindings(probeRecipe('p', 'm'), []) ?? [];
    expect(new Set(findings.map(({ evidence }) => evidence.kind))).toEqual(new Set(['not-asked']));
  });
});
