import { closeDifference } from '@/lib/compare/align/close-variants';
import type { Part } from '@/lib/compare/align/diff';
import { LongText } from './long-text';

type VariantTextProps = {
  text: string | null;
  /** what the first variant says, if this is another one */
  first: string | null;
  display: (text: string) => string;
};

/** What runs say in one place. Where that is close to the first variant, the characters that differ are underlined. */
export function VariantText({ text, first, display }: VariantTextProps) {
  if (text === null) return <em className="font-normal">nothing here</em>;
  const parts = first === null ? null : closeDifference(display(first), display(text));
  return parts ? <Marked parts={parts} /> : <LongText text={display(text)} />;
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
