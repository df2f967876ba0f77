import type { SharedChoice } from './across-runs';
import type { Legend } from './facts';
import { drawOutcomes, type Needle, needlesOf } from './needles';
import { listFewer, listMore, type OptionList, tokensInAll } from './options';
import type { Reshaped, Sliders } from './reshaped';
import { slidersOf } from './setting';
import { type LineSegment, unitLine } from './unit-line';

/**
 * One choice as it is drawn: its options as bars and, end to end, as the unit line, with a needle for each draw. All of it
 * is as it was run, or all of it under sliders that were `moved`; `sliders` says which temperature and top-p that is.
 */
export type Strip = OptionList & {
  choice: SharedChoice;
  line: LineSegment[];
  needles: Needle[];
  sliders: Sliders;
  moved: boolean;
  legend: Legend;
};

/** Other settings for a choice, and what they make of its runs: in the order of `together`, null where that is not known yet. */
export type Moved = { sliders: Sliders; reshaped: readonly (Reshaped | null)[] };

/** A choice as it was run; or, once it is known, under other settings. */
export function stripOf(choice: SharedChoice, moved: Moved | null): Strip {
  const [first] = moved?.reshaped ?? [];
  const underSliders = moved !== null && first ? { ...moved, list: relisted(choice, first, moved.reshaped) } : null;
  const { options, rest } = underSliders?.list ?? choice;
  const outcomes = drawOutcomes(choice.together, underSliders?.reshaped);
  return {
    choice,
    options,
    rest,
    line: unitLine(options, outcomes),
    needles: needlesOf(outcomes),
    sliders: underSliders?.sliders ?? slidersOf(choice.setting),
    moved: underSliders !== null,
    legend: legendOf({ options, rest }, first?.exact ?? true),
  };
}

/** The options as reshaped for the first run, with what the others took, or would have. */
function relisted({ together }: SharedChoice, first: Reshaped, reshaped: readonly (Reshaped | null)[]): OptionList {
  const others = reshaped.flatMap((each, at) => {
    const wanted = [together[at]?.moment.token, each?.sameDraw?.token];
    return each?.options.filter(({ token }) => wanted.includes(token)) ?? [];
  });
  return listMore(first, others);
}

function legendOf(list: OptionList, exact: boolean): Legend {
  if (!exact) return { kind: 'estimated' };
  return list.rest.chance === null ? { kind: 'reported' } : { kind: 'settled', inAll: tokensInAll(list) };
}

/** A strip with fewer bars: the first `max`, and those that runs took or would take. Its line stays as it is. */
export function withFewerBars(strip: Strip, max: number): Strip {
  const taken = [
    ...strip.choice.together.map(({ moment }) => moment.token),
    ...strip.needles.map(({ token }) => token),
  ];
  return { ...strip, ...listFewer(strip, max, new Set(taken)) };
}
