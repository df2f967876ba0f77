import { z } from 'zod';
import { parsePattern } from '@/lib/compare/align/equality';
import { builtInProvider, limits, type Recipe } from '@/lib/recipe/recipe';
import { parseRecipe } from '@/lib/recipe/schema';
import { inexactAt } from '@/lib/recipe/values';
import { err, ok, type Result } from '@/lib/result';
import { Demand } from './demand';
import { type Document, type Path, readDocument } from './document';
import { type FieldPlace, type FileFault, type FileProblem, nameOf, problemsOf } from './problem';

/** As many runs as show that nine in ten are equal, if all are; with a few to spare. */
export const defaultRuns = 40;

const caseFields = {
  provider: z.string().optional().describe('whom to ask; what is built in if left out'),
  prompt: z.string().optional().describe('short for a request with one user message'),
  promptFile: z.string().min(1).optional().describe('a file with the prompt, from the suite’s folder'),
  request: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('parameters of Chat Completions under their own names, as in { model, temperature, seed, messages }'),
  runs: z.int().min(1).max(limits.runs).optional().describe(`how many runs; ${defaultRuns} if left out`),
  dispatch: z.enum(['parallel', 'sequential']).optional().describe('how the runs are sent'),
  demands: z
    .array(Demand)
    .min(1)
    .optional()
    .describe('what is demanded of the runs; that nine in ten are equal if left out'),
};

const Case = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]{0,99}$/)
    .describe('its name in reports: letters, digits, _ . -'),
  ...caseFields,
});

/** A suite as it is written. What a case leaves out it takes from the defaults; parameters of the request one by one. */
export const SuiteFile = z.strictObject({
  $schema: z.string().optional(),
  v: z.literal(1).describe('the version of this format'),
  title: z.string().max(200).optional(),
  cache: z
    .boolean()
    .optional()
    .describe('whether answers of earlier checks stand in for calls; they count in no share'),
  prices: z
    .record(z.string(), z.strictObject({ input: z.number().min(0), output: z.number().min(0) }))
    .optional()
    .describe('what models cost, in dollars for a million tokens, for budgets in dollars'),
  defaults: z.strictObject(caseFields).optional().describe('what cases take that do not say otherwise'),
  cases: z.array(Case).min(1).max(1000),
});
type SuiteFile = z.infer<typeof SuiteFile>;
type Case = z.infer<typeof Case>;

/** One case, whole: what is asked, how often, and what is demanded of the answers. `line` is where it stands in the suite. */
export type SuiteCase = { id: string; line: number; recipe: Recipe; demands: Demand[] };

/** A case as it is written in a file: it can be run only where whom and what it asks is known. */
export type PlacedCase = SuiteCase & { places: { provider: FieldPlace; model: FieldPlace } };

/** What models cost, by name, in dollars for a million tokens that are sent and that are written. */
export type Prices = Readonly<Record<string, { input: number; output: number }>>;

/** `cache`: whether answers of earlier checks are used. */
export type Suite = { title: string | null; cache: boolean; prices: Prices; cases: PlacedCase[] };

/** Reads a file beside the suite; or says why it cannot. */
export type ReadBeside = (path: string) => Result<string, string>;

/** Reads a suite, in YAML or JSON: or names every problem in it, each with line, field and what was expected. */
export function readSuite(text: string, readBeside: ReadBeside): Result<Suite, FileProblem[]> {
  const read = readDocument(text);
  if (!read.ok) return err([notRead(read.error)]);
  const document = read.value;
  const parsed = SuiteFile.safeParse(document.value, { reportInput: true });
  if (!parsed.success) return err(inOrder(problemsOf(parsed.error, document)));
  const file = parsed.data;
  const problems = [...findDoubles(file, document), ...findInDemands(file, document)];
  const cases = file.cases.map((_, index) => wholeCase(file, index, document, readBeside));
  problems.push(...cases.flatMap((each) => (each.ok ? [] : [each.error])));
  if (problems.length > 0) return err(inOrder(problems));
  const { title = null, cache = false, prices = {} } = file;
  return ok({ title, cache, prices, cases: cases.flatMap((each) => (each.ok ? [each.value] : [])) });
}

/** As they stand in the file. */
const inOrder = (problems: readonly FileProblem[]): FileProblem[] =>
  problems.toSorted((a, b) => a.line - b.line || a.column - b.column);

export const notRead = ({ line, column, reason }: { line: number; column: number; reason: string }): FileProblem => ({
  ...{ line, column, field: '' },
  fault: { kind: 'not-read', reason },
});

const placeAt = (document: Document, path: Path): FieldPlace => ({ ...document.positionOf(path), field: nameOf(path) });

const problemAt = (document: Document, path: Path, fault: FileFault): FileProblem => ({
  ...placeAt(document, path),
  fault,
});

