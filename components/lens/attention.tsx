import { type KeyboardEvent, useId, useState } from 'react';
import { Term } from '@/components/glossary/term';
import { nextInRow, plainKey, rovingFocus } from '@/components/ui/roving-focus';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { type HeadChoice, type HeadLook, headLook, type Inside, mostLookedAt } from '@/lib/lens/inside';
import { capital, listed } from '@/lib/words/english';
import { lookedAtName, roleOfMark, sayHeadLook, sayHeads, sayLookedAt, sayShare } from '@/lib/words/inside';
import { ShowToken } from './show-token';

type AttentionProps = { inside: Inside; choice: HeadChoice; onChoose: (choice: HeadChoice) => void; look: HeadLook };

/** What heads looked at when a token was chosen: the words of prompt and text, shaded by their share of the look. */
export function Attention({ inside, choice, onChoose, look }: AttentionProps) {
  const most = mostLookedAt(look, 3).map(({ at, weight }) => sayLookedAt(inside.tokens[at] ?? '', weight));
  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="text-sm">
        <strong className="block">What it looked at</strong>
        <span className="text-dim">
          <Term name="attention">Attention</Term>: {sayHeads(choice)} looked most at {listed(most)}.{' '}
          {sayHeadLook(choice, look)}
        </span>
      </figcaption>
      <div className="flex flex-wrap items-start gap-x-5 gap-y-3">
        <HeadGrid inside={inside} choice={choice} onChoose={onChoose} />
        <LookedAtText inside={inside} look={look} />
      </div>
      <LookTable inside={inside} look={look} />
    </figure>
  );
}

const placeOf = ({ layer, head }: HeadChoice): string => `${layer ?? 'all'}-${head ?? 'all'}`;

/** Layers as rows, heads as columns, and the mean of each before them. One stop of the Tab key; arrows choose. */
function HeadGrid({ inside, choice, onChoose }: Omit<AttentionProps, 'look'>) {
  const { attention } = inside;
  const heads = attention[0]?.length ?? 0;
  const rows: HeadChoice[][] = [
    [{ layer: null, head: null }],
    ...attention.map((_, layer) => [null, ...Array(heads).keys()].map((head) => ({ layer, head }))),
  ];
  const { onKeyDown, stop } = rovingFocus<HeadChoice>({
    current: choice,
    idOf: placeOf,
    next: (event) => nextHead(event, rows, choice),
    onMove: onChoose,
  });
  return (
    <fieldset onKeyDown={onKeyDown} className="flex max-w-60 flex-col gap-0.5 pointer-coarse:max-w-80 print:hidden">
      <legend className="pb-1 text-fine text-dim">
        Layers down, heads across. The fuller a square, the less its head left on the first mark.
      </legend>
      {rows.map((row) => (
        <div key={placeOf(row[0] ?? choice)} className="flex gap-0.5">
          {row.map((each) => (
            <HeadButton
              key={placeOf(each)}
              name={capital(sayHeads(each))}
              label={labelOf(each)}
              awake={1 - headLook(inside, each).first}
              chosen={placeOf(each) === placeOf(choice)}
              stop={stop(each)}
              onChoose={() => onChoose(each)}
            />
          ))}
        </div>
      ))}
    </fieldset>
  );
}

/** What stands on the button of a mean; '' of a single head. */
function labelOf({ layer, head }: HeadChoice): string {
  if (layer === null) return 'all';
  return head === null ? String(layer + 1) : '';
}

/** Where an arrow key leads in rows of unequal length. */
function nextHead(event: KeyboardEvent, rows: readonly HeadChoice[][], choice: HeadChoice): HeadChoice | null {
  const row = choice.layer === null ? 0 : choice.layer + 1;
  const column = choice.head === null ? 0 : choice.head + 1;
  const down = { ArrowUp: row - 1, ArrowDown: row + 1 }[plainKey(event) ?? ''];
  if (down !== undefined) {
    const there = rows[down];
    return there?.[Math.min(column, there.length - 1)] ?? null;
  }
  const to = nextInRow(event, column, rows[row]?.length ?? 0);
  return to === null ? null : (rows[row]?.[to] ?? null);
}

type HeadButtonProps = {
  name: string;
  /** '' of a single head */
  label: string;
  /** how much of its look is not on the first mark */
  awake: number;
  chosen: boolean;
  stop: ReturnType<ReturnType<typeof rovingFocus<HeadChoice>>['stop']>;
  onChoose: () => void;
};

