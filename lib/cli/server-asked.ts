import { type ApiClient, apiClient, type Fetch } from '@/lib/api/client';
import type { RunSpec } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { applyEvent, type Experiment } from '@/lib/run/fold';
import { isOver, type OverRun } from '@/lib/run/record';
import { sayServerProblem } from '@/lib/words/gate';
import { BadUse } from './command';

/** A running Seedbed that makes runs with its own providers and keys, over its HTTP API. */
export class ServerAsked {
  private readonly api: ApiClient;
  private cookie = '';

  constructor(readonly origin: string) {
    this.api = apiClient({ origin, fetch: this.fetch });
  }

  /**
   * Has the server make these runs of a recipe without arms, as an experiment of its own. Resolves to those that came to an end,
   * and why there are not all of them, if there are not.
   */
  async make(
    recipe: Recipe,
    specs: readonly RunSpec[],
    signal: AbortSignal,
  ): Promise<{ runs: OverRun[]; problem: string | null }> {
    const started = await this.api.start({ ...recipe, repeats: specs.length });
    if (!started.ok) return { runs: [], problem: sayServerProblem(started.error, recipe.provider) };
    let experiment: Experiment | null = null;
    let broken = false;
    const stop = () => experiment && void this.api.stop(experiment.id);
    signal.addEventListener('abort', stop, { once: true });
    try {
      for await (const { event } of started.value) {
        experiment = applyEvent(experiment, event);
        if (signal.aborted && event.type === 'experiment-start') stop();
      }
    } catch {
      broken = true;
    }
    signal.removeEventListener('abort', stop);
    const runs = (experiment?.runs ?? []).flatMap((record, at): OverRun[] => {
      const spec = specs[at];
      return spec && isOver(record) ? [{ ...record, ...spec }] : [];
    });
    const cut = 'The connection to the server broke off: runs that had not ended by then are missing.';
    return { runs, problem: broken ? cut : null };
  }

  /** What is started belongs to whoever has the cookie that came with it, and only that one may stop it. */
  private readonly fetch: Fetch = async (address, { headers, ...request }) => {
    const own = this.cookie === '' ? headers : { ...headers, cookie: this.cookie };
    const response = await fetch(address, { ...request, headers: own });
    this.cookie ||= response.headers.get('set-cookie')?.split(';')[0] ?? '';
    return response;
  };
}

/** The server at the address that was typed. Throws BadUse. */
export function serverAt(typed: string): ServerAsked {
  const address = URL.parse(typed);
  if (
    address &&
    /^https?:$/.test(address.protocol) &&
    address.username === '' &&
    /^\/?$/.test(address.pathname) &&
    address.search === ''
  )
    return new ServerAsked(address.origin);
  throw new BadUse('--server must be the address of a Seedbed, as in http://127.0.0.1:3000.');
}
