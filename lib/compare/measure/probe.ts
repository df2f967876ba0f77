import { groupTexts, type RunText } from '@/lib/compare/align/groups';
import type { ParameterKey } from '@/lib/recipe/parameters';
import { armRequest } from '@/lib/recipe/plan';
import { isProbe, maxProbeCalls, type ProbeCall, probeCalls, probeLimits } from '@/lib/recipe/probe';
import type { Recipe } from '@/lib/recipe/recipe';
import { capabilityParameters } from '@/lib/run/capability';
import type { RunProblem } from '@/lib/run/events';
import { type EndedRun, type FailedRun, isOver, type RunRecord } from '@/lib/run/record';
import { isComparable } from './comparable';
import { refusedParameter } from './refusal';
import { judgeGroups } from './seed-test';

/** Pairs of calls, and how many of them have equal text. */
export type Pairs = { equal: number; of: number };

/** Why something is found, or cannot be told. Every count is of calls that the probe made. */
export type ProbeEvidence =
  /** how many pairs agree with one seed, and with other seeds or none; `p` as in the seed test, null for too few calls */
  | { kind: 'pairs'; with: Pairs; without: Pairs; p: number | null }
  /** all calls gave one text, with so many seeds */
  | { kind: 'one-text'; calls: number; seeds: number }
  /** all calls gave one text, those with and without */
  | { kind: 'nothing-varied'; calls: number }
  /** so many calls with `value` gave so many texts; so many otherwise equal ones without it gave so many. `p` as above */
  | { kind: 'texts'; value: string; calls: number; texts: number; without: { calls: number; texts: number }; p: number }
  | { kind: 'same-text'; value: string; calls: number; without: number }
  | { kind: 'too-little'; value: string; calls: number }
  /** so many calls one at a time, and so many at once */
  | { kind: 'load'; alone: Pairs; together: Pairs }
  | { kind: 'refused'; value: string; message: string }
  /** another name was sent in its place */
  | { kind: 'other-name'; used: string; message: string }
  /** at most `most` other tokens came beside each; `refused` is the number that was refused before, if one was */
  | { kind: 'alternatives'; most: number; refused: number | null }
  | { kind: 'not-sent-back'; calls: number }
  /** so many calls, which gave reasoning and no text, had it beside the reasoning */
  | { kind: 'beside-reasoning'; calls: number }
  | { kind: 'reported'; values: string[]; calls: number }
  | { kind: 'streamed' | 'in-one-piece'; calls: number }
  /** the calls gave no text to compare; with `reasoned` since all of it was reasoning */
  | { kind: 'no-text'; reasoned: boolean }
  | { kind: 'failed'; code: string; message: string }
  | { kind: 'not-asked' };

export const probedParameters = [...capabilityParameters, 'load'] as const;
export type ProbedParameter = (typeof probedParameters)[number] | (typeof probeLimits)[0];

/**
 * `effective`: it makes a difference that chance does not explain, or is sent back. `no_effect`: it was accepted, and makes none
 * that can be seen. `ignored`: the server was asked for it, and goes on as if it had not been.
 */
export const probeStates = ['effective', 'no_effect', 'refused', 'ignored', 'unknown'] as const;
export type ProbeState = (typeof probeStates)[number];

/** `reasoning`: the texts are what the model reasoned, since its first answer was nothing else. */
export type ProbeFinding = {
  parameter: ProbedParameter;
  state: ProbeState;
  evidence: ProbeEvidence;
  reasoning?: true | undefined;
};
type Found = Omit<ProbeFinding, 'parameter'>;

/** A call of a probe, by the number of its run. */
const isSeeded = ({ set }: ProbeCall): boolean => set.seed !== undefined;
const runsWhere = (test: (call: ProbeCall) => boolean): readonly number[] =>
  probeCalls.flatMap((call, at) => (test(call) ? [at + 1] : []));

