import { type KeyboardEvent, useId, useState } from 'react';
import { nextInRow, rovingFocus } from '@/components/ui/roving-focus';
import { Select } from '@/components/ui/select';
import type { TracedRun } from '@/lib/lens/across-runs';
import { type Moment, shareOf } from '@/lib/lens/moment';
import { nearMisses, surprise } from '@/lib/lens/surprise';
import { sayWholePercent } from '@/lib/words/numbers';
import { tokenName } from '@/lib/words/token';
import { ShowToken } from './show-token';

type WholeTextProps = { traced: TracedRun; at: number; onPlace: (at: number) => void };

const views = ['text', 'surprise', 'misses'] as const;
type WholeTextView = (typeof views)[number];
const viewNames: Record<WholeTextView, string> = {
  text: 'How likely each token was',
  surprise: 'Surprise along the text',
  misses: 'Where it could have gone otherwise',
};

/** A run's whole text: how likely each token was, and where another one was close. */
export function WholeText({ traced, at, onPlace }: WholeTextProps) {
  const [view, setView] = useState<WholeTextView>('text');
  return (
    <section aria-label={`The whole text of run ${traced.run}`} className="flex flex-col gap-2">
      <Select
        label={`Whole text of run ${traced.run}`}
        options={views}
        value={view}
        nameOf={(each) => viewNames[each]}
        onChange={setView}
        className="flex-wrap text-sm"
      />
      {view === 'text' && <TintedText traced={traced} at={at} onPlace={onPlace} />}
      {view === 'surprise' && <SurpriseBars moments={traced.moments} at={at} onPlace={onPlace} />}
      {view === 'misses' && <NearMissList moments={traced.moments} onPlace={onPlace} />}
    </section>
  );
}

/** Thickness of the line under a token, in pixels, by its surprise in bits. */
const thickness = (bits: number): number => Math.min(4, Math.max(0, Math.round(bits / 2)));

/** A single stop of the Tab key: a list whose tokens are chosen with the arrow keys, or pressed. */
function TintedText({ traced, at, onPlace }: WholeTextProps) {
  const id = useId();
  function onKeyDown(event: KeyboardEvent) {
    const to = nextInRow(event, at, traced.moments.length);
    if (to === null) return;
    event.preventDefault();
    onPlace(to);
  }
  return (
    <>
      <p className="text-fine text-dim">
        The thicker the line and the darker the ground, the less likely the token. Press one to see it; arrow keys go
        along.
      </p>
      <div
        role="listbox"
        aria-label={`Tokens of run ${traced.run}`}
        aria-activedescendant={`${id}-${at}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        dir="auto"
        className="max-w-prose whitespace-pre-wrap break-words leading-loose"
      >
        {traced.moments
          .map((moment, place) => ({ moment, place }))
          .map(({ moment, place }) => (
            <Token
              key={place}
              id={`${id}-${place}`}
              moment={moment}
              text={traced.text}
              current={place === at}
              onPress={() => onPlace(place)}
            />
          ))}
      </div>
    </>
  );
}

type TokenProps = { id: string; moment: Moment; text: string; current: boolean; onPress: () => void };

function Token({ id, moment, text, current, onPress }: TokenProps) {
  const bits = surprise(moment);
  const shown = text.slice(moment.from, moment.to);
  return (
    <>
      {moment.token === '' && ' '}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the list has the focus */}
      <span
        id={id}
        role="option"
        aria-selected={current}
        title={`${sayWholePercent(2 ** -bits)}, ${bits.toFixed(1)} bits`}
        onClick={onPress}
        style={{
          background: `color-mix(in srgb, var(--chance) ${Math.min(40, Math.round(bits * 7))}%, transparent)`,
          borderBlockEndWidth: thickness(bits),
        }}
        className="cursor-pointer rounded-xs border-chance-line aria-selected:outline-2 aria-selected:outline-accent"
      >
        {shown.trim() === '' ? <ShowToken token={shown} /> : shown}
      </span>
      {shown.includes('\n') && <br />}
    </>
  );
}

const maxBits = 12;

function SurpriseBars({ moments, at, onPlace }: Omit<WholeTextProps, 'traced'> & { moments: readonly Moment[] }) {
  const bits = moments.map(surprise);
  const { onKeyDown, stop } = rovingFocus({
    current: at,
    idOf: String,
    next: (event) => nextInRow(event, at, moments.length),
    onMove: onPlace,
  });
  const sum = bits.filter(Number.isFinite).reduce((all, each) => all + each, 0);
  return (
    <>
      <p className="text-fine text-dim">
        Bits of surprise per token: 0 had to come, 1 was one of two, 10 was one of a thousand. {sum.toFixed(0)} bits in
        all, {(sum / Math.max(1, bits.length)).toFixed(1)} a token.
      </p>
      <section
        aria-label="Tokens, by arrow keys"
        onKeyDown={onKeyDown}
        className="relative flex h-28 items-end gap-px overflow-x-auto border-hairline border-b"
      >
        {moments.map((moment, index) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a token's place is its name
            key={index}
            type="button"
            {...stop(index)}
            onClick={() => onPlace(index)}
            aria-current={index === at || undefined}
            aria-label={`Token ${index + 1}, ${tokenName(moment.token)}: ${(bits[index] ?? 0).toFixed(1)} bits`}
            className="flex h-full min-w-6 grow items-end aria-[current]:bg-panel"
          >
            <span
              style={{ height: `${(100 * Math.min(maxBits, bits[index] ?? 0)) / maxBits}%` }}
              className="w-full border border-chance-line bg-chance"
            />
          </button>
        ))}
      </section>
    </>
  );
}

/** At most this many near misses are listed, the nearest ones. */
const maxMisses = 8;

function NearMissList({ moments, onPlace }: Pick<WholeTextProps, 'onPlace'> & { moments: readonly Moment[] }) {
  return (
    <ol className="flex flex-col gap-1 text-sm">
      {nearMisses(moments, maxMisses).map(({ at, chosen, instead }) => (
        <li key={at}>
          <button
            type="button"
            onClick={() => onPlace(at)}
            className="min-h-6 rounded-sm text-start underline decoration-dotted underline-offset-4 pointer-coarse:min-h-11"
          >
            Token {at + 1}: {tokenName(moments[at]?.token ?? '')} with {sayWholePercent(chosen ? shareOf(chosen) : 0)};{' '}
            {tokenName(instead.token)} had {sayWholePercent(shareOf(instead))}
          </button>
        </li>
      ))}
    </ol>
  );
}
