/*
 * The table of parameters: what a request may set. To add one, add a row to `parameters`: recipe and API, form, second
 * settings, sweeps, links that hide or lock, problems, labels, lessons on paper and exports all go by this table.
 */

// Paths as Node itself reads them: the start script checks the configuration with this.
import { defined } from '../defined.ts';
import { type Seed, seedRange } from './seed.ts';

/** What values a setting takes. How it is typed, checked, varied and written follows from it. */
export type ValueType =
  /** a number of a range; `slider` is the usual part of it, if the form shows that as one, `step` by what keys change it */
  | { kind: 'number'; min: number; max: number; step: number; slider?: Slider }
  | { kind: 'integer'; min: number; max: number; step?: number; slider?: Slider }
  /** an integer of 64 bits (see seed.ts), its range as digits; null is sent as nothing, and asks for no seed */
  | { kind: 'seed'; min: string; max: string }
  | { kind: 'choice'; options: readonly string[] }
  /** one text or several, typed one a line */
  | { kind: 'lines'; maxLines: number; maxCharacters: number }
  /** numbers by name, typed "name: number" and one a line */
  | { kind: 'map'; min: number; max: number }
  /** an object that goes into the request's body as it is, typed as JSON; none of `reserved` may be in it */
  | { kind: 'object'; maxCharacters: number; reserved: readonly string[] }
  /** on or off; `sends` goes with it when it is on */
  | { kind: 'switch'; sends: Readonly<Record<string, unknown>> }
  /** on, off, or not said */
  | { kind: 'flag' }
  /** the name of something that the provider has */
  | { kind: 'name'; maxCharacters: number }
  /** what the messages say */
  | { kind: 'text'; maxCharacters: number };

type Slider = { min: number; max: number };

/** One row of the table. */
export type Setting = {
  /** OpenAI's own name, by which recipes, links and the API know it; system and prompt have none and are called so */
  key: string;
  /** its name on the page: beside its field, in what is wrong with it, on paper */
  label: string;
  /** its name amid a sentence */
  name: string;
  /** a few words beside its field */
  help: string;
  type: ValueType;
  /**
   * Where the form has it: among the first fields, under "More settings", in a field made for it alone ("own"), or for all
   * runs alike, which second settings do not have ("all").
   */
  place: 'first' | 'more' | 'own' | 'all';
  /** the switch that it is nothing without, which sends what is left empty here */
  beside?: string;
  /** what stands for "without it" where that is not to leave it out, typed */
  without?: string;
  /** the values that are offered first when it varies between runs; null if it cannot vary alone */
  sweep: string | null;
  /** how labels of runs show it; by default "top-p 0.9" and "top-p not set" are made of the name */
  chip?: { set: (value: string) => string; unset: string };
};

export const seed = {
  key: 'seed',
  label: 'Seed',
  name: 'seed',
  help: 'the starting number for the dice',
  type: { kind: 'seed', ...seedRange },
  place: 'own',
  sweep: '',
  chip: { set: (number) => `seed ${number}`, unset: 'no seed' },
} as const satisfies Setting;

/** The most alternatives of a token that anybody can ask for. Servers have limits of their own (see dialect.ts). */
export const maxTopLogprobs = 100;

/** As many as any model is known to write. A text has a limit of its own. */
const maxTokens = 1_000_000;

