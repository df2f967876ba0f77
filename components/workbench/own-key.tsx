import { KeyRound } from 'lucide-react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { useCommands } from '@/components/ui/commands';
import { ownKeyBoundOf, ownKeyProviders } from '@/lib/session/own-key-bound';
import type { OwnKey as Held } from '@/lib/session/own-keys';
import type { OfferedProvider } from '@/lib/session/providers';
import { sayOwnKeyBound } from '@/lib/words/own-keys';

/** The visitor's own keys for the providers that the form asks: to enter, to see which, to forget. */
export function OwnKeyList() {
  const providers = useSession(ownKeyProviders);
  const bound = useSession((session) => {
    const known = ownKeyBoundOf(session);
    return known && sayOwnKeyBound(known);
  });
  if (providers.length === 0) return null;
  return (
    <div className="mt-3 flex max-w-prose flex-col gap-2">
      {providers.map((provider) => (
        <OwnKey key={provider.id} provider={provider} />
      ))}
      {bound !== null && <p className="text-dim text-fine">{bound}.</p>}
    </div>
  );
}

function OwnKey({ provider }: { provider: OfferedProvider }) {
  const { id, name, ownKey } = provider;
  const dispatch = useDispatch();
  const held = useSession(({ ownKeys }) => ownKeys[id] ?? null);
  const ask = () => dispatch({ kind: 'own-key-asked', provider: id });
  const forget = () => dispatch({ kind: 'own-key-forgotten', provider: id });
  useCommands(() => [
    held
      ? { name: `Forget my key for ${name}`, group: 'This page', run: forget }
      : { name: `Use my own key for ${name}`, group: 'This page', run: ask },
  ]);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {/* One button, so that the focus stays where it is. */}
      <Button
        onClick={({ currentTarget }) => {
          if (held) return forget();
          currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
          ask();
        }}
      >
        <KeyRound aria-hidden size={16} /> {held ? 'Forget my key' : 'Use my own key'}
      </Button>
      <p role="status" className="min-w-0 flex-1 basis-60 text-dim text-fine">
        {sayState(name, ownKey, held)}
      </p>
    </div>
  );
}

function sayState(name: string, ownKey: OfferedProvider['ownKey'], held: Held | null): string {
  if (held)
    return `Your key for ${name}, which ends in ${held.key.slice(-4)}, is used for the runs that you start. ${held.kept ? 'This tab keeps it until it is closed.' : 'A reload forgets it.'}`;
  return ownKey === 'must'
    ? `${name} is asked with a key of your own here.`
    : `Otherwise this server asks ${name} with the key that it has.`;
}
