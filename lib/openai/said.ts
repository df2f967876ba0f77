import { fieldsOf, isObject, listOf, readJson, textIn } from './json';

/**
 * What a server said of an error: its words, the parameter that it names, and the status and code that it gives in the body,
 * each null or '' if it gives none.
 */
export type Said = { message: string; param: string | null; status: number | null; code: string | null };

/**
 * What the body of an error says, whatever its shape: OpenAI's `{ error: { message } }`, a text in its place, vLLM's and RunPod's
 * flat `{ message }`, FastAPI's and Mistral's `{ detail }`, Google's list, OpenRouter's `metadata.raw`, or a page of HTML.
 *
 *     '{"detail":[{"loc":["body","seed"],"msg":"Extra inputs are not permitted"}]}'
 *       →  { message: 'seed: Extra inputs are not permitted', param: 'body.seed', … }
 */
export function readSaid(body: string): Said {
  const parsed = readJson(body);
  if (parsed !== undefined) return saidIn(parsed);
  const text = body.trim();
  return { ...nothing, message: text.startsWith('<') ? titleIn(text) : text.slice(0, maxPlain) };
}

/** The longest text without any form that counts as a message. */
const maxPlain = 1000;
const nothing: Said = { message: '', param: null, status: null, code: null };

/** What a value that was sent says of an error. */
export function saidIn(value: unknown): Said {
  if (Array.isArray(value)) return value.length > 0 ? saidIn(value[0]) : nothing;
  if (typeof value === 'string') return { ...nothing, message: value };
  if (!isObject(value)) return nothing;
  const own = {
    message: ownMessage(value),
    param: paramIn(value) ?? paramIn(value.message),
    status: statusIn(value.status) ?? statusIn(value.code),
    code: textIn(value.code) ?? textIn(value.type),
  };
  const { error } = value;
  if (typeof error !== 'object') return own;
  const inner = saidIn(error);
  return {
    message: inner.message || own.message,
    param: inner.param ?? own.param,
    status: inner.status ?? own.status,
    code: inner.code ?? own.code,
  };
}

/** OpenRouter's own message is "Provider returned error"; the reason is in what that provider sent. */
function ownMessage(value: Readonly<Record<string, unknown>>): string {
  const raw = textIn(fieldsOf(value.metadata).raw);
  const candidates = [
    raw === null ? '' : readSaid(raw).message,
    ...[value.message, value.error, value.detail, value.details, value.errors, value.title, value.reason].map(
      messageIn,
    ),
  ];
  return candidates.find((each) => each !== '') ?? '';
}

/** A message is a text, a list of FastAPI's entries, or an object that holds one of them. */
function messageIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value))
    return value
      .map(entryText)
      .filter((each) => each !== '')
      .join('; ');
  return isObject(value) ? saidIn(value).message : '';
}

function entryText(entry: unknown): string {
  if (typeof entry === 'string') return entry;
  const { msg, message } = fieldsOf(entry);
  const said = textIn(msg) ?? textIn(message) ?? '';
  const at = placeIn(entry);
  return at !== null && said !== '' ? `${at}: ${said}` : said;
}

/** The parameter that an error names, or else its first entry: `param`, `field`, or FastAPI's `["body", "seed"]` as "body.seed". */
function paramIn(value: unknown): string | null {
  const { param, field, loc, detail, details, errors } = fieldsOf(value);
  const named = textIn(param) ?? textIn(listOf(param)[0]) ?? textIn(field);
  if (named !== null) return named;
  const place = listOf(loc).join('.');
  if (place !== '') return place;
  const [entry] = [detail, details, errors].flatMap(listOf);
  return entry === undefined ? null : paramIn(entry);
}

/** Where an entry of FastAPI's says the fault is, as it leads its message: the last part of `["body", "seed"]`. */
const placeIn = (entry: unknown): string | null => textIn(listOf(fieldsOf(entry).loc).at(-1));

const statusIn = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 400 && value < 600 ? value : null;

/** The title of a page, which is what a proxy or a captive portal says of itself. */
const titleIn = (html: string): string =>
  /<title[^>]*>([^<]{1,200})/i.exec(html)?.[1]?.replace(/\s+/g, ' ').trim() ?? '';
