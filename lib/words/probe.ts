import type { Pairs, ProbedParameter, ProbeEvidence, ProbeFinding, ProbeState } from '@/lib/compare/measure/probe';
import { counted, inShort, plural, sentences } from './english';

const names: Record<ProbedParameter, string> = {
  seed: 'Seed',
  temperature: 'Temperature',
  top_p: 'Top-p',
  logprobs: 'Logprobs',
  system_fingerprint: 'Fingerprint',
  stream: 'Stream',
  load: 'Load',
  max_completion_tokens: 'Max tokens',
};

/** What a probe looks at, as its table has it: "Top-p". */
export const sayProbed = (parameter: ProbedParameter): string => names[parameter];

const states: Record<ProbeState, string> = {
  effective: 'has an effect',
  no_effect: 'no visible effect',
  refused: 'refused',
  ignored: 'ignored',
  unknown: 'cannot tell',
};
const sentBack: Partial<Record<ProbedParameter, Partial<Record<ProbeState, string>>>> = {
  logprobs: { effective: 'sent' },
  system_fingerprint: { effective: 'sent', no_effect: 'not sent' },
  stream: { effective: 'works' },
};

/** What a probe found, in a few words: "has an effect", "refused", "cannot tell". */
export const sayProbeState = ({ parameter, state }: ProbeFinding): string =>
  sentBack[parameter]?.[state] ?? states[state];

/** What a finding rests on, in a sentence: "10 of 10 pairs equal with one seed, 0 of 3 with other seeds or none." */
export const sayProbeEvidence = (finding: ProbeFinding): string =>
  sentences(
    sayEvidence(finding),
    finding.reasoning ? 'Compared by their reasoning, since the first call gave no answer.' : null,
  );

function sayEvidence({ parameter, state, evidence }: ProbeFinding): string {
  switch (evidence.kind) {
    case 'pairs':
      return sayPairsEvidence(state, evidence);
    case 'one-text':
      return `Every seed gives one text (${counted(evidence.calls, 'call')}, ${counted(evidence.seeds, 'seed')}), though other calls gave others: the value of the seed is ignored.`;
    case 'nothing-varied':
      return `All ${evidence.calls} calls gave one text, with one seed, with another and with none: nothing varied that a seed could have fixed.`;
    case 'texts':
      return sayTexts(parameter, evidence);
    case 'same-text':
      return `${sayCalls(evidence.calls)} with ${sayValue(parameter, evidence.value)} gave the same text as the ${evidence.without} without it.`;
    case 'too-little':
      return `Accepted. ${counted(evidence.calls, 'call')} with ${sayValue(parameter, evidence.value)} ${plural(evidence.calls, 'is', 'are')} too little here to tell an effect from chance.`;
    case 'load':
      return sayLoad(state, evidence);
    case 'refused':
      return evidence.message;
    case 'other-name':
      return `Sent as ${evidence.used} instead. ${evidence.message}`;
    case 'alternatives':
      return sayAlternatives(evidence);
    case 'reported':
      return sayReported(evidence);
    default:
      return sayNothing(parameter, evidence);
  }
}

/** All that a probe found, in a line: "Seed: has an effect · Temperature: refused · Top-p: cannot tell". */
export const sayProbe = (findings: readonly ProbeFinding[]): string =>
  findings.map((finding) => `${names[finding.parameter]}: ${sayProbeState(finding)}`).join(' · ');

type ProbeCalls = { calls: number; most: number; running: boolean; stopped: boolean };

/** How far a probe has come: "6 calls so far, 12 at most.", "It took 11 calls." */
export function sayProbeCalls({ calls, most, running, stopped }: ProbeCalls): string {
  if (running) return `${counted(calls, 'call')} so far, ${most} at most.`;
  return stopped ? `Stopped after ${counted(calls, 'call')}.` : `It took ${counted(calls, 'call')}.`;
}

type EvidenceOf<Kind extends ProbeEvidence['kind']> = Extract<ProbeEvidence, { kind: Kind }>;

const sayPairs = ({ equal, of }: Pairs): string => `${equal} of ${counted(of, 'pair')} equal`;
const shortPairs = ({ equal, of }: Pairs): string => `${equal} of ${of}`;
const sayCalls = (calls: number): string => (calls === 1 ? 'The one call' : `The ${calls} calls`);
const sayValue = (parameter: ProbedParameter, value: string): string => `${names[parameter].toLowerCase()} ${value}`;

function sayPairsEvidence(state: ProbeState, { with: own, without }: EvidenceOf<'pairs'>): string {
  const figures = `${sayPairs(own)} with one seed, ${shortPairs(without)} with other seeds or none.`;
  if (state === 'effective') return figures;
  if (state === 'no_effect') return `${figures} A seed that makes half of all pairs equal would have shown.`;
  return `${figures} That is too little to tell from chance.`;
}

function sayTexts(parameter: ProbedParameter, { value, calls, texts, without }: EvidenceOf<'texts'>): string {
  const gave = texts === 1 ? 'one text' : counted(texts, 'text');
  const others = without.texts === 1 ? 'another one' : counted(without.texts, 'text');
  return `${sayCalls(calls)} with ${sayValue(parameter, value)} gave ${gave}, the ${without.calls} without it ${others}.`;
}

function sayLoad(state: ProbeState, { alone, together }: EvidenceOf<'load'>): string {
  const figures = `With one seed, ${sayPairs(alone)} when calls go out one at a time, ${shortPairs(together)} when they go out at once.`;
  if (state === 'effective') return `Answers depend on load. ${figures}`;
  return state === 'no_effect' ? figures : `${figures} That is too little to tell.`;
}

function sayAlternatives({ most, refused }: EvidenceOf<'alternatives'>): string {
  const came = `At most ${most} for each token.`;
  return refused === null ? came : `${came} ${refused} were refused.`;
}

function sayReported({ values, calls }: EvidenceOf<'reported'>): string {
  return `${inShort(values)} in ${counted(calls, 'answer')}.`;
}

function sayNothing(parameter: ProbedParameter, evidence: ProbeEvidence): string {
  switch (evidence.kind) {
    case 'not-sent-back':
      return parameter === 'logprobs'
        ? `Asked for, accepted, and none came (${counted(evidence.calls, 'answer')}).`
        : `None in ${counted(evidence.calls, 'answer')}.`;
    case 'beside-reasoning':
      return `They came beside the reasoning of ${counted(evidence.calls, 'call')} that gave no answer. How many there are for each token was not seen.`;
    case 'streamed':
      return `${evidence.calls === 1 ? 'The one answer' : `All ${evidence.calls} answers`} came in pieces, as asked.`;
    case 'in-one-piece':
      return `${counted(evidence.calls, 'answer')} came in one piece, though a stream was asked for.`;
    case 'no-text':
      return sayNoText(parameter, evidence);
    case 'failed':
      return `The call failed. ${evidence.message}`;
    default:
      return 'No call was made for it.';
  }
}

function sayNoText(parameter: ProbedParameter, { reasoned }: EvidenceOf<'no-text'>): string {
  const why = reasoned ? 'All tokens went to reasoning, so there' : 'There';
  if (parameter === 'logprobs')
    return `${why} was no text for logprobs to stand beside. Run it with Logprobs and more tokens to see.`;
  return reasoned ? `${why} was no text to compare.` : 'The calls gave no text to compare.';
}
