import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { Field, inputClass } from '@/components/ui/field';
import { ownKeyFault } from '@/lib/api/read-own-keys';
import { boundWhenKeyed } from '@/lib/session/own-key-bound';
import { providerIn } from '@/lib/session/select';
import { ownKeyFaultSentence, sayOwnKeyBound } from '@/lib/words/own-keys';

/** Asks for a key of the visitor's own. */
export function KeyDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const dispatch = useDispatch();
  const asked = useSession(({ keyAsked }) => keyAsked);
  useEffect(() => {
    if (asked && !dialog.current?.open) dialog.current?.showModal();
  }, [asked]);
  const name = useSession(({ providers }) => asked && providerIn(providers, asked.provider)?.name);
  return (
    asked && (
      <Dialog
        title={`Your own key for ${name ?? asked.provider}`}
        dialog={dialog}
        onClose={() => dispatch({ kind: 'own-key-declined' })}
      >
        <KeyQuestion
          key={asked.provider}
          provider={asked.provider}
          action={asked.next ? 'Use it and go on' : 'Use it'}
          // First, so that the focus goes back to where it was.
          close={() => dialog.current?.close()}
        />
      </Dialog>
    )
  );
}

type KeyQuestionProps = { provider: string; action: string; close: () => void };

function KeyQuestion({ provider, action, close }: KeyQuestionProps) {
  const dispatch = useDispatch();
  const origin = useSession(({ providers }) => providerIn(providers, provider)?.endpoint?.origin ?? 'the provider');
  const bound = useSession((session) => {
    const known = boundWhenKeyed(session);
    return known && sayOwnKeyBound(known);
  });
  const [typed, setTyped] = useState('');
  const [kept, setKept] = useState(false);
  const [refused, setRefused] = useState(false);
  const key = typed.trim();
  const fault = refused ? ownKeyFault(key) : null;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (ownKeyFault(key)) return setRefused(true);
    close();
    dispatch({ kind: 'own-key-entered', provider, key, kept });
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-3">
      <Field id="own-key" label="Key" problem={fault && ownKeyFaultSentence(fault)}>
        {/* It has no name: no form can send it. */}
        <input
          ref={input}
          id="own-key"
          type="password"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-describedby="own-key-note own-key-way"
          aria-invalid={fault !== null}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className={`${inputClass} font-mono`}
        />
      </Field>
      <Checkbox checked={kept} onChange={setKept}>
        Keep it in this tab until it is closed; otherwise a reload forgets it
      </Checkbox>
      {!window.isSecureContext && <Alert>This page is not encrypted: others on the way can read what it sends.</Alert>}
      <p id="own-key-way" className="max-w-prose text-dim text-fine">
        This page sends it to this server with each request that needs it, and this server sends it on to {origin}. The
        server holds it in memory while your runs go on and a minute longer, and stores it nowhere. Where an answer
        repeats it, [key] stands in its place.
      </p>
      {bound !== null && <p className="text-fine">{bound}.</p>}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="primary">
          {action}
        </Button>
      </div>
    </form>
  );
}
