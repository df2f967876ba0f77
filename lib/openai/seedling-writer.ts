import type { Backend } from '@/lib/seedling/backends';
import { generate } from '@/lib/seedling/generate';
import { conditioningText, toGenerateOptions } from '@/lib/seedling/request';
import { conditionOn, fingerprintOf, type Seedling } from '@/lib/seedling/seedling';
import { decode, encode } from '@/lib/seedling/vocabulary';
import type { CompletionRequest } from './completion-request';
import type { Writer } from './serve';

/** Seedling, ready to answer a request as one of its back ends. */
export function seedlingWriter(
  seedling: Seedling,
  request: CompletionRequest,
  { seed, backend, inFlight }: { seed: number | bigint; backend: Backend; inFlight: number },
): Writer {
  const { vocabulary } = seedling.counts;
  const read = request.messages.at(-1)?.role === 'assistant' ? request.messages.slice(0, -1) : request.messages;
  return {
    fingerprint: fingerprintOf(seedling, backend),
    promptTokens: read.reduce((sum, { content }) => sum + encode(vocabulary, content).length, 0),
    together: 1,
    write: (choice) =>
      generate(conditionOn(seedling, conditioningText(request), backend), {
        ...toGenerateOptions(vocabulary, request, seed, choice),
        arithmetic: backend.arithmetic(inFlight),
      }),
    textOf: (id) => decode(vocabulary, [id]),
    bytesOf: (_, text) => [...new TextEncoder().encode(text)],
  };
}
