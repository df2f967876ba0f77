const storageKey = 'seedbed-key-list';

/** Whether `?` opens the list of keys: a single key can be in the way of whoever speaks to the computer (WCAG 2.2, 2.1.4). */
export function isKeyListOn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

export function setKeyListOn(on: boolean): void {
  try {
    localStorage.setItem(storageKey, on ? 'on' : 'off');
  } catch {
    // Storage is off: it stays as it is.
  }
}
