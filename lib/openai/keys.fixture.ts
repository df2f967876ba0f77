const bytesOf = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
const hexOf = (text: string): string[] => bytesOf(text).map((byte) => byte.toString(16).padStart(2, '0'));

/** The forms in which a server may write the key that it was sent, as its words for each. */
export const keyForms: Record<string, (key: string) => string> = {
  'as it is': (key) => key,
  'in capitals': (key) => key.toUpperCase(),
  'with spaces between': (key) => [...key].join(' '),
  'letter by letter, quoted': (key) => [...key].map((each) => `"${each}"`).join(', '),
  'one letter a line': (key) => [...key].join('\n- '),
  backwards: (key) => [...key].reverse().join(''),
  'in Base64': (key) => btoa(key),
  'in Base64 for addresses': (key) => btoa(key).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
  'in Base64, inside of something': (key) => btoa(`Authorization: Bearer ${key}\n`),
  'in Base64, inside of something else': (key) => btoa(`{"key":"${key}"}`),
  'in hexadecimal': (key) => hexOf(key).join(''),
  'in hexadecimal with spaces': (key) => hexOf(key).join(' ').toUpperCase(),
  'in decimal': (key) => `[${bytesOf(key).join(', ')}]`,
  'as an address has it': (key) => encodeURIComponent(key),
  'as an address may have it': (key) =>
    hexOf(key)
      .map((hex) => `%${hex}`)
      .join(''),
  'as an address has it twice': (key) =>
    hexOf(key)
      .map((hex) => `%25${hex}`)
      .join(''),
  'as JSON may have it': (key) =>
    hexOf(key)
      .map((hex) => `\\u00${hex}`)
      .join(''),
  'as a text of JSON in JSON may have it': (key) =>
    hexOf(key)
      .map((hex) => `\\\\u00${hex}`)
      .join(''),
  'as a program has it': (key) =>
    hexOf(key)
      .map((hex) => `\\x${hex}`)
      .join(''),
  'as bytes of a program': (key) =>
    hexOf(key)
      .map((hex) => `0x${hex}`)
      .join(', '),
  'as HTML may have it': (key) =>
    bytesOf(key)
      .map((byte) => `&#${byte};`)
      .join(''),
  'as HTML may have it in hexadecimal': (key) =>
    hexOf(key)
      .map((hex) => `&#x${hex};`)
      .join(''),
  'with its signs escaped': (key) =>
    [...key].map((each) => (/\w/.test(each) ? each : `\\u00${hexOf(each).join('')}`)).join(''),
};
