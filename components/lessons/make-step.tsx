import { useEffect, useState } from 'react';
import { inputClass } from '@/components/ui/field';
import { pages } from '@/lib/api/addresses';
import type { Lesson } from '@/lib/lessons/lesson';
import { recipeToFragment } from '@/lib/recipe/link';
import type { Recipe } from '@/lib/recipe/recipe';
import { keep, useKept } from './use-progress';

type MakeStepProps = { slug: string; recipe: Recipe; next: Lesson | null };

/** The lesson's end: say why in one's own words, then go on alone. */
export function MakeStep({ slug, recipe, next }: MakeStepProps) {
  const { why } = useKept(slug);
  const playground = usePlayground(recipe);
  return (
    <>
      <label className="flex flex-col gap-1">
        <span className="font-medium">Why did it come out so?</span>
        <textarea
          rows={3}
          value={why}
          onChange={(event) => keep(slug, { why: event.target.value })}
          className={`${inputClass} field-sizing-content min-h-20`}
        />
        <span className="text-dim text-sm">In your own words. It stays in this browser.</span>
      </label>
      <p className="flex flex-wrap gap-x-4 gap-y-2">
        <a href={playground} className="py-1 text-accent underline">
          Make it yours: open this recipe in the playground
        </a>
        <a href={next ? pages.lesson(next.slug) : pages.learn} className="py-1 text-accent underline">
          {next ? `Next lesson: ${next.title}` : 'All lessons'}
        </a>
      </p>
    </>
  );
}

/** The address of the playground with a recipe in the form. */
function usePlayground(recipe: Recipe): string {
  const [address, setAddress] = useState('/');
  useEffect(() => {
    let current = true;
    recipeToFragment(recipe).then((fragment) => current && setAddress(`/#${fragment}`));
    return () => {
      current = false;
    };
  }, [recipe]);
  return address;
}
