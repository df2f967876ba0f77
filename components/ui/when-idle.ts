/** In milliseconds. Safari has no idle callbacks: there this is how long one waits. */
const atMostMs = 1000;

/** Calls a function once the browser has nothing else to do, and within a second or so anyway. */
export function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(run, { timeout: atMostMs });
  else setTimeout(run, atMostMs);
}
