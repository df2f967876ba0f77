import { randomBytes } from 'node:crypto';
import type { Result } from '@/lib/http/problem';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Provider } from '@/lib/run/provider';
import { LiveExperiment } from './live-experiment';

/** Experiments running at once in this process; more are refused rather than queued. */
const mostRunning = 40;
/** Experiments remembered after they are over: the oldest are forgotten first. */
const mostRemembered = 200;

/** The process-wide place where experiments run and, for now, the only one where they are kept. */
export class Hub {
  private readonly experiments = new Map<string, LiveExperiment>();

  constructor(private readonly graceMs: number) {}

  /** Starts a recipe under a new id: 128 random bits, so that it cannot be guessed. */
  start(recipe: Recipe, provider: Provider, pace: number | undefined): Result<LiveExperiment> {
    const running = [...this.experiments.values()].filter((experiment) => experiment.running).length;
    if (running >= mostRunning) {
      const message = `This server runs ${mostRunning} experiments already. Try again in a moment.`;
      return { ok: false, problem: { status: 503, code: 'busy', message } };
    }
    const id = randomBytes(16).toString('base64url');
    const experiment = new LiveExperiment({ id, recipe, provider, pace, graceMs: this.graceMs });
    this.experiments.set(id, experiment);
    this.forget();
    void experiment.start();
    return { ok: true, value: experiment };
  }

  get(id: string): LiveExperiment | undefined {
    return this.experiments.get(id);
  }

  /** Aborts everything: the process is about to end. */
  stopAll(): void {
    for (const experiment of this.experiments.values()) experiment.stop();
  }

  private forget(): void {
    for (const [id, experiment] of this.experiments) {
      if (this.experiments.size <= mostRemembered) return;
      if (!experiment.running) this.experiments.delete(id);
    }
  }
}
