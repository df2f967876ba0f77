import { useSession } from '@/components/session/session-context';
import { DispatchField, PaceField, SharedSettings } from './line-fields';
import { furtherSettings } from './more-settings';
import { SettingField } from './setting-field';
import { SystemField } from './system-field';

/** The settings that few people need. */
export function MoreFields() {
  const both = useSession(({ draft }) => draft.dispatch === 'both');
  return (
    <>
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
      {/* Beside its button there may be room for less than the hints need: then it lies on the button's other side. */}
      <div className="mt-3 grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 lg:[[popover]_&]:min-w-158">
        <div className="col-span-full">
          <SystemField />
        </div>
        {furtherSettings.map((setting) => (
          <SettingField key={setting.key} setting={setting} />
        ))}
      </div>
    </>
  );
}
