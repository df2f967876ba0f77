import { Play, Square } from 'lucide-react';
import { Term } from '@/components/glossary/term';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Field, inputClass } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import {
  countRuns,
  type Dispatch,
  type Draft,
  dispatches,
  type FieldProblem,
  type Field as FormField,
} from '@/lib/session/draft';
import { type Control, controlOf } from '@/lib/session/link-options';
import { labelOf } from '@/lib/session/problem';
import type { ProviderList } from '@/lib/session/providers';
import { modelIn } from '@/lib/session/select';
import type { Pace } from '@/lib/session/session';
import { formFaultSentence } from '@/lib/words/problems';
import { ControlOptions } from './control-options';
import { ExperimentMenu } from './experiment-menu';
import { ModelField } from './model-field';
import { NumberField } from './number-field';
import { PaceField } from './pace-field';
import { SeedField } from './seed-field';
import { useLinkOptions } from './use-link-options';
import { VaryField } from './vary-field';

type RecipeFormProps = {
  draft: Draft;
  providers: ProviderList;
  problem: FieldProblem | null;
  running: boolean;
  /** whether the recipe asks for more than the form shows */
  more: boolean;
  estimate: string;
  pace: Pace;
  onPace: (pace: Pace) => void;
  onChange: (change: Partial<Draft>) => void;
  onRun: () => void;
  onStop: () => void;
};

/** What is asked: prompt and settings on top, so that the results have the whole width below. */
export function RecipeForm(props: RecipeFormProps) {
  const { draft, providers, problem, running, more, estimate, pace, onPace, onChange, onRun, onStop } = props;
  const about = modelIn(providers, draft.provider, draft.model)?.about;
  const options = useLinkOptions();
  const isFree = (control: Control) => !options.hide.has(control) && !options.lock.has(control);
  const beside = problem?.field ? !options.hide.has(controlOf(problem.field)) : false;
  const said = problem && formFaultSentence(problem.fault, labelOf(problem));
  const problemOf = (field: FormField) => (problem?.field === field ? said : null);
  return (
    <form
      aria-label="Recipe"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (running) onStop();
        else onRun();
      }}
      className="@container flex flex-col gap-3 rounded-md border border-hairline bg-panel p-3 sm:p-4"
    >
      <div className="flex gap-4 max-sm:flex-col sm:items-end">
        <ControlOptions control="prompt" options={options} className="grow">
          <Field id="prompt" label="Prompt" problem={problemOf('prompt')} className="grow">
            <textarea
              id="prompt"
              aria-describedby="prompt-note"
              aria-invalid={problemOf('prompt') !== null}
              value={draft.prompt}
              rows={2}
              onChange={(event) => onChange({ prompt: event.target.value })}
              className={`${inputClass} field-sizing-content block max-h-72 min-h-16 resize-y`}
            />
          </Field>
        </ControlOptions>
        <RunButton running={running} runs={String(countRuns(draft) ?? draft.runs)} />
      </div>
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 @2xl:grid-cols-3 @5xl:grid-cols-[3fr_4fr_3fr_3fr_3fr_2fr]">
        <ControlOptions control="model" options={options} className="max-sm:col-span-2">
          <ModelField
            provider={draft.provider}
            model={draft.model}
            providers={providers}
            problem={problemOf('model')}
            onChange={onChange}
            className="max-sm:col-span-2"
          />
        </ControlOptions>
        <ControlOptions control="seed" options={options} className="max-sm:col-span-2">
          <SeedField
            seed={draft.seed}
            problem={problemOf('seed')}
            onChange={(seed) => onChange({ seed })}
            className="max-sm:col-span-2"
          />
        </ControlOptions>
        <ControlOptions control="runs" options={options}>
          <NumberField
            id="runs"
            label={labelRuns(draft)}
            value={draft.runs}
            step={1}
            slider={{ min: 1, max: 20 }}
            hint="1 to 1000"
            problem={problemOf('runs')}
            onChange={(runs) => onChange({ runs })}
          />
        </ControlOptions>
        <ControlOptions control="temperature" options={options}>
          <NumberField
            id="temperature"
            label="Temperature"
            value={draft.temperature}
            step={0.1}
            slider={{ min: 0, max: 2 }}
            hint="0 to 2"
            problem={problemOf('temperature')}
            onChange={(temperature) => onChange({ temperature })}
          />
        </ControlOptions>
        <ControlOptions control="top_p" options={options}>
          <NumberField
            id="top-p"
            label="Top-p"
            value={draft.topP}
            step={0.05}
            slider={{ min: 0, max: 1 }}
            hint="0 to 1"
            problem={problemOf('topP')}
            onChange={(topP) => onChange({ topP })}
          />
        </ControlOptions>
        <ControlOptions control="max_completion_tokens" options={options}>
          <NumberField
            id="max-tokens"
            label="Max tokens"
            value={draft.maxTokens}
            step={1}
            hint="to 4096"
            problem={problemOf('maxTokens')}
            onChange={(maxTokens) => onChange({ maxTokens })}
          />
        </ControlOptions>
      </div>
      <div className="flex flex-wrap items-center gap-x-8 gap-y-1">
        <ControlOptions control="vary" options={options}>
          <VaryField
            draft={draft}
            models={providers.find(({ id }) => id === draft.provider)?.models.map(({ id }) => id) ?? []}
            problemOf={problemOf}
            onChange={onChange}
          />
        </ControlOptions>
        <ControlOptions control="dispatch" options={options}>
          <DispatchField dispatch={draft.dispatch} onChange={(dispatch) => onChange({ dispatch })} />
        </ControlOptions>
        <ControlOptions control="logprobs" options={options}>
          <LogprobsField asked={draft.logprobs} onChange={(logprobs) => onChange({ logprobs })} />
        </ControlOptions>
        {draft.provider === 'seedling' && (
          <ControlOptions control="pace" options={options}>
            <PaceField pace={pace} onChange={onPace} />
          </ControlOptions>
        )}
        {experimentControls.every(isFree) && (
          <span className="sm:ms-auto">
            <ExperimentMenu draft={draft} onChoose={onChange} />
          </span>
        )}
        <p className="text-dim text-sm">{estimate}</p>
      </div>
      {draft.dispatch === 'both' && (
        <p className="text-sm">
          Runs all at once first. When they have ended, the same again, one after the other, each held against the run
          of its number before. Stop ends it, and what has not begun is not run.
        </p>
      )}
      {more && (
        <p className="text-sm">
          This recipe asks for more than the form can show. It is run as it was opened, until you change something here.
        </p>
      )}
      <div className="flex flex-wrap items-baseline gap-x-6 gap-y-1 text-sm">
        {about && (
          <p>
            <code>{draft.model}</code>: {about}
          </p>
        )}
        <div className="flex flex-wrap items-baseline gap-x-4 print:hidden">
          <span className="text-dim">In plain words:</span>
          <Term name="seed">seed</Term>
          <Term name="temperature">temperature</Term>
          <Term name="top-p">top-p</Term>
        </div>
      </div>
      <ControlOptions control="system" options={options}>
        <SystemField system={draft.system} problem={problemOf('system')} onChange={(system) => onChange({ system })} />
      </ControlOptions>
      {problem && !beside && <Alert className="text-sm">{said}</Alert>}
    </form>
  );
}