/** Parameters of a request, in the order in which they are sent after model and messages. */
export const parameters = [
  seed,
  {
    key: 'temperature',
    label: 'Temperature',
    name: 'temperature',
    help: '0 to 2; some servers take more',
    // Servers have limits of their own (see dialect.ts).
    type: { kind: 'number', min: 0, max: 100, step: 0.1, slider: { min: 0, max: 2 } },
    place: 'first',
    sweep: '0, 0.4, .., 1.6',
    chip: { set: (temperature) => `T ${temperature}`, unset: 'T not set' },
  },
  {
    key: 'top_p',
    label: 'Top-p',
    name: 'top-p',
    help: '0 to 1',
    type: { kind: 'number', min: 0, max: 1, step: 0.05, slider: { min: 0, max: 1 } },
    place: 'first',
    sweep: '0.2, 0.4, .., 1',
  },
  {
    key: 'max_completion_tokens',
    label: 'Max tokens',
    name: 'max tokens',
    help: 'of the answer, reasoning included',
    type: { kind: 'integer', min: 1, max: maxTokens, step: 10, slider: { min: 10, max: 1000 } },
    place: 'first',
    sweep: null,
    chip: { set: (tokens) => `at most ${tokens} tokens`, unset: 'max tokens not set' },
  },
  {
    key: 'max_tokens',
    label: 'Max tokens as max_tokens',
    name: 'max_tokens',
    help: 'for servers that read only this name',
    type: { kind: 'integer', min: 1, max: maxTokens },
    place: 'more',
    sweep: null,
    chip: { set: (tokens) => `max_tokens ${tokens}`, unset: 'max_tokens not set' },
  },
  {
    key: 'stop',
    label: 'Stop sequences',
    name: 'stop sequences',
    help: 'one a line (\\n: a break)',
    type: { kind: 'lines', maxLines: 4, maxCharacters: 200 },
    place: 'more',
    sweep: null,
    chip: { set: (lines) => `stop at ${lines}`, unset: 'no stop sequences' },
  },
  {
    key: 'frequency_penalty',
    label: 'Frequency penalty',
    name: 'frequency penalty',
    help: '-2 to 2',
    type: { kind: 'number', min: -2, max: 2, step: 0.1 },
    place: 'more',
    sweep: '0, 0.5, .., 2',
  },
  {
    key: 'presence_penalty',
    label: 'Presence penalty',
    name: 'presence penalty',
    help: '-2 to 2',
    type: { kind: 'number', min: -2, max: 2, step: 0.1 },
    place: 'more',
    sweep: '0, 0.5, .., 2',
  },
  {
    key: 'logit_bias',
    label: 'Logit bias',
    name: 'logit bias',
    help: 'token id: -100 to 100, one a line',
    type: { kind: 'map', min: -100, max: 100 },
    place: 'more',
    sweep: null,
    chip: { set: (biases) => `logit bias ${biases}`, unset: 'no logit bias' },
  },
  {
    key: 'reasoning_effort',
    label: 'Reasoning effort',
    name: 'reasoning effort',
    help: 'of models that reason',
    type: { kind: 'choice', options: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] },
    place: 'more',
    sweep: 'low, medium, high',
  },
  {
    key: 'logprobs',
    label: 'Logprobs',
    name: 'logprobs',
    help: 'of all runs; asking can change the text',
    // All that OpenAI's API tells, unless another number is typed.
    type: { kind: 'switch', sends: { top_logprobs: 20 } },
    place: 'all',
    sweep: null,
  },
  {
    key: 'top_logprobs',
    label: 'Top logprobs',
    name: 'top logprobs',
    help: 'at each token',
    // So many of each token of a long answer can be kept.
    type: { kind: 'integer', min: 0, max: maxTopLogprobs },
    place: 'all',
    beside: 'logprobs',
    sweep: null,
  },
  {
    key: 'stream',
    label: 'Streaming',
    name: 'streaming',
    help: 'off: all at once',
    type: { kind: 'flag' },
    place: 'more',
    without: 'off',
    sweep: 'on, off',
    chip: { set: (on) => `streaming ${on}`, unset: 'streaming not set' },
  },
  {
    key: 'stream_options',
    label: 'Stream options',
    name: 'stream options',
    help: '{}: none',
    type: { kind: 'object', maxCharacters: 1000, reserved: [] },
    place: 'more',
    without: '{}',
    sweep: null,
    chip: { set: (json) => `stream options ${json}`, unset: 'usual stream options' },
  },
  {
    key: 'extra_body',
    label: 'Extra body',
    name: 'extra body',
    help: 'JSON, as in {"top_k": 1}',
    type: {
      kind: 'object',
      maxCharacters: 8000,
      // What a recipe has a place of its own for, or what we receive the answer by.
      reserved: [
        'model',
        'messages',
        'seed',
        'temperature',
        'top_p',
        'max_completion_tokens',
        'max_tokens',
        'stop',
        'frequency_penalty',
        'presence_penalty',
        'logit_bias',
        'reasoning_effort',
        'logprobs',
        'top_logprobs',
        'extra_body',
        'stream',
        'stream_options',
        'n',
      ],
    },
    place: 'more',
    sweep: null,
    chip: { set: (json) => `with ${json}`, unset: 'no extra body' },
  },
] as const satisfies readonly Setting[];

/** What every request has besides: a model, and messages that the form shows as a system message and a prompt. */
export const model = {
  key: 'model',
  label: 'Model',
  name: 'model',
  help: '',
  type: { kind: 'name', maxCharacters: 200 },
  place: 'own',
  sweep: '',
  chip: { set: (name) => name, unset: 'no model' },
} as const satisfies Setting;

export const prompt = {
  key: 'prompt',
  label: 'Prompt',
  name: 'prompt',
  help: '',
  type: { kind: 'text', maxCharacters: 32_000 },
  place: 'own',
  sweep: null,
  chip: { set: (text) => `“${text}”`, unset: 'no prompt' },
} as const satisfies Setting;

export const system = {
  key: 'system',
  label: 'System message',
  name: 'system message',
  help: '',
  type: { kind: 'text', maxCharacters: 32_000 },
  place: 'own',
  sweep: '',
  chip: { set: (text) => `system “${text}”`, unset: 'no system message' },
} as const satisfies Setting;

type Parameter = (typeof parameters)[number];
export type ParameterKey = Parameter['key'];

/** The rows that the form has, by their place in it. */
type FormRow = typeof prompt | typeof system | typeof model | Parameter;
export type SettingKey = FormRow['key'];
export type FormSetting = Setting & { key: SettingKey };

/** All that the form has of a request. */
export const settings: readonly FormSetting[] = [model, prompt, system, ...parameters];

/** What a key of a request is called amid a sentence: `parameterName('top_p')` is "top-p"; "messages" has no other name. */
export const parameterName = (key: string): string =>
  [model, ...parameters].find((parameter) => parameter.key === key)?.name ?? key;

/** The row of a key. */
export const settingOf = (key: SettingKey): FormSetting => defined(settings.find((setting) => setting.key === key));

/** A setting as labels show it: "T 0.7", "no seed". `value` as it is typed, '' for none. */
export function chipOf({ name, chip }: Setting, value: string): string {
  if (value === '') return chip?.unset ?? `${name} not set`;
  return chip?.set(value) ?? `${name} ${value}`;
}

/** The value of a type, as JSON has it. */
export type ValueOf<Type extends ValueType> = {
  number: number;
  integer: number;
  seed: Seed | null;
  choice: Type extends { options: readonly (infer Option)[] } ? Option : never;
  lines: string | string[];
  map: Record<string, number>;
  object: Readonly<Record<string, unknown>>;
  switch: boolean;
  flag: boolean;
  name: string;
  text: string;
}[Type['kind']];
