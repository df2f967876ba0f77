import { fieldIn } from './popover';

/** Moves the focus from an element to the first field of a popover once it has come, unless the focus has gone elsewhere by then. */
export function focusLateField(fields: HTMLElement, from: Element | null): void {
  function look(): void {
    const field = fieldIn(fields);
    const left = document.activeElement !== from || !fields.matches(':popover-open');
    if (field || left) coming.disconnect();
    if (!left) field?.focus();
  }
  const coming = new MutationObserver(look);
  coming.observe(fields, { childList: true, subtree: true });
  look();
}
