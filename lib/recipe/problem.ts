/*
 * What can be wrong with a recipe, as facts; lib/words says it, in the page by labels and in the API by its own names.
 */

/** What is wrong with the shape of a recipe. */
export type ShapeFault =
  | { kind: 'not-a-recipe' }
  | { kind: 'unknown-field'; path: string }
  | { kind: 'other-version' }
  | { kind: 'not-a-provider' }
  | { kind: 'not-a-request' }
  | { kind: 'not-arms' }
  | { kind: 'no-arms' }
  | { kind: 'not-messages' }
  | { kind: 'no-prompt' }
  | { kind: 'not-a-dispatch' }
  /** arms × repeats */
  | { kind: 'too-many-runs'; max: number };

/** What is wrong with a value. `field` is the field's own name in a recipe: "top_p", "content", "repeats". */
export type ValueFault = { field: string } & (
  | { kind: 'out-of-range'; min: number; max: number; whole: boolean }
  /** its range as digits */
  | { kind: 'not-a-seed'; min: string; max: string }
  | { kind: 'not-one-of'; options: readonly string[] }
  | { kind: 'not-a-name'; maxCharacters: number }
  | { kind: 'not-text' }
  | { kind: 'empty-text' }
  | { kind: 'too-long'; maxCharacters: number }
  | { kind: 'not-lines'; maxLines: number; maxCharacters: number }
  | { kind: 'not-a-map' }
  | { kind: 'not-an-object'; maxCharacters: number }
  /** it is set elsewhere in a recipe, or never by one */
  | { kind: 'reserved'; key: string }
  /** a whole number in it is so large that JSON.parse may have rounded it */
  | { kind: 'inexact' }
  | { kind: 'not-true-or-false' }
  /** entries of a list */
  | { kind: 'too-many'; max: number }
);

export type Fault = ShapeFault | ValueFault;

/** Why something is no recipe. `param` is the path of the first offending field, "arms.0.set.seed"; null for the whole. */
export type RecipeProblem = { param: string | null; fault: Fault };

/** Why a text is no list of numbers: the entry that is none, or that leads nowhere. */
export type ValuesFault =
  | { kind: 'not-a-number'; text: string }
  | { kind: 'not-a-range'; text: string }
  | { kind: 'too-many-values'; max: number };

/** Why a fragment opens no recipe. `not-a-link`: it is something else altogether. */
export type LinkFault =
  | { kind: 'not-a-link' }
  | { kind: 'newer-link' }
  | { kind: 'damaged-link' }
  | { kind: 'unusable-link'; problem: RecipeProblem };

/** What is wrong with a recipe that is typed, or opened, into a form. */
export type FormFault =
  | Fault
  | { kind: 'not-a-list'; fault: ValuesFault }
  | { kind: 'not-opened'; fault: LinkFault }
  /** the seed is to vary, and there is none: the first of several, or the only one */
  | { kind: 'no-seed'; first: boolean }
  | { kind: 'too-few-values'; separator: 'comma' | 'line' }
  /** two settings are to be held against each other, and are the same */
  | { kind: 'nothing-differs' }
  /** the server did not answer; it was heard of before, and no more; its answer, with this status, is none of ours */
  | { kind: 'unreachable' }
  | { kind: 'connection-lost' }
  | { kind: 'unreadable-answer'; status: number }
  /** what the server says of it, in its own words */
  | { kind: 'quoted'; message: string };

const known = new Map<string, Fault>();

/**
 * A fault for a zod schema, whose messages are strings: a text by which `faultOf` finds it again.
 *
 *     faultOf(messageOf({ kind: 'no-prompt' }))  →  { kind: 'no-prompt' }
 */
export function messageOf(fault: Fault): string {
  const message = JSON.stringify(fault);
  known.set(message, fault);
  return message;
}

/** The fault that a schema's message stands for; of any other text, that the whole is no recipe. */
export const faultOf = (message: string): Fault => known.get(message) ?? { kind: 'not-a-recipe' };
