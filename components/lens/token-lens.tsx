'use client';

import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Range } from '@/components/ui/range';
import { Select } from '@/components/ui/select';
import { type Gathered, gather, type Traced, unitLine } from '@/lib/lens/gather';
import type { Reshaped, Sliders } from '@/lib/lens/reshape';
import { sayMoment, sayReshaped, sayToken, sayTruth } from '@/lib/lens/say';
import type { Source } from '@/lib/lens/source';
import { DiceStrip, type Needle } from './dice-strip';
import type { LensLine } from './lens-line';
import { OptionBars } from './option-bars';
import { useReshaped } from './use-lens';
import { WholeText } from './whole-text';

/** A token of a run: its number, from 0. */
export type LensPlace = { run: number; at: number };

type TokenLensProps = {
  line: LensLine;
  /** the runs that can be looked at, with where their numbers come from */
  traced: readonly (Traced & { source: Source; settings: Sliders })[];
  place: LensPlace;
  /** how many runs there are in all */
  runs: number;
  onPlace: (place: LensPlace) => void;
  /** makes a new arm that says what the run has said before this token, then another token */
  onContinue: ((run: number, at: number, token: string) => void) | null;
  onClose: () => void;
  /** whether the lens takes the focus when it opens */
  takesFocus: boolean;
};

/** How one token was chosen, in all runs at the same place: what could have come, the draw, and what other settings would do. */
export function TokenLens({ line, traced, place, runs, onPlace, onContinue, onClose, takesFocus }: TokenLensProps) {
  const own = traced.find(({ run }) => run === place.run);
  const gathered = useMemo(() => gather(traced, place.run, place.at), [traced, place.run, place.at]);
  const [moved, setMoved] = useState<Sliders | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const focusFirst = useRef(takesFocus);
  useEffect(() => {
    if (focusFirst.current) heading.current?.focus({ preventScroll: true });
  }, []);
  if (!own || !gathered) return null;
  const sliders = moved ?? own.settings;
  const last = own.moments.length - 1;
  const step = (by: number) => onPlace({ run: place.run, at: Math.min(last, Math.max(0, place.at + by)) });
  return (
    <section
      aria-label="Token lens"
      className="flex flex-col gap-4 rounded-md border border-control bg-ground p-4"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 ref={heading} tabIndex={-1} className="font-semibold text-lg outline-none">
          Token {place.at + 1} of run {place.run}
        </h3>
        <span className="flex items-center print:hidden">
          <Button variant="quiet" onClick={() => step(-1)} disabled={place.at === 0} aria-label="Previous token">
            <ChevronLeft aria-hidden size={16} />
          </Button>
          <Range
            min={1}
            max={last + 1}
            value={place.at + 1}
            aria-label="Token"
            aria-valuetext={`Token ${place.at + 1} of ${last + 1}: ${gathered.moment.token === '' ? 'the end' : sayToken(gathered.moment.token)}`}
            onChange={(number) => onPlace({ run: place.run, at: number - 1 })}
            className="min-h-6 w-40 pointer-coarse:min-h-11"
          />
          <Button variant="quiet" onClick={() => step(1)} disabled={place.at >= last} aria-label="Next token">
            <ChevronRight aria-hidden size={16} />
          </Button>
        </span>
        {traced.length > 1 && (
          <Select
            label={
              <>
                of<span className="sr-only"> run</span>
              </>
            }
            options={traced.map(({ run }) => run)}
            value={place.run}
            nameOf={(run) => `run ${run}`}
            isDisabled={(run) => !traced.some((each) => each.run === run && each.moments.length > place.at)}
            onChange={(run) => onPlace({ run, at: place.at })}
            className="text-sm print:hidden"
          />
        )}
        <Button variant="quiet" onClick={onClose} className="ms-auto print:hidden" aria-label="Close the lens">
          <X aria-hidden size={16} /> Close
        </Button>
      </header>
      <Place
        line={line}
        gathered={gathered}
        traced={traced}
        sliders={sliders}
        moved={moved}
        onMove={setMoved}
        onContinue={onContinue && ((token) => onContinue(place.run, place.at, token))}
      />
      {traced.length < runs && (
        <p className="text-[13px] text-dim">
          {traced.length} of {runs} runs are looked at.
        </p>
      )}
      <WholeText traced={own} at={place.at} onPlace={(at) => onPlace({ run: place.run, at })} />
    </section>
  );
}

type PlaceProps = Pick<TokenLensProps, 'line' | 'traced'> & {
  gathered: Gathered;
  sliders: Sliders;
  moved: Sliders | null;
  onMove: (sliders: Sliders | null) => void;
  onContinue: ((token: string) => void) | null;
};

