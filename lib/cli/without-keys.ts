/** The names of variables that hold what nobody may see. */
const secret = /KEY|TOKEN|SECRET|PASSWORD/i;
/** A value that is shorter may be a word like any other. */
const shortest = 8;
/** What has the form of a provider's key. */
const keyLike = /\b(?:sk|pk|rk|gsk|xai)[-_][\w*-]{8,}|\bAIza[\w-]{20,}/g;
/** The user and the password that stand before the host of an address. */
const login = /(?<=\bhttps?:\/\/)[^\s/@]+(?=@)/gi;

/**
 * A message without keys: those that stand in the environment, and whatever looks like one. A message repeats what was typed, and
 * people paste keys into the wrong place; a log of CI keeps it.
 */
export function withoutKeys(message: string, env: Readonly<NodeJS.ProcessEnv>): string {
  const keys = Object.entries(env).flatMap(([name, value = '']) =>
    secret.test(name) && value.trim().length >= shortest ? [value.trim()] : [],
  );
  return keys
    .reduce((text, key) => text.replaceAll(key, '[key]'), message)
    .replace(login, '[key]')
    .replace(keyLike, '[key]');
}
