import { plan, type RunSpec } from '@/lib/recipe/plan';
import { importedProvider, limits, parseRecipe, type Recipe } from '@/lib/recipe/recipe';
import { ok } from '@/lib/result';
import { isOver, type OverRun } from '@/lib/run/record';
import { recipeProblemSentence } from '@/lib/words/problems';
import { type ImportedItem, readItems } from './imported-items';
import { exportFormat, parseExport } from './json';
import { type ImportResult, refuse } from './problem';
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

/** `fileName` tells .json, .jsonl and .txt apart; without it the format is guessed. `prompt` is what the texts answer. */
export type ImportOptions = { fileName?: string; prompt?: string };

/**
 * Reads a file that somebody imports: our own export; a JSON list, or one JSON value per line, of texts, of objects with
 * text, output, content or completion, or of OpenAI's chat completions; or plain text, with a line of three or more
 * dashes between texts. An error says what is wrong and what the limit is: "Line 3 is not JSON."
 */
export function parseImport(text: string, { fileName = '', prompt = '' }: ImportOptions = {}): ImportResult<Import> {
  const file = readFile(text, fileName);
  if (!file.ok) return file;
  const [first] = file.value;
  const format = file.value.length === 1 ? formatOf(first) : null;
  if (format === exportFormat) return importExport(first);
  if (format !== null) return refuse(`This file holds a ${format}. Bring the experiment as JSON instead.`, 'format');
  const items = readItems(file.value);
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
  if (items.length > limits.runs)
    return refuse(`There are ${items.length} texts; an experiment may have at most ${limits.runs}.`);
  const long = items.findIndex(({ text }) => text.length > maxCharacters);
  if (long >= 0) return refuse(tooLong(`Text ${long + 1}`, items[long]?.text ?? ''));
  const parsed = parseRecipe(recipeOf(items, prompt));
  if (!parsed.ok) return refuse(recipeProblemSentence(parsed.error), parsed.error.param);
  const recipe = parsed.value;
  const runs = plan(recipe).flatMap((spec, index) => {
    const item = items[index];
    return item ? [endedRun(spec, item)] : [];
  });
  return ok({ recipe, runs, title: null, exported: null });
}

/** One arm if all texts are from one model; else one for each text, since the model is what varies. */
function recipeOf(items: readonly ImportedItem[], prompt: string): unknown {
  const models = items.map(({ model }) => model ?? 'unknown');
  const content = prompt.trim() === '' ? unknownPrompt : prompt;
  const recipe = {
    v: 1,
    provider: importedProvider,
    request: { model: models[0], messages: [{ role: 'user', content }] },
    repeats: items.length,
  };
  if (new Set(models).size === 1) return recipe;
  return { ...recipe, arms: models.map((model) => ({ label: model, set: { model } })), repeats: 1 };
}

function endedRun(spec: RunSpec, item: ImportedItem): OverRun {
  const { text, model, finish, fingerprints, usage, requestId } = item;
  return {
    ...spec,
    status: 'ended',
    text,
    servedModel: model ?? spec.model,
    finish: finish ?? 'stop',
    ...{ fingerprints, usage, requestId },
    attempts: 0,
    timing: { queuedMs: 0, firstTextMs: null, totalMs: 0 },
  };
}

const tooLong = (what: string, text: string): string =>
  `${what} has ${text.length} characters; at most ${maxCharacters} are taken.`;
