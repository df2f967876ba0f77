import { useSession } from '@/components/session/session-context';
import { type FormSetting, formParameters } from '@/lib/recipe/parameters';
import { type Control, controlOf } from '@/lib/session/link-options';
import type { Session } from '@/lib/session/session';
import { Chip } from './chip';
import { DispatchField, PaceField, SharedSettings, ways } from './line-fields';
import { furtherSettings } from './more-settings';
import { SettingField } from './setting-field';
import { SystemField } from './text-fields';

const switches: readonly FormSetting[] = formParameters.filter(({ place }) => place === 'all');
const controls: readonly Control[] = [
  'dispatch',
  'pace',
  'system',
  ...[...switches, ...furtherSettings].map(({ key }) => controlOf(key)),
];

/** The settings that few people need, behind one chip that names those that are set. */
export function MoreChip() {
  const both = useSession(({ draft }) => draft.dispatch === 'both');
  return (
    <Chip controls={controls} label="More" value={useSession(sayMore)}>
      <div className="flex flex-wrap items-center gap-x-8 gap-y-1">
        <DispatchField />
        <SharedSettings />
        <PaceField />
      </div>
      {both && (
        <p className="mt-2 max-w-prose">
          Runs all at once first. When they have ended, the same again, one after the other, each held against the run
          of its number before. Stop ends it, and what has not begun is not run.
        </p>
      )}
      <div className="mt-3 grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3">
        <div className="col-span-full">
          <SystemField />
        </div>
        {furtherSettings.map((setting) => (
          <SettingField key={setting.key} setting={setting} />
        ))}
      </div>
    </Chip>
  );
}

/** "one after the other, logprobs": what is set of them. */
function sayMore({ draft: { dispatch, settings } }: Session): string {
  const set = [...switches, ...furtherSettings].filter(({ key }) => settings[key] !== '').map(({ name }) => name);
  return [
    ...(dispatch === 'parallel' ? [] : [ways[dispatch]]),
    ...(settings.system === '' ? [] : ['system message']),
    ...set,
  ].join(', ');
}
