import { describe, expect, it } from 'vitest';
import { findFork } from '@/lib/compare/align/fork';
import { nameFork, sayFork } from './fork';

const said = (...texts: string[]) => {
  const fork = findFork(texts.map((text, index) => ({ run: index + 1, text })));
  return fork && [sayFork(fork), nameFork(fork)];
};

describe('the words for where texts part', () => {
  it('name the word that differs, or what stands before it', () => {
    expect(said('the cat sat', 'the cat ran')).toEqual(['at word 3', 'word 3']);
    expect(said('(B) II only.', 'B) II only.')).toEqual(['in the marks before word 1', 'the marks before word 1']);
    expect(said('the  cat', 'the cat')).toEqual(['in the white space before word 2', 'the white space before word 2']);
  });

  it('name no word where none comes any more', () => {
    expect(said('the cat.', 'the cat')).toEqual(['in the marks at the end', 'the marks at the end']);
    expect(said('the cat', 'the cat\n')).toEqual(['in the white space at the end', 'the white space at the end']);
  });
});
