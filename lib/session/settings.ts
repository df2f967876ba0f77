import { canonicalJson } from '@/lib/recipe/canonical';
import { type FormSetting, parameters, type SettingKey, settings, type ValueType } from '@/lib/recipe/parameters';
import type { ChatRequest, Message } from '@/lib/recipe/recipe';
import { readSeed } from '@/lib/recipe/seed';

/** Settings as they are typed: text, until it is parsed. An empty one is left out of the request; an empty seed is null. */
export type Settings = Record<SettingKey, string>;

/** One text for each row of the table. */
export const settingsOf = (textOf: (setting: FormSetting) => string): Settings =>
  Object.fromEntries(settings.map((setting) => [setting.key, textOf(setting)])) as Settings;

export const noSettings: Settings = settingsOf(() => '');

/** A second column read beside the first, where empty means "as in the first". */
export const fillFrom = (first: Settings, second: Settings): Settings =>
  settingsOf(({ key }) => (second[key].trim() === '' ? first[key] : second[key]));

/** The column from which `fillFrom` makes `second`: what is as in the first is left empty, and so is what all runs share. */
export const emptyWhereSame = (first: Settings, second: Settings): Settings =>
  settingsOf(({ key, place }) => (place === 'all' || second[key] === first[key] ? '' : second[key]));

/** The request that settings ask for, not yet checked: text that should be a number but is not stays text. */
export function settingsToRequest(texts: Settings): Record<string, unknown> {
  const given = parameters
    .filter((row) => isSent(row, texts))
    .map(({ key, type }) => parameterOf(key, type, readValue(type, texts[key])));
  return Object.assign({ model: texts.model.trim(), messages: messagesWith(texts.system, texts.prompt) }, ...given);
}

/** Whether a setting goes with the others: one that is nothing without a switch does only with it. */
export const isSent = ({ beside }: FormSetting, texts: Settings): boolean =>
  settings.every(({ key }) => key !== beside || texts[key] !== '');

/** What one parameter adds to a request. An empty seed is sent as null; any other empty parameter is left out. */
function parameterOf(key: string, type: ValueType, value: unknown): Record<string, unknown> {
  if (type.kind === 'seed') return { [key]: value ?? null };
  if (value === undefined) return {};
  return type.kind === 'switch' ? { [key]: value, ...type.sends } : { [key]: value };
}

/** The settings that give a request back, as far as there are fields for it. */
export function requestToSettings(request: ChatRequest): Settings {
  const { model, messages, ...parameters } = request;
  const values: Record<string, unknown> = parameters;
  return {
    ...settingsOf((row) => (isSentAnyway(row, values) ? '' : writeValue(row.type, values[row.key]))),
    prompt: promptIn(messages),
    system: systemIn(messages),
    model,
  };
}

/** What a setting that is left empty is sent as, by the switch that it stands beside; undefined if by none. */
export function sentIfEmpty({ key, beside }: FormSetting): unknown {
  const type = settings.find((row) => row.key === beside)?.type;
  return type?.kind === 'switch' ? type.sends[key] : undefined;
}

/** Whether a value need not be typed, since a switch that is on sends it. */
const isSentAnyway = (row: FormSetting, values: Record<string, unknown>): boolean =>
  row.beside !== undefined && values[row.beside] === true && sentIfEmpty(row) === values[row.key];

/** What an arm must set to turn `first` into `second`. */
export function whatDiffers(first: Record<string, unknown>, second: Record<string, unknown>): Record<string, unknown> {
  const same = (key: string, value: unknown) => key in first && canonicalJson(first[key]) === canonicalJson(value);
  return Object.fromEntries(Object.entries(second).filter(([key, value]) => !same(key, value)));
}

/**
 * The value that a text stands for, not yet checked; undefined if nothing is typed. A text that cannot be such a value is
 * returned as it is, so that the recipe's own schema says what is wrong with it.
 *
 *     number:  ' 0.5 ' → 0.5     lines: 'END\n\\n' → ['END', '\n']     map: '50256: -100' → { 50256: -100 }
 */
export function readValue(type: ValueType, text: string): unknown {
  if (text.trim() === '') return undefined;
  switch (type.kind) {
    case 'seed':
      return readWholeSeed(text);
    case 'number':
    case 'integer':
      return readNumber(text);
    case 'choice':
    case 'name':
      return text.trim();
    case 'lines': {
      const lines = linesOf(text).map(readLine);
      return lines.length === 1 ? lines[0] : lines;
    }
    case 'map':
      return readMap(text);
    case 'object':
      return readObject(text);
    case 'switch':
      return true;
    case 'flag':
      return readFlag(text);
    case 'text':
      return text;
  }
}

const flags = new Map([
  ['on', true],
  ['off', false],
]);

/** The text that `readValue` makes a value of. */
export function writeValue(type: ValueType, value: unknown): string {
  if (value === undefined || value === null) return '';
  switch (type.kind) {
    case 'lines':
      return [value].flat().map(String).map(writeLine).join('\n');
    case 'map':
      return Object.entries(value)
        .map(([name, number]) => `${name}: ${number}`)
        .join('\n');
    case 'object':
      return canonicalJson(value);
    case 'switch':
      return value === true ? 'on' : '';
    case 'flag':
      return value === true ? 'on' : 'off';
    default:
      return String(value);
  }
}

const readWholeSeed = (text: string): number | string => readSeed(text.trim()) ?? readNumber(text);

const readFlag = (text: string): boolean | string => flags.get(text.trim()) ?? text.trim();

function readNumber(text: string): number | string {
  const number = Number(text);
  return Number.isNaN(number) ? text.trim() : number;
}

/** JSON, or the text as it is. */
function readObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

/** "name: number" on each line. If a line is different, or a name comes twice, the text is returned as it is. */
function readMap(text: string): unknown {
  const entries = linesOf(text).map((line): [string, unknown] => {
    const colon = line.lastIndexOf(':');
    return [line.slice(0, Math.max(colon, 0)).trim(), readNumber(line.slice(colon + 1) || 'none')];
  });
  const names = new Set(entries.map(([name]) => name));
  return names.has('') || names.size < entries.length ? text : Object.fromEntries(entries);
}

const escapeOf = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);
const characterOf = new Map([...escapeOf].map(([character, escaped]) => [escaped, character]));

/** Escapes what would end a line, or cannot be typed in one: a line break is \n, a backslash \\. */
const writeLine = (line: string): string => line.replace(/[\\\n\r\t]/g, (character) => escapeOf.get(character) ?? '');
const readLine = (line: string): string => line.replace(/\\[\\nrt]/g, (escaped) => characterOf.get(escaped) ?? '');

/** The messages of a system message, if there is one, and a prompt. */
export function messagesWith(system: string, prompt: string): Message[] {
  const before: Message[] = system.trim() === '' ? [] : [{ role: 'system', content: system }];
  return [...before, { role: 'user', content: prompt }];
}

/** The prompt of a list of messages: what the user says last; '' if nothing. */
export const promptIn = (messages: readonly Message[]): string =>
  messages.findLast(({ role }) => role === 'user')?.content ?? '';

/** What the first system message says; '' if there is none. */
export const systemIn = (messages: readonly Message[]): string =>
  messages.find(({ role }) => role === 'system')?.content ?? '';