const seedRuns = runsWhere(({ tests }) => tests === 'seed');
const aloneRuns = runsWhere(({ alone }) => alone === true);
const togetherRuns = seedRuns.filter((run) => !aloneRuns.includes(run));
const otherSeedRuns = runsWhere(({ tests }) => tests === 'other-seed');
const logprobRuns = runsWhere(({ tests }) => tests === 'logprobs');
const noSeedRuns = runsWhere(({ tests }) => tests === 'no-seed');
const unseededRuns = [...logprobRuns, ...noSeedRuns];
/** Whatever is equal among these is so by chance, or because the model always says it. */
const freeRuns = [...otherSeedRuns, ...unseededRuns];

const settingRuns = (tests: 'temperature' | 'top_p', seeded: boolean): readonly number[] =>
  runsWhere((call) => call.tests === tests && isSeeded(call) === seeded);

/** The limit's first name in an answer that refuses it: whatever else is refused with it, the call can be made with the second. */
function refusedLimit({ code, param, message }: RunProblem): boolean {
  const [limit] = probeLimits;
  return code === 'bad_request' && (param === limit || message.includes(limit));
}

/**
 * The runs of a probe so far, each by the number of its call. Those with the limit's second name are the same calls again; once there
 * are any, or the first name was refused, only they count.
 * Where the first answer that counts was all reasoning, so are the others but for a few: then that is their text, since the
 * settings shape it as they shape an answer. Where answers come, reasoning is no part of the text: what is shown of it
 * may be a summary, which differs though the reasoning does not.
 */
class Heard {
  /** why the limit's first name was not taken; null as long as it is */
  readonly limitRefused: FailedRun | null;
  /** the number before that of the first run which counts */
  readonly before: number;
  private readonly records: ReadonlyMap<number, RunRecord>;
  readonly byReasoning: boolean;

  constructor(
    private readonly recipe: Recipe,
    runs: readonly RunRecord[],
  ) {
    const arms = recipe.arms?.length ?? 0;
    const [refused] = arms > probeCalls.length ? runs.filter(isLimitRefusal) : [];
    const taken = runs.some(({ run, status }) => run <= probeCalls.length && status === 'ended');
    this.limitRefused = taken ? null : (refused ?? null);
    this.before = this.limitRefused ? probeCalls.length : 0;
    const counting = runs.filter(({ run }) => run > this.before);
    this.records = new Map(counting.map((record) => [record.run - this.before, record]));
    const [first] = this.ended([...this.records.keys()].toSorted((a, b) => a - b));
    this.byReasoning = first !== undefined && first.text === '' && first.reasoning !== undefined;
  }

  has(run: number): boolean {
    return this.records.has(run);
  }

  /** Those of these runs that have ended, whatever they gave. */
  ended(runs: readonly number[] = [...this.records.keys()]): EndedRun[] {
    return runs.map((run) => this.records.get(run)).filter((record) => record?.status === 'ended');
  }

  /** Those of them whose text counts. */
  texts(runs: readonly number[]): EndedRun[] {
    const ended = this.ended(runs);
    const written = this.byReasoning ? ended.map((run) => ({ ...run, text: run.reasoning ?? '' })) : ended;
    return written.filter(isComparable);
  }

  failed(runs: readonly number[]): FailedRun[] {
    return runs.map((run) => this.records.get(run)).filter((record) => record?.status === 'failed');
  }

  /** The first of these runs that was refused because of one of these parameters, with what it had sent. */
  refusal(runs: readonly number[], ...keys: readonly ParameterKey[]): Refusal | null {
    for (const { run, arm, error } of this.failed(runs)) {
      const request = armRequest(this.recipe, arm);
      const key = refusedParameter(error, request);
      if (key !== null && keys.includes(key)) return { run, value: String(request[key]), message: error.message };
    }
    return null;
  }
}

type Refusal = { run: number; value: string; message: string };

const isLimitRefusal = (run: RunRecord): run is FailedRun =>
  run.run <= probeCalls.length && run.status === 'failed' && refusedLimit(run.error);

/**
 * The numbers of the runs that a probe makes next, all at once; none if it has what it needs, has made all the calls that it may,
 * was stopped, or still waits for an answer.
 */
