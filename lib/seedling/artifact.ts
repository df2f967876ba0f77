import type { Counts, Discounts } from './counts';
import type { PassageMatch } from './relevance';
import { firstPieceId, listVocabulary } from './vocabulary';

/** The JSON at the head of an artifact; the long arrays follow it as they lie in memory. Its keys are the file's format. */
type Head = {
  visible: string[];
  discounts: Discounts[];
  passages: number;
  fallback: number[];
  /** subject words, and how many passages match each; the matches follow as pairs */
  words: string[];
  held: number[];
  positions: number;
  sorted: number;
};

const align = (offset: number): number => Math.ceil(offset / 4) * 4;

/**
 * The counts as bytes, made once so that they load quickly: the length of the head, the head as JSON, then tokens,
 * passages, shared counts (16 bits each), sorted positions (32 bits), matching passages and their strengths.
 * Little-endian.
 */
export function writeArtifact(counts: Counts): Uint8Array<ArrayBuffer> {
  const { vocabulary, index, tokens, passageOf, sorted, sharedBy, discounts } = counts;
  const lists = [...index.matches.values()];
  const head: Head = {
    visible: vocabulary.pieces.slice(firstPieceId),
    discounts,
    passages: index.passages,
    fallback: index.fallback,
    words: [...index.matches.keys()],
    held: lists.map((list) => list.length),
    positions: tokens.length,
    sorted: sorted.length,
  };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const pairs = Uint16Array.from(lists.flat().flatMap(({ passage, strength }) => [passage, strength]));
  const parts = [Uint32Array.of(text.length), text, tokens, passageOf, ...sharedBy, sorted, pairs];
  const bytes = new Uint8Array(parts.reduce((sum, part) => align(sum) + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    offset = align(offset);
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offset);
    offset += part.byteLength;
  }
  return bytes;
}

/** Reads back the counts. The arrays are views of the bytes, so nothing is copied. */
export function readArtifact(bytes: ArrayBuffer): Counts {
  const length = new Uint32Array(bytes, 0, 1)[0] ?? 0;
  const head: Head = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length)));
  let offset = 4 + length;
  const next16 = (count: number): Uint16Array => {
    const start = align(offset);
    offset = start + 2 * count;
    return new Uint16Array(bytes, start, count);
  };
  const tokens = next16(head.positions);
  const passageOf = next16(head.positions);
  const sharedBy = head.discounts.map(() => next16(head.positions));
  const sorted = new Uint32Array(bytes, align(offset), head.sorted);
  offset = align(offset) + sorted.byteLength;
  const pairs = next16(2 * head.held.reduce((sum, count) => sum + count, 0));
  return {
    vocabulary: listVocabulary(head.visible),
    index: { passages: head.passages, matches: readMatches(head, pairs), fallback: head.fallback },
    tokens,
    passageOf,
    sorted,
    sharedBy,
    discounts: head.discounts,
  };
}

function readMatches({ words, held }: Head, pairs: Uint16Array): Map<string, PassageMatch[]> {
  let at = 0;
  const next = (): PassageMatch => ({ passage: pairs[at++] ?? 0, strength: pairs[at++] ?? 0 });
  return new Map(words.map((word, index) => [word, Array.from({ length: held[index] ?? 0 }, next)]));
}
