import fc from 'fast-check';
import { deltasOf, type Script } from '@/lib/run/interleavings.fixture';
import { kin } from './texts';

const ends = fc.constantFrom<Script['end'][]>('stop', 'stop', 'length', 'aborted', 'refusal', 'error', null);

/** Two to four runs whose texts begin alike, each arriving in pieces of its own and ending in its own way. */
export const scriptsOf = (text: fc.Arbitrary<string>): fc.Arbitrary<Script[]> =>
  kin(text, { minLength: 2, maxLength: 4 }).chain((texts) =>
    fc.tuple(...texts.map((each) => fc.record({ deltas: deltasOf(each), end: ends }))),
  );

/** Runs that all say the very same text to its end. */
export const scriptsOfOne = (text: fc.Arbitrary<string>): fc.Arbitrary<Script[]> =>
  text.chain((each) =>
    fc.array(fc.record({ deltas: deltasOf(each), end: fc.constantFrom<Script['end'][]>('stop', null) }), {
      minLength: 2,
      maxLength: 4,
    }),
  );