export function nextCalls(recipe: Recipe, runs: readonly RunRecord[]): number[] {
  const heard = new Heard(recipe, runs);
  if (runs.some((run) => !isOver(run) || (run.status === 'ended' && run.finish === 'aborted'))) return [];
  for (const round of rounds(heard)) {
    const due = round.filter((run) => !heard.has(run));
    if (due.length > 0) return due.map((run) => run + heard.before).slice(0, maxProbeCalls - runs.length);
  }
  return [];
}

/** The rounds of calls, one after the other. What a round asks depends only on the answers to those before it. */
function* rounds(heard: Heard): Generator<readonly number[]> {
  const [first = 0, ...others] = aloneRuns;
  yield [first];
  if (heard.refusal([first], 'seed')) return yield* withoutSeed(heard);
  if (heard.failed([first]).length > 0) return;
  if (heard.texts([first]).length === 0) return yield* withoutText(heard);
  const [second = 0, third = 0] = others;
  const [otherSeed = 0, thirdSeed = 0] = otherSeedRuns;
  yield [...togetherRuns, otherSeed, ...logprobRuns.slice(0, 1)];
  yield [second];
  if (textsIn(heard.texts([first, ...togetherRuns])) > 1) yield [third];
  yield [
    ...logprobsAgain(heard),
    ...(textsIn(heard.texts([first, otherSeed])) === 1 && heard.texts([otherSeed]).length > 0 ? [thirdSeed] : []),
  ];
  for (const count of [1, 3]) if (isSeedUnclear(heard)) yield noSeedRuns.slice(0, count);
  yield* settings(heard, true);
}

/** Whether more calls could tell. */
function isSeedUnclear(heard: Heard): boolean {
  const { state, evidence } = findSeed(heard);
  return state === 'unknown' && evidence.kind !== 'nothing-varied';
}

function* withoutSeed(heard: Heard): Generator<readonly number[]> {
  const spare = noSeedRuns.slice(0, -1);
  yield [...logprobRuns.slice(0, 1), ...spare];
  yield logprobsAgain(heard);
  if (heard.texts(unseededRuns).length <= spare.length) yield noSeedRuns;
  yield* settings(heard, false);
}

/** Where no text comes, all that can be told is what is refused. */
function* withoutText(heard: Heard): Generator<readonly number[]> {
  const firsts = (['temperature', 'top_p'] as const).flatMap((key) => settingRuns(key, true).slice(0, 1));
  yield [...logprobRuns.slice(0, 1), ...firsts];
  yield logprobsAgain(heard);
}

/** Fewer logprobs, if it was their number that was refused. */
function logprobsAgain(heard: Heard): readonly number[] {
  const [many = 0, ...fewer] = logprobRuns;
  return heard.refusal([many], 'top_logprobs') ? fewer : [];
}

/** Each setting once, and again where that gave a text. */
function* settings(heard: Heard, seeded: boolean): Generator<readonly number[]> {
  const pairs = [settingRuns('temperature', seeded), settingRuns('top_p', seeded)];
  yield pairs.flatMap((pair) => pair.slice(0, 1));
  yield pairs.flatMap((pair) => (heard.texts(pair).length > 0 ? pair : []));
}

/**
 * What a probe has found, one entry for each of `probedParameters`, and one for the limit's first name if that was refused; null if
 * the recipe is not that of a probe. Derived from recipe and records, never stored.
 */
export function probeFindings(recipe: Recipe, runs: readonly RunRecord[]): ProbeFinding[] | null {
  if (!isProbe(recipe)) return null;
  const heard = new Heard(recipe, runs);
  const found: Record<(typeof probedParameters)[number], Found> = {
    seed: findSeed(heard),
    temperature: findSetting(heard, 'temperature'),
    top_p: findSetting(heard, 'top_p'),
    logprobs: findLogprobs(heard),
    system_fingerprint: findFingerprint(heard),
    stream: findStream(heard),
    load: findLoad(heard),
  };
  const findings = probedParameters.map((parameter): ProbeFinding => {
    const compared = heard.byReasoning && comparing.includes(found[parameter].evidence.kind);
    return { parameter, ...found[parameter], ...(compared ? { reasoning: true } : {}) };
  });
  return heard.limitRefused ? [...findings, findLimit(heard.limitRefused)] : findings;
}

