import { useSession } from '@/components/session/session-context';
import { later } from '@/components/ui/later';
import { type FormSetting, parameters } from '@/lib/recipe/parameters';
import { type Control, controlOf } from '@/lib/session/link-options';
import type { Session } from '@/lib/session/session';
import { isSent } from '@/lib/session/settings';
import { Chip } from './chip';
import { ways } from './chip-values';
import { furtherSettings } from './more-settings';

const MoreFields = later(() => import('./fields').then((fields) => fields.MoreFields));

const shared: readonly FormSetting[] = parameters.filter(({ place }) => place === 'all');
const controls: readonly Control[] = [
  'dispatch',
  'pace',
  'system',
  ...[...shared, ...furtherSettings].map(({ key }) => controlOf(key)),
];

/** The settings that few people need, behind one chip that names those that are set. */
export function MoreChip() {
  return (
    <Chip controls={controls} label="More" value={useSession(sayMore)}>
      <MoreFields />
    </Chip>
  );
}

/** "one after the other, logprobs": what is set of them. */
function sayMore({ draft: { dispatch, settings } }: Session): string {
  const set = [...shared, ...furtherSettings]
    .filter((row) => settings[row.key] !== '' && isSent(row, settings))
    .map(({ name }) => name);
  return [
    ...(dispatch === 'parallel' ? [] : [ways[dispatch]]),
    ...(settings.system === '' ? [] : ['system message']),
    ...set,
  ].join(', ');
}
