import type { Arithmetic } from '@/lib/sapling/arithmetic';
import { saplingBackends } from '@/lib/sapling/backends';
import { writingOf } from '@/lib/sapling/batch';
import { type Prompt, promptOf } from '@/lib/sapling/chat';
import { look } from '@/lib/sapling/look';
import { Reader } from '@/lib/sapling/reader';
import { promptKey, type Sapling } from '@/lib/sapling/sapling';
import { idOf } from '@/lib/sapling/tokenizer';
import { arithmeticOf } from '@/lib/seedling/backends';
import type { Finish, GeneratedToken, WritingOptions } from '@/lib/seedling/writing';
import { showBytes } from './bytes';
import type { LensModel, ModelByTag, PromptedModel } from './lens-model';

/** As many prompts are kept read: each has the scores of one text, some megabytes. */
const maxReaders = 6;

/** Sapling as the lens needs it. */
export function saplingByTag(sapling: Sapling): ModelByTag {
  const { tokenizer, network } = sapling;
  const endId = idOf('<|end|>');
  const pieces = tokenizer.pieces.map((bytes, id) => (id === endId ? '' : showBytes([...bytes])));
  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  const readers = new Map<string, Reader>();

  const readerOf = (asked: readonly number[], arithmetic: Arithmetic): Reader => {
    const key = promptKey(asked, arithmetic);
    const reader = readers.get(key) ?? new Reader(sapling, asked, arithmetic);
    readers.delete(key);
    readers.set(key, reader);
    for (const [oldest, each] of readers) {
      if (readers.size <= maxReaders) break;
      each.release();
      readers.delete(oldest);
    }
    return reader;
  };

  const prompted = ({ asked }: Prompt, arithmetic: Arithmetic): PromptedModel => {
    const scoresAfter = (written: readonly number[]) => readerOf(asked, arithmetic).scoresAfter(written);
    const distributionAfter = (written: readonly number[]) => sapling.distribution(scoresAfter(written), written);
    function* write(options: WritingOptions, guess: string): Generator<GeneratedToken, Finish> {
      const begun = options.prefill?.map(({ id }) => id) ?? [];
      const writing = writingOf(sapling, { prompt: { asked, begun }, options, arithmetic });
      readerOf(asked, arithmetic).read(tokenizer.encode(guess));
      while (writing.finish === null) yield* writing.take(distributionAfter(writing.context));
      return writing.finish;
    }
    return {
      write,
      distributionAfter,
      network: { asked, look: (written) => look(sapling, asked, written, arithmetic), scoresAfter },
    };
  };

  const model = (arithmetic: Arithmetic): LensModel => ({
    pieces,
    endId,
    idOf: (piece) => ids.get(piece) ?? endId,
    segment: (text) => tokenizer.encode(text).map((id) => ({ id, token: pieces[id] ?? '' })),
    prompt: ({ messages }) => {
      const prompt = promptOf(tokenizer, messages, network.config.context);
      return prompt.ok ? prompted(prompt.value, arithmetic) : null;
    },
  });

  return (tag, inFlight) => {
    const backend = saplingBackends.find((each) => each.tag === tag);
    const arithmetic = backend && arithmeticOf(backend, inFlight);
    return arithmetic ? model(arithmetic) : null;
  };
}
