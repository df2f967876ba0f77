import { err, ok, type Result } from '@/lib/result';
import { saplingModels } from '@/lib/sapling/backends';
import { type Batch, toOrder } from '@/lib/sapling/batch';
import type { TooLong } from '@/lib/sapling/chat';
import { fingerprintOf, type Sapling } from '@/lib/sapling/sapling';
import { tokenLimit } from '@/lib/seedling/request';
import type { CompletionRequest } from './completion-request';
import type { Writer } from './serve';

/**
 * What it takes to write the texts of a request: how many at a time, for how many tokens there must be memory, and that its prompt has
 * been read: `readOn` reads so many tokens more of it, and tells whether that was all.
 */
type Need = { columns: number; places: number; readOn: (tokens: number) => boolean };

/** How many texts of one request are written at a time. */
const maxTogether = 8;

/** Sapling, ready to answer a request in a batch as one of its back ends; or how much too long the request is. */
export function saplingWriter(
  sapling: Sapling,
  batch: Batch,
  request: CompletionRequest,
  { seed, tag, inFlight }: { seed: number | bigint; tag: string; inFlight: number },
): Result<Writer & Need, TooLong> {
  const { tokenizer, network } = sapling;
  const model = saplingModels.find(({ id }) => id === request.model);
  const backend = model?.backends.find((each) => each.tag === tag);
  if (!backend) throw new Error(`Sapling has no back end ${tag} for ${request.model}.`);
  const order = toOrder(sapling, request, { seed, choice: 0, arithmetic: backend.arithmetic(inFlight) });
  if (!order.ok) return err(order.error);
  const promptTokens = order.value.prompt.asked.length;
  const columns = Math.min(request.n ?? 1, maxTogether);
  return ok({
    columns,
    places: promptTokens + columns * Math.min(tokenLimit(request), network.config.context - promptTokens),
    readOn: (tokens) => sapling.readOn(order.value.prompt.asked, order.value.arithmetic, tokens) !== null,
    fingerprint: fingerprintOf(sapling, backend),
    promptTokens,
    together: maxTogether,
    write: (choice) => batch.write({ ...order.value, options: { ...order.value.options, choice } }),
    textOf: (id) => tokenizer.decode([id]),
    bytesOf: (id, text) => [
      ...(wholeIn(tokenizer.pieces[id]) ? new TextEncoder().encode(text) : (tokenizer.pieces[id] ?? [])),
    ],
  });
}

/** Whether a piece is text, and not a part of a character. */
const wholeIn = (piece: Uint8Array = new Uint8Array()): boolean => !new TextDecoder().decode(piece).includes('\ufffd');