function Place({ line, gathered, traced, sliders, moved, onMove, onContinue }: PlaceProps) {
  const { moment, together, elsewhere, before, at } = gathered;
  const places = useMemo(
    () =>
      together.flatMap(({ run, moment: there }) => {
        const source = traced.find((each) => each.run === run)?.source;
        return source ? [{ source, moment: there, at }] : [];
      }),
    [together, traced, at],
  );
  const reshaped = useReshaped(line, places, moved);
  const own = reshaped[0] ?? null;
  const options = own ? own.options : gathered.options;
  const rest = own ? own.rest : moment.rest;
  const drawn = drawnIn(gathered, moved === null ? null : reshaped);
  // Where settings vary, each run has a line of its own: the strip is that of the run looked at.
  const alike = new Set(traced.filter(({ settings }) => sameSettings(settings, sliders)).map(({ run }) => run));
  const draws = drawn.flatMap(({ run, token, segment }) =>
    segment && (moved || alike.has(run)) ? [{ token, ...segment }] : [],
  );
  const needles = needlesOf(drawn);
  const takenBy = Map.groupBy(together, (each) => each.moment.token);
  const context = before.replaceAll('\u0000', '').slice(-80);
  return (
    <>
      <p className="text-sm">
        {before === '' ? 'At the start' : 'After '}
        <span className="whitespace-pre-wrap text-dim">
          {before !== '' && `“${context.length === 80 ? '…' : ''}${context.trimStart()}”`}
        </span>
        :{' '}
        {sayMoment(
          gathered.options,
          together.map(({ run, moment: { token } }) => ({ run, token })),
        ).join(' ')}
        {elsewhere.length > 0 && <span className="text-dim"> {sayElsewhere(elsewhere)}</span>}
      </p>
      <div className="grid gap-6 lg:grid-cols-2">
        <div className="min-w-0 overflow-x-auto print:overflow-visible">
          <OptionBars
            options={options}
            rest={rest}
            takenBy={
              new Map(
                [...takenBy].map(([token, runs]) => [token, runs.map(({ run }) => run).toSorted((a, b) => a - b)]),
              )
            }
            cutBy={sliders.temperature === 0 ? 'temperature 0' : `top-p ${sliders.top_p}`}
            onContinue={onContinue}
          />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {needles.length > 0 && <DiceStrip segments={unitLine(options, draws)} needles={needles} />}
          <SettingSliders sliders={sliders} moved={moved !== null} onMove={onMove} />
          {moved && (
            <p role="status" className="text-sm">
              {sayWould(gathered, reshaped, moved)}
            </p>
          )}
          <p className="text-[13px] text-dim">{sayTruth(moment)}</p>
        </div>
      </div>
    </>
  );
}

function sayElsewhere(runs: readonly number[]): string {
  const names = runs.length > 6 ? `${runs.length} runs` : `${runs.length === 1 ? 'Run' : 'Runs'} ${runs.join(', ')}`;
  return `${names} ${runs.length === 1 ? 'has' : 'have'} another history by now.`;
}

const sameSettings = (a: Sliders, b: Sliders): boolean => a.temperature === b.temperature && a.top_p === b.top_p;

type Drawn = { run: number; u: number; token: string; segment: { from: number; to: number } | null };

/** Where each run's draw fell, and what it hit: under the sliders' settings, if they were moved. */
function drawnIn({ together }: Gathered, reshaped: readonly (Reshaped | null)[] | null): Drawn[] {
  return together.flatMap(({ run, moment }, index) => {
    if (!moment.draw) return [];
    const would = reshaped?.[index]?.would;
    const { from, to } = would ?? moment.draw;
    const token = would?.token ?? moment.token;
    return [{ run, u: moment.draw.u, token, segment: moment.given ? null : { from, to } }];
  });
}

/** A needle for each draw and what came of it. */
function needlesOf(drawn: readonly Drawn[]): Needle[] {
  const sorted = drawn.toSorted((a, b) => a.run - b.run);
  return [...Map.groupBy(sorted, ({ u, token }) => `${u} ${token}`).values()].map((those) => ({
    u: those[0]?.u ?? 0,
    runs: those.map(({ run }) => run),
    token: those[0]?.token ?? '',
  }));
}

function sayWould({ together }: Gathered, reshaped: readonly (Reshaped | null)[], sliders: Sliders): string {
  const [first, ...others] = together.flatMap(({ run, moment }, index) => {
    const there = reshaped[index];
    const sentence = there ? sayReshaped(moment, there, sliders) : null;
    return sentence ? [{ run, sentence, token: there?.would?.token }] : [];
  });
  if (!first) return 'Bars after slider changes are estimates.';
  if (others.every(({ token }) => token === first.token)) return first.sentence;
  const all = [first, ...others].toSorted((a, b) => a.run - b.run).slice(0, 8);
  const given = all.map(({ run, token = '' }) => `${token === '' ? 'the end' : sayToken(token)} in run ${run}`);
  return `With T ${sliders.temperature} and top-p ${sliders.top_p} the same draws would give ${given.join(', ')}.`;
}

type SettingSlidersProps = { sliders: Sliders; moved: boolean; onMove: (sliders: Sliders | null) => void };

/** Temperature and top-p, to try out: nothing is run again. */
function SettingSliders({ sliders, moved, onMove }: SettingSlidersProps) {
  return (
    <fieldset className={`flex flex-col gap-2 rounded-md border border-hairline p-3 ${moved ? '' : 'print:hidden'}`}>
      <legend className="px-1 text-[13px] text-dim">Try other settings; nothing is run again</legend>
      <Slider
        name="Temperature"
        most={2}
        value={sliders.temperature}
        onChange={(temperature) => onMove({ ...sliders, temperature })}
      />
      <Slider name="Top-p" most={1} value={sliders.top_p} onChange={(top_p) => onMove({ ...sliders, top_p })} />
      <Button variant="quiet" className="self-start print:hidden" disabled={!moved} onClick={() => onMove(null)}>
        As it was run
      </Button>
    </fieldset>
  );
}

type SliderProps = { name: string; most: number; value: number; onChange: (value: number) => void };

function Slider({ name, most, value, onChange }: SliderProps) {
  const id = useId();
  return (
    <div className="grid min-h-6 grid-cols-[1fr_auto] items-center gap-x-3 text-sm sm:grid-cols-[6rem_1fr_2.5rem]">
      <label htmlFor={id}>{name}</label>
      <Range
        id={id}
        min={0}
        max={most}
        step={0.05}
        value={value}
        aria-valuetext={String(value)}
        onChange={onChange}
        className="min-w-0 max-sm:order-last max-sm:col-span-2 pointer-coarse:min-h-11"
      />
      <span className="text-right font-mono tabular-nums">{value}</span>
    </div>
  );
}
