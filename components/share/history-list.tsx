'use client';

import { Equal, GitBranchPlus, GitFork, Link2, Minus, Pencil, RotateCcw, Search, Trash2 } from 'lucide-react';
import { type RefObject, useRef, useState } from 'react';
import useSWRInfinite from 'swr/infinite';
import { api } from '@/components/api/api';
import { orReject } from '@/components/api/or-reject';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, inputClass } from '@/components/ui/field';
import { LoneLink } from '@/components/ui/lone-link';
import { endpoints, pages } from '@/lib/api/addresses';
import type { ListResponse, Summary } from '@/lib/api/experiments';
import { recipeToFragment } from '@/lib/recipe/link';
import { sayApiProblem } from '@/lib/words/api-problem';
import { counted } from '@/lib/words/english';
import { sayOrigin } from '@/lib/words/origin';
import { sayMinute } from '@/lib/words/time';
import { DeleteDialog } from './delete-dialog';

/** The experiments of this browser, the newest first. */
export function HistoryList() {
  const [search, setSearch] = useState('');
  const keyOf = (index: number, before: ListResponse | null) =>
    index > 0 && !before?.next ? null : { path: endpoints.list(), search, after: before?.next ?? null };
  const { data, error, size, setSize, mutate, isLoading } = useSWRInfinite(
    keyOf,
    ({ search, after }) => orReject(api.list({ search, after })),
    { keepPreviousData: true },
  );
  const all = data?.flatMap(({ experiments }) => experiments) ?? [];
  const more = data?.at(-1)?.next != null;
  return (
    <section id="results" aria-label="Experiments" tabIndex={-1} className="mt-4 outline-none">
      <search className="flex max-w-md items-center gap-2">
        <Search aria-hidden size={18} className="shrink-0 text-dim" />
        <input
          type="search"
          aria-label="Search prompts and titles"
          placeholder="Search prompts and titles"
          maxLength={200}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className={inputClass}
        />
      </search>
      {error && (
        <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
          <Alert>The list cannot be read at the moment.</Alert>
          <Button onClick={() => mutate()}>
            <RotateCcw aria-hidden size={16} /> Try again
          </Button>
        </div>
      )}
      <p role="status" className={all.length > 0 || isLoading ? 'sr-only' : 'mt-4'}>
        {isLoading ? 'Reading …' : data && sayCount(all.length, more, search)}
      </p>
      {isLoading && <RowsToCome />}
      {data && all.length === 0 && search === '' && <FirstSteps />}
      <ul className="mt-4 flex flex-col divide-y divide-hairline border-hairline border-y empty:border-0">
        {all.map((each) => (
          <Row key={each.id} summary={each} onChange={() => void mutate()} />
        ))}
      </ul>
      {more && (
        <Button className="mt-4" onClick={() => setSize(size + 1)}>
          Show more
        </Button>
      )}
    </section>
  );
}

/** Where rows will be, in their height. */
function RowsToCome() {
  return (
    <div aria-hidden className="mt-4 flex flex-col divide-y divide-hairline border-hairline border-y">
      {['w-3/4', 'w-1/2', 'w-2/3'].map((width) => (
        <div key={width} className="flex flex-col gap-2 py-4">
          <span className={`h-4 rounded-sm bg-panel ${width}`} />
          <span className="h-3 w-1/3 rounded-sm bg-panel" />
        </div>
      ))}
    </div>
  );
}

function FirstSteps() {
  return (
    <p className="mt-4 flex flex-wrap gap-x-6 gap-y-2 rounded-lg border border-control border-dashed p-6">
      <LoneLink href={pages.home} className="font-medium text-accent underline">
        Run an experiment
      </LoneLink>
      <LoneLink href={pages.learn} className="text-accent underline">
        Begin with a lesson
      </LoneLink>
      <LoneLink href="#import-heading" className="text-accent underline">
        Compare texts that you have
      </LoneLink>
    </p>
  );
}

function sayCount(count: number, more: boolean, search: string): string {
  if (count > 0) return `${counted(count, 'experiment')}${more ? ', and more' : ''}.`;
  return search
    ? `Nothing has “${search}” in its prompt or title.`
    : 'Nothing yet. Each experiment that you run is kept here.';
}

const icons = { same: Equal, differ: GitFork, open: Minus };
const colours = { same: 'text-good', differ: 'text-caution', open: 'text-dim' };

function Row({ summary, onChange }: { summary: Summary; onChange: () => void }) {
  const { id, title, prompt, verdict, tone, asked, createdAt, missing, origin, sharedAt } = summary;
  const rename = useRef<HTMLDialogElement>(null);
  const remove = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const Icon = icons[tone];
  const name = title ?? (prompt.trim() || 'Empty prompt');
  async function openAsDraft() {
    const found = await api.experiment(id);
    if (found.ok) location.assign(pages.draft(await recipeToFragment(found.value.recipe)));
    else setProblem(sayApiProblem(found.error));
  }
  return (
    <li className="flex items-start gap-3 py-3">
      <Icon aria-hidden size={20} className={`mt-1 shrink-0 ${colours[tone]}`} />
      <div className="min-w-0 grow">
        <a
          href={pages.permalink(id)}
          className="line-clamp-2 min-h-6 break-words font-medium text-accent leading-6 hover:underline"
        >
          {name}
        </a>
        <p className="text-sm">{verdict}</p>
        <p className="text-fine text-dim">
          {sayMinute(createdAt)} · {asked}
        </p>
        <p className="flex flex-wrap gap-x-3 text-fine">
          {missing > 0 && <span className="text-caution">{missing} of its runs are missing</span>}
          {origin === 'import' && <span>{sayOrigin(origin)}</span>}
          {sharedAt && (
            <span className="inline-flex items-center gap-1">
              <Link2 aria-hidden size={14} /> shared
            </span>
          )}
        </p>
        {problem && <Alert className="text-sm">{problem}</Alert>}
      </div>
      <div className="flex shrink-0 max-sm:flex-col">
        {origin === 'run' && (
          <Button variant="quiet" aria-label={`Make a draft of ${name}`} title="Make it yours" onClick={openAsDraft}>
            <GitBranchPlus aria-hidden size={16} />
          </Button>
        )}
        <Button variant="quiet" aria-label={`Rename ${name}`} onClick={() => rename.current?.showModal()}>
          <Pencil aria-hidden size={16} />
        </Button>
        <Button variant="quiet" aria-label={`Delete ${name}`} onClick={() => remove.current?.showModal()}>
          <Trash2 aria-hidden size={16} />
        </Button>
      </div>
      <RenameDialog dialog={rename} id={id} title={title} onChange={onChange} />
      <DeleteDialog dialog={remove} id={id} name={name} onDeleted={onChange} />
    </li>
  );
}

type RenameDialogProps = {
  dialog: RefObject<HTMLDialogElement | null>;
  id: string;
  title: string | null;
  onChange: () => void;
};

function RenameDialog({ dialog, id, title, onChange }: RenameDialogProps) {
  const [name, setName] = useState(title ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  async function save() {
    const renamed = await api.rename(id, { title: name.trim() || null });
    if (!renamed.ok) return setProblem(sayApiProblem(renamed.error));
    dialog.current?.close();
    onChange();
  }
  return (
    <Dialog title="Rename" dialog={dialog}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field id={`title-${id}`} label="Title" hint="empty: the prompt" problem={problem}>
          <input
            id={`title-${id}`}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.target.value)}
            className={inputClass}
          />
        </Field>
        <div className="mt-4 flex justify-end">
          <Button type="submit" variant="primary">
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
