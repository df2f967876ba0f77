import { defined } from '@/lib/defined';
import type { CompletionRequest } from '@/lib/openai/completion-request';
import { seedlingWriter } from '@/lib/openai/seedling-writer';
import { answer } from '@/lib/openai/serve';
import { ok, type Result } from '@/lib/result';
import type { Caller } from '@/lib/run/provider';
import { saplingModels } from '@/lib/sapling/backends';
import { seedlingModels } from '@/lib/seedling/backends';
import type { Seedling } from '@/lib/seedling/seedling';
import type { SaplingThread } from './sapling-thread';
import { type Answer, inTurns, type Refusal, type Sealed } from './written';

/** What the models inside write with. */
export type BuiltIn = { seedling: Seedling; sapling: SaplingThread };

/** A request to answer, for whom, whose turn to wait for, and what aborts when nobody wants the answer any more. */
type Asking = {
  request: CompletionRequest;
  sealed: Sealed;
  caller: Caller;
  turn: () => Promise<void>;
  signal: AbortSignal;
};

/** A back end, of whichever model. */
type AnyBackend = { tag: string; steady: boolean };

/** A model inside, its back ends, and how it answers. */
export type BuiltInModel = {
  id: string;
  backends: readonly [AnyBackend, ...AnyBackend[]];
  answer: (by: BuiltIn, asking: Asking) => Promise<Result<Answer, Refusal>>;
};

/** Every model that this server has inside. Seedling counts in turns between other work, Sapling works in a thread of its own. */
export const builtInModels: readonly BuiltInModel[] = [
  ...seedlingModels.map(
    ({ id, backends }): BuiltInModel => ({
      id,
      backends,
      answer: async ({ seedling }, { request, sealed, ...turns }) => {
        const backend = defined(backends.find(({ tag }) => tag === sealed.tag));
        return ok(inTurns(answer(seedlingWriter(seedling, request, { ...sealed, backend }), request, sealed), turns));
      },
    }),
  ),
  ...saplingModels.map(
    ({ id, backends }): BuiltInModel => ({
      id,
      backends,
      answer: ({ sapling }, { request, sealed, caller, signal }) => sapling.write(request, sealed, caller, signal),
    }),
  ),
];
