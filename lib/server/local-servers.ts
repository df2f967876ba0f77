import { z } from 'zod';
import { dialectAt } from '@/lib/recipe/dialect';
import type { ConfiguredProvider } from './configuration';
import { type ProviderEntry, toEntry } from './providers';

/** Where llama.cpp (the second one until 2026), Ollama, LM Studio and vLLM listen if nobody tells them otherwise. */
const usualPorts = [9931, 8080, 11434, 1234, 8000];

/** How long a server may take to say what it has: those on this machine are quick, or are not there. */
const answerMs = 500;
/** For how long what was found holds. */
const holdsMs = 60_000;

const ModelList = z.object({ data: z.array(z.object({ id: z.string(), owned_by: z.string().optional() })).min(1) });

/**
 * Finds servers on this machine that speak Chat Completions, and keeps `providers` up to date with them: one that answers at its
 * usual port is there as "local-11434", until it does not answer any more. One that the operator has set is left to that.
 */
export function localServers(providers: Map<string, ProviderEntry>, send: typeof fetch = fetch): () => Promise<void> {
  let looked: Promise<unknown> = Promise.resolve();
  let lookedAt = Number.NEGATIVE_INFINITY;
  const set = new Set([...providers.values()].map(({ provider }) => portOnThisMachine(provider.endpoint?.origin)));
  const look = async (port: number) => {
    const id = `local-${port}`;
    if (!(await answers(port, send))) providers.delete(id);
    else if (!providers.has(id)) providers.set(id, toEntry(found(id, port), 'found on this machine'));
  };
  return async () => {
    if (performance.now() - lookedAt > holdsMs) {
      lookedAt = performance.now();
      looked = Promise.all(usualPorts.filter((port) => !set.has(port)).map(look));
    }
    await looked;
  };
}

function found(id: string, port: number): ConfiguredProvider {
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  const service = { apiKey: '', atOnce: 4, maxRetries: 2, dialect: dialectAt(baseUrl) };
  return { id, name: `127.0.0.1:${port}`, baseUrl, ...service };
}

/** Whether a server with models listens there, other than Seedbed itself. */
async function answers(port: number, send: typeof fetch): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(answerMs);
    const response = await send(`http://127.0.0.1:${port}/v1/models`, { signal, redirect: 'error' });
    const list = ModelList.safeParse(await response.json());
    return response.ok && list.success && list.data.data.every(({ owned_by }) => owned_by !== 'seedbed');
  } catch {
    return false;
  }
}

/** The port of an address on this machine; null of any other. */
function portOnThisMachine(origin: string | undefined): number | null {
  if (origin === undefined) return null;
  const { hostname, port } = new URL(origin);
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname) ? Number(port) : null;
}
