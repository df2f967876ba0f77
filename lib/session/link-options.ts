import type { Field } from './draft';

/** The controls that a link can hide or lock, by the API's own names where it has one. */
export const controls = [
  'model',
  'prompt',
  'system',
  'seed',
  'temperature',
  'top_p',
  'max_completion_tokens',
  'runs',
  'vary',
  'dispatch',
  'logprobs',
  'pace',
] as const;
export type Control = (typeof controls)[number];

/** What a link makes of the form. It changes what can be seen and set, never what is sent. */
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

/** Where a field of the form has no control of its own name. */
const controlsOf: Partial<Record<Field, Control>> = {
  provider: 'model',
  values: 'vary',
  topP: 'top_p',
  maxTokens: 'max_completion_tokens',
};

/** The control that shows a field of the form. That of what varies has the second settings, too. */
export const controlOf = (field: Field): Control =>
  controlsOf[field] ?? controls.find((control) => control === field) ?? 'vary';

/** Parts of the address that stay when the workbench writes a new one. */
const lasting = ['hide', 'lock', 'projector'];

/** The lasting parts of a query, as they were written: `?view=tree&lock=seed` gives `['lock=seed']`. */
export const lastingParts = (search: string): string[] =>
  search
    .slice(1)
    .split('&')
    .filter((part) => lasting.includes(part.split('=')[0] ?? ''));
