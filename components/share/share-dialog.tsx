'use client';

import { type RefObject, useEffect, useState } from 'react';
import { api } from '@/components/api/api';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { Field, inputClass } from '@/components/ui/field';
import { useOrigin } from '@/components/ui/use-origin';
import { pages } from '@/lib/api/addresses';
import type { ShareResponse } from '@/lib/api/experiment';
import { recipeToFragment } from '@/lib/recipe/link';
import type { Recipe } from '@/lib/recipe/recipe';
import { apiProblemSentence } from '@/lib/words/api-problem';
import { QrCode } from './qr-code';

type ShareDialogProps = {
  dialog: RefObject<HTMLDialogElement | null>;
  id: string;
  title: string | null;
  sharedAt: string | null;
  own: boolean;
  recipe: Recipe;
  onShared: (change: { sharedAt: string; title: string | null }) => void;
};

/** What looks like a key of a well-known service is worth a warning before it goes public. */
const keyLike = /\b(sk-[\w-]{16,}|AIza[\w-]{20,}|ghp_\w{20,}|xox[abp]-[\w-]{10,})/;

export function ShareDialog({ dialog, id, title, sharedAt, own, recipe, onShared }: ShareDialogProps) {
  const origin = useOrigin();
  return (
    <Dialog title="Share this experiment" dialog={dialog}>
      <div className="flex flex-col gap-6">
        <ResultsLink
          id={id}
          title={title}
          sharedAt={sharedAt}
          own={own}
          recipe={recipe}
          origin={origin}
          onShared={onShared}
        />
        <RecipeLink recipe={recipe} origin={origin} />
      </div>
    </Dialog>
  );
}

type ResultsLinkProps = Omit<ShareDialogProps, 'dialog'> & { origin: string };

function ResultsLink({ id, title, sharedAt, own, recipe, origin, onShared }: ResultsLinkProps) {
  const [name, setName] = useState(title ?? '');
  const [shared, setShared] = useState<ShareResponse | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const link = origin + pages.permalink(id);
  const hasKey = recipe.request.messages.some(({ content }) => keyLike.test(content));

  const share = async () => {
    setProblem(null);
    const chosen = name.trim() || null;
    const answer = await api.share(id, { title: chosen });
    if (!answer.ok) return setProblem(apiProblemSentence(answer.error));
    setShared(answer.value);
    onShared({ sharedAt: answer.value.sharedAt, title: chosen });
  };

  return (
    <section aria-label="Results link">
      <h3 className="font-semibold">Results link</h3>
      {sharedAt === null && own ? (
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
      ) : (
        <>
          <p className="text-sm">Anyone with this link can see the prompt and the outputs. It never changes.</p>
          <LinkRow label="Results link" link={link} />
          {shared?.deletePath && (
            <div className="mt-3 rounded-md border border-caution p-3 text-sm">
              <p>
                <strong>Keep this delete link.</strong> It is shown once. With it you can delete the experiment from any
                browser.
              </p>
              <LinkRow label="Delete link" link={origin + shared.deletePath} />
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
            </div>
          </div>
        </>
      )}
    </section>
  );
}

function RecipeLink({ recipe, origin }: { recipe: Recipe; origin: string }) {
  const [fragment, setFragment] = useState('');
  useEffect(() => {
    let current = true;
    void recipeToFragment(recipe).then((made) => current && setFragment(made));
    return () => {
      current = false;
    };
  }, [recipe]);
  const link = origin + pages.draft(fragment);
  return (
    <section aria-label="Recipe link">
      <h3 className="font-semibold">Recipe link</h3>
      <p className="text-sm">
        Settings and prompt only, inside the link ({link.length.toLocaleString('en')} characters). Nothing is stored;
        whoever opens it runs it again.
      </p>
      {link.length > 8000 && (
        <p className="mt-1 text-caution text-sm">That is long for a link: some programs will cut it.</p>
      )}
      <LinkRow label="Recipe link" link={link} />
    </section>
  );
}

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