type LogprobsFieldProps = { asked: boolean; onChange: (asked: boolean) => void };

/** Of models other than Seedling this is what the lens goes by. */
function LogprobsField({ asked, onChange }: LogprobsFieldProps) {
  return (
    <Checkbox besideFields checked={asked} onChange={onChange}>
      <span className="font-medium">Logprobs</span>
      <span className="text-dim text-[13px]">{asked && 'of all runs; asking can change the text'}</span>
    </Checkbox>
  );
}

/** What the menu of experiments sets: it is offered only where all of that may be set. */
const experimentControls = ['vary', 'seed', 'runs', 'temperature', 'dispatch'] as const;

/** "Runs", or what they are runs of. */
function labelRuns({ vary }: Draft): string {
  if (vary === 'seed') return 'Seeds';
  return vary === 'nothing' ? 'Runs' : 'Runs each';
}

type DispatchFieldProps = { dispatch: Dispatch; onChange: (dispatch: Dispatch) => void };

const ways: Record<Dispatch, string> = {
  parallel: 'all at once',
  sequential: 'one after the other',
  both: 'both ways, and compare',
};

/** How the runs are sent is itself something that may matter. */
function DispatchField({ dispatch, onChange }: DispatchFieldProps) {
  return (
    <Select
      label={<span className="font-medium">Send</span>}
      options={dispatches}
      value={dispatch}
      nameOf={(each) => ways[each]}
      onChange={onChange}
    />
  );
}

/** One button, so that the focus stays where it is: Run, and while running, Stop. */
function RunButton({ running, runs }: { running: boolean; runs: string }) {
  const Icon = running ? Square : Play;
  return (
    <Button type="submit" variant="primary" className="min-h-12 text-base max-sm:w-full sm:min-h-16 sm:min-w-44">
      <Icon aria-hidden size={18} />
      {running ? 'Stop' : `Run ${runs}`}
      <kbd className="font-normal font-sans text-[13px] opacity-90 max-sm:hidden">{running ? 'Esc' : 'Ctrl+Enter'}</kbd>
    </Button>
  );
}

type SystemFieldProps = { system: string; problem: string | null; onChange: (system: string) => void };

function SystemField({ system, problem, onChange }: SystemFieldProps) {
  return (
    <details open={system !== '' || undefined}>
      <summary className="w-fit text-sm">System message{system === '' ? ' (none)' : ''}</summary>
      <Field id="system" label="System message" problem={problem} className="mt-1">
        <textarea
          id="system"
          aria-describedby="system-note"
          aria-invalid={problem !== null}
          value={system}
          rows={2}
          onChange={(event) => onChange(event.target.value)}
          className={`${inputClass} field-sizing-content block max-h-72`}
        />
      </Field>
    </details>
  );
}
