import { err, ok, type Result } from '@/lib/result';
import { canonicalJson } from './canonical';
import { checkRecipe } from './check';
import type { LinkFault } from './problem';
import type { Recipe } from './recipe';

/** The maximum size of a recipe's JSON in a link: 1 MiB, as in the body of a request to run it. */
const maxBytes = 1024 * 1024;

/**
 * The fragment of a recipe link, without its '#': settings, prompt, title and labels are in the address, nothing is stored.
 * Version 1 is `r=1.` and the recipe's canonical JSON in UTF-8, compressed (deflate-raw), in base64url without padding:
 * `r=1.ZdBBagMxDAXQq5i_…`. Rejects with a RangeError if the recipe has more than 1 MiB, which a server would refuse too.
 */
export async function recipeToFragment(recipe: Recipe): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalJson(recipe));
  if (bytes.length > maxBytes) throw new RangeError('The recipe is larger than 1 MiB: too large for a link.');
  const packed = await readAll(streamOf(bytes).pipeThrough(new CompressionStream('deflate-raw')), Infinity);
  return `r=1.${toBase64Url(packed)}`;
}

/**
 * Opens a recipe link, from its fragment with or without '#'. Links of every past version open. Never throws:
 * `fragmentToRecipe('#r=2.…')` gives `{ ok: false, error: { kind: 'newer-link' } }`.
 */
export async function fragmentToRecipe(fragment: string): Promise<Result<Recipe, LinkFault>> {
  // Mail programs and chats write the mark in other ways.
  const link = fragment.replace(/^#/, '').replace(/^r(=|%3d)/i, 'r=');
  if (!link.startsWith('r=')) return err({ kind: 'not-a-link' });
  const [, version = '', payload = ''] = /^r=([1-9]\d*)\.(.*)$/s.exec(link) ?? [];
  if (version === '') return err({ kind: 'damaged-link' });
  return version === '1' ? openFirst(payload) : err({ kind: 'newer-link' });
}

/** Opens links of version 1. It must never change, even once there is a version 2. */
async function openFirst(payload: string): Promise<Result<Recipe, LinkFault>> {
  const unpacked = await unpackJson(payload);
  if (!unpacked.ok) return unpacked;
  const checked = checkRecipe(unpacked.value);
  return checked.ok ? checked : err({ kind: 'unusable-link', problem: checked.error });
}

async function unpackJson(payload: string): Promise<Result<unknown, LinkFault>> {
  try {
    const packed = streamOf(fromBase64Url(payload));
    const bytes = await readAll(packed.pipeThrough(new DecompressionStream('deflate-raw')), maxBytes);
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return err({ kind: 'damaged-link' });
  }
}

/** The bytes in small pieces: a platform may unpack a piece as a whole, and 1 KiB unpacks to 1 MiB at most. */
function streamOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const pieceBytes = 1024;
  let offset = 0;
  return new ReadableStream({
    pull(controller) {
      if (offset >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(offset, offset + pieceBytes));
      offset += pieceBytes;
    },
  });
}

/** Reads to the end, or rejects as soon as there are more than `max` bytes: a small link could unpack to gigabytes. */
async function readAll(stream: ReadableStream<Uint8Array>, max: number): Promise<Uint8Array> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    chunks.push(step.value);
    length += step.value.length;
    if (length <= max) continue;
    await reader.cancel();
    throw new RangeError(`More than ${max} bytes.`);
  }
  return joinBytes(chunks, length);
}

function joinBytes(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.length;
  }
  return joined;
}

function toBase64Url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Throws on anything but base64url without padding. */
function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]*$/.test(text)) throw new TypeError('Not base64url.');
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}
