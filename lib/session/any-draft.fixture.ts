import fc from 'fast-check';
import { anySeed, anyValue } from '@/lib/recipe/any-recipe.fixture';
import { type FormSetting, type SettingKey, settings } from '@/lib/recipe/parameters';
import { seedRange } from '@/lib/recipe/seed';
import { isSent, type Settings, settingsOf, writeValue } from './settings';
import { sweptBy, type Vary } from './vary';

/** A thousand seeds may follow it. */
const maxFirst = BigInt(seedRange.max) - 1000n;

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((each) => each.trim() !== '');
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const seed = anySeed.map((each) => String(BigInt(each) > maxFirst ? maxFirst : each));

/** What goes with a switch that is on, and so is not written. */
const sentAnyway: Partial<Record<SettingKey, string>> = { top_logprobs: '20' };

/** What people type into a field of the form, except nothing. */
function typed({ key, type }: FormSetting): fc.Arbitrary<string> {
  if (type.kind === 'text') return text;
  if (type.kind === 'name') return name;
  if (type.kind === 'seed') return seed;
  return anyValue(type)
    .map((value) => writeValue(type, value))
    .filter((written) => written !== '' && written !== sentAnyway[key]);
}

const each = (anyText: (setting: FormSetting) => fc.Arbitrary<string>): fc.Arbitrary<Settings> =>
  fc.record(
    Object.fromEntries(settings.map((setting) => [setting.key, anyText(setting)])) as Record<
      SettingKey,
      fc.Arbitrary<string>
    >,
  );

const required: readonly SettingKey[] = ['model', 'prompt', 'seed'];

/** The first column, with a model, a prompt and a seed, and other fields filled in or empty. */
export const typedSettings: fc.Arbitrary<Settings> = each((setting) =>
  required.includes(setting.key) ? typed(setting) : fc.oneof(fc.constant(''), typed(setting)),
).map((texts) => settingsOf((row) => (isSent(row, texts) ? texts[row.key] : '')));

/** A second column: any field filled in or empty, except those that all runs share. */
export const secondSettings: fc.Arbitrary<Settings> = each((setting) =>
  setting.place === 'all' ? fc.constant('') : fc.oneof(fc.constant(''), typed(setting)),
);

/** A model of the form's provider, or of another: "my-server: llama3.2". */
const modelOfSome = fc.oneof(
  name,
  fc.tuple(fc.constantFrom('openai', 'my-server-2'), name).map(([provider, model]) => `${provider}: ${model}`),
);

/** What people type as the values of what varies, as the form itself writes them. */
export function sweepValues(vary: Vary): fc.Arbitrary<string> {
  const setting = sweptBy(vary);
  if (!setting || setting.type.kind === 'seed') return fc.constant('');
  const separator = setting.type.kind === 'text' ? '\n' : ', ';
  return fc
    .uniqueArray(
      (setting.type.kind === 'name' ? modelOfSome : typed(setting)).map((entry) => entry.trim()),
      { minLength: 2, maxLength: 4 },
    )
    .map((entries) => entries.join(separator));
}
