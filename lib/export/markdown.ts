import type { Comparison } from '@/lib/api/comparison';
import { groupDestinations } from '@/lib/compare/measure/destinations';
import { ownKeyUse } from '@/lib/compare/measure/own-keys';
import { armRequest, providersOf } from '@/lib/recipe/plan';
import { isProbe, withArmsMade } from '@/lib/recipe/probe';
import type { Recipe } from '@/lib/recipe/recipe';
import { stringifyExactly } from '@/lib/recipe/seed';
import type { RunRecord } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import { sayDestination, sayOwnKeyUse } from '@/lib/words/destinations';
import { sayRuns } from '@/lib/words/runs';
import { sayMinute } from '@/lib/words/time';
import { sayVerdict } from '@/lib/words/verdict';
import { toComparison } from './comparison';
import { splitRequests } from './program';

/**
 * A report to paste into an issue: the verdict, where the texts come from, what was asked, and each variant's text in
 * full. Whatever is in a text, it cannot break out of its block.
 */
export function toMarkdown(saved: SavedExperiment): string {
  const { recipe, runs } = saved;
  const comparison = toComparison(recipe, runs);
  const { sentence, detail } = sayVerdict(comparison.facts);
  const sections = [
    `# ${escapeInline(saved.title ?? recipe.title ?? 'Experiment')}`,
    `**${escapeInline(sentence)}**${detail === '' ? '' : ` ${escapeInline(detail)}`}`,
    origin(saved),
    ...settings(saved),
    ...prompt(recipe),
    ...models(saved),
    ...fingerprints(comparison),
    ...variants(saved, comparison),
    ...leftOut(comparison),
  ];
  return `${sections.join('\n\n')}\n`;
}

function origin({ createdAt, origin }: SavedExperiment): string {
  const day = escapeInline(sayMinute(createdAt));
  return origin === 'run'
    ? `${day}. Made by this server: it asked for the texts and recorded them as they came.`
    : `${day}. Not made by this server: somebody brought the texts, and nobody here can vouch for them.`;
}

function settings(saved: SavedExperiment): string[] {
  const { recipe, runs, origin } = saved;
  const made = withArmsMade(recipe, runs);
  const { shared, arms } = splitRequests(made);
  const { messages: _, ...request } = shared;
  const key = sayOwnKeyUse(ownKeyUse(runs));
  const rows: [string, string][] = [
    ...service(recipe, groupDestinations(runs), origin === 'import'),
    ...Object.entries(request).map(([name, value]): [string, string] => [name, code(stringifyExactly(value))]),
    ['runs', String(arms.length * recipe.repeats)],
    ...(key === '' ? [] : [['key', escapeInline(key)] satisfies [string, string]]),
    ['sent', recipe.dispatch === 'sequential' ? 'one after the other' : 'all at once'],
  ];
  return [
    '## Settings',
    table(['Setting', 'Value'], rows),
    ...(made.arms ? varying(made, arms, isProbe(recipe) ? runs : null) : []),
  ];
}

type Destinations = ReturnType<typeof groupDestinations>;

/** Who was asked: the address, and the provider's name in the recipe where the address does not say it. */
function service(recipe: Recipe, groups: Destinations, imported: boolean): [string, string][] {
  const isInside = ({ destination }: Destinations[number]) => destination.kind === 'inside';
  const isAddress = ({ destination }: Destinations[number]) => destination.kind === 'address';
  const claim = imported ? ', says the imported file' : '';
  const rows: [string, string][] = [];
  if (groups.length === 0 || !groups.every(isAddress))
    rows.push(['provider', providersOf(recipe).map(code).join(', ')]);
  if (!groups.every(isInside)) rows.push(['address', `${addresses(groups)}${claim}`]);
  return rows;
}

function addresses(groups: Destinations): string {
  const said = groups.map(({ destination, runs }) => {
    const where = destination.kind === 'address' ? code(destination.address) : sayDestination(destination);
    return groups.length === 1 ? where : `${where} (${sayRuns(runs)})`;
  });
  return said.join(', ');
}

