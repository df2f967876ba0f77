import { useSession } from '@/components/session/session-context';
import { capabilityParameters } from '@/lib/run/capability';
import { modelIn, providerIn } from '@/lib/session/select';
import { sayCapability } from '@/lib/words/capability';
import { inSequence } from '@/lib/words/english';
import { sayProbed } from '@/lib/words/probe';

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
      <SeenOfModel />
    </>
  );
}

/** What the model has been seen to take, refuse or ignore, in runs and probes here. A model that is built in is known. */
function SeenOfModel() {
  const name = useSession(({ draft }) => draft.settings.model);
  const provider = useSession(({ draft, providers }) => providerIn(providers, draft.provider));
  if (!provider?.endpoint || name.trim() === '') return null;
  const seen = provider.capabilities.filter(({ model }) => model === name);
  const unseen = capabilityParameters.filter((parameter) => seen.every((each) => each.parameter !== parameter));
  return (
    <div className="mt-3 max-w-prose">
      <p className="font-medium text-sm">What this server has seen of it</p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 text-fine">
        {seen.map((each) => (
          <div key={each.parameter} className="contents">
            <dt className="text-dim">{sayProbed(each.parameter)}</dt>
            <dd>{sayCapability(each)}</dd>
          </div>
        ))}
      </dl>
      {unseen.length > 0 && (
        <p className="text-dim text-fine">Not seen yet: {inSequence(unseen.map((each) => sayProbed(each)))}.</p>
      )}
    </div>
  );
}
