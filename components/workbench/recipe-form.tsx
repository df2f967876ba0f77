import type { FormEvent } from 'react';
import { Term } from '@/components/glossary/term';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Alert } from '@/components/ui/alert';
import type { HiddenPart } from '@/lib/recipe/hidden-part';
import { formParameters } from '@/lib/recipe/parameters';
import type { Message } from '@/lib/recipe/recipe';
import { controlOf } from '@/lib/session/link-options';
import { hiddenInForm, isRunning, modelIn } from '@/lib/session/select';
import { sayHidden } from '@/lib/words/hidden';
import { estimateText } from './estimate';
import { ExperimentMenu } from './experiment-menu';
import { DispatchField, PaceField, SharedSettings } from './line-fields';
import { ModelField } from './model-field';
import { MoreSettings } from './more-settings';
import { RunButton } from './run-button';
import { RunsField } from './runs-field';
import { SeedField } from './seed-field';
import { SettingField } from './setting-field';
import { PromptField, SystemField } from './text-fields';
import { problemSentence } from './use-form';
import { useLinkOptions } from './use-link-options';
import { VaryField } from './vary-field';

const firstSettings = formParameters.filter(({ place }) => place === 'first');

/** The form: prompt and settings on top, so that the results have the whole width below. */
export function RecipeForm() {
  const dispatch = useDispatch();
  const running = useSession(isRunning);
  function submit(event: FormEvent) {
    event.preventDefault();
    dispatch({ kind: running ? 'stop-asked' : 'run-asked' });
  }
  return (
    <form
      aria-label="Recipe"
      noValidate
      onSubmit={submit}
      className="@container flex flex-col gap-3 rounded-md border border-hairline bg-panel p-3 sm:p-4"
    >
      <div className="flex gap-4 max-sm:flex-col sm:items-end">
        <PromptField />
        <RunButton />
      </div>
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 @2xl:grid-cols-3 @5xl:grid-cols-[3fr_4fr_3fr_3fr_3fr_2fr]">
        <ModelField className="max-sm:col-span-2" />
        <SeedField className="max-sm:col-span-2" />
        <RunsField />
        {firstSettings.map((setting) => (
          <SettingField key={setting.key} setting={setting} />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-x-8 gap-y-1">
        <VaryField />
        <DispatchField />
        <SharedSettings />
        <PaceField />
        <ExperimentMenu />
        <p className="text-dim text-sm">{useSession(estimateText)}</p>
      </div>
      <Notes />
      <InPlainWords />
      <div className="flex flex-wrap gap-x-6 gap-y-1">
        <SystemField />
        <MoreSettings />
      </div>
      <Problem />
    </form>
  );
}

/** What to know about this recipe before it runs. */
function Notes() {
  const both = useSession(({ draft }) => draft.dispatch === 'both');
  const hidden = useSession(hiddenInForm);
  return (
    <>
      {both && (
        <p className="text-sm">
          Runs all at once first. When they have ended, the same again, one after the other, each held against the run
          of its number before. Stop ends it, and what has not begun is not run.
        </p>
      )}
      {hidden.length > 0 && <HiddenParts parts={hidden} />}
    </>
  );
}

function HiddenParts({ parts }: { parts: readonly HiddenPart[] }) {
  return (
    <div className="text-sm">
      <p>
        This recipe asks for more than the form can show. It is run as it was opened, until you change something here;
        then only what the form shows is asked.
      </p>
      {parts.map((part) => (
        <div key={part.kind === 'parameter' ? part.key : part.kind}>
          <p>{sayHidden(part)}</p>
          {part.kind === 'messages' && <Conversation messages={part.messages} />}
        </div>
      ))}
    </div>
  );
}

function Conversation({ messages }: { messages: readonly Message[] }) {
  return (
    <ol aria-label="Messages" className="mt-1 max-h-48 overflow-y-auto border-control border-s-2 ps-3">
      {messages.map(({ role, content }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a message has nothing else to tell it by, and its place never changes
        <li key={index} className="whitespace-pre-wrap break-words">
          <span className="text-dim">{role}:</span> {content}
        </li>
      ))}
    </ol>
  );
}

function InPlainWords() {
  const model = useSession(({ draft }) => draft.settings.model);
  const about = useSession(({ draft, providers }) => modelIn(providers, draft.provider, draft.settings.model)?.about);
  return (
    <div className="flex flex-wrap items-baseline gap-x-6 gap-y-1 text-sm">
      {about && (
        <p>
          <code>{model}</code>: {about}
        </p>
      )}
      <div className="flex flex-wrap items-baseline gap-x-4 print:hidden">
        <span className="text-dim">In plain words:</span>
        <Term name="seed">seed</Term>
        <Term name="temperature">temperature</Term>
        <Term name="top-p">top-p</Term>
      </div>
    </div>
  );
}

/** A problem that is not shown beside a field. */
function Problem() {
  const problem = useSession((session) => session.problem);
  const { hide } = useLinkOptions();
  if (!problem || (problem.field && !hide.has(controlOf(problem.field)))) return null;
  return <Alert className="text-sm">{problemSentence(problem)}</Alert>;
}