/** What varies, with the numbers of the runs of each arm; of a probe, `probed` are the runs, one of each arm. */
function varying(
  { arms, repeats }: Recipe,
  requests: readonly object[],
  probed: readonly RunRecord[] | null,
): string[] {
  const rows = requests.map((request, arm) => {
    const runs = Array.from({ length: repeats }, (_, index) => arm * repeats + index + 1);
    const numbers = probed ? probed.slice(arm, arm + 1).map(({ run }) => run) : runs;
    return [sayRuns(numbers), escapeInline(arms?.[arm]?.label ?? ''), code(stringifyExactly(request))];
  });
  return ['What varies:', table(['Runs', 'Label', 'Value'], rows)];
}

/** The messages, unless they vary: then they are listed with what varies. */
function prompt(recipe: Recipe): string[] {
  if (!('messages' in splitRequests(recipe).shared)) return [];
  const { messages } = armRequest(recipe, 0);
  return ['## Prompt', ...messages.flatMap(({ role, content }) => [`${role}:`, block(content)])];
}

/** Who answered, if that was another model than was asked for. */
function models({ runs }: SavedExperiment): string[] {
  const ended = runs.filter((run) => run.status === 'ended');
  if (ended.every(({ model, servedModel }) => model === servedModel)) return [];
  const pairs = Map.groupBy(ended, ({ model, servedModel }) => JSON.stringify([model, servedModel]));
  const rows = [...pairs.values()].map((those) => [
    code(those[0]?.model ?? ''),
    code(those[0]?.servedModel ?? ''),
    sayRuns(those.map(({ run }) => run)),
  ]);
  return ['## Models', table(['Asked for', 'Served by', 'Runs'], rows)];
}

function fingerprints({ fingerprints }: Comparison): string[] {
  const note =
    'A fingerprint is the name that the provider gives to the system that answered. Equal fingerprints do not promise equal texts.';
  if (fingerprints.every(({ value }) => value === null)) return ['## Fingerprints', 'None was sent.'];
  const rows = fingerprints.map(({ value, runs }) => [value === null ? 'none' : code(value), sayRuns(runs)]);
  return ['## Fingerprints', table(['Fingerprint', 'Runs'], rows), note];
}

function variants({ runs }: SavedExperiment, { groups, compared }: Comparison): string[] {
  const textOf = new Map(runs.map(({ run, text }) => [run, text]));
  const shown = groups.flatMap((group) => [
    `### ${group.letter}: ${sayRuns(group.runs)} (${group.runs.length} of ${compared})`,
    block(textOf.get(group.runs[0] ?? 0) ?? ''),
  ]);
  return shown.length === 0 ? [] : ['## Variants', ...shown];
}

const leftOut = ({ leftOut }: Comparison): string[] =>
  leftOut.length === 0
    ? []
    : ['## Left out', leftOut.map(({ run, why }) => `- Run ${run} ${escapeInline(why)}`).join('\n')];

export const table = (head: string[], rows: readonly string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** A text, unchanged, in a fence that is longer than any row of backticks in it. */
function block(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestTicks(text) + 1));
  return `${fence}text\n${text}${/[\r\n]$/.test(text) ? '' : '\n'}${fence}`;
}

/** A short text as code, fit for a cell: JSON has no line breaks, and `|` is escaped even in code. */
function code(text: string): string {
  const fence = '`'.repeat(longestTicks(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${oneLine(text)}${pad}${fence}`.replaceAll('|', '\\|');
}

const longestTicks = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((longest, ticks) => Math.max(longest, ticks.length), 0);

/** Text that means itself in Markdown, in one line. */
export const escapeInline = (text: string): string => oneLine(text).replace(/[\\`*_[\]<>#|~&@!]/g, '\\$&');

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ');
