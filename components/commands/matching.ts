type Named = { name: string; group: string };

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}.]+/gu) ?? [];

/**
 * What a search finds, in its order: whatever has, for each word that was typed, a word that begins with it, in its name or
 * in its group's. A search without words finds all.
 *
 *     matching([{ name: 'Top-p cuts the tail', group: 'Lessons' }, …], 'les top')  →  the first
 */
export function matching<Item extends Named>(items: readonly Item[], search: string): Item[] {
  const wanted = wordsOf(search);
  return items.filter(({ name, group }) => {
    const words = wordsOf(`${name} ${group}`);
    return wanted.every((start) => words.some((word) => word.startsWith(start)));
  });
}
