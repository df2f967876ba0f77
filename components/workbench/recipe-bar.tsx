import { type FormEvent, useState } from 'react';
import { shownId } from '@/components/session/ids';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Alert } from '@/components/ui/alert';
import { later } from '@/components/ui/later';
import { model, parameters, seed } from '@/lib/recipe/parameters';
import { controlOf } from '@/lib/session/link-options';
import { beyondRanges, hiddenInForm, isRunning } from '@/lib/session/select';
import { Chip } from './chip';
import { labelRuns, sayVary } from './chip-values';
import { estimateText } from './estimate';
import { ExperimentMenu } from './experiment-menu';
import { MoreChip } from './more-chip';
import { PromptField } from './prompt-field';
import { RailContext } from './rail-context';
import { RollDice } from './roll-dice';
import { RunButton } from './run-button';
import { ProblemText } from './use-form';
import { useLinkOptions } from './use-link-options';

const ModelFields = later(() => import('./fields').then((fields) => fields.ModelFields));
const SeedFields = later(() => import('./fields').then((fields) => fields.SeedFields));
const QuotaNote = later(() => import('./quota-note').then((note) => note.QuotaNote));
const Rail = later(() => import('./rail').then((pinned) => pinned.Rail));
const RunsField = later(() => import('./fields').then((fields) => fields.RunsField));
const HiddenParts = later(() => import('./hidden-parts').then((parts) => parts.HiddenParts));
const BeyondRanges = later(() => import('./beyond-ranges').then((ranges) => ranges.BeyondRanges));
const OwnKeyEstimate = later(() => import('./fields').then((fields) => fields.OwnKeyEstimate));
const VaryField = later(() => import('./fields').then((fields) => fields.VaryField));
const SettingFields = later(() => import('./fields').then((fields) => fields.SettingFields));

const firstSettings = parameters.filter(({ place }) => place === 'first');

/**
 * The recipe in two lines: the prompt with Run, and a chip for each setting. So what came of it is what one sees first. On a
 * phone it stays at the bottom, in reach of the thumb: the prompt in all its width, and Run after the chips.
 */
export function RecipeBar() {
  const dispatch = useDispatch();
  const running = useSession(isRunning);
  const hidden = useSession((session) => hiddenInForm(session).length > 0);
  const beyond = useSession((session) => beyondRanges(session).length > 0);
  const lesson = useSession(({ page }) => page === 'lesson');
  function submit(event: FormEvent) {
    event.preventDefault();
    dispatch({ kind: running ? 'stop-asked' : 'run-asked' });
  }
  return (
    <>
      <form
        id={shownId('recipe')}
        aria-label="Recipe"
        noValidate
        method="dialog" // without scripts it is not sent anywhere, and what was typed stays
        onSubmit={submit}
        autoComplete="off" // the address says what is in it; what the browser remembers may belong to another one
        className={`flex flex-col gap-1.5 max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] ${lesson ? '' : 'max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-20 max-sm:border-hairline max-sm:border-t max-sm:bg-ground max-sm:p-2'}`}
      >
        <div className="flex gap-2 max-sm:contents">
          <PromptField />
          <RunButton />
        </div>
        <Chips />
      </form>
      <Problem />
      <QuotaNote />
      <div role="status" className="contents">
        {beyond && <BeyondRanges />}
      </div>
      {hidden && <HiddenParts />}
    </>
  );
}

/** A chip for each setting; in a narrow window they are swiped. */
function Chips() {
  const { settings, runs, vary } = useSession(({ draft }) => draft);
  const lesson = useSession(({ page }) => page === 'lesson');
  const [rail, setRail] = useState<HTMLElement | null>(null);
  const estimate = useSession(estimateText);
  const keyed = useSession(({ ownKeys }) => Object.keys(ownKeys).length > 0);
  return (
    <RailContext value={rail}>
      <div className="flex items-center gap-1.5 max-md:overflow-x-auto md:flex-wrap md:max-2xl:gap-1">
        <ExperimentMenu />
        <Chip controls={['model']} label={model.label} value={settings.model}>
          <ModelFields />
        </Chip>
        <Chip controls={['seed']} label={seed.label} value={settings.seed || 'none'}>
          <SeedFields />
        </Chip>
        <RollDice />
        <Chip controls={['runs']} label={labelRuns(vary)} value={runs}>
          <RunsField />
        </Chip>
        <Chip controls={['vary']} label="Vary" value={useSession(({ draft }) => sayVary(draft))}>
          <VaryField />
        </Chip>
        {firstSettings.map((setting) => (
          <Chip
            key={setting.key}
            controls={[setting.key]}
            label={setting.label}
            value={settings[setting.key] || 'not set'}
          >
            <SettingFields setting={setting} />
          </Chip>
        ))}
        <MoreChip />
        <p className="whitespace-nowrap ps-1 text-dim text-fine md:min-w-[6ch] md:flex-1 md:basis-0 md:truncate">
          {keyed ? <OwnKeyEstimate /> : estimate}
        </p>
        {!lesson && <Rail onRail={setRail} />}
      </div>
    </RailContext>
  );
}

/** A problem that is not shown beside a field. */
export function Problem() {
  const problem = useSession((session) => session.problem);
  const { hide } = useLinkOptions();
  if (!problem || (problem.field && !hide.has(controlOf(problem.field)))) return null;
  return (
    <Alert className="text-sm">
      <ProblemText problem={problem} />
    </Alert>
  );
}
