import { GitFork } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { FirstDifference } from '@/lib/compare/align/fork';
import { findInvisible } from '@/lib/compare/align/invisible';
import { type Fold, isMarked, lengthInBase, liesIn, type Mark, type Place } from '@/lib/compare/align/marks';
import type { SideBySide } from '@/lib/compare/side-by-side';
import { nameFork } from '@/lib/words/fork';
import { sayMark, sayMissing } from '@/lib/words/marks';
import { FoldedText } from './folded-text';
import { Invisible } from './invisible';

type RunTextProps = {
  text: string;
  /** the text's beginning with its marks; not used if they are those of another text */
  parts?: readonly Mark[];
  fork?: SideBySide['fork'];
  folds?: readonly Fold[];
  /** the place that the reader has gone to: its marks are outlined */
  current?: Place | null;
  /** what pressing the flag at the fork does, if anything */
  onFork?: (() => void) | null;
};

/**
 * A run's text as text, never as markup, with marks where it differs from the baseline: replaced words are on orange with a
 * solid underline, added ones on blue with a dashed underline, and a caret counts the words that are missing, if any are. Every stretch
 * has its offset in the baseline (`data-base`), so that the same place can be found in every column.
 */
export const RunText = memo(function RunText({ text, parts = [], ...rest }: RunTextProps) {
  const marked = parts.map((part) => part.text).join('');
  const known = text.startsWith(marked);
  return (
    <p dir="auto" className="relative isolate whitespace-pre-wrap break-words ps-6 font-serif text-reading">
      {known && drawParts({ parts, ...rest })}
      <Visible text={known ? text.slice(marked.length) : text} />
    </p>
  );
});

/** The stretches in order, with a flag at the fork. */
function drawParts(props: Omit<RunTextProps, 'text'> & { parts: readonly Mark[] }): ReactNode[] {
  const { parts, fork = null, folds = [], current = null, onFork = null } = props;
  let [offset, base] = [0, 0];
  let flag = fork;
  const pieces: ReactNode[] = [];
  for (const part of parts) {
    const end = offset + part.text.length;
    const before = flag && flag.offset > offset && flag.offset < end && !isMarked(part) ? flag.offset - offset : 0;
    if (before > 0) pieces.push(...plainText(part.text.slice(0, before), offset, base, folds));
    if (flag && flag.offset < Math.max(end, offset + 1)) {
      pieces.push(<ForkFlag key="fork" fork={flag} onPress={onFork} />);
      flag = null;
    }
    if (isMarked(part)) {
      const here = liesIn(current, part, base);
      pieces.push(<MarkedText key={`${offset}-${part.kind}`} mark={part} offset={offset} base={base} current={here} />);
    } else pieces.push(...plainText(part.text.slice(before), offset + before, base + before, folds));
    offset = end;
    base += lengthInBase(part);
  }
  return pieces;
}

/** A stretch without marks, with its folds folded. */
function plainText(text: string, offset: number, base: number, folds: readonly Fold[]): ReactNode[] {
  const pieces: ReactNode[] = [];
  let at = 0;
  const pass = (to: number) => {
    if (at < to)
      pieces.push(
        <span key={base + at} data-base={base + at} data-at={offset + at}>
          <Visible text={text.slice(at, to)} />
        </span>,
      );
    at = to;
  };
  for (const { from, to, words } of folds) {
    const [start, end] = [Math.max(0, from - base), Math.min(text.length, to - base)];
    if (end <= start) continue;
    pass(start);
    pieces.push(<FoldedText key={`fold-${from}`} text={text.slice(start, end)} base={from} words={words} />);
    at = end;
  }
  pass(text.length);
  return pieces;
}

/** A mark in the margin of the line in which the texts part: it takes no room among the words. */
function ForkFlag({ fork, onPress }: { fork: FirstDifference; onPress: (() => void) | null }) {
  const name = nameFork(fork);
  const mark = (
    <>
      <GitFork aria-hidden size={14} strokeWidth={2.5} />
      <span className="sr-only">{name}</span>
    </>
  );
  if (!onPress)
    return (
      <span data-fork={fork.word} title={name} className={flagClass}>
        {mark}
      </span>
    );
  return (
    <button
      type="button"
      data-fork={fork.word}
      onClick={onPress}
      title={`The texts part: ${name}. How the words here were chosen`}
      className={`${flagClass} rounded-sm hover:bg-panel`}
    >
      {mark}
    </button>
  );
}

/** Where it stands in the text decides its line, and nothing else. */
const flagClass = 'absolute start-0 inline-grid size-6 select-none place-items-center text-caution';

const markClasses = {
  replaced: 'bg-replaced text-replaced-ink decoration-solid decoration-replaced-line',
  varies: 'bg-replaced text-replaced-ink decoration-solid decoration-replaced-line',
  missing: '',
  added: 'bg-added text-added-ink decoration-dashed decoration-added-line',
  shared: 'bg-added text-added-ink decoration-dotted decoration-added-line',
};

type MarkedTextProps = { mark: Mark; offset: number; base: number; current: boolean };

function MarkedText({ mark, offset, base, current }: MarkedTextProps) {
  if (mark.kind === 'same' || mark.kind === 'plain') return <Visible text={mark.text} />;
  const place = { 'data-kind': mark.kind, 'data-base': base, 'data-current': current || undefined };
  if (mark.text === '') return <Missing was={'was' in mark ? mark.was : ''} place={place} />;
  const [, space = '', words = ''] = /^([ \n]*)([\s\S]*)$/.exec(mark.text) ?? [];
  return (
    <>
      {words === '' ? null : space}
      <mark
        {...place}
        data-at={offset + (words === '' ? 0 : space.length)}
        title={sayMark(mark)}
        className={`rounded-xs underline decoration-2 underline-offset-4 ${markClasses[mark.kind]}`}
      >
        {words === '' ? showSpace(space) : <Visible text={words} tabs />}
      </mark>
      {mark.kind === 'varies' && <Share runs={mark.runs} of={mark.of} />}
    </>
  );
}

/** How many runs have these words: without a baseline, that is what a mark says. */
function Share({ runs, of }: { runs: number; of: number }) {
  return (
    <span className="ms-0.5 select-none align-super font-mono text-finest text-caution">
      <span aria-hidden>
        {runs}/{of}
      </span>
      <span className="sr-only">
        {' '}
        in {runs} of {of} runs
      </span>
    </span>
  );
}

/** Text with signs for invisible characters, which may be all that differs; for tabs only where they differ. */
function Visible({ text, tabs = false }: { text: string; tabs?: boolean }) {
  return findInvisible(text).map((part, index) =>
    part.kind === 'plain' || (part.text === '\t' && !tabs) ? (
      part.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no other name
      <span key={index} className="mx-px rounded-xs border border-current px-0.5 font-mono text-finest">
        <Invisible {...part} />
      </span>
    ),
  );
}

function Missing({ was, place }: { was: string; place: Record<`data-${string}`, unknown> }) {
  const words = was.split(/\s+/).filter((each) => /[\p{L}\p{N}]/u.test(each)).length;
  return (
    <span
      {...place}
      title={`missing here: “${was.trim() || showSpace(was)}”`}
      className="mx-0.5 select-none rounded-xs border border-added-line border-dashed px-0.5 align-baseline font-mono text-finest text-added-line"
    >
      <span aria-hidden>{words > 0 && `${words} `}missing</span>
      <span className="sr-only">{sayMissing(words, was)}</span>
    </span>
  );
}

/** Draws white space that is itself the difference, and keeps it. */
const showSpace = (space: string): string => space.replaceAll('\n', '↵\n').replaceAll(' ', '␣');
