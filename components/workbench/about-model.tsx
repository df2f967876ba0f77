import { useSession } from '@/components/session/session-context';
import { modelIn } from '@/lib/session/select';

/** What the model is, in a few words. */
export function AboutModel() {
  const name = useSession(({ draft }) => draft.settings.model);
  const listed = useSession(({ draft, providers }) => modelIn(providers, draft.provider, draft.settings.model));
  return (
    <>
      {listed?.about && (
        <p className="mt-2 max-w-prose">
          <code>{name}</code>: {listed.about}
        </p>
      )}
      {listed?.shutdownDate && (
        <p className="mt-2 max-w-prose">
          <code>{name}</code> leaves on {listed.shutdownDate}, its provider says.
        </p>
      )}
    </>
  );
}
