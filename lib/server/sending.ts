import { piecesOf } from '@/lib/http/pieces';
import { type Problem, problemResponse } from '@/lib/http/problem';
import { addressOf } from './address';
import { services } from './services';
import { signedOwner } from './visitor';

/** What answers of one visitor, and of all at one address, may hold in memory until they are read, in bytes. */
const most = { visitor: 128 * 1024 * 1024, address: 512 * 1024 * 1024 };

/** An answer of JSON that is written already, which no cache may store. */
export const sendJson = (request: Request, json: Uint8Array): Promise<Response> =>
  sendBytes(request, json, { 'content-type': 'application/json', 'cache-control': 'no-store' });

/**
 * Bytes a piece at a time, as they are read. They are held until the last of them is taken, so they are counted until then: whoever
 * asks for much and reads nothing gets no more.
 */
export async function sendBytes(
  request: Request,
  bytes: Uint8Array,
  headers: Record<string, string>,
): Promise<Response> {
  if (request.method === 'HEAD') return new Response(null, { headers });
  const { held } = services();
  const visitor = await signedOwner(request.headers.get('cookie'));
  const address = addressOf(request);
  const holders = [
    ...(visitor === null ? [] : [{ name: visitor, limit: most.visitor }]),
    ...(address === null ? [] : [{ name: address, limit: most.address }]),
  ];
  if (holders.some(({ name, limit }) => (held.get(name) ?? 0) + bytes.length > limit)) return problemResponse(tooMuch);
  const add = (change: number) => {
    for (const { name } of holders) {
      const now = (held.get(name) ?? 0) + change;
      if (now > 0) held.set(name, now);
      else held.delete(name);
    }
  };
  const pieces = piecesOf(bytes);
  let letGo = () => {
    letGo = () => {};
    add(-bytes.length);
  };
  add(bytes.length);
  // Whoever has left before the first piece neither reads nor cancels.
  if (request.signal.aborted) letGo();
  else request.signal.addEventListener('abort', () => letGo(), { once: true });
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces.next();
        if (!piece.done) return controller.enqueue(piece.value);
        letGo();
        controller.close();
      },
      cancel: () => letGo(),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers });
}

const tooMuch: Problem = {
  status: 429,
  code: 'too_much_unread',
  message: 'Answers to you wait to be read that are as large as may be. Read those first, or try again in a moment.',
  retryAfter: 5,
};
