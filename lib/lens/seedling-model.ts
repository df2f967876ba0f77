import { arithmeticOf, seedlingBackends } from '@/lib/seedling/backends';
import type { Counts } from '@/lib/seedling/counts';
import { generate } from '@/lib/seedling/generate';
import { distributionAfter } from '@/lib/seedling/model';
import { conditioningText } from '@/lib/seedling/request';
import { conditionOn, type Seedling } from '@/lib/seedling/seedling';
import { segment } from '@/lib/seedling/segment';
import { encode, endId } from '@/lib/seedling/vocabulary';
import type { ModelByTag } from './lens-model';

/** Seedling as the lens needs it. */
export function seedlingByTag(counts: Counts, hash: string): ModelByTag {
  const seedling: Seedling = { counts, hash, prompts: new Map() };
  const { vocabulary } = counts;
  return (tag, inFlight) => {
    const backend = seedlingBackends.find((each) => each.tag === tag);
    const arithmetic = backend && arithmeticOf(backend, inFlight);
    if (!arithmetic) return null;
    return {
      pieces: vocabulary.pieces,
      endId,
      idOf: (piece) => vocabulary.ids.get(piece) ?? encode(vocabulary, piece)[0] ?? endId,
      segment: (text) => segment(vocabulary, text),
      prompt: (request) => {
        const model = conditionOn(seedling, conditioningText(request), backend);
        return {
          write: (options) => generate(model, { ...options, arithmetic }),
          distributionAfter: (written) => distributionAfter(model, written, arithmetic),
          network: null,
        };
      },
    };
  };
}
