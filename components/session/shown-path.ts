/** The path of what is on the screen: that of the document, which the address may have left before any script was at work. */
let shownPath: string | undefined;

/** Notes that what is on the screen has another address now. */
export function noteShownPath(path: string): void {
  shownPath = path;
}

/** Opens what the address names, if that is another page than the one on the screen: the browser has gone back or forward. */
export function openOther(): void {
  if (location.pathname !== (shownPath ?? pathOfDocument())) location.reload();
}

function pathOfDocument(): string {
  const [navigation] = performance.getEntriesByType('navigation');
  return navigation ? new URL(navigation.name).pathname : location.pathname;
}
