import type { FirstDifference } from '@/lib/compare/align/fork';

/** Where texts part, to stand after "First difference": "at word 37", "in the marks before word 4". */
export const sayFork = (fork: Omit<FirstDifference, 'character'>): string =>
  fork.differs === 'word' ? `at word ${fork.word}` : `in ${sayBeside(fork)}`;

/** The same as a name: "word 37", "the marks before word 4", "the marks at the end". */
export const nameFork = (fork: Omit<FirstDifference, 'character'>): string =>
  fork.differs === 'word' ? `word ${fork.word}` : sayBeside(fork);

function sayBeside({ word, differs, atEnd }: Omit<FirstDifference, 'character'>): string {
  const what = differs === 'marks' ? 'the marks' : 'the white space';
  return `${what} ${atEnd ? 'at the end' : `before word ${word}`}`;
}
