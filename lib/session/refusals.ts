import { refusedParameter } from '@/lib/compare/measure/refusal';
import { type ParameterKey, type SettingKey, settingOf, settings as settingRows } from '@/lib/recipe/parameters';
import { armRequest } from '@/lib/recipe/plan';
import type { Experiment } from '@/lib/run/fold';
import type { ProviderList } from './providers';
import { remember } from './remember';
import { headOf, providerIn } from './select';
import type { Session } from './session';
import type { Settings } from './settings';

/*
 * What the model of the form has refused. The page has it later than what it needs at once.
 */

const settingKeys = settingRows.map(({ key }) => key);

/** The settings of the form that its model has refused in the runs on the screen; logprobs, if it was their number. */
export const refusedSettings = ({ draft, on }: Session): ReadonlySet<SettingKey> =>
  refusedOf(draft.settings, draft.provider, on.experiment);

/** Whether what the form asks for is sent without a setting. */
const isLeftOut = (form: Settings, key: SettingKey): boolean => form[key] === (settingOf(key).without ?? '');

const nothingRefused: ReadonlySet<SettingKey> = new Set();
const refusedOf = remember(
  (form: Settings, provider: string, { recipe, runs }: Experiment): ReadonlySet<SettingKey> => {
    if (recipe.provider !== provider) return nothingRefused;
    const named = runs.flatMap((run): string[] => {
      if (run.status !== 'failed' || run.model !== form.model) return [];
      const key = refusedParameter(run.error, armRequest(recipe, run.arm));
      return key === null ? [] : [key === 'top_logprobs' ? 'logprobs' : key];
    });
    return named.length > 0
      ? new Set(settingKeys.filter((key) => !isLeftOut(form, key) && named.includes(key)))
      : nothingRefused;
  },
);

/** A setting of the form that its model has refused; `value` is null of the runs on the screen, `at` if they are not stored. */
export type RefusedSetting = { model: string; key: SettingKey & ParameterKey; value: string | null; at: string | null };

/** The settings of the form that its model has refused: in the runs on the screen, or whenever it was last asked for them here. */
export const refusals = (session: Session): readonly RefusedSetting[] => {
  const { draft, on, providers } = session;
  const at = headOf(session)?.createdAt ?? null;
  return refusalsOf(draft.settings, draft.provider, on.experiment, providers, at);
};

const refusalsOf = remember(
  (
    form: Settings,
    provider: string,
    shown: Experiment,
    providers: ProviderList,
    shownAt: string | null,
  ): readonly RefusedSetting[] => {
    const { model } = form;
    const now = [...refusedOf(form, provider, shown)].filter(isParameter);
    const known = (providerIn(providers, provider)?.capabilities ?? []).flatMap((seen): RefusedSetting[] => {
      const { parameter, state, value, at } = seen;
      if (seen.model !== model || state !== 'refused' || parameter === 'system_fingerprint') return [];
      return isLeftOut(form, parameter) || now.includes(parameter) ? [] : [{ model, key: parameter, value, at }];
    });
    return [...now.map((key): RefusedSetting => ({ model, key, value: null, at: shownAt })), ...known];
  },
);

const isParameter = (key: SettingKey): key is SettingKey & ParameterKey =>
  key !== 'model' && key !== 'prompt' && key !== 'system';
