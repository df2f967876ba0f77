import * as sapling from '@/lib/sapling/models';
import * as seedling from '@/lib/seedling/models';

/** What to know about each model. Apart from their facts, since pages need those at once, and this when somebody chooses. */
export const aboutModels: ReadonlyMap<string, string> = new Map([
  [
    seedling.alone.id,
    'A fixed program: the same request with the same seed gives the same text, every time, on every machine.',
  ],
  [
    seedling.fleet.id,
    'One of three back ends answers, by chance, as behind a load balancer. They calculate in float32, bfloat16 and ' +
      'float16, each with its own fingerprint. Same request, same seed and same fingerprint: same text.',
  ],
  [
    seedling.batched.id,
    'One back end, one fingerprint, but its sums are split by how many requests of this experiment are under way when ' +
      'one comes, and rounded after each part. Sent at once, runs of one seed can part; one after the other, they repeat. ' +
      'On real servers the requests of strangers count too.',
  ],
  [
    sapling.alone.id,
    'A small transformer, built as the large ones are, that has read only what was written for it. It calculates in ' +
      'float32 and adds up in one order, so the same request with the same seed gives the same text, every time, on ' +
      'every machine.',
  ],
  [
    sapling.fleet.id,
    'The same transformer behind a load balancer: one of three back ends answers, by chance, in float32, bfloat16 or ' +
      'float16, each with its own fingerprint. Same request, same seed and same fingerprint: same text.',
  ],
  [
    sapling.batched.id,
    'The same transformer in bfloat16, one back end, one fingerprint, but its sums are split by how many requests of ' +
      'this experiment are under way when one comes. Another order of adding gives other last bits: sent at once, runs of ' +
      'one seed can part; one after the other, they repeat. On real servers the requests of strangers count too.',
  ],
]);
