import { useSession } from '@/components/session/session-context';
import { type FormSetting, formParameters } from '@/lib/recipe/parameters';
import type { Field } from '@/lib/session/problem';
import type { Session } from '@/lib/session/session';
import { Disclosure } from './disclosure';
import { SettingField } from './setting-field';
import { useLinkOptions } from './use-link-options';

/** The settings that few people need. */
export const furtherSettings: readonly FormSetting[] = formParameters.filter(({ place }) => place === 'more');

/** Whether one of them is set in a column, or wrong. */
export const isFurtherUsed = ({ draft, problem }: Session, column: 'settings' | 'other'): boolean =>
  furtherSettings.some(({ key }) => {
    const field: Field = column === 'other' ? `other.${key}` : key;
    return draft[column][key] !== '' || problem?.field === field;
  });

/** They are behind a line, so that the form is no longer than most people need. */
export function MoreSettings() {
  const { hide } = useLinkOptions();
  const used = useSession((session) => isFurtherUsed(session, 'settings'));
  if (furtherSettings.every(({ key }) => hide.has(key))) return null;
  return (
    <Disclosure summary={`More settings${used ? '' : ' (none)'}`} filled={used} className="open:basis-full">
      <div className="mt-1 grid grid-cols-2 gap-x-4 gap-y-3 @2xl:grid-cols-3 @5xl:grid-cols-5">
        {furtherSettings.map((setting) => (
          <SettingField key={setting.key} setting={setting} />
        ))}
      </div>
    </Disclosure>
  );
}
