import type { ProviderKeys } from '@/lib/api/own-keys';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Address } from './address';
import type { LessonStep } from './lesson';
import type { OwnKeys } from './own-keys';
import type { Field } from './problem';

/**
 * What a session wants done in the world. A runner performs these and answers with actions; nothing else on the page asks
 * the server for runs or writes the address.
 */
export type Effect =
  /**
   * run a recipe and report what happens; `pace` in tokens a second, null for as fast as possible; `keys` are the visitor's own, for
   * the providers that the recipe asks
   */
  | { kind: 'start'; recipe: Recipe; pace: number | null; parent: string | null; keys?: ProviderKeys }
  /** run again what is missing; with `follow`, report what happens (without it, the session is following already) */
  | { kind: 'rerun'; id: string; runs: readonly number[]; follow: boolean; keys?: ProviderKeys }
  /** follow an experiment after event number `after` */
  | { kind: 'follow'; id: string; after: number; delayMs: number }
  /** ask what of a shared experiment is the visitor's own */
  | { kind: 'ask-own'; id: string }
  /** stop these runs, or all */
  | { kind: 'stop'; id: string; runs: readonly number[] | null }
  /** stop listening; what runs goes on */
  | { kind: 'hang-up' }
  /** hold the visitor's own keys for the pages that this tab opens, those that are to be kept also for a reload */
  | { kind: 'hold-keys'; keys: OwnKeys }
  | { kind: 'write-address'; address: Address }
  | { kind: 'focus'; target: FocusTarget }
  /** scroll to what a lesson speaks of, if it is not on the screen */
  | { kind: 'show'; part: Shown };

/** A part of the page that can be scrolled to. */
export type Shown = 'recipe' | 'results' | 'lens';

/** A field of the form, the results, or the heading of a lesson's step. */
export type FocusTarget =
  | { kind: 'field'; field: Field }
  | { kind: 'results' }
  | { kind: 'lesson-step'; step: LessonStep };
