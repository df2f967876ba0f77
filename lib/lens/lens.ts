import { seedlingModels } from '@/lib/seedling/backends';
import type { Counts } from '@/lib/seedling/counts';
import type { Seedling } from '@/lib/seedling/seedling';
import { choiceInputs } from './choice-inputs';
import type { Moment } from './moment';
import { reshape } from './reshape';
import type { Reshaped, Sliders } from './reshaped';
import { type Retraced, retrace, type SeedlingRun } from './retrace';
import type { NoSource, RetraceableRun } from './source';

/** What may be asked about runs of Seedling: all their moments, or single moments under other settings. */
export type LensRequest =
  | { kind: 'retrace'; runs: readonly RetraceableRun[] }
  | { kind: 'reshape'; places: readonly { run: RetraceableRun; at: number }[]; sliders: Sliders };

/**
 * Why there is no answer: another version of Seedling wrote the run and its counts are gone; they could not be fetched; or
 * working it out has failed.
 */
export type LensFailure = 'other-version' | 'unreachable' | 'broken';

/** How far the lens has come with one run: its moments, or why there are none. */
export type TraceState =
  | { kind: 'loading' }
  | { kind: 'ready'; moments: Moment[] }
  | { kind: 'none'; why: NoMoments }
  | { kind: 'failed'; why: LensFailure };

/** Why a run has no moments (see `Source` and `Retraced`). */
export type NoMoments = NoSource | 'not-reproduced';

/** The answers in the order of what was asked; null where a run has no such moment (see `choiceInputs`). */
export type LensAnswer =
  | { kind: 'retraced'; runs: Retraced[] }
  | { kind: 'reshaped'; reshaped: (Reshaped | null)[] }
  | { kind: 'failed'; why: LensFailure };

/** Fetches the counts with this hash, or says why it cannot. */
export type LoadCounts = (hash: string) => Promise<Counts | LensFailure>;

/** The moments of this many runs are cached, so that moving a slider does not write the text again at every step. */
const maxRuns = 200;

/** Answers the lens's requests. Counts are loaded once, when first needed; a load that failed is tried again next time. */
export function makeLens(load: LoadCounts): (request: LensRequest) => Promise<LensAnswer> {
  const models = new Map<string, Seedling>();
  const known = new Map<string, Retraced>();

  const modelOf = async (hash: string): Promise<Seedling | LensFailure> => {
    const counts = models.get(hash)?.counts ?? (await load(hash));
    if (typeof counts === 'string') return counts;
    const model = models.get(hash) ?? { counts, hash, prompts: new Map() };
    models.set(hash, model);
    return model;
  };

  const retraceOnce = (model: Seedling, run: SeedlingRun, key: string): Retraced => {
    const retraced = known.get(key) ?? retrace(model, run);
    if (known.size >= maxRuns && !known.has(key)) known.clear();
    known.set(key, retraced);
    return retraced;
  };

  return async (request) => {
    const runs = request.kind === 'retrace' ? request.runs : request.places.map(({ run }) => run);
    const found: { model: Seedling; run: SeedlingRun; retraced: Retraced }[] = [];
    for (const traced of runs) {
      const model = await modelOf(traced.hash);
      if (typeof model === 'string') return { kind: 'failed', why: model };
      const backend = backends.get(traced.tag);
      if (!backend) return { kind: 'failed', why: 'other-version' };
      const run = { ...traced, backend };
      found.push({ model, run, retraced: retraceOnce(model, run, JSON.stringify(traced)) });
    }
    if (request.kind === 'retrace') return { kind: 'retraced', runs: found.map(({ retraced }) => retraced) };
    const reshaped = found.map(({ model, run, retraced }, index) => {
      if (retraced.kind === 'none') return null;
      const at = request.places[index]?.at ?? -1;
      const inputs = choiceInputs(model, run.request, run.backend, retraced.moments, at);
      return inputs && reshape(inputs, request.sliders);
    });
    return { kind: 'reshaped', reshaped };
  };
}

const backends = new Map(seedlingModels.flatMap((model) => model.backends).map((backend) => [backend.tag, backend]));
