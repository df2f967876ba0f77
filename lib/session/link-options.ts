import { type SettingKey, settings } from '@/lib/recipe/parameters';
import type { Field } from './problem';

/** Controls of the form that are not settings of a request. */
const ownControls = [
  { key: 'runs', label: 'Runs' },
  { key: 'vary', label: 'Vary between runs' },
  { key: 'dispatch', label: 'Send' },
  { key: 'pace', label: 'Pace' },
] as const;

/** What a link can hide or lock, by the API's own name if it has one. */
export type Control = SettingKey | (typeof ownControls)[number]['key'];

const labelled: readonly { key: Control; label: string }[] = [...settings, ...ownControls];
export const controls: readonly Control[] = labelled.map(({ key }) => key);

/** What the page calls a control: "Top-p". */
export const controlLabel = (control: Control): string => labelled.find(({ key }) => key === control)?.label ?? control;

/** What a link does to the form. It changes what can be seen and set, never what is sent. */
export type LinkOptions = { hide: ReadonlySet<Control>; lock: ReadonlySet<Control> };

/** Reads `?hide=model,top_p&lock=prompt`. Unknown names are ignored. */
export function readLinkOptions(search: string): LinkOptions {
  const query = new URLSearchParams(search);
  const read = (name: string) => {
    const names = query.get(name)?.split(',') ?? [];
    return new Set(controls.filter((control) => names.includes(control)));
  };
  return { hide: read('hide'), lock: read('lock') };
}

/** The inverse: '' if nothing is hidden or locked. */
export function linkOptionsToQuery({ hide, lock }: LinkOptions): string {
  const parts = Object.entries({ hide, lock }).flatMap(([name, chosen]) => {
    const named = controls.filter((control) => chosen.has(control));
    return named.length > 0 ? [`${name}=${named.join(',')}`] : [];
  });
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/** The control that shows a field of the form. The values and the second settings belong to that of what varies. */
export const controlOf = (field: Field): Control =>
  field === 'provider' ? 'model' : (controls.find((control) => control === field) ?? 'vary');

/** Parts of the query that stay when the workbench writes a new address. */
const lasting = ['hide', 'lock', 'projector'];

/** The lasting parts of a query, as they were written: `?view=tree&lock=seed` gives `['lock=seed']`. */
export const lastingParts = (search: string): string[] =>
  search
    .slice(1)
    .split('&')
    .filter((part) => lasting.includes(part.split('=')[0] ?? ''));
