import { readStored, writeStored } from '@/components/ui/stored';

const storageKey = 'seedbed-key-list';

/** Whether `?` opens the list of keys: a single key can be in the way of whoever speaks to the computer (WCAG 2.2, 2.1.4). */
export const isKeyListOn = (): boolean => readStored(storageKey) !== 'off';

export const setKeyListOn = (on: boolean): void => writeStored(storageKey, on ? 'on' : 'off');
