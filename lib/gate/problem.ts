import type { z } from 'zod';
import type { PatternProblem } from '@/lib/compare/align/equality';
import type { RecipeProblem } from '@/lib/recipe/problem';
import type { Document, Path, Position } from './document';

/** Why a recipe cannot be run here: whom or what it asks is not known, or is asked with a key that is not there. */
export type NotAskable =
  | { kind: 'no-provider'; provider: string; known: readonly string[] }
  | { kind: 'no-model'; provider: string; model: string; known: readonly string[] }
  | { kind: 'no-key'; provider: string };

/** What is wrong with a suite or a baseline. */
export type FileFault =
  | NotAskable
  | { kind: 'not-read'; reason: string }
  | { kind: 'missing' }
  | { kind: 'wrong-type'; expected: string }
  | { kind: 'unknown-field' }
  /** a whole number that cannot be told from its neighbours */
  | { kind: 'inexact' }
  | { kind: 'out-of-range'; min: number | null; max: number | null; of: 'number' | 'entries' | 'characters' }
  | { kind: 'not-one-of'; options: readonly (string | number)[] }
  | { kind: 'not-an-id' }
  | { kind: 'not-a-time' }
  | { kind: 'double-id'; line: number }
  /** two fields that say the same thing, of which one must go */
  | { kind: 'either-or'; other: string }
  /** a field that does nothing unless another is `needed` so */
  | { kind: 'no-effect'; needed: string }
  | { kind: 'no-such-file'; path: string; reason: string }
  | { kind: 'pattern'; problem: PatternProblem }
  | { kind: 'recipe'; problem: RecipeProblem }
  /** what the file says of its request's hash is not the hash of the request in it */
  | { kind: 'other-hash' };

/** A field of a file, and where it stands. `field` is its path, as in "cases.0.request.top_p"; '' for the whole. */
export type FieldPlace = Position & { field: string };

/** What is wrong with a file, and where. */
export type FileProblem = FieldPlace & { fault: FileFault };

export const nameOf = (path: Path): string => path.map(String).join('.');

/** Problems with the shape of a file, each at its place. */
export const problemsOf = (error: z.ZodError, document: Document): FileProblem[] =>
  error.issues.flatMap((issue) => {
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({ ...document.positionOf(path), field: nameOf(path), fault: faultOf(issue) }));
  });

function faultOf(issue: z.core.$ZodIssue): FileFault {
  switch (issue.code) {
    case 'unrecognized_keys':
      return { kind: 'unknown-field' };
    case 'invalid_type':
      return issue.input === undefined ? { kind: 'missing' } : { kind: 'wrong-type', expected: issue.expected };
    case 'too_small':
      return { kind: 'out-of-range', min: Number(issue.minimum), max: null, of: unitOf(issue.origin) };
    case 'too_big':
      return { kind: 'out-of-range', min: null, max: Number(issue.maximum), of: unitOf(issue.origin) };
    case 'invalid_value':
      return issue.input === undefined
        ? { kind: 'missing' }
        : {
            kind: 'not-one-of',
            options: issue.values.map((value) => (typeof value === 'number' ? value : String(value))),
          };
    case 'invalid_union':
      return unionFault(issue);
    case 'invalid_format':
      return { kind: issue.format === 'datetime' ? 'not-a-time' : 'not-an-id' };
    default:
      return { kind: 'wrong-type', expected: 'value' };
  }
}

/** A union is told apart by its `kind`, or has several types. */
function unionFault(issue: z.core.$ZodIssueInvalidUnion): FileFault {
  if (issue.discriminator !== undefined)
    return {
      kind: 'not-one-of',
      options: (('options' in issue && issue.options) || []).map((option) => String(option)),
    };
  const expected = issue.errors.flat().flatMap((each) => (each.code === 'invalid_type' ? [each.expected] : []));
  return { kind: 'wrong-type', expected: [...new Set(expected)].join(' or ') || 'value' };
}

const unitOf = (origin: string): 'number' | 'entries' | 'characters' => {
  if (origin === 'string') return 'characters';
  return origin === 'array' ? 'entries' : 'number';
};
