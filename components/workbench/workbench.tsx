'use client';

import { useEffect, useRef, useState } from 'react';
import { Results } from '@/components/runs/results';
import { reveal } from '@/lib/compare/reveal';
import type { Baseline, SideBySide } from '@/lib/compare/side-by-side';
import { canonicalJson } from '@/lib/recipe/canonical';
import type { Experiment } from '@/lib/run/fold';
import { type Draft, draftToRecipe, type FieldProblem, recipeToDraft } from './draft';
import { type Pace, StepBar } from './pace-field';
import { RecipeForm } from './recipe-form';
import { useExperiment } from './use-experiment';
import { findModel, useModels } from './use-models';

type WorkbenchProps = { example: Experiment; exampleView: SideBySide };

/** Tokens a second at which Seedling is asked to write for the page: fast, yet slow enough to watch. */
const readablePace = 60;

/** The one client root: what is asked, what happens, what came of it. */
export function Workbench({ example, exampleView }: WorkbenchProps) {
  const [draft, setDraft] = useState(() => recipeToDraft(example.recipe));
  const [typingProblem, setTypingProblem] = useState<FieldProblem | null>(null);
  const [baseline, setBaseline] = useState<Baseline>('common');
  const [pace, setPace] = useState<Pace>('live');
  /** how many words of each run are shown; null for all */
  const [steps, setSteps] = useState<number | null>(null);
  const { experiment, connecting, problem, run, stop, again } = useExperiment(example);
  const providers = useModels();
  const running = experiment.running || connecting;

  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setTypingProblem(null);
  };

  const start = () => {
    const read = draftToRecipe(draft);
    setTypingProblem(read.ok ? null : read.problem);
    if (!read.ok) {
      document.getElementById(idOf[read.problem.field ?? 'prompt'])?.focus();
      return;
    }
    setBaseline('common');
    setSteps(pace === 'step' ? 1 : null);
    const live = pace === 'live' && read.recipe.provider === 'seedling' && !prefersReducedMotion();
    run(read.recipe, live ? readablePace : null);
  };

  useShortcuts({ run: () => !running && start(), stop: () => running && stop() });

  const { provider, request } = experiment.recipe;
  const exact = findModel(providers, provider, request.model)?.exact ?? false;
  const shown = reveal(experiment, steps ?? Number.POSITIVE_INFINITY);
  return (
    <div className="mx-auto flex max-w-[240rem] flex-col gap-4 px-4 py-4 sm:px-6">
      <div>
        <h1 className="font-semibold text-xl">Does the same seed give the same output?</h1>
        <p className="text-dim">Write a prompt, fix the seed, run it several times, and see where the answers part.</p>
      </div>
      <RecipeForm
        draft={draft}
        providers={providers}
        problem={typingProblem ?? problem}
        running={running}
        estimate={sayEstimate(draft)}
        pace={pace}
        onPace={setPace}
        onChange={change}
        onRun={start}
        onStop={() => stop()}
      />
      {steps !== null && shown.more && (
        <StepBar steps={steps} onStep={() => setSteps(steps + 1)} onShowAll={() => setSteps(null)} />
      )}
      <Results
        experiment={shown.experiment}
        initialView={exampleView}
        example={experiment === example}
        outdated={!running && isOutdated(draft, experiment)}
        exact={exact}
        baseline={baseline}
        onBaseline={setBaseline}
        onStop={(one) => stop([one])}
        onRetry={(one) => again([one])}
      />
    </div>
  );
}

/** Ids of the form's controls, where they are not the field's own name. */
const idOf: Record<keyof Draft, string> = {
  provider: 'model',
  model: 'model',
  prompt: 'prompt',
  system: 'system',
  seed: 'seed',
  vary: 'seed',
  runs: 'runs',
  temperature: 'temperature',
  topP: 'top-p',
  maxTokens: 'max-tokens',
};

const prefersReducedMotion = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Whether the form asks for something else than what the results below came from. */
function isOutdated(draft: Draft, experiment: Experiment): boolean {
  const read = draftToRecipe(draft);
  return !read.ok || canonicalJson(read.recipe) !== canonicalJson(experiment.recipe);
}

function sayEstimate({ runs, maxTokens, provider }: Draft): string {
  const calls = Number(runs);
  const each = Number(maxTokens);
  if (!Number.isInteger(calls) || calls < 1) return '';
  const price = provider === 'seedling' ? ', free' : '';
  const tokens = Number.isInteger(each) && each > 0 ? `, at most ${(calls * each).toLocaleString('en')} tokens` : '';
  return `${calls} ${calls === 1 ? 'call' : 'calls'}${tokens}${price}`;
}

/** Ctrl or Cmd+Enter runs from anywhere; while running it does nothing, so nothing is spent twice. Esc stops. */
function useShortcuts(actions: { run: () => void; stop: () => void }): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        latest.current.run();
      }
      if (event.key === 'Escape' && !document.querySelector(':popover-open')) latest.current.stop();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
