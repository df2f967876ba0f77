/** Why a text is not used as a key. */
export type OwnKeyFault =
  | { kind: 'not-ascii' }
  | { kind: 'too-short'; min: number }
  | { kind: 'too-long'; max: number }
  | { kind: 'too-plain'; min: number };

/** Letters and digits: those of a shorter key stand in texts by chance, so it could not be told from them and kept out. */
const minCharacters = 16;
/** Different ones among them: what is made of a few, over and over again, is no key. */
const minDifferent = 8;
const maxCharacters = 512;

/** What is wrong with a key; null if it can be used. */
export function ownKeyFault(key: string): OwnKeyFault | null {
  if (!/^[\x21-\x7e]*$/.test(key)) return { kind: 'not-ascii' };
  if (key.length > maxCharacters) return { kind: 'too-long', max: maxCharacters };
  const letters = key.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (letters.length < minCharacters) return { kind: 'too-short', min: minCharacters };
  return new Set(letters).size < minDifferent ? { kind: 'too-plain', min: minDifferent } : null;
}

/** What a header's value says; null if it is none, or a key in it cannot be used. No key has a space in it. */
export function readOwnKeys(value: string): Map<string, string> | null {
  const entries = value.split(' ').filter((each) => each !== '');
  const keys = new Map<string, string>();
  for (const entry of entries) {
    const [, provider, key] = /^([a-z][a-z0-9-]{0,63})=(.+)$/.exec(entry) ?? [];
    if (provider === undefined || key === undefined || keys.has(provider) || ownKeyFault(key)) return null;
    keys.set(provider, key);
  }
  return keys;
}
