import type { ReactNode } from 'react';
import { LoneLink } from '@/components/ui/lone-link';
import { pages } from '@/lib/api/addresses';
import type { Lesson, Prediction, Scene } from '@/lib/lessons/lesson';
import { counted, plural } from '@/lib/words/english';
import { PrintButton } from './print-button';
import { recipeRows, saySpotlight } from './say-recipe';

export const papers = ['sheet', 'key', 'notes'] as const;
export type Paper = (typeof papers)[number];

export const paperTitles: Record<Paper, string> = {
  sheet: 'Student sheet',
  key: 'Answer key',
  notes: 'Teacher notes',
};

/** A lesson on paper, black on white in every theme: for the student, with the answers, or for the teacher. */
export function LessonPaper({ lesson, paper }: { lesson: Lesson; paper: Paper }) {
  return (
    <div className="bg-ground px-4 py-6 text-ink [--control:#000] [--dim:#333] [--ground:#fff] [--hairline:#666] [--ink:#000] [color-scheme:light] print:p-0">
      <div className="mx-auto flex max-w-[44rem] flex-col gap-4">
        <div className="flex flex-wrap items-center gap-4 print:hidden">
          <LoneLink href={pages.lesson(lesson.slug)}>Back to the lesson</LoneLink>
          <PrintButton />
        </div>
        <header>
          <p className="text-dim text-sm">
            {paperTitles[paper]} · {lesson.minutes} minutes · {pages.lesson(lesson.slug)}
          </p>
          <h1 className="font-semibold text-2xl">{lesson.title}</h1>
          {paper === 'sheet' && <p className="mt-2">Name: ____________________ Date: ____________</p>}
          {paper !== 'sheet' && <p>{lesson.learns}</p>}
        </header>
        {paper === 'notes' ? <Notes lesson={lesson} /> : <Sheet lesson={lesson} answers={paper === 'key'} />}
      </div>
    </div>
  );
}

/** The steps of a lesson, numbered as on the screen. */
function Sheet({ lesson, answers }: { lesson: Lesson; answers: boolean }) {
  const { predict, run, explain, check, change, notes } = lesson;
  return (
    <>
      <Part title="1 Predict">
        <PredictionOnPaper predict={predict} answers={answers} />
      </Part>
      <Part title="2 Run">
        <SceneOnPaper scene={run} />
      </Part>
      <Part title="3 See">
        <p>{saySpotlight(run.spotlight)}</p>
        {answers ? <p>{notes.expected}</p> : <WritingSpace label="What happened?" />}
      </Part>
      <Part title="4 Explain">
        {answers ? explain.map((paragraph) => <p key={paragraph}>{paragraph}</p>) : <p>Read it on the screen.</p>}
      </Part>
      <Part title="5 Check">
        <p>{check.question}</p>
        <Options
          options={check.options.map(({ text, reply }) => ({ text, reply: answers ? reply : null }))}
          right={answers ? check.right : null}
        />
      </Part>
      <Part title="6 Change">
        <SceneOnPaper scene={change} />
        <p>{saySpotlight(change.spotlight)}</p>
        {!answers && <WritingSpace label="What happened, and why?" />}
      </Part>
    </>
  );
}

function PredictionOnPaper({ predict, answers }: { predict: Prediction; answers: boolean }) {
  const { question, expected } = predict;
  return (
    <>
      <p>{question}</p>
      {predict.kind === 'choice' && (
        <Options options={predict.options.map((text) => ({ text, reply: null }))} right={answers ? expected : null} />
      )}
      {predict.kind === 'number' && (
        <p>
          {answers ? (
            <>
              {counted(expected, predict.unit)} <strong>(the answer)</strong>
            </>
          ) : (
            `________ ${plural(predict.max, predict.unit)} (${predict.min} to ${predict.max})`
          )}
        </p>
      )}
    </>
  );
}

function Notes({ lesson: { notes } }: { lesson: Lesson }) {
  return (
    <>
      <Part title="Aim">
        <p>{notes.aim}</p>
      </Part>
      <Part title="A script for five minutes">
        <ol className="list-decimal ps-6">
          {notes.script.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      </Part>
      <Part title="What to expect">
        <p>{notes.expected}</p>
      </Part>
      <Part title="Common wrong ideas">
        <ul className="list-disc ps-6">
          {notes.wrongIdeas.map((idea) => (
            <li key={idea}>{idea}</li>
          ))}
        </ul>
      </Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex break-inside-avoid flex-col gap-2 border-hairline border-t pt-2">
      <h2 className="font-semibold text-lg">{title}</h2>
      {children}
    </section>
  );
}

type OptionsProps = { options: readonly { text: string; reply: string | null }[]; right: number | null };

/** Boxes to tick. Where the answer is given, the right one is ticked and named, and each has its reply. */
function Options({ options, right }: OptionsProps) {
  return (
    <ul>
      {options.map(({ text, reply }, index) => (
        <li key={text} className="flex gap-2 py-0.5">
          <span
            aria-hidden
            className="mt-1 inline-grid size-4 shrink-0 place-items-center border border-control text-sm leading-none"
          >
            {right === index && '×'}
          </span>
          <span>
            {text}
            {right === index && <strong> (the answer)</strong>}
            {reply !== null && <span className="block text-dim text-sm">{reply}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function SceneOnPaper({ scene }: { scene: Scene }) {
  return (
    <>
      <p>{scene.instruction}</p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 border border-hairline p-2 text-sm">
        {recipeRows(scene.recipe).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-dim">{name}</dt>
            <dd className="whitespace-pre-wrap break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function WritingSpace({ label }: { label: string }) {
  return (
    <div className="h-28 border border-control p-2">
      <p className="text-dim text-sm">{label}</p>
    </div>
  );
}
