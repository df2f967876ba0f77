import type { ReactNode } from 'react';
import type { Part } from '@/lib/compare/diff';
import { makeVisible } from '@/lib/compare/invisible';

type RunTextProps = { parts: readonly Part[]; beyond: string; fork: { word: number; offset: number } | null };

/**
 * A run's text as text, never as markup, with marks where it differs from the baseline: replaced words stand on orange
 * over a solid line, added ones on blue over a dashed line, and a caret counts the words that are missing.
 */
export function RunText({ parts, beyond, fork }: RunTextProps) {
  let offset = 0;
  const pieces: ReactNode[] = [];
  for (const part of parts) {
    const end = offset + part.text.length;
    const forksHere = fork !== null && offset <= fork.offset && fork.offset < end;
    const before = forksHere ? fork.offset - offset : 0;
    if (before > 0) pieces.push(<PartText key={`${offset}-`} part={{ ...part, text: part.text.slice(0, before) }} />);
    if (forksHere) pieces.push(<ForkFlag key="fork" word={fork.word} />);
    pieces.push(<PartText key={`${offset}-${part.kind}`} part={{ ...part, text: part.text.slice(before) }} />);
    offset = end;
  }
  return (
    <p dir="auto" className="isolate whitespace-pre-wrap break-words text-base leading-relaxed">
      {pieces}
      <Visible text={beyond} />
    </p>
  );
}

function ForkFlag({ word }: { word: number }) {
  return (
    <span
      data-fork={word}
      className="mx-1 select-none whitespace-nowrap rounded-sm border border-replaced-line px-1 align-text-top font-mono text-[11px] text-caution leading-none"
    >
      word {word}
    </span>
  );
}

function PartText({ part }: { part: Part }) {
  if (part.kind === 'same') return <Visible text={part.text} />;
  if (part.kind === 'missing') return <Missing was={part.was} />;
  const [, space = '', words = ''] = /^([ \n]*)([\s\S]*)$/.exec(part.text) ?? [];
  const look =
    part.kind === 'replaced'
      ? 'bg-replaced text-replaced-ink decoration-solid decoration-replaced-line'
      : 'bg-added text-added-ink decoration-dashed decoration-added-line';
  return (
    <>
      {words === '' ? null : space}
      <mark
        data-kind={part.kind}
        title={part.kind === 'replaced' ? `instead of “${part.was.trim()}”` : 'only here'}
        className={`rounded-xs underline decoration-2 underline-offset-4 ${look}`}
      >
        {words === '' ? showSpace(space) : <Visible text={words} tabs />}
      </mark>
    </>
  );
}

/** Text with signs for characters that cannot be seen, which may be all that differs; for tabs only where they do. */
function Visible({ text, tabs = false }: { text: string; tabs?: boolean }) {
  return makeVisible(text).map((part, index) =>
    part.sign === null || (part.text === '\t' && !tabs) ? (
      part.text
    ) : (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no other name
        key={index}
        title={part.name}
        className="mx-px rounded-xs border border-current px-0.5 font-mono text-[11px]"
      >
        <span aria-hidden>{part.sign}</span>
        <span className="sr-only">{part.name}</span>
      </span>
    ),
  );
}

function Missing({ was }: { was: string }) {
  const words = was.trim().split(/\s+/).length;
  return (
    <span
      data-kind="missing"
      title={`missing here: “${was.trim()}”`}
      className="mx-0.5 select-none rounded-xs border border-added-line border-dashed px-0.5 align-baseline font-mono text-[11px] text-added-line"
    >
      <span aria-hidden>^{words}</span>
      <span className="sr-only">
        {words} {words === 1 ? 'word' : 'words'} missing
      </span>
    </span>
  );
}

/** White space that is itself the difference is drawn, and kept. */
const showSpace = (space: string): string => space.replaceAll('\n', '↵\n').replaceAll(' ', '␣');
