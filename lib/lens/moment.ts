/**
 * A token that could have come. `probability` is the model's own, 0 to 1, or what a provider reported; `chance` what the
 * settings left of it: 0 if they cut it, null if that is not known. The token '' is the end of the text, which counts as a
 * token.
 */
export type Option = { token: string; probability: number; chance: number | null };

/** What the settings left of an option, or the model's own probability where that is not known. */
export const shareOf = ({ probability, chance }: Option): number => chance ?? probability;

/** All other tokens together. `tokens` says how many they are, null if that is not known. */
export type Rest = { tokens: number | null; probability: number; chance: number | null };

/** The draw u, from 0 up to 1, and the segment [from, to) of the unit line that belongs to the token. */
export type Draw = { u: number; from: number; to: number };

/**
 * One choice of a token in a run's text.
 *
 * `token` is the token as chosen, '' for the end; [from, to) are its UTF-16 offsets in the text. They may cover less than
 * the token: nothing for an end or for bytes that are not yet a character, and only the beginning of a token that a stop
 * sequence cut. `options` are the likeliest tokens in the order of the unit line, the token itself always among them.
 * `truth` is 'exact' if options, rest and draw are the very numbers of the choice, 'top' if they are a provider's top
 * logprobs. `draw` is null if it is not known. `given` means that the request made the text begin with this token: then u
 * need not lie in the segment, and a token that could not have come has none (from 1 to 1).
 */
export type Moment = {
  token: string;
  from: number;
  to: number;
  truth: 'exact' | 'top';
  options: Option[];
  rest: Rest;
  draw: Draw | null;
  given: boolean;
};

/**
 * The index in `moments` of the token at a UTF-16 offset of the text, or null. The text's length is the offset of its end,
 * where that was chosen. A character that is split over several tokens belongs to the last of them.
 */
export function momentAt(moments: readonly Moment[], offset: number): number | null {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((moments[middle]?.from ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const found = moments[low - 1];
  return found && (offset < found.to || found.token === '') ? low - 1 : null;
}
