import { useId, useState } from 'react';
import { Select } from '@/components/ui/select';
import { nearMisses, surprise, type Traced } from '@/lib/lens/gather';
import type { Moment } from '@/lib/lens/moment';
import { sayShare, sayToken } from '@/lib/lens/say';
import { ShowToken } from './show-token';
import { useRoving } from './use-roving';

type WholeTextProps = { traced: Traced; at: number; onPlace: (at: number) => void };

const variants = ['text', 'surprise', 'misses'] as const;
type Variant = (typeof variants)[number];
const names: Record<Variant, string> = {
  text: 'How likely each token was',
  surprise: 'Surprise along the text',
  misses: 'Where it could have gone otherwise',
};

/** A run's whole text through the lens: how likely each token was, and where another was near. */
export function WholeText({ traced, at, onPlace }: WholeTextProps) {
  const [variant, setVariant] = useState<Variant>('text');
  return (
    <section aria-label={`The whole text of run ${traced.run}`} className="flex flex-col gap-2">
      <Select
        label={`Whole text of run ${traced.run}`}
        options={variants}
        value={variant}
        nameOf={(each) => names[each]}
        onChange={setVariant}
        className="flex-wrap text-sm"
      />
      {variant === 'text' && <Tinted traced={traced} at={at} onPlace={onPlace} />}
      {variant === 'surprise' && <Surprise moments={traced.moments} at={at} onPlace={onPlace} />}
      {variant === 'misses' && <Misses moments={traced.moments} onPlace={onPlace} />}
    </section>
  );
}

/** Thickness of the line under a token, in pixels, by its surprise in bits. */
const thickness = (bits: number): number => Math.min(4, Math.max(0, Math.round(bits / 2)));

/** One stop of the Tab key: a list whose tokens are chosen with the arrow keys, or pressed. */
function Tinted({ traced, at, onPlace }: WholeTextProps) {
  const id = useId();
  const list = useRoving(at, traced.moments.length, onPlace);
  return (
    <>
      <p className="text-[13px] text-dim">
        The thicker the line and the darker the ground, the less likely the token. Press one to see it; arrow keys go
        along.
      </p>
      <div
        role="listbox"
        aria-label={`Tokens of run ${traced.run}`}
        aria-activedescendant={`${id}-${at}`}
        tabIndex={0}
        onKeyDown={list.onKeyDown}
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
        title={`${sayShare(2 ** -bits)}, ${bits.toFixed(1)} bits`}
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

function Surprise({ moments, at, onPlace }: Omit<WholeTextProps, 'traced'> & { moments: readonly Moment[] }) {
  const bits = moments.map(surprise);
  const { container, onKeyDown, stop } = useRoving(at, moments.length, onPlace);
  const sum = bits.filter(Number.isFinite).reduce((all, each) => all + each, 0);
  return (
    <>
      <p className="text-[13px] text-dim">
        Bits of surprise per token: 0 had to come, 1 was one of two, 10 was one of a thousand. {sum.toFixed(0)} bits in
        all, {(sum / Math.max(1, bits.length)).toFixed(1)} a token.
      </p>
      <section
        ref={container}
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
            aria-label={`Token ${index + 1}, ${moment.token === '' ? 'the end' : sayToken(moment.token)}: ${(bits[index] ?? 0).toFixed(1)} bits`}
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

function Misses({ moments, onPlace }: Pick<WholeTextProps, 'onPlace'> & { moments: readonly Moment[] }) {
  return (
    <ol className="flex flex-col gap-1 text-sm">
      {nearMisses(moments, 8).map(({ at, instead }) => {
        const { token, options } = moments[at] ?? { token: '', options: [] };
        const own = options.find((option) => option.token === token);
        return (
          <li key={at}>
            <button
              type="button"
              onClick={() => onPlace(at)}
              className="min-h-6 rounded-sm text-start underline decoration-dotted underline-offset-4 pointer-coarse:min-h-11"
            >
              Token {at + 1}: {token === '' ? 'the end' : sayToken(token)} with{' '}
              {sayShare(own?.chance ?? own?.probability ?? 0)};{' '}
              {instead.token === '' ? 'the end' : sayToken(instead.token)} had{' '}
              {sayShare(instead.chance ?? instead.probability)}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
