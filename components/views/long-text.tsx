import { countWords, joinPieces, splitWords } from '@/lib/compare/align/words';

type LongTextProps = { text: string; head?: number; tail?: number };

/** A text; if it is long, its first and last words, and the rest at a press. */
export function LongText({ text, head = 24, tail = 8 }: LongTextProps) {
  const pieces = splitWords(text);
  if (pieces.length <= head + tail + 4) return text;
  const end = tail > 0 ? joinPieces(pieces.slice(-tail)) : '';
  return (
    <details className="group">
      <summary className="list-none print:hidden [&::-webkit-details-marker]:hidden">
        <span className="group-open:hidden">
          {joinPieces(pieces.slice(0, head))} …{end}{' '}
        </span>
        <span className="whitespace-nowrap text-fine text-accent underline">
          <span className="group-open:hidden">show all {countWords(pieces)} words</span>
          <span className="hidden group-open:inline">show less</span>
        </span>
      </summary>
      {text}
    </details>
  );
}

const marks: Record<string, string> = { '\n': '↵', ' ': '␣', '\t': '⇥', '\u00a0': '⍽' };

/** White space drawn as signs, for where it is all that tells texts apart. */
export const drawSpace = (text: string): string => text.replace(/[\n \t\u00a0]/g, (space) => marks[space] ?? space);

/** How to show texts that stand in one place: plainly, except those that would then look alike, or like nothing at all. */
export function displayOf(texts: readonly (string | null)[]): (text: string) => string {
  const plain = (text: string): string => text.replace(/\s+/gu, ' ').trim();
  const alike = Map.groupBy(
    texts.filter((text) => text !== null),
    plain,
  );
  return (text) => (plain(text) === '' || (alike.get(plain(text))?.length ?? 0) > 1 ? drawSpace(text) : text.trim());
}
