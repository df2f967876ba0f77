/*
 * A provider may repeat the key that it was sent. What is kept beside the text must not hold it, and must stay as it came
 * where letters merely agree. A key tells itself if it has at least 16 characters of at least two kinds, of small letters,
 * capitals, digits and others: `sk-proj-4f9a…` does, and a passphrase; `ollama`, `any` or `llama3`, which servers that need
 * no key are given, do not: they may be a word of a message or a part of a model's name. So:
 *
 * - in names (models, fingerprints, ids, finish reasons, paths) a telling key is masked, any other is not;
 * - in messages a telling key is masked, any other where a credential stands: after "Bearer", "API key provided:" and the
 *   like, and in URLs. So is whatever else has the form of a key there, since a gateway has keys of its own;
 * - texts and tokens are never touched, if the key is the operator's: they are what is compared, and whoever writes a key into
 *   them was sent it. A visitor's own key is masked in them, too, and in more forms than here: see `visitor-provider.ts`.
 */

/** What stands in the place of a key. */
export const masked = '[key]';

/** A name that a provider gave, without the key that it was sent, and cut to 300 characters. */
export const maskName = (name: string, key: string): string => withoutKey(name, key).slice(0, 300);

/** A text without the key, if that tells itself. */
export const withoutKey = (text: string, key: string): string =>
  text.includes(key) && isTelling(key) ? text.replaceAll(key, masked) : text;

/**
 * A message of a provider's, without the key that it was sent and anything else that looks like one, and cut to 500
 * characters. With the key "ollama" the message "ollama is not running" stays, "Invalid API key: ollama" does not.
 */
export function maskMessage(message: string, key: string): string {
  return withoutKey(message, key)
    .slice(0, 4000) // some patterns below look at a text again and again
    .replace(/\b(sk|pk|rk|gsk|xai|key)[-_](?=[\w*-]*[\d*])[\w*-]{4,}/gi, masked)
    .replace(/\bAIza[\w-]{10,}/g, masked)
    .replace(/\/\/[^\s/@]+@/g, `//${masked}@`)
    .replace(/([?&][\w-]*(?:key|token|secret|password)[\w-]*=)[^&\s"'<>]+/gi, `$1${masked}`)
    .replace(bearer, (all, before: string, said: string) => (isCredential(said, key) ? `${before}${masked}` : all))
    .replace(credential, (all, before: string, said: string) => (said === key ? `${before}${masked}` : all))
    .slice(0, 500);
}

/** What a word introduces, up to a space, a quote or a bracket, without the end of a sentence. */
const said = /([^\s"'`,;)\]}]+?)(?=[.!?:]?(?:[\s"'`,;)\]}]|$))/;
const bearer = new RegExp(`${/\b(Bearer\s+)/.source}${said.source}`, 'gi');

/** A word for a credential, and the text that it introduces: `API key provided: "x"`, `x-api-key: x`, `the token x`. */
const word = /(?<![a-z])(?:authorization|api[-_ ]?key|key|token|secret|password|credentials?)/;
const link = /(?: (?:provided|given|sent|used|received|is|was))?["'`]?[ :=]+["'`]?/;
const credential = new RegExp(`(${word.source}${link.source})${said.source}`, 'gi');

/** "Bearer authentication is required" names no credential. */
const isCredential = (text: string, key: string): boolean => text === key || /\d/.test(text) || isTelling(text);

function isTelling(key: string): boolean {
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{Ll}\p{Lu}\d]/u].filter((kind) => kind.test(key));
  return key.length >= 16 && kinds.length >= 2;
}
