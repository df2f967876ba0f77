import { chipOf, type FormSetting, settings, type ValueType } from '@/lib/recipe/parameters';
import type { ChatRequest } from '@/lib/recipe/recipe';
import { requestToSettings } from './settings';

/** The maximum length of a label, and of one text in it, in characters. */
const maxOfLabel = 200;
const maxOfText: Partial<Record<ValueType['kind'], number>> = { text: 40, lines: 40, map: 40, name: 60 };

/** Labels name what is short first, and the prompt last of all: a long text may be cut. */
const order: readonly ValueType['kind'][] = [
  'name',
  'number',
  'seed',
  'integer',
  'choice',
  'switch',
  'lines',
  'map',
  'text',
];
const inOrder = order
  .flatMap((kind) => settings.filter(({ type }) => type.kind === kind))
  .sort((a, b) => Number(a.key === 'prompt') - Number(b.key === 'prompt'));

/** Labels of two requests that say what differs between them: "T 0.2, no seed" and "T 1, seed 7". */
export function labelApart(first: ChatRequest, second: ChatRequest): [string, string] {
  const [a, b] = [requestToSettings(first), requestToSettings(second)];
  const differing = inOrder.filter(({ key }) => a[key] !== b[key]);
  const label = (own: typeof a, other: typeof a) =>
    cut(differing.map((setting) => settingLabel(setting, own[setting.key], other[setting.key])).join(', '), maxOfLabel);
  return [label(a, b), label(b, a)];
}

/** One setting in a label: "T 0.7", "no seed". A long text shows the place where it parts from `other`. */
export function settingLabel(setting: FormSetting, text: string, other = ''): string {
  const { kind } = setting.type;
  const line = kind === 'text' ? fromParting(text, other) : text.replaceAll('\n', ', ');
  return chipOf(setting, cut(line, maxOfText[kind] ?? maxOfLabel));
}

/** A text from the last word before the place where it parts from another, so that long wordings can be told apart. */
function fromParting(own: string, other: string): string {
  const [words, others] = [own.trim().split(/\s+/), other.trim().split(/\s+/)];
  const parting = words.findIndex((word, index) => word !== others[index]);
  const from = (parting < 0 ? words.length : parting) - 1;
  return from < 3 ? words.join(' ') : `… ${words.slice(from).join(' ')}`;
}

/** At most `max` characters, without cutting one in half. What is cut ends in "…". */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