function findDoubles({ cases }: SuiteFile, document: Document): FileProblem[] {
  const first = new Map<string, number>();
  return cases.flatMap(({ id }, index) => {
    const before = first.get(id);
    if (before === undefined) first.set(id, index);
    const line = document.positionOf(['cases', before ?? index]).line;
    return before === undefined ? [] : [problemAt(document, ['cases', index, 'id'], { kind: 'double-id', line })];
  });
}

/** What is wrong with demands beyond their shape. */
function findInDemands({ defaults, cases }: SuiteFile, document: Document): FileProblem[] {
  const places: { path: Path; demands: readonly Demand[] }[] = [
    { path: ['defaults', 'demands'], demands: defaults?.demands ?? [] },
    ...cases.map(({ demands = [] }, index) => ({ path: ['cases', index, 'demands'], demands })),
  ];
  return places.flatMap(({ path, demands }) =>
    demands.flatMap((demand, index) => {
      const inexact = [...path, index, ...(inexactAt(demand) ?? [])];
      if (document.isInDigits(inexact)) return [problemAt(document, inexact, { kind: 'inexact' })];
      const fault = patternFault(demand);
      return fault ? [problemAt(document, [...path, index, 'pattern'], fault)] : [];
    }),
  );
}

function patternFault(demand: Demand): FileFault | null {
  if (!('pattern' in demand) || demand.pattern === undefined) return null;
  if (demand.kind === 'equal' && demand.mode !== 'answer') return { kind: 'no-effect', needed: 'mode: answer' };
  const read = parsePattern(demand.pattern);
  return read.ok ? null : { kind: 'pattern', problem: read.error };
}

type Fields = Omit<Case, 'id'>;

function wholeCase(
  { defaults = {}, cases }: SuiteFile,
  index: number,
  document: Document,
  readBeside: ReadBeside,
): Result<PlacedCase, FileProblem> {
  const own: Fields & { id?: string } = cases[index] ?? {};
  const path = ['cases', index];
  const messages =
    messagesOf(own, path, document, readBeside) ?? messagesOf(defaults, ['defaults'], document, readBeside);
  if (messages && !messages.ok) return messages;
  const { provider = builtInProvider, runs = defaultRuns, dispatch, demands = [equal] } = { ...defaults, ...own };
  const recipe = parseRecipe({
    ...{ v: 1, provider, repeats: runs },
    request: { ...defaults.request, ...own.request, ...messages?.value },
    ...(dispatch ? { dispatch } : {}),
  });
  if (!recipe.ok) {
    const at = fieldOf(recipe.error.param, own, defaults, index);
    return err(problemAt(document, at, { kind: 'recipe', problem: recipe.error }));
  }
  const placeOf = (param: string) => placeAt(document, fieldOf(param, own, defaults, index));
  const places = { provider: placeOf('provider'), model: placeOf('request.model') };
  return ok({ id: own.id ?? '', line: document.positionOf(path).line, recipe: recipe.value, demands, places });
}

const equal = Demand.parse({ kind: 'equal' });

/** The messages that a case's prompt sends, or those in its request; null if it has neither. */
function messagesOf(
  { prompt, promptFile, request }: Fields,
  path: Path,
  document: Document,
  readBeside: ReadBeside,
): Result<{ messages: unknown }, FileProblem> | null {
  const given = [
    ...(prompt === undefined ? [] : ['prompt']),
    ...(promptFile === undefined ? [] : ['promptFile']),
    ...(request?.messages === undefined ? [] : ['request.messages']),
  ];
  const [one, other] = given;
  if (one !== undefined && other !== undefined)
    return err(problemAt(document, [...path, one], { kind: 'either-or', other }));
  if (request?.messages !== undefined) return ok({ messages: request.messages });
  if (prompt !== undefined) return ok(asPrompt(prompt));
  if (promptFile === undefined) return null;
  const content = readBeside(promptFile);
  if (content.ok) return ok(asPrompt(content.value.trimEnd()));
  const fault = { kind: 'no-such-file' as const, path: promptFile, reason: content.error };
  return err(problemAt(document, [...path, 'promptFile'], fault));
}

const asPrompt = (content: string) => ({ messages: [{ role: 'user', content }] });

/** Where a field of a case's recipe is written: in the case, in the defaults, or, missing in both, in the case as a whole. */
function fieldOf(param: string | null, own: Fields, defaults: Fields, index: number): Path {
  const [field = '', ...rest] = (param ?? '').split('.');
  const name = field === 'repeats' ? 'runs' : field;
  const [key = ''] = rest;
  const isIn = (fields: Fields): boolean =>
    name === 'request' ? fields.request?.[key] !== undefined : Object.hasOwn(fields, name);
  const steps = rest.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  if (isIn(own)) return ['cases', index, name, ...steps];
  if (isIn(defaults)) return ['defaults', name, ...steps];
  if (key === 'messages') {
    const short = ['prompt', 'promptFile'].find((each) => Object.hasOwn(own, each));
    return ['cases', index, ...(short ? [short] : ['prompt'])];
  }
  return ['cases', index, ...(param === null ? [] : [name, ...steps])];
}
