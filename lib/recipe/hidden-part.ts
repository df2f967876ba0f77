import type { Message } from './recipe';

/** A part of what a recipe asks for that the form cannot show. */
export type HiddenPart =
  /** the whole conversation, in its order */
  | { kind: 'messages'; messages: readonly Message[] }
  | { kind: 'parameter'; key: string; value: unknown }
  /** groups of runs that differ in more than one setting, or not as a list of values does; what each is called */
  | { kind: 'arms'; labels: readonly string[] };
