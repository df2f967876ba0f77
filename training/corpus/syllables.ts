/** How many syllables words have: counted by ear and written down, so that a haiku is 5-7-5 as people say it. */
export class Syllables {
  readonly #known = new Map<string, number>();

  /** A file has a line for each count: "2: river garden …". */
  constructor(file: string) {
    for (const line of file.split('\n')) {
      const [count = '', words = ''] = line.split(': ');
      for (const word of words.split(' ')) if (word !== '') this.#known.set(word, Number(count));
    }
  }

  /** Of a line; null where it has a word that nobody has counted. */
  of(line: string): number | null {
    const counts = wordsIn(line).map(
      (word) => this.#known.get(word) ?? this.#known.get(word.replace(/'s$/, '')) ?? null,
    );
    return counts.includes(null) ? null : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  }

  /** A word that was made up, for as long as it is of use. */
  learn(word: string): void {
    if (!this.#known.has(word.toLowerCase())) this.#known.set(word.toLowerCase(), vowelGroups(word));
  }
}

const wordsIn = (line: string): string[] => line.toLowerCase().match(/[a-zé']+/g) ?? [];

/** Right for words without a silent e; invented words have none. */
const vowelGroups = (word: string): number => word.match(/[aeiouy]+/gi)?.length ?? 0;
