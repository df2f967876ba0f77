/** The path of what is on the screen: that of the document, which the address may have left before any script was at work. */
let shownPath: string | undefined;

/** Notes that what is on the screen has another address now. */
export function noteShownPath(path: string): void {
  shownPath = path;
}

/** Whether the address names what is on the screen; not after the browser has gone back or forward. */
export function isShown(): boolean {
  shownPath ??= pathOfDocument();
  return location.pathname === shownPath;
}

/** Opens what the address names, if that is another page than the one on the screen. */
export function openOther(): void {
  if (!isShown()) location.reload();
}

function pathOfDocument(): string {
  const [navigation] = performance.getEntriesByType('navigation');
  return navigation ? new URL(navigation.name).pathname : location.pathname;
}
