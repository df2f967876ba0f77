import type { Recipe } from '@/lib/recipe/recipe';
import { ok } from '@/lib/result';
import type { Endpoint, RunEnd, TokenInfo } from '@/lib/run/events';
import type { Provider, ProviderEvent, RunCall } from '@/lib/run/provider';

type Line = { say: string; tokens?: TokenInfo[] } | { end: Partial<RunEnd> } | { fail: string };

/** A provider that writes what a test tells it to, when it tells it to. Otherwise it keeps a provider's contract. */
export class ScriptedProvider implements Provider {
  /** where it says that it sends its calls; a test may move it */
  endpoint: Endpoint | null = null;
  readonly calls: RunCall[] = [];
  private readonly lines = new Map<number, Line[]>();
  private told = Promise.withResolvers<void>();

  say(run: number, text: string, tokens?: TokenInfo[]): void {
    this.tell(run, tokens ? { say: text, tokens } : { say: text });
  }

  end(run: number, changes: Partial<RunEnd> = {}): void {
    this.tell(run, { end: changes });
  }

  fail(run: number, code = 'server_error'): void {
    this.tell(run, { fail: code });
  }

  /** The runs that have been asked for so far, in that order. */
  get asked(): number[] {
    return this.calls.map(({ spec }) => spec.run);
  }

  models(): ReturnType<Provider['models']> {
    return Promise.resolve(ok(['scripted-b', 'scripted-a'].map((id) => ({ id, shutdownDate: null }))));
  }

  async *run(call: RunCall): AsyncGenerator<ProviderEvent> {
    this.calls.push(call);
    const { spec, signal, queuedMs } = call;
    const { run, model } = spec;
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    const end = (changes: Partial<RunEnd>): RunEnd => ({
      type: 'run-end',
      run,
      finish: 'stop',
      model,
      fingerprints: [],
      usage: null,
      requestId: null,
      attempts: 1,
      timing: { queuedMs, firstTextMs: null, totalMs: 0 },
      ...changes,
    });
    while (true) {
      if (signal.aborted) return yield end({ finish: 'aborted' });
      const line = this.lines.get(run)?.shift();
      if (!line) await Promise.race([this.told.promise, aborted]);
      else if ('say' in line)
        yield { type: 'text-delta', run, text: line.say, ...(line.tokens ? { tokens: line.tokens } : {}) };
      else if ('end' in line) return yield end(line.end);
      else {
        const error = { code: line.fail, message: 'It failed.', status: 500, param: null, retryable: true };
        return yield { type: 'run-error', run, error };
      }
    }
  }

  private tell(run: number, line: Line): void {
    this.lines.set(run, [...(this.lines.get(run) ?? []), line]);
    this.told.resolve();
    this.told = Promise.withResolvers();
  }
}

/** A recipe for the scripted provider. */
export const scriptedRecipe = (repeats: number, changes: Partial<Recipe> = {}): Recipe => ({
  v: 1,
  provider: 'scripted',
  request: { model: 'scripted-a', messages: [{ role: 'user', content: 'Go.' }], seed: 74 },
  repeats,
  ...changes,
});

/** Lets everything happen that is ready to. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
