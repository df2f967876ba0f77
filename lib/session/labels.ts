import type { Setting } from '@/lib/lens/setting';
import { chipOf, type FormSetting, settings, type ValueType } from '@/lib/recipe/parameters';
import { armLabel, armRequests } from '@/lib/recipe/plan';
import type { ChatRequest, Recipe } from '@/lib/recipe/recipe';
import { requestToSettings } from './settings';

/** The maximum length of a label, and of one text in it, in characters. */
const maxOfLabel = 200;
const maxOfText: Partial<Record<ValueType['kind'], number>> = { text: 40, lines: 40, map: 40, name: 60 };
const maxOfBeginning = 25;

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

/** Labels of requests that say what differs between them: "T 0.2, no seed" and "T 1, seed 7". */
export function labelsApart(requests: readonly ChatRequest[]): string[] {
  const all = requests.map(requestToSettings);
  const differing = inOrder.filter(({ key }) => all.some((each) => each[key] !== all[0]?.[key]));
  return all.map((own) => {
    const said = differing.map((setting) => {
      const other = all.find((each) => each[setting.key] !== own[setting.key]);
      return settingLabel(setting, own[setting.key], other?.[setting.key]);
    });
    return cut(said.join(', '), maxOfLabel);
  });
}

/** What each arm is called: its label, or else what differs in it; null where nothing tells it from the others. */
export function armNames(recipe: Recipe): (string | null)[] {
  const labels = (recipe.arms ?? []).map((_, arm) => armLabel(recipe, arm));
  if (!labels.includes(null)) return labels;
  const apart = labelsApart(armRequests(recipe));
  return labels.map((label, arm) => label ?? (apart[arm] || null));
}

/**
 * Labels of what shapes a run's distributions, by key, that say what differs: "T 0" and "T 1"; "back end f32" and "back end
 * bf16"; "sums in one part" and "sums in 3 parts"; "begins “The moon is soft”" where the request gives the beginning; "setting 2"
 * where that is not one of these. A single one has nothing to be told from: ''.
 */
export function settingLabels(those: readonly Setting[]): ReadonlyMap<string, string> {
  const settings = [...new Map(those.map((setting) => [setting.key, setting])).values()];
  const requests = labelsApart(settings.map(({ request }) => request));
  const backends = apart(settings, ({ way }) => `back end ${way?.backend ?? 'not known'}`);
  const splits = apart(settings, ({ way }) =>
    way && way.parts > 1 ? `sums in ${way.parts} parts` : 'sums in one part',
  );
  const beginnings = apart(settings, ({ request }) => {
    const { content, role } = request.messages.at(-1) ?? { content: '', role: 'user' };
    return role === 'assistant' ? `begins “${cutStart(content, maxOfBeginning)}”` : 'beginning not given';
  });
  const named = settings.map(({ key }, at): [string, string] => [
    key,
    [requests[at], backends[at], splits[at], beginnings[at]].filter(Boolean).join(', '),
  ]);
  return new Map(named.map(([key, label], at) => [key, label || (named.length > 1 ? `setting ${at + 1}` : '')]));
}

/** What is said of each, where that differs; else nothing. */
function apart<Item>(items: readonly Item[], say: (item: Item) => string): string[] {
  const said = items.map(say);
  return new Set(said).size > 1 ? said : [];
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

/** The end of a text, of at most `max` characters, without cutting one in half. What is cut begins with "…". */
function cutStart(text: string, max: number): string {
  if (text.length <= max) return text;
  return `…${text.slice(1 - max).replace(/^[\udc00-\udfff]/, '')}`;
}

/** At most `max` characters, without cutting one in half. What is cut ends in "…". */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
