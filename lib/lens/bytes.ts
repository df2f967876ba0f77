const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** How a provider writes a token that is not a whole character, where it does not simply send U+FFFD. */
const escaped = /^bytes:((?:\\x[0-9a-f]{2})+)$/i;

/**
 * The UTF-8 bytes of a token: those that the provider sent, else those of its text. Null if some are lost: then the text
 * holds U+FFFD, and the bytes that are sent (by vLLM) are those of U+FFFD.
 */
export function bytesOf({
  token,
  bytes,
}: {
  token: string;
  bytes: readonly number[] | null;
}): readonly number[] | null {
  const ofText = [...new TextEncoder().encode(token)];
  const [, hex] = escaped.exec(token) ?? [];
  if (token.includes('\ufffd') && (bytes ?? ofText).join() === ofText.join()) return null;
  if (bytes) return bytes;
  return hex === undefined ? ofText : [...hex.matchAll(/[0-9a-f]{2}/gi)].map(([pair]) => Number.parseInt(pair, 16));
}

/**
 * Bytes as text, with those that are not a whole character escaped:
 * `showBytes([32, 0xe2, 0x82])` is `" \\xE2\\x82"`, and `showBytes([0xe2, 0x82, 0xac])` is `"€"`.
 */
export function showBytes(bytes: readonly number[]): string {
  let label = '';
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOf(bytes[at] ?? 0);
    const character = decode(bytes.slice(at, at + length));
    label += character ?? `\\x${(bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
    at += character === null ? 1 : length;
  }
  return label;
}

/** The length in bytes of a UTF-8 character that begins with this byte. */
export function lengthOf(byte: number): number {
  if (byte >= 0xf0) return 4;
  if (byte >= 0xe0) return 3;
  return byte >= 0xc0 ? 2 : 1;
}

function decode(bytes: readonly number[]): string | null {
  try {
    return decoder.decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}
