'use client';

import { useState } from 'react';
import { api } from '@/components/api/api';
import { useDraftAddress } from '@/components/session/use-draft-address';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Field, inputClass } from '@/components/ui/field';
import { useOrigin } from '@/components/ui/use-origin';
import { pages } from '@/lib/api/addresses';
import type { ShareResponse } from '@/lib/api/experiment';
import type { Recipe } from '@/lib/recipe/recipe';
import type { SavedHead } from '@/lib/run/saved';
import { sayApiProblem } from '@/lib/words/api-problem';
import { sayNumber } from '@/lib/words/numbers';
import { sayDay } from '@/lib/words/time';
import { QrCode } from './qr-code';

export type ShareLinksProps = {
  head: SavedHead;
  recipe: Recipe;
  onShared: (change: Pick<SavedHead, 'sharedAt' | 'title' | 'deletedAfter'>) => void;
};

/** Two links to an experiment: one to its results, which has to be made public, and one to its recipe alone. */
export function ShareLinks({ head, recipe, onShared }: ShareLinksProps) {
  const [deletePath, setDeletePath] = useState<string | null>(null);
  const origin = useOrigin();
  function handleShared(shared: ShareResponse, title: string | null) {
    setDeletePath(shared.deletePath);
    onShared({ sharedAt: shared.sharedAt, deletedAfter: shared.deletedAfter, title });
  }
  return (
    <div className="flex flex-col gap-6">
      <section aria-label="Results link">
        <h3 className="font-semibold">Results link</h3>
        {head.sharedAt === null && head.own ? (
          <MakePublic head={head} recipe={recipe} onShared={handleShared} />
        ) : (
          <PublicLinks id={head.id} deletedAfter={head.deletedAfter ?? null} deletePath={deletePath} origin={origin} />
        )}
      </section>
      <RecipeLink recipe={recipe} origin={origin} />
    </div>
  );
}

/** What looks like a key of a well-known service is worth a warning before it goes public. */
const keyLike = /\b(sk-[\w-]{16,}|AIza[\w-]{20,}|ghp_\w{20,}|xox[abp]-[\w-]{10,})/;

type MakePublicProps = {
  head: SavedHead;
  recipe: Recipe;
  onShared: (shared: ShareResponse, title: string | null) => void;
};

function MakePublic({ head, recipe, onShared }: MakePublicProps) {
  const [name, setName] = useState(head.title ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const hasKey = recipe.request.messages.some(({ content }) => keyLike.test(content));
  async function share() {
    setProblem(null);
    const title = name.trim() || null;
    const shared = await api.share(head.id, { title });
    if (shared.ok) onShared(shared.value, title);
    else setProblem(sayApiProblem(shared.error));
  }
  return (
    <>
      <p className="text-sm">
        Anyone with the link will see the prompt, the outputs, the fingerprints and the times. It is not listed
        anywhere, and you can delete it.
      </p>
      {hasKey && (
        <p className="mt-2 font-medium text-failure text-sm">
          The prompt holds something that looks like an API key. Look before you share it.
        </p>
      )}
      <div className="mt-3 flex items-end gap-2 max-sm:flex-col max-sm:items-stretch">
        <Field id="share-title" label="Title" hint="optional" problem={problem} className="grow">
          <input
            id="share-title"
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.target.value)}
            className={inputClass}
          />
        </Field>
        <Button variant="primary" onClick={share}>
          Make the link public
        </Button>
      </div>
    </>
  );
}

type PublicLinksProps = {
  id: string;
  /** when it will be deleted; null if it is kept, as far as is known */
  deletedAfter: string | null;
  /** the path of the delete link, known only right after sharing */
  deletePath: string | null;
  origin: string;
};

function PublicLinks({ id, deletedAfter, deletePath, origin }: PublicLinksProps) {
  const link = origin + pages.permalink(id);
  return (
    <>
      <p className="text-sm">
        Anyone with this link can see the prompt and the outputs. It never changes.
        {deletedAfter && ` It leads nowhere after ${sayDay(deletedAfter)}: then the experiment is deleted.`}
      </p>
      <LinkRow label="Results link" link={link} />
      {deletePath && (
        <div className="mt-3 rounded-md border border-caution p-3 text-sm">
          <p>
            <strong>Keep this delete link.</strong> It is shown once. With it you can delete the experiment from any
            browser.
          </p>
          <LinkRow label="Delete link" link={origin + deletePath} />
        </div>
      )}
      <div className="mt-3 flex flex-wrap items-start gap-4">
        <QrCode address={link} />
        <div className="min-w-0 grow basis-64 text-sm">
          <p>For a course page:</p>
          <LinkRow
            label="Code to embed"
            link={`<iframe src="${origin}${pages.embed(id)}" title="Seedbed experiment" width="100%" height="480" loading="lazy"></iframe>`}
          />
          <p className="mt-3 flex flex-wrap items-center gap-x-2">
            For a README, its verdict as a badge:
            {/* biome-ignore lint/performance/noImgElement: an SVG of a few hundred bytes, as others will embed it */}
            <img src={pages.badge(id)} alt="" height={20} />
          </p>
          <LinkRow label="Badge" link={`[![Seedbed](${origin}${pages.badge(id)})](${link})`} />
        </div>
      </div>
    </>
  );
}

function RecipeLink({ recipe, origin }: { recipe: Recipe; origin: string }) {
  const link = origin + useDraftAddress(recipe);
  return (
    <section aria-label="Recipe link">
      <h3 className="font-semibold">Recipe link</h3>
      <p className="text-sm">
        Settings and prompt only, inside the link ({sayNumber(link.length)} characters). Nothing is stored; whoever
        opens it runs it again.
      </p>
      {link.length > 8000 && (
        <p className="mt-1 text-caution text-sm">That is long for a link: some programs will cut it.</p>
      )}
      <LinkRow label="Recipe link" link={link} />
    </section>
  );
}

/** A link to copy, in a field that selects all of it on focus. */
function LinkRow({ label, link }: { label: string; link: string }) {
  return (
    <div className="mt-2 flex items-center gap-2">
      <input
        readOnly
        aria-label={label}
        value={link}
        onFocus={(event) => event.target.select()}
        className={`${inputClass} min-w-0 font-mono text-sm`}
      />
      <CopyButton text={link} label={`Copy ${label.toLowerCase()}`} />
    </div>
  );
}
