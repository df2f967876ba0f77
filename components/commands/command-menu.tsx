'use client';

import { Search } from 'lucide-react';
import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { type Command, useOffered } from '@/components/ui/commands';
import { isKeyListOn } from './key-list-setting';

const CommandPalette = lazy(() => import('./command-palette'));
const KeyList = lazy(() => import('./key-list'));

type Opened = { kind: 'palette'; offered: Command[] } | { kind: 'keys' };

/** The button and the keys that open the palette of commands (Ctrl or Cmd+K) and the list of keys (?). Either is loaded when it is wanted. */
export function CommandMenu() {
  const [opened, setOpened] = useState<Opened | null>(null);
  const offered = useOffered();
  const openKeys = () => setOpened({ kind: 'keys' });
  const showPalette = () =>
    setOpened({ kind: 'palette', offered: [...offered(), { name: 'Keys', group: 'Help', run: openKeys }] });
  // The palette closes after the command that was chosen in it, which may have opened the other.
  const close = () => setOpened((now) => (now?.kind === opened?.kind ? null : now));
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (document.querySelector('dialog[open]')) return;
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey && !shiftKey) {
      event.preventDefault();
      showPalette();
    } else if (key === '?' && !ctrlKey && !metaKey && !isTyping(event.target) && isKeyListOn()) {
      event.preventDefault();
      openKeys();
    }
  });
  useEffect(() => {
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
  return (
    <>
      <Button
        data-needs-script
        variant="quiet"
        aria-keyshortcuts="Control+K Meta+K"
        title="Commands (Ctrl+K)"
        aria-label="Commands"
        onClick={showPalette}
        className="px-2 max-sm:hidden"
      >
        <Search aria-hidden size={18} />
      </Button>
      <Suspense>
        {opened?.kind === 'palette' && (
          // What is offered may have come since, or be over: it is asked for again at each letter that is searched for.
          <CommandPalette offered={opened.offered} onSearch={showPalette} onClose={close} />
        )}
        {opened?.kind === 'keys' && <KeyList onClose={close} />}
      </Suspense>
    </>
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches('input:not([type="radio"], [type="checkbox"]), textarea, select');
