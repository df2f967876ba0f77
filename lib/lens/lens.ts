import { choiceInputs, idsBefore } from './choice-inputs';
import { type Inside, lookInside } from './inside';
import type { LensModel, ModelByTag, ModelName } from './lens-model';
import type { Moment } from './moment';
import { reshape } from './reshape';
import type { Reshaped, Sliders } from './reshaped';
import { type Retraced, retrace } from './retrace';
import { type Calculated, type ScoreDrift, scoreDrift } from './score-drift';
import type { NoSource, RetraceableRun } from './source';

/** A choice of a run: the number of its token, from 0. */
type RunPlace = { run: RetraceableRun; at: number };

/**
 * What may be asked about runs of models that can be computed here: all their moments, single moments under other
 * settings, what happened inside a network at one, or how the scores of two back ends part.
 */
export type LensRequest =
  | { kind: 'retrace'; runs: readonly RetraceableRun[] }
  | { kind: 'reshape'; places: readonly RunPlace[]; sliders: Sliders }
  | { kind: 'look'; place: RunPlace }
  | { kind: 'drift'; runs: readonly [RetraceableRun, RetraceableRun] };

/**
 * Why there is no answer: another version of the model wrote the run and its numbers are gone; they could not be fetched; or
 * working it out has failed.
 */
export type LensFailure = 'other-version' | 'unreachable' | 'broken';

/** How far the lens has come with one run: its moments, or why there are none. `fetching` is a model that has yet to come. */
export type TraceState =
  | { kind: 'loading'; fetching: ModelName | null }
  | { kind: 'ready'; moments: Moment[] }
  | { kind: 'none'; why: NoMoments }
  | { kind: 'failed'; why: LensFailure };

/** Why a run has no moments (see `Source` and `Retraced`). */
export type NoMoments = NoSource | 'not-reproduced';

/** The answers in the order of what was asked; null where a run has no such moment, or no network made it. */
export type LensAnswer =
  | { kind: 'retraced'; runs: Retraced[] }
  | { kind: 'reshaped'; reshaped: (Reshaped | null)[] }
  | { kind: 'looked'; inside: Inside | null }
  | { kind: 'drifted'; drift: ScoreDrift | null }
  | { kind: 'failed'; why: LensFailure };

/** Before an answer that takes longer, since a model has to be fetched for it. */
export type Fetching = { kind: 'fetching'; model: ModelName };

/** Fetches the model with this hash, or says why it cannot. */
export type LoadModel = (model: ModelName, hash: string) => Promise<ModelByTag | LensFailure>;

/** The runs that a request is about. */
export function runsOf(request: LensRequest): readonly RetraceableRun[] {
  if (request.kind === 'retrace' || request.kind === 'drift') return request.runs;
  return (request.kind === 'look' ? [request.place] : request.places).map(({ run }) => run);
}

/** The moments of this many runs are cached, so that moving a slider does not write the text again at every step. */
const maxRuns = 200;

/** A run with the model that wrote it, and what came of retracing it. */
type Found = { run: RetraceableRun; model: LensModel; retraced: Retraced };

/** Answers the lens's requests. A model is loaded once, when first needed; a load that failed is tried again next time. */
export function makeLens(load: LoadModel): (request: LensRequest) => Promise<LensAnswer> {
  const loaded = new Map<string, ModelByTag>();
  const known = new Map<string, Retraced>();

  const modelOf = async ({ model, hash, tag, inFlight }: RetraceableRun): Promise<LensModel | LensFailure> => {
    const key = `${model} ${hash}`;
    const byTag = loaded.get(key) ?? (await load(model, hash));
    if (typeof byTag === 'string') return byTag;
    loaded.set(key, byTag);
    return byTag(tag, inFlight) ?? 'other-version';
  };

  const retraceOnce = (model: LensModel, run: RetraceableRun): Retraced => {
    const key = JSON.stringify(run);
    const retraced = known.get(key) ?? retrace(model, run);
    if (known.size >= maxRuns && !known.has(key)) known.clear();
    known.set(key, retraced);
    return retraced;
  };

  return async (request) => {
    const found: Found[] = [];
    for (const run of runsOf(request)) {
      const model = await modelOf(run);
      if (typeof model === 'string') return { kind: 'failed', why: model };
      found.push({ run, model, retraced: retraceOnce(model, run) });
    }
    switch (request.kind) {
      case 'retrace':
        return { kind: 'retraced', runs: found.map(({ retraced }) => retraced) };
      case 'reshape':
        return {
          kind: 'reshaped',
          reshaped: found.map((each, index) => reshapeAt(each, request.places[index]?.at ?? -1, request.sliders)),
        };
      case 'look':
        return { kind: 'looked', inside: found[0] ? lookAt(found[0], request.place.at) : null };
      case 'drift':
        return { kind: 'drifted', drift: driftOf(found) };
    }
  };
}

function reshapeAt({ model, run, retraced }: Found, at: number, sliders: Sliders): Reshaped | null {
  const inputs = retraced.kind === 'ready' ? choiceInputs(model, run.request, retraced.moments, at) : null;
  return inputs && reshape(inputs, sliders);
}

function lookAt({ model, run, retraced }: Found, at: number): Inside | null {
  const moment = retraced.kind === 'ready' ? retraced.moments[at] : undefined;
  const network = model.prompt(run.request)?.network;
  if (retraced.kind === 'none' || !moment || !network) return null;
  return lookInside(model, network, idsBefore(model, retraced.moments, at), model.idOf(moment.token));
}

function driftOf(found: readonly Found[]): ScoreDrift | null {
  const [own, other] = found.map(calculatedOf);
  return own && other ? scoreDrift(own, other) : null;
}

function calculatedOf({ model, run, retraced }: Found): Calculated | null {
  const prompted = model.prompt(run.request);
  if (retraced.kind === 'none' || !prompted?.network) return null;
  const { network, distributionAfter } = prompted;
  const tokens = idsBefore(model, retraced.moments, retraced.moments.length);
  return { pieces: model.pieces, distributionAfter, network, tokens };
}