function findLimit({ error }: FailedRun): ProbeFinding {
  const [parameter, used] = probeLimits;
  return { parameter, state: 'refused', evidence: { kind: 'other-name', used, message: error.message } };
}

/** Evidence that rests on comparing texts. */
const comparing: readonly ProbeEvidence['kind'][] = [
  'pairs',
  'one-text',
  'nothing-varied',
  'texts',
  'same-text',
  'too-little',
  'load',
];

const found = (state: ProbeState, evidence: ProbeEvidence): Found => ({ state, evidence });
const unknown = (evidence: ProbeEvidence): Found => found('unknown', evidence);
const refused = ({ value, message }: Refusal): Found => found('refused', { kind: 'refused', value, message });

const textsIn = (runs: readonly RunText[]): number => groupTexts(runs).length;

function pairsOf(runs: readonly RunText[]): Pairs {
  const pairs = (count: number): number => (count * (count - 1)) / 2;
  return { equal: groupTexts(runs).reduce((sum, group) => sum + pairs(group.runs.length), 0), of: pairs(runs.length) };
}

/** With load, what calls one at a time gave is all that can be held against others. */
const seededTexts = (heard: Heard): EndedRun[] =>
  heard.texts(findLoad(heard).state === 'effective' ? aloneRuns : seedRuns);

/**
 * So many calls with one seed that are all different, and the seed does nothing to speak of: a model with whose seed half of all
 * pairs agreed would give five different texts less than one time in thirty. (Its most common text would come in 71 % of calls.)
 */
const enoughDifferent = 5;

function findSeed(heard: Heard): Found {
  const refusal = heard.refusal(seedRuns, 'seed');
  if (refusal) return refused(refusal);
  const seeded = seededTexts(heard);
  const free = heard.texts(freeRuns);
  if (seeded.length < 2) return unknown(whyNoText(heard, seedRuns));
  const others = heard.texts(otherSeedRuns);
  const calls = [...seeded, ...others];
  if (others.length > 0 && textsIn(calls) === 1) {
    const all = [...seeded, ...free];
    const samples = textsIn(all) > 1 || findSetting(heard, 'temperature').state === 'effective';
    if (samples) return found('ignored', { kind: 'one-text', calls: calls.length, seeds: 1 + others.length });
    return unknown({ kind: 'nothing-varied', calls: all.length });
  }
  const judged = judgeGroups(seeded, free);
  const evidence: ProbeEvidence = {
    kind: 'pairs',
    with: pairsOf(seeded),
    without: pairsOf(free),
    p: judged?.p ?? null,
  };
  if (judged?.finding === 'effect' || judged?.finding === 'other-text') return found('effective', evidence);
  const allDiffer = seeded.length >= enoughDifferent && evidence.with.equal === 0;
  return found(allDiffer || judged?.finding === 'none' ? 'no_effect' : 'unknown', evidence);
}

/** What one setting does: calls with it beside otherwise equal calls without it. */
function findSetting(heard: Heard, key: 'temperature' | 'top_p'): Found {
  const seeded = !heard.refusal(seedRuns, 'seed');
  const runs = settingRuns(key, seeded);
  const refusal = heard.refusal(runs, key);
  if (refusal) return refused(refusal);
  const [withIt, without] = [heard.texts(runs), seeded ? seededTexts(heard) : heard.texts(unseededRuns)];
  const value = String(probeCalls[(runs[0] ?? 0) - 1]?.set[key]);
  if (withIt.length === 0) return unknown(whyNoText(heard, runs));
  const judged = judgeGroups(withIt, without);
  if (judged?.finding === 'all-equal')
    return found('no_effect', { kind: 'same-text', value, calls: withIt.length, without: without.length });
  if (judged?.finding !== 'effect' && judged?.finding !== 'other-text')
    return unknown({ kind: 'too-little', value, calls: withIt.length });
  return found('effective', {
    kind: 'texts',
    value,
    calls: withIt.length,
    texts: textsIn(withIt),
    without: { calls: without.length, texts: textsIn(without) },
    p: judged.p,
  });
}

