import { z } from 'zod';
import { equalityModes } from '@/lib/compare/align/equality';

// Nine in ten where a demand names none. Neither none nor all can be shown by any number of runs.
const share = z.number().min(0.01).max(0.999).default(0.9).describe('the share of runs that must meet it');
const pattern = z
  .string()
  .describe('a regular expression of JavaScript in Unicode mode; its first group is the answer, or all of it');
const textMode = z
  .enum(['exact', 'whitespace', 'case-punctuation'])
  .default('exact')
  .describe('what counts as the same text');

/** What a case demands of its runs. `share` is that of the runs that must meet it, in the long run. */
export const Demand = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('equal'),
      mode: z.enum(equalityModes).default('exact').describe('what counts as equal'),
      pattern: pattern.optional(),
      share,
    })
    .describe('The runs are equal to each other.'),
  z
    .strictObject({ kind: z.literal('text'), text: z.string(), mode: textMode, share })
    .describe('The runs give this text.'),
  z
    .strictObject({
      kind: z.literal('answer'),
      reference: z.union([z.string().min(1), z.number()]),
      pattern: pattern.optional(),
      share,
    })
    .describe('The answer in the text, by default its last number, is the reference.'),
  z
    .strictObject({ kind: z.literal('json'), value: z.json(), share })
    .describe('The text is this JSON value, in whatever order its keys are.'),
  z
    .strictObject({ kind: z.literal('matches'), pattern, share })
    .describe('The regular expression matches somewhere in the text.'),
  z
    .strictObject({
      kind: z.literal('baseline'),
      file: z.string().min(1).describe('where it is, from the suite’s folder'),
      mode: textMode,
      share,
    })
    .describe('The runs give the text that was accepted as the baseline.'),
  z.strictObject({ kind: z.literal('fingerprint') }).describe('All runs report one and the same fingerprint.'),
]);
export type Demand = z.infer<typeof Demand>;
