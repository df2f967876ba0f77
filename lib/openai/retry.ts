/**
 * How long to wait before a refused call is sent again, and whether the server has asked for that. Null if it is not to be sent
 * again: the server says so, or it asks for more than anybody would wait for.
 *
 *     waitAfter(new Headers({ 'retry-after': '55' }), 1)  →  { ms: 55000, asked: true }
 */
export function waitAfter(headers: Headers, attempt: number): { ms: number; asked: boolean } | null {
  if (headers.get('x-should-retry') === 'false') return null;
  const asked = askedMs(headers);
  if (asked !== null) return asked > maxAskedMs ? null : { ms: asked, asked: true };
  // Calls that were refused together shall not come again together.
  const jitter = 1 - Math.random() * 0.25;
  return { ms: Math.round(Math.min(firstMs * 2 ** (attempt - 1), maxMs) * jitter), asked: false };
}

const maxAskedMs = 300_000;
const firstMs = 500;
const maxMs = 8000;

/** What `retry-after-ms` or `retry-after`, in seconds or as a date, asks for; null if neither says anything. */
function askedMs(headers: Headers): number | null {
  const inMs = headers.get('retry-after-ms');
  const after = headers.get('retry-after');
  if (inMs === null && after === null) return null;
  const ms = Number(inMs ?? Number.NaN);
  const seconds = Number(after ?? Number.NaN);
  const [asked] = [ms, seconds * 1000, Date.parse(after ?? '') - Date.now()].filter(Number.isFinite);
  return asked === undefined ? null : Math.max(0, Math.round(asked));
}

/** Resolves after so many milliseconds, or as soon as the signal aborts. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) return Promise.resolve();
  const over = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', over);
    resolve();
  };
  const timer = setTimeout(over, ms);
  signal.addEventListener('abort', over);
  return promise;
}
