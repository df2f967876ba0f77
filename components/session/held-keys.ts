import { writeOwnKeys } from '@/lib/api/own-keys';
import { readOwnKeys } from '@/lib/api/read-own-keys';
import { type OwnKeys, providerKeys } from '@/lib/session/own-keys';

/** Where this tab keeps keys for a reload, as they are sent. It goes with the tab. */
const place = 'seedbed-keys';

/** The keys of the pages that this tab has opened one from another. */
let held: OwnKeys = {};

/** Holds the visitor's own keys, for a reload only those that are to be kept. */
export function holdKeys(keys: OwnKeys): void {
  held = keys;
  const kept = Object.fromEntries(Object.entries(keys).filter(([, own]) => own.kept));
  try {
    if (Object.keys(kept).length === 0) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, writeOwnKeys(providerKeys(kept)));
  } catch {
    // A browser that keeps nothing has asked for it; the keys are held all the same.
  }
}

/** What is held. */
export function heldKeys(): OwnKeys {
  const kept = [...(readOwnKeys(stored()) ?? [])].map(([provider, key]) => [provider, { key, kept: true }] as const);
  return { ...Object.fromEntries(kept), ...held };
}

function stored(): string {
  try {
    return sessionStorage.getItem(place) ?? '';
  } catch {
    return '';
  }
}