function findLogprobs(heard: Heard): Found {
  const refusal = heard.refusal(logprobRuns, 'logprobs', 'top_logprobs');
  const answered = heard.ended(logprobRuns).filter(({ finish }) => finish !== 'aborted');
  const told = answered.find(({ tokens }) => tokens && tokens.length > 0);
  if (told) {
    const most = Math.max(...(told.tokens ?? []).map(({ top_logprobs }) => top_logprobs.length));
    const before = refusal ? Number(refusal.value) : Number.NaN;
    return found('effective', { kind: 'alternatives', most, refused: Number.isInteger(before) ? before : null });
  }
  const reasoned = answered.filter(({ text, notes }) => text === '' && notes?.includes('reasoning_logprobs'));
  if (reasoned.length > 0) return found('effective', { kind: 'beside-reasoning', calls: reasoned.length });
  if (answered.length > 0) {
    const silent = answered.every(({ text }) => text === '');
    return silent
      ? unknown(whyNoText(heard, logprobRuns))
      : found('ignored', { kind: 'not-sent-back', calls: answered.length });
  }
  return refusal ? refused(refusal) : unknown(whyNoText(heard, logprobRuns));
}

function findFingerprint(heard: Heard): Found {
  const answered = heard.ended().filter(({ finish }) => finish !== 'aborted');
  if (answered.length === 0) return unknown(whyNoText(heard, aloneRuns));
  const reporting = answered.filter(({ fingerprints }) => fingerprints.length > 0);
  const values = [...new Set(reporting.flatMap(({ fingerprints }) => fingerprints))];
  return values.length > 0
    ? found('effective', { kind: 'reported', values, calls: reporting.length })
    : found('no_effect', { kind: 'not-sent-back', calls: answered.length });
}

function findStream(heard: Heard): Found {
  const answered = heard.ended().filter(({ finish }) => finish !== 'aborted');
  if (answered.length === 0) return unknown(whyNoText(heard, aloneRuns));
  const whole = answered.filter(({ notes }) => notes?.includes('not_streamed'));
  return whole.length > 0
    ? found('ignored', { kind: 'in-one-piece', calls: whole.length })
    : found('effective', { kind: 'streamed', calls: answered.length });
}

/** Whether calls with one seed, made at once, agree less than those made one at a time. That none is missing is the least to tell by. */
function findLoad(heard: Heard): Found {
  const [alone, together] = [heard.texts(aloneRuns), heard.texts(togetherRuns)];
  if (alone.length < 2 || together.length < 2) return unknown(whyNoText(heard, togetherRuns));
  const evidence: ProbeEvidence = { kind: 'load', alone: pairsOf(alone), together: pairsOf(together) };
  const all = together.length === togetherRuns.length;
  if (textsIn([...alone, ...together]) === 1) return found(all ? 'no_effect' : 'unknown', evidence);
  return found(judgeGroups(alone, together)?.finding === 'effect' ? 'effective' : 'unknown', evidence);
}

/** Why these runs gave nothing to go by. */
function whyNoText(heard: Heard, runs: readonly number[]): ProbeEvidence {
  const [failure] = heard.failed(runs);
  if (failure) return { kind: 'failed', code: failure.error.code, message: failure.error.message };
  const silent = heard.ended(runs).filter((run) => !isComparable(run));
  if (silent.length === 0) return { kind: 'not-asked' };
  return { kind: 'no-text', reasoned: silent.every(isOnlyReasoning) };
}

const isOnlyReasoning = ({ text, reasoning, usage }: EndedRun): boolean =>
  text === '' && (reasoning !== undefined || (usage?.completion_tokens_details?.reasoning_tokens ?? 0) > 0);
