import type { ChatRequest, Recipe } from '@/lib/recipe/recipe';
import type { Capability, CapabilityParameter, CapabilityState } from '@/lib/run/capability';
import type { EndedRun, FailedRun, OverRun, RunRecord } from '@/lib/run/record';
import { type ProbeFinding, probeFindings } from './probe';
import { refusedParameter } from './refusal';

/** What one answer, or one refusal, shows of a parameter. */
export type Observation = Pick<Capability, 'parameter' | 'state' | 'value'>;

/**
 * What a run that is over shows of the model that it asked: of each parameter that was sent whether it was taken; whether logprobs, a
 * fingerprint and a stream came. That a parameter does nothing no single run can show.
 *
 *     temperature 0.2 was sent, and refused  →  [{ parameter: 'temperature', state: 'refused', value: '0.2' }]
 */
export function observe(request: ChatRequest, run: OverRun): Observation[] {
  return run.status === 'failed' ? refusedIn(request, run) : takenIn(request, run);
}

const seen = (parameter: CapabilityParameter, state: CapabilityState, value: string | null = null): Observation => ({
  parameter,
  state,
  value,
});

/** As much of a refused value as is kept. */
const maxValue = 40;

function refusedIn(request: ChatRequest, { error }: FailedRun): Observation[] {
  const key = refusedParameter(error, request);
  const value = key && String(request[key]).slice(0, maxValue);
  switch (key) {
    case 'seed':
    case 'temperature':
    case 'top_p':
      return [seen(key, 'refused', value)];
    case 'top_logprobs':
      return [seen('logprobs', 'refused', value)];
    case 'logprobs':
    case 'stream':
      return [seen(key, 'refused')];
    default:
      return [];
  }
}

const sentParameters = ['seed', 'temperature', 'top_p'] as const;

function takenIn(request: ChatRequest, run: EndedRun): Observation[] {
  if (run.finish === 'aborted' || run.cached) return [];
  const { tokens = [], text, fingerprints, notes = [] } = run;
  return [
    ...sentParameters.filter((key) => request[key] != null).map((key) => seen(key, 'accepted')),
    ...(request.logprobs && text !== '' ? [seen('logprobs', tokens.length > 0 ? 'accepted' : 'ignored')] : []),
    seen('system_fingerprint', fingerprints.length > 0 ? 'accepted' : 'ignored'),
    ...(run.streamed !== false ? [seen('stream', notes.includes('not_streamed') ? 'ignored' : 'accepted')] : []),
  ];
}

/** What a probe shows, which can also tell that a parameter has an effect, or none. */
export const observeProbe = (recipe: Recipe, runs: readonly RunRecord[]): Observation[] =>
  (probeFindings(recipe, runs) ?? []).flatMap(observeFinding);

function observeFinding({ parameter, state, evidence }: ProbeFinding): Observation[] {
  if (parameter === 'load' || parameter === 'max_completion_tokens') return [];
  switch (state) {
    case 'refused':
      return [seen(parameter, 'refused', evidence.kind === 'refused' ? evidence.value.slice(0, maxValue) : null)];
    case 'ignored':
      return [seen(parameter, 'ignored')];
    case 'effective':
      return [seen(parameter, isSentBack(parameter) ? 'accepted' : 'effective')];
    case 'no_effect':
      // Without an effect of a cold temperature, the model may have one text only: the seed alone is tested well enough.
      return [seen(parameter, parameter === 'seed' || isSentBack(parameter) ? 'ignored' : 'accepted')];
    case 'unknown':
      return evidence.kind === 'too-little' || evidence.kind === 'nothing-varied' ? [seen(parameter, 'accepted')] : [];
  }
}

/** Whether any answer shows what the server makes of it. */
const isSentBack = (parameter: CapabilityParameter): boolean =>
  parameter === 'logprobs' || parameter === 'system_fingerprint' || parameter === 'stream';

/** An observation that agrees with what is known is dated anew when so much time has passed. */
const renewMs = 24 * 60 * 60 * 1000;

/**
 * What is known of a parameter after an observation at the time `at`; the same object if it changes nothing. The latest wins, but that
 * a parameter was taken says nothing against its having an effect, or none.
 */
export function settle(known: Capability | undefined, model: string, now: Observation, at: number): Capability {
  if (!known) return { model, ...now, at, before: null };
  if (at < known.at) return known;
  if (now.state === known.state) return at - known.at < renewMs ? known : { ...known, ...now, at };
  if (
    now.state === 'accepted' &&
    (known.state === 'effective' || (known.state === 'ignored' && !isSentBack(now.parameter)))
  )
    return known;
  const before = known.state === 'accepted' && now.state !== 'refused' && !isSentBack(now.parameter);
  return { model, ...now, at, before: before ? known.before : { state: known.state, at: known.at } };
}
