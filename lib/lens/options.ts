import type { Option, Rest } from './moment';

/** Options one by one, and all other tokens together. */
export type OptionList = { options: Option[]; rest: Rest };

/** The list with more options at its end, which are no longer among the rest; those that it has already are left out. */
export function listMore({ options, rest }: OptionList, more: readonly Option[]): OptionList {
  const known = new Map([...options, ...more].map((option) => [option.token, option]));
  for (const { token } of options) known.delete(token);
  const added = [...known.values()];
  return { options: [...options, ...added], rest: changed(rest, -1, added) };
}

/** The list with its first `max` options and those with a token that is `kept`; all others are among the rest. */
export function listFewer({ options, rest }: OptionList, max: number, kept: ReadonlySet<string>): OptionList {
  const stays = ({ token }: Option, at: number): boolean => at < max || kept.has(token);
  const dropped = options.filter((option, at) => !stays(option, at));
  return { options: options.filter(stays), rest: changed(rest, 1, dropped) };
}

/** How many tokens there are in all, the end of the text among them; null if that is not known. */
export const tokensInAll = ({ options, rest }: OptionList): number | null =>
  rest.tokens === null ? null : rest.tokens + countKnown(options);

/** A token that the model cannot write has no probability at all, and is none of those that it chooses from. */
const countKnown = (options: readonly Option[]): number => options.filter(({ probability }) => probability > 0).length;

/** The rest with some options more in it (`sign` 1), or with some fewer (-1). */
function changed(rest: Rest, sign: 1 | -1, options: readonly Option[]): Rest {
  const change = (of: (option: Option) => number | null) =>
    sign * options.reduce((sum, option) => sum + (of(option) ?? 0), 0);
  return {
    tokens: rest.tokens === null ? null : rest.tokens + sign * countKnown(options),
    probability: Math.max(0, rest.probability + change(({ probability }) => probability)),
    chance: rest.chance === null ? null : Math.max(0, rest.chance + change(({ chance }) => chance)),
  };
}
