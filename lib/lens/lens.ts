import { seedlingModels } from '@/lib/seedling/backends';
import type { Counts } from '@/lib/seedling/counts';
import type { Seedling } from '@/lib/seedling/seedling';
import type { Moment } from './moment';
import { type Reshaped, reshape, type Sliders } from './reshape';
import { retrace, type SeedlingRun } from './retrace';
import type { TracedRun } from './source';
import { wholeMoment } from './whole';

/** What may be asked of runs of Seedling: their moments, or single moments of them under other settings. */
export type LensRequest =
  | { kind: 'retrace'; runs: readonly TracedRun[] }
  | { kind: 'reshape'; places: readonly { run: TracedRun; at: number }[]; sliders: Sliders };

/** Why there is no answer: the counts that wrote the run are not to be had (any more), or could not be fetched. */
export type LensFailure = 'other-version' | 'unreachable';

/** The answer to each of what was asked, in order; null where there is none (`retrace`, `wholeMoment`). */
export type LensAnswer =
  | { kind: 'retraced'; moments: (Moment[] | null)[] }
  | { kind: 'reshaped'; reshaped: (Reshaped | null)[] }
  | { kind: 'failed'; why: LensFailure };

/** Gets the counts of a hash, or says why not. */
export type LoadCounts = (hash: string) => Promise<Counts | LensFailure>;

/** Moments of so many runs are kept, so that a slider does not write a text again at each step. */
const maxRuns = 200;

/** Answers what the lens asks. The counts are loaded when first needed, once; what could not be reached is tried again. */
export function makeLens(load: LoadCounts): (ask: LensRequest) => Promise<LensAnswer> {
  const models = new Map<string, Seedling>();
  const known = new Map<string, Moment[] | null>();

  const modelOf = async (hash: string): Promise<Seedling | LensFailure> => {
    const counts = models.get(hash)?.counts ?? (await load(hash));
    if (typeof counts === 'string') return counts;
    const model = models.get(hash) ?? { counts, hash, prompts: new Map() };
    models.set(hash, model);
    return model;
  };

  const momentsOf = (model: Seedling, run: SeedlingRun, key: string): Moment[] | null => {
    const moments = known.get(key) ?? retrace(model, run);
    if (known.size >= maxRuns && !known.has(key)) known.clear();
    known.set(key, moments);
    return moments;
  };

  return async (ask) => {
    const runs = ask.kind === 'retrace' ? ask.runs : ask.places.map(({ run }) => run);
    const found: { model: Seedling; run: SeedlingRun; moments: Moment[] | null }[] = [];
    for (const traced of runs) {
      const model = await modelOf(traced.hash);
      if (typeof model === 'string') return { kind: 'failed', why: model };
      const backend = backends.get(traced.tag);
      if (!backend) return { kind: 'failed', why: 'other-version' };
      const run = { ...traced, backend };
      found.push({ model, run, moments: momentsOf(model, run, JSON.stringify(traced)) });
    }
    if (ask.kind === 'retrace') return { kind: 'retraced', moments: found.map(({ moments }) => moments) };
    const reshaped = found.map(({ model, run, moments }, index) => {
      const at = ask.places[index]?.at ?? -1;
      const whole = moments && wholeMoment(model, run.request, run.backend, moments, at);
      return whole && reshape(whole, ask.sliders);
    });
    return { kind: 'reshaped', reshaped };
  };
}

const backends = new Map(seedlingModels.flatMap((model) => model.backends).map((backend) => [backend.tag, backend]));
