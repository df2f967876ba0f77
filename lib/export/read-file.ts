import { limits } from '@/lib/recipe/recipe';
import { parseWithSeeds } from '@/lib/recipe/seed';
import { ok } from '@/lib/result';
import { type ImportResult, refuse } from './problem';
import { looksLikeTable, readTable } from './table';

const divider = /^-{3,}[ \t]*$/m;

/**
 * The values in a file: the entries of a JSON list, the lines of JSONL, the rows of a table by their columns, the texts of
 * plain text. The extension of the file's name says which. Without one, a line of dashes (which JSON never has) means plain
 * text, and so does whatever does not look like JSON or a table.
 */
export function readFile(text: string, fileName: string): ImportResult<unknown[]> {
  const content = text.replace(/^\ufeff/, '');
  if (content.trim() === '') return refuse('This file is empty.');
  const own = whatElse(content);
  if (own !== null) return refuse(own);
  switch (/\.([a-z]+)$/i.exec(fileName)?.[1]?.toLowerCase()) {
    case 'txt':
    case 'md':
      return readPlain(content);
    case 'csv':
    case 'tsv':
      return readTable(content);
    case 'jsonl':
    case 'ndjson':
      return readLines(content, fileName);
    case 'json':
      return readJson(content, fileName);
    default:
      return readAnything(content, fileName);
  }
}

function readJson(content: string, fileName: string): ImportResult<unknown[]> {
  const whole = parseJson(content);
  if (whole !== undefined) return ok([whole].flat());
  if (looksLikeLines(content)) return readLines(content, fileName);
  return refuse(`This is not valid JSON; perhaps its end is missing. ${sayPlain(fileName)}`);
}

/** What a file is without a name that says so. */
function readAnything(content: string, fileName: string): ImportResult<unknown[]> {
  if (looksLikeTable(content)) {
    const table = readTable(content);
    return table.ok ? table : refuse(`${table.error.message} ${sayPlain(fileName)}`);
  }
  if (divider.test(content)) return readPlain(content);
  const isJson = typeof parseJson(content) === 'object' || looksLikeLines(content) || looksLikeJson(content);
  return isJson ? readJson(content, fileName) : readPlain(content);
}

/** That this is something else: what Seedbed exports without texts, or an archive, must not pass for one long text. */
function whatElse(content: string): string | null {
  if (content.startsWith('PK\u0003\u0004'))
    return 'This is a zip archive. A log of Inspect can be brought as JSON: inspect log convert --to json.';
  if (/^## Settings\n\n\| Setting \| Value \|$/m.test(content))
    return 'This is a report that Seedbed exported as Markdown. Bring the experiment as JSON instead, or as CSV.';
  if (/^(#!\/bin\/sh\n)?(#|\/\/) Repeats the experiment with /.test(content))
    return 'This is a program that Seedbed exported, without any texts. Bring the experiment as JSON instead.';
  return null;
}

/** What to do if the file was meant as plain text. */
const sayPlain = (fileName: string): string =>
  fileName === ''
    ? 'If it is plain text, put a line of three dashes (---) above it.'
    : 'If it is plain text, name the file .txt.';

/** Song texts begin with [Verse 1], but not with a brace, nor with a bracket and what may follow it in a list. */
const looksLikeJson = (content: string): boolean => /^\s*(\{|\[\s*["{[\]])/.test(content);

/** Texts between lines of dashes. Blank lines around a text are not part of it; a part with nothing else is no text. */
function readPlain(content: string): ImportResult<unknown[]> {
  const texts: string[] = [];
  for (const text of partsOf(content, new RegExp(divider, 'gm'))) {
    if (text.trim() === '') continue;
    texts.push(withoutBlankLines(text));
    if (texts.length > limits.runs) return refuse(moreThanRuns);
  }
  return ok(texts);
}

function withoutBlankLines(text: string): string {
  const end = text.trimEnd().length;
  const lineBreak = text.slice(end).search(/[\r\n]/);
  const trimmed = lineBreak < 0 ? text : text.slice(0, end + lineBreak);
  const start = trimmed.search(/[^ \t\r\n]/);
  return start < 0 ? '' : trimmed.slice(trimmed.lastIndexOf('\n', start) + 1);
}

/** One JSON value in each line that is not blank. */
function readLines(content: string, fileName: string): ImportResult<unknown[]> {
  const values: unknown[] = [];
  let number = 0;
  for (const line of partsOf(content, /\n/g)) {
    number++;
    if (line.trim() === '') continue;
    const parsed = parseJson(line);
    if (parsed === undefined) return refuse(`Line ${number} is not JSON. ${sayPlain(fileName)}`, null, number);
    values.push(parsed);
    if (values.length > limits.runs) return refuse(moreThanRuns);
  }
  return ok(values);
}

/**
 * Whether the first line is a whole JSON object, or every line a JSON string: of as many as may be read. A poem may begin
 * with a quoted line.
 */
function looksLikeLines(content: string): boolean {
  const lines = partsOf(content, /\n/g).filter((line) => line.trim() !== '');
  const [first, ...others] = lines.take(limits.runs).map(parseJson);
  if (others.length === 0) return false;
  if (typeof first === 'object' && first !== null) return true;
  return [first, ...others].every((value) => typeof value === 'string');
}

/** The parts of a text between the matches of a global expression, one at a time: there may be millions. */
function* partsOf(text: string, between: RegExp): Generator<string> {
  let from = 0;
  for (const { index, 0: match } of text.matchAll(between)) {
    yield text.slice(from, index);
    from = index + match.length;
  }
  yield text.slice(from);
}

const moreThanRuns = `There are more than ${limits.runs} texts; an experiment may have at most ${limits.runs}.`;

/** The parsed value; undefined if this is not JSON. */
function parseJson(text: string): unknown {
  try {
    return parseWithSeeds(text);
  } catch {
    return undefined;
  }
}
