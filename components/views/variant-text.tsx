import { closeDifference } from '@/lib/compare/align/close-variants';
import type { Part } from '@/lib/compare/align/diff';
import { LongText } from './long-text';

type ReadingTextProps = {
  text: string | null;
  /** what the first reading says, if this is another one */
  first: string | null;
  shown: (text: string) => string;
};

/** What runs say in a place. Where it is close to the first reading, the characters that differ are underlined. */
export function VariantText({ text, first, shown }: ReadingTextProps) {
  if (text === null) return <em className="font-normal">nothing here</em>;
  const parts = first === null ? null : closeDifference(shown(first), shown(text));
  return parts ? <Marked parts={parts} /> : <LongText text={shown(text)} />;
}

function Marked({ parts }: { parts: readonly Part[] }) {
  let offset = 0;
  return parts.map((part) => {
    const key = `${offset}-${part.kind}`;
    offset += part.text.length;
    if (part.kind === 'same') return part.text;
    if (part.kind === 'missing')
      return (
        <span key={key} aria-hidden title={`missing here: “${part.was}”`} className="select-none text-replaced-line">
          ‸
        </span>
      );
    return (
      <mark
        key={key}
        className="bg-transparent text-inherit underline decoration-2 decoration-replaced-line underline-offset-4"
      >
        {part.text}
      </mark>
    );
  });
}
