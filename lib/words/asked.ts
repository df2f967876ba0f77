import type { Asked } from '@/lib/recipe/asked';
import { chipOf, parameters } from '@/lib/recipe/parameters';
import { counted, inSequence, plural } from './english';

/**
 * A recipe in short, part by part, the models first and the runs last: `['seedling-1', 'seed 7', 'T 0, 0.5, 1', '6 runs']`. A
 * provider that is not the built-in one stands before its models, which may have any name: `['openai: gpt-6-luna', 'no seed', '6 runs']`.
 * What varies is listed in the order of the runs.
 */
export function sayAsked({ models, settings, conversations, runs }: Asked): [models: string, ...rest: string[]] {
  return [
    models.map(({ provider, names }) => `${provider === null ? '' : `${provider}: `}${inSequence(names)}`).join('; '),
    ...settings.map(saySetting),
    ...(conversations > 1 ? [counted(conversations, 'prompt')] : []),
    counted(runs, 'run'),
  ];
}

function saySetting({ key, values }: Asked['settings'][number]): string {
  const given = values.filter((value) => value !== null);
  const unset = given.length < values.length;
  if (key === 'seed' && given.length > 0)
    return `${plural(given.length, 'seed')} ${sayValues(given)}${unset ? ' and none' : ''}`;
  const row = parameters.find((parameter) => parameter.key === key) ?? parameters[0];
  if (given.length === 0) return chipOf(row, '');
  return `${chipOf(row, sayValues(given))}${unset ? ' and not set' : ''}`;
}

/** "1 to 5" of whole numbers one after the other, "0, 0.5, 1" of a few others, "0, 0.1, …, 1" of many. */
function sayValues(values: readonly string[]): string {
  const [first = '', second = ''] = values;
  const last = values.at(-1) ?? '';
  const isWhole = /^-?\d+$/.test(first);
  const inARow = isWhole && values.every((value, index) => value === String(BigInt(first) + BigInt(index)));
  if (values.length > 2 && inARow) return `${first} to ${last}`;
  return inSequence(values.length > 5 ? [first, second, '…', last] : values);
}
