import { canonicalJson } from '@/lib/recipe/canonical';
import { chipOf, seed } from '@/lib/recipe/parameters';
import { plan, type RunSpec } from '@/lib/recipe/plan';
import { importedProvider, limits, type Message, type Recipe } from '@/lib/recipe/recipe';
import { parseRecipe } from '@/lib/recipe/schema';
import type { Seed } from '@/lib/recipe/seed';
import { ok } from '@/lib/result';
import { isOver, type OverRun } from '@/lib/run/record';
import { recipeProblemSentence } from '@/lib/words/problems';
import { inOrderOfRuns } from './batch';
import type { ImportedItem } from './imported-item';
import { readItems, tooMany } from './imported-items';
import { readInspectLog } from './inspect';
import { exportFormat, parseExport } from './json';
import { type ImportResult, refuse } from './problem';
import { resultsOfPromptfoo } from './promptfoo';
import { readFile } from './read-file';

/** The maximum length of a text in characters, as for a run's text. */
export const maxCharacters = 256 * 1024;

const unknownPrompt = 'Imported texts: the prompt is not known.';

/**
 * What a file holds: a recipe and the runs that are over, numbered as in its plan. `exported` is set if it is an
 * experiment that Seedbed exported, with the id and time that the file claims.
 */
export type Import = {
  recipe: Recipe;
  runs: OverRun[];
  title: string | null;
  exported: { id: string; createdAt: string } | null;
};

/**
 * `fileName` tells .json, .jsonl, .csv and .txt apart; without it the format is guessed. `prompt` is what the texts answer,
 * where the file does not say.
 */
export type ImportOptions = { fileName?: string; prompt?: string };

/**
 * Reads a file that somebody imports: our own export; a JSON list, or one JSON value per line, of texts, of objects with
 * text, output, content, completion or response, or of OpenAI's chat completions; the output of one of its batches; results of promptfoo; a log of Inspect; a table with one
 * such column, our own among them; or plain text, with a line of three or more dashes between texts. An error says what is
 * wrong and what the limit is: "Line 3 is not JSON."
 */
export function parseImport(text: string, { fileName = '', prompt = '' }: ImportOptions = {}): ImportResult<Import> {
  const file = readFile(text, fileName);
  if (!file.ok) return file;
  const [first] = file.value;
  const format = file.value.length === 1 ? formatOf(first) : null;
  if (format === exportFormat) return importExport(first);
  if (format !== null) return refuse(`This file holds a ${format}. Bring the experiment as JSON instead.`, 'format');
  const samples = file.value.length === 1 ? readInspectLog(first) : null;
  if (samples) return importTexts(samples, prompt);
  const items = readItems((file.value.length === 1 && resultsOfPromptfoo(first)) || inOrderOfRuns(file.value));
  return items.ok ? importTexts(items.value, prompt) : items;
}

function formatOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('format' in value)) return null;
  return typeof value.format === 'string' && value.format.startsWith('seedbed-') ? value.format : null;
}

function importExport(file: unknown): ImportResult<Import> {
  const parsed = parseExport(file);
  if (!parsed.ok) return parsed;
  const { id, createdAt, recipe, title } = parsed.value;
  const runs = parsed.value.runs.filter(isOver);
  if (runs.length === 0) return refuse('This file holds no run that is over.', 'runs');
  // A run that failed because it was too long keeps the piece that made it so.
  const long = runs.find((run) => run.status === 'ended' && run.text.length > maxCharacters);
  if (long) return refuse(tooLong(`The text of run ${long.run}`, long.text), 'runs');
  return ok({ recipe, runs, title, exported: { id, createdAt } });
}

function importTexts(items: readonly ImportedItem[], prompt: string): ImportResult<Import> {
  if (items.length === 0) return refuse('There is no text in this file.');
  if (items.length > limits.runs) return refuse(tooMany(items.length));
  const long = items.findIndex(({ text }) => text.length > maxCharacters);
  if (long >= 0) return refuse(tooLong(`Text ${long + 1}`, items[long]?.text ?? ''));
  const parsed = parseRecipe(recipeOf(items, prompt));
  if (!parsed.ok) return refuse(recipeProblemSentence(parsed.error), parsed.error.param);
  const recipe = parsed.value;
  const runs = plan(recipe).flatMap((spec, index) => {
    const item = items[index];
    return item ? [overRun(spec, item)] : [];
  });
  return ok({ recipe, runs, title: null, exported: null });
}

type Asked = { label: string | null; set: { model: string; seed: Seed | null; messages: Message[] } };
const keys = ['model', 'seed', 'messages'] as const;

/**
 * One arm if all texts were asked for alike. Else one for each group of texts that were, if the groups follow one another and
 * are equally large, as in the plan of a recipe; and else one for each text.
 */
function recipeOf(items: readonly ImportedItem[], prompt: string): unknown {
  const asked = items.map((item): Asked => askedFor(item, prompt));
  const groups = groupAlike(asked);
  const [first] = asked;
  const base = { v: 1, provider: importedProvider };
  const { model, seed, messages } = first?.set ?? {};
  const request = { model, messages, ...(seed === undefined || seed === null ? {} : { seed }) };
  if (groups.length === 1) return { ...base, request, repeats: items.length };
  const varying = new Set<string>(
    keys.filter((key) => new Set(asked.map(({ set }) => canonicalJson(set[key]))).size > 1),
  );
  const even = groups.every((group) => group.length === groups[0]?.length);
  const arms = (even ? groups.flatMap((group) => group.slice(0, 1)) : asked).map((each) => armOf(each, varying));
  return { ...base, request, arms, repeats: items.length / arms.length };
}

function askedFor({ model, seed, messages, label }: ImportedItem, prompt: string): Asked {
  const content = prompt.trim() === '' ? unknownPrompt : prompt;
  return { label, set: { model: model ?? 'unknown', seed, messages: messages ?? [{ role: 'user', content }] } };
}

/** Neighbours that were asked for alike. */
function groupAlike(asked: readonly Asked[]): Asked[][] {
  const groups: Asked[][] = [];
  for (const each of asked) {
    const last = groups.at(-1);
    if (last && canonicalJson(last[0]) === canonicalJson(each)) last.push(each);
    else groups.push([each]);
  }
  return groups;
}

/** An arm that sets what varies between all. It is called as the file calls it, or after what it sets. */
function armOf({ label, set }: Asked, varying: ReadonlySet<string>): unknown {
  const { model: name, seed: number, messages } = set;
  const said = [
    varying.has('model') ? name : null,
    varying.has('seed') ? chipOf(seed, number === null ? '' : String(number)) : null,
    varying.has('messages') ? messages.findLast(({ role }) => role === 'user')?.content.slice(0, 100) : null,
  ];
  return {
    label: (label ?? said.filter(Boolean).join(', ')).slice(0, 200),
    set: Object.fromEntries(Object.entries(set).filter(([key]) => varying.has(key))),
  };
}

function overRun(spec: RunSpec, item: ImportedItem): OverRun {
  const { text, finish, fingerprints, usage, requestId, error } = item;
  if (error) return { ...spec, status: 'failed', text, error };
  return {
    ...spec,
    status: 'ended',
    text,
    servedModel: item.servedModel ?? spec.model,
    finish: finish ?? 'stop',
    ...{ fingerprints, usage, requestId },
    attempts: 0,
    timing: { queuedMs: 0, firstTextMs: null, totalMs: 0 },
    ...(item.cached ? { cached: true as const } : {}),
  };
}

const tooLong = (what: string, text: string): string =>
  `${what} has ${text.length} characters; at most ${maxCharacters} are taken.`;
