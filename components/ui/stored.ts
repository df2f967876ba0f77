/** What this browser remembers under a name; null if that is nothing, or if it remembers nothing at all. */
export function readStored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Remembers something in this browser; if its storage is off or full, until the page is closed. */
export function writeStored(name: string, text: string): void {
  try {
    localStorage.setItem(name, text);
  } catch {
    // Whoever has turned it off has asked for that.
  }
}
