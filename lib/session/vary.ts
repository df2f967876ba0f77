import { type FormSetting, model, parameters, type SettingKey, seed, system } from '@/lib/recipe/parameters';
import type { Arm, Recipe } from '@/lib/recipe/recipe';
import { isSeed, seedAfter } from '@/lib/recipe/seed';
import { parseValues } from '@/lib/recipe/values';
import { err, ok, type Result } from '@/lib/result';
import type { Draft } from './draft';
import { settingLabel } from './labels';
import type { FieldProblem } from './problem';
import {
  fillFrom,
  messagesWith,
  promptIn,
  readValue,
  settingsToRequest,
  systemIn,
  whatDiffers,
  writeValue,
} from './settings';

const inMenu: readonly FormSetting[] = [...parameters, model, system];

/** The settings that can vary alone. */
const swept = inMenu.filter(({ sweep }) => sweep !== null);

/**
 * What differs between the runs: nothing, one setting, "seed-test" (one half of the runs has the seed, the other none), or
 * "two" (one half has the settings of the form, the other those of a second column).
 */
export type Vary = 'nothing' | SettingKey | 'seed-test' | 'two';
export const variations: readonly Vary[] = ['nothing', ...swept.map(({ key }) => key), 'seed-test', 'two'];

/** The setting that varies alone; undefined if none does. */
export const sweptBy = (vary: Vary): FormSetting | undefined => swept.find(({ key }) => key === vary);

/** The values of a setting until others are typed; for the model, the one in the form. */
export const firstValues = (vary: Vary, { settings }: Draft): string =>
  vary === 'model' ? settings.model : (sweptBy(vary)?.sweep ?? '');

type Arms = Result<unknown[] | null, FieldProblem>;

/** The arms of what varies, not yet checked; null if nothing does. `runs`: of each arm, or for "seed" the number of seeds. */
export function armsOf(draft: Draft, runs: number): Arms {
  const setting = sweptBy(draft.vary);
  if (setting) return sweepArms(setting, draft, runs);
  if (draft.vary === 'two') return twoArms(draft);
  return ok(draft.vary === 'nothing' ? null : [armOf(seed, seedIn(draft)), armOf(seed, null)]);
}

/** The number that is typed as the seed, or whatever else is typed. */
const seedIn = ({ settings }: Draft): unknown => readValue(seed.type, settings.seed);

function sweepArms(setting: FormSetting, draft: Draft, runs: number): Arms {
  switch (setting.type.kind) {
    case 'seed': {
      const first = seedIn(draft);
      return ok(
        Array.from({ length: runs }, (_, index) => armOf(setting, isSeed(first) ? seedAfter(first, index) : first)),
      );
    }
    case 'number':
    case 'integer': {
      const numbers = parseValues(draft.values);
      if (!numbers.ok) return err({ field: 'values', fault: { kind: 'not-a-list', fault: numbers.error } });
      return ok(numbers.value.map((number) => armOf(setting, number)));
    }
    case 'text':
      return listArms(draft, '\n', (text) => ({
        label: text.slice(0, 100),
        set: { messages: messagesWith(text, draft.settings.prompt) },
      }));
    case 'name':
      return listArms(draft, ',', (entry) => ({ label: entry.slice(0, 100), ...readModel(entry) }));
    default:
      return listArms(draft, ',', (entry) => armOf(setting, readValue(setting.type, entry)));
  }
}

/** A model in a list of them, with its provider if that is not the form's: "my-server: llama3.2". */
export const writeModel = (model: string, provider?: string): string =>
  provider === undefined ? model : `${provider}: ${model}`;

function readModel(entry: string): Pick<Arm, 'provider' | 'set'> {
  const [, provider, model = entry] = /^([a-z][a-z0-9-]{0,63}): +(.+)$/.exec(entry) ?? [];
  return { ...(provider === undefined ? {} : { provider }), set: { model } };
}

/** One arm for each entry of a list; there must be two. */
function listArms({ values }: Draft, separator: ',' | '\n', armOfEntry: (entry: string) => unknown): Arms {
  const typed = values.split(separator).map((entry) => entry.trim());
  const entries = [...new Set(typed.filter(Boolean))];
  if (entries.length >= 2) return ok(entries.map(armOfEntry));
  const fault = { kind: 'too-few-values', separator: separator === ',' ? 'comma' : 'line' } as const;
  return err({ field: 'values', fault });
}

/** The arm that sets one parameter. */
const armOf = (setting: FormSetting, value: unknown) => ({
  label: settingLabel(setting, writeValue(setting.type, value)),
  set: { [setting.key]: value },
});

function twoArms(draft: Draft): Arms {
  const second = fillFrom(draft.settings, draft.other);
  const set = whatDiffers(settingsToRequest(draft.settings), settingsToRequest(second));
  if (Object.keys(set).length === 0) return err({ field: 'other.prompt', fault: { kind: 'nothing-differs' } });
  return ok([{ set: {} }, { set }]);
}

/** What the arms of a recipe vary, as far as the form can show it: the inverse of `armsOf`. */
export function readArms(recipe: Recipe): Pick<Draft, 'vary' | 'values'> {
  const arms = recipe.arms ?? [];
  const [key, ...others] = new Set(arms.flatMap(({ set }) => Object.keys(set)));
  const sameProvider = key === 'model' || arms.every(({ provider }) => provider === undefined);
  const alone = key !== undefined && others.length === 0 && sameProvider && arms.every(({ set }) => key in set);
  const sweep = alone ? readSweep(key, arms, promptIn(recipe.request.messages)) : null;
  return sweep ?? { vary: arms.length === 2 && key !== undefined ? 'two' : 'nothing', values: '' };
}

/** What varies between arms that all set this one key. */
function readSweep(key: string, arms: readonly Arm[], prompt: string): Pick<Draft, 'vary' | 'values'> | null {
  if (key === 'messages') return readSystems(arms, prompt);
  const setting = swept.find((each) => each.key === key);
  if (!setting) return null;
  if (setting.type.kind === 'seed')
    return { vary: arms.length === 2 && arms[1]?.set.seed === null ? 'seed-test' : 'seed', values: '' };
  const values = arms.map(({ set, provider }: { set: Record<string, unknown>; provider?: string | undefined }) =>
    writeModel(writeValue(setting.type, set[key]), provider),
  );
  return { vary: setting.key, values: values.join(', ') };
}

/** Messages that differ in the system message only. */
function readSystems(arms: readonly Arm[], prompt: string): Pick<Draft, 'vary' | 'values'> | null {
  const messages = arms.map(({ set }) => set.messages ?? []);
  if (!messages.every((each) => promptIn(each) === prompt)) return null;
  return { vary: 'system', values: messages.map((each) => systemIn(each)).join('\n') };
}
