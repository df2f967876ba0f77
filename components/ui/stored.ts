/** What this browser remembers under a name, null for nothing; `refused` if it may not be asked. */
export function readStored(name: string, refused: string | null = null): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return refused;
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
