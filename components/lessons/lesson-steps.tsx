import { Button } from '@/components/ui/button';
import type { Lesson, Outcome } from '@/lib/lessons/lesson';
import type { LessonState, StepName } from '@/lib/lessons/lesson-state';
import { lessons } from '@/lib/lessons/lessons';
import { CheckStep } from './check-step';
import { MakeStep } from './make-step';
import { PredictStep } from './predict-step';
import { SceneText } from './scene-text';
import { Step } from './step';
import { saveProgress, useLessonProgress } from './use-progress';

type LessonStepsProps = {
  lesson: Lesson;
  state: LessonState;
  /** what came of the two runs, once it is known how their tokens were chosen */
  first: Outcome | null;
  second: Outcome | null;
  onGo: (step: StepName) => void;
  onLoad: () => void;
};

/** The seven steps of a lesson, from the prediction to an experiment of one's own. */
export function LessonSteps({ lesson, state, first, second, onGo, onLoad }: LessonStepsProps) {
  const { slug, predict, run, explain, check, change } = lesson;
  const { step, problem } = state;
  const { prediction } = useLessonProgress(slug);
  function skip() {
    saveProgress(slug, { prediction: '' });
    onGo('run');
  }
  return (
    <>
      <Step name="predict" current={step}>
        <PredictStep
          predict={predict}
          value={prediction}
          onChange={(value) => saveProgress(slug, { prediction: value })}
          onPredict={() => onGo('run')}
          onSkip={skip}
        />
      </Step>
      <Step name="run" current={step}>
        <SceneText scene={run} problem={problem} onLoad={onLoad} />
      </Step>
      <Step name="see" current={step}>
        {first ? (
          <Seen lesson={lesson} outcome={first} prediction={prediction} />
        ) : (
          <Waiting ran={state.first !== null} />
        )}
        <NextButton label="Next: explain" onNext={() => onGo('explain')} />
      </Step>
      <Step name="explain" current={step}>
        {explain.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <NextButton label="Next: check" onNext={() => onGo('check')} />
      </Step>
      <Step name="check" current={step}>
        <CheckStep check={check} onNext={() => onGo('change')} />
      </Step>
      <Step name="change" current={step}>
        <SceneText scene={change} problem={problem} onLoad={onLoad} />
        {second && (
          <>
            <p role="status">{change.caption(second)}</p>
            <NextButton label="Next: make it yours" onNext={() => onGo('make')} />
          </>
        )}
        {state.second && !second && <Waiting ran />}
      </Step>
      <Step name="make" current={step}>
        <MakeStep slug={slug} recipe={change.recipe} next={lessons[lessons.indexOf(lesson) + 1] ?? null} />
      </Step>
    </>
  );
}

type SeenProps = { lesson: Lesson; outcome: Outcome; prediction: string };

/** What the run shows, and the prediction beside what happened. */
function Seen({ lesson, outcome, prediction }: SeenProps) {
  return (
    <>
      <p>{lesson.run.caption(outcome)}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 rounded-md border border-hairline p-3">
        <dt className="text-dim">You said</dt>
        <dd>{predictionText(lesson, prediction)}</dd>
        <dt className="text-dim">It was</dt>
        <dd>{lesson.predict.happened(outcome)}</dd>
      </dl>
    </>
  );
}

function predictionText({ predict }: Lesson, prediction: string): string {
  if (prediction === '') return 'nothing: you skipped it.';
  return predict.kind === 'number' ? `${prediction} ${predict.unit}` : prediction;
}

/** Stands where something is not known yet. */
function Waiting({ ran }: { ran: boolean }) {
  return (
    <p className="text-dim">
      {ran ? 'Looking at how each word was chosen.' : 'What happened stands here once it has run.'}
    </p>
  );
}

function NextButton({ label, onNext }: { label: string; onNext: () => void }) {
  return (
    <Button data-needs-script variant="primary" className="self-start" onClick={onNext}>
      {label}
    </Button>
  );
}
