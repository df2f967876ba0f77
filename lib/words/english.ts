/*
 * The grammar that all of lib/words shares. English as written in Britain: no comma before "and" in a list.
 */

/**
 * Lists whose last item comes after a word. Not by `Intl.ListFormat`: the first use of anything of Intl's takes a phone 60 ms,
 * at the start of a page.
 */
const lists =
  (word: string) =>
  (items: readonly (string | number)[]): string =>
    items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;

/** The form of a word for a count: `plural(1, 'was', 'were')` is 'was'. Without a second form it is that with an s. */
export const plural = (count: number, one: string, other = `${one}s`): string => (count === 1 ? one : other);

/** A count with its noun: '1 run', '5 runs', '0 runs'. */
export const counted = (count: number, one: string, other?: string): string => `${count} ${plural(count, one, other)}`;

/** 'a', 'a and b', 'a, b and c' */
export const listed = lists('and');

/** 'a', 'a or b', 'a, b or c' */
export const alternatives = lists('or');

/** 'a, b, c' */
export const inSequence = (items: readonly (string | number)[]): string => items.join(', ');

/**
 * 'a, b, c'; of many the first ones, and how many more there are: 'a, b, c, d and 3 more'.
 */
export function inShort(items: readonly (string | number)[], most = maxNamed): string {
  const named = namedOf(items.length, most);
  return named < items.length
    ? `${inSequence(items.slice(0, named))} and ${items.length - named} more`
    : inSequence(items);
}

/** The beginning of a sentence: 'runs 2, 3' becomes 'Runs 2, 3'. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Sentences one after the other; those that are empty are left out. */
export const sentences = (...parts: readonly (string | null)[]): string => parts.filter(Boolean).join(' ');

/**
 * The first few of a list, and how many more there are: many would not be read in a sentence.
 * `firstFew(['a', 'b', 'c', 'd', 'e', 'f'], (more) => counted(more, 'text'))` is 'a; b; c; d; 2 texts'.
 */
export function firstFew(said: readonly string[], sayMore: (more: number) => string): string {
  const named = namedOf(said.length);
  return [...said.slice(0, named), ...(named < said.length ? [sayMore(said.length - named)] : [])].join('; ');
}

/** As many as are read in a sentence. */
const maxNamed = 4;

/** How many of a list are named. One more than `most` is named, too: to say that there is one takes as much room. */
export const namedOf = (count: number, most = maxNamed): number => (count > most + 1 ? most : count);
