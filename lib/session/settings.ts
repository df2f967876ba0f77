import { canonicalJson } from '@/lib/recipe/canonical';
import type { ChatRequest, Message } from '@/lib/recipe/recipe';

/** What the form has a field for in one request. */
export const settings = ['model', 'temperature', 'topP', 'seed', 'maxTokens', 'system', 'prompt'] as const;
export type Setting = (typeof settings)[number];
/** Settings as they are typed: text, until it is read. An empty one is left out of the request, an empty seed is none. */
export type Settings = Record<Setting, string>;

export const noSettings: Settings = {
  prompt: '',
  system: '',
  model: '',
  seed: '',
  temperature: '',
  topP: '',
  maxTokens: '',
};

const mapSettings = (read: (setting: Setting) => string): Settings => ({
  prompt: read('prompt'),
  system: read('system'),
  model: read('model'),
  seed: read('seed'),
  temperature: read('temperature'),
  topP: read('topP'),
  maxTokens: read('maxTokens'),
});

/** A second column read beside the first, where empty means "as in the first". */
export const fillFrom = (first: Settings, second: Settings): Settings =>
  mapSettings((setting) => (second[setting].trim() === '' ? first[setting] : second[setting]));

/** The second column that `fillFrom` makes `second` of: what is as in the first is left empty. */
export const emptyWhereSame = (first: Settings, second: Settings): Settings =>
  mapSettings((setting) => (second[setting] === first[setting] ? '' : second[setting]));

/** The request that settings ask for, yet to be checked: text that should be a number and is none stays text. */
export function settingsToRequest({ prompt, system, model, seed, ...rest }: Settings): Record<string, unknown> {
  return {
    model: model.trim(),
    messages: messagesWith(system, prompt),
    seed: numberOrNothing(seed) ?? null,
    ...given('temperature', rest.temperature),
    ...given('top_p', rest.topP),
    ...given('max_completion_tokens', rest.maxTokens),
  };
}

/** The settings that give a request back, as far as there are fields for it. */
export function requestToSettings(request: ChatRequest): Settings {
  return {
    prompt: contentOf(request.messages, 'user'),
    system: contentOf(request.messages, 'system'),
    model: request.model,
    seed: String(request.seed ?? ''),
    temperature: String(request.temperature ?? ''),
    topP: String(request.top_p ?? ''),
    maxTokens: String(request.max_completion_tokens ?? ''),
  };
}

/** What an arm must set to make `second` of `first`. */
export function whatDiffers(first: Record<string, unknown>, second: Record<string, unknown>): Record<string, unknown> {
  const same = (key: string, value: unknown) => key in first && canonicalJson(first[key]) === canonicalJson(value);
  return Object.fromEntries(Object.entries(second).filter(([key, value]) => !same(key, value)));
}

/** Labels of two requests, of what differs between them: "T 0.2, no seed" and "T 1, seed 7". */
export function labelApart(first: ChatRequest, second: ChatRequest): [string, string] {
  const [a, b] = [requestToSettings(first), requestToSettings(second)];
  const differing = settings.filter((setting) => a[setting] !== b[setting]);
  const label = (own: Settings, other: Settings) =>
    cut(differing.map((setting) => sayings[setting](own[setting], other[setting])).join(', '), maxOfLabel);
  return [label(a, b), label(b, a)];
}

/** Characters of a label, of a text in it, and of a model's name. */
const maxOfLabel = 200;
const maxOfText = 40;
const maxOfModel = 60;

const sayings: Record<Setting, (own: string, other: string) => string> = {
  prompt: (own, other) => `“${excerpt(own, other)}”`,
  system: (own, other) => (own === '' ? 'no system message' : `system “${excerpt(own, other)}”`),
  model: (own) => cut(own, maxOfModel),
  seed: (own) => (own === '' ? 'no seed' : `seed ${own}`),
  temperature: (own) => (own === '' ? 'T not set' : `T ${own}`),
  topP: (own) => (own === '' ? 'top-p not set' : `top-p ${own}`),
  maxTokens: (own) => (own === '' ? 'max tokens not set' : `at most ${own} tokens`),
};

/** A text from the last word before the place where it parts from another, so that long wordings can be told apart. */
function excerpt(own: string, other: string): string {
  const [words, others] = [own.trim().split(/\s+/), other.trim().split(/\s+/)];
  const parting = words.findIndex((word, index) => word !== others[index]);
  const from = (parting < 0 ? words.length : parting) - 1;
  return cut(from < 3 ? words.join(' ') : `… ${words.slice(from).join(' ')}`, maxOfText);
}

/** At most so many characters, whole ones; what is cut ends in "…". */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

export function messagesWith(system: string, prompt: string): Message[] {
  const before: Message[] = system.trim() === '' ? [] : [{ role: 'system', content: system }];
  return [...before, { role: 'user', content: prompt }];
}

export const contentOf = (messages: readonly Message[], role: Message['role']): string =>
  messages.find((message) => message.role === role)?.content ?? '';

/** A number, or the text itself where it is none, so that the recipe's own schema says what is wrong with it. */
export function numberOrNothing(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const number = Number(trimmed);
  return Number.isNaN(number) ? trimmed : number;
}

function given(key: string, text: string): Record<string, unknown> {
  const value = numberOrNothing(text);
  return value === undefined ? {} : { [key]: value };
}