function HeadButton({ name, label, awake, chosen, stop, onChoose }: HeadButtonProps) {
  return (
    <button
      type="button"
      {...stop}
      onClick={onChoose}
      aria-pressed={chosen}
      aria-label={name}
      title={`${name}: ${sayShare(1 - awake)} on the first mark`}
      className={`relative flex h-6 items-end overflow-hidden rounded-xs border border-control text-fine aria-pressed:outline-2 aria-pressed:outline-accent pointer-coarse:h-8 ${label === '' ? 'w-6 pointer-coarse:w-8' : 'w-8 justify-center'}`}
    >
      {label === '' ? (
        <span
          aria-hidden
          style={{ height: `${Math.round(100 * awake)}%` }}
          className="w-full border-chance-line border-t bg-chance"
        />
      ) : (
        <span className="leading-6 pointer-coarse:leading-8">{label}</span>
      )}
    </button>
  );
}

/** The text up to the choice: the darker the ground and the thicker the line, the more a token was looked at. */
function LookedAtText({ inside, look }: Pick<AttentionProps, 'inside' | 'look'>) {
  const id = useId();
  const [pointed, setPointed] = useState<number | null>(null);
  const { tokens, came } = inside;
  const at = pointed !== null && pointed < tokens.length ? pointed : (mostLookedAt(look, 1)[0]?.at ?? 0);
  function onKeyDown(event: KeyboardEvent) {
    const to = nextInRow(event, at, tokens.length);
    if (to === null) return;
    event.preventDefault();
    setPointed(to);
  }
  return (
    <div className="min-w-40 flex-1 basis-40">
      <ScrollRegion label="Prompt and text, shaded" className="max-h-56 overflow-y-auto">
        <div
          role="listbox"
          aria-label="Tokens that were looked at"
          aria-activedescendant={`${id}-${at}`}
          tabIndex={0}
          onKeyDown={onKeyDown}
          onPointerLeave={() => setPointed(null)}
          dir="auto"
          className="whitespace-pre-wrap break-words p-0.5 leading-loose"
        >
          {tokens
            .map((token, place) => ({ token, place }))
            .map(({ token, place }) => (
              <LookedAt
                key={place}
                id={`${id}-${place}`}
                token={token}
                first={place === 0}
                weight={look.weights[place] ?? 0}
                shade={place === 0 ? 0 : (look.shades[place] ?? 0)}
                selected={place === at}
                onPoint={() => setPointed(place)}
              />
            ))}
          <span aria-hidden className="ms-1 whitespace-nowrap text-dim">
            →{' '}
            <strong className="text-ink">
              <ShowToken token={came.trimStart() || came} />
            </strong>
          </span>
        </div>
      </ScrollRegion>
      <p className="text-fine tabular-nums">{capital(sayLookedAt(tokens[at] ?? '', look.weights[at] ?? 0))}</p>
    </div>
  );
}

type LookedAtProps = {
  id: string;
  token: string;
  first: boolean;
  weight: number;
  /** from 0 to 1 */
  shade: number;
  selected: boolean;
  onPoint: () => void;
};

function LookedAt({ id, token, first, weight, shade, selected, onPoint }: LookedAtProps) {
  const role = roleOfMark(token);
  return (
    <>
      {role && !first && <br />}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the list has the focus */}
      <span
        id={id}
        role="option"
        aria-selected={selected}
        aria-label={sayLookedAt(token, weight)}
        onPointerEnter={onPoint}
        style={{
          background: `color-mix(in srgb, var(--chance) ${Math.round(45 * shade)}%, transparent)`,
          borderBlockEndWidth: Math.round(4 * shade),
        }}
        className={`rounded-xs border-chance-line aria-selected:outline aria-selected:outline-accent ${role ? 'text-dim text-fine' : ''}`}
      >
        {role && `‹${role}›`}
        {!role && (token.trim() === '' ? <ShowToken token={token} /> : token)}
      </span>
      {role && ' '}
    </>
  );
}

/** The same as a table, for whoever wants figures. */
function LookTable({ inside, look }: Pick<AttentionProps, 'inside' | 'look'>) {
  return (
    <details className="text-sm">
      <summary className="min-h-6 text-fine pointer-coarse:min-h-11">As a table</summary>
      <ScrollRegion label="Shares of the look" className="max-h-64 overflow-y-auto">
        <table className="tabular-nums">
          <thead className="text-left text-fine text-dim">
            <tr>
              <th scope="col" className="pe-4 font-normal">
                Token
              </th>
              <th scope="col" className="font-normal">
                Share of the look
              </th>
            </tr>
          </thead>
          <tbody>
            {inside.tokens
              .map((token, at) => ({ token, at }))
              .map(({ token, at }) => (
                <tr key={at}>
                  <th scope="row" className="pe-4 text-left font-normal">
                    {lookedAtName(token)}
                  </th>
                  <td className="text-right">{sayShare(look.weights[at] ?? 0)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </ScrollRegion>
    </details>
  );
}
