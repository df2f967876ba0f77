import { useDraftAddress } from '@/components/session/use-draft-address';
import { inputClass } from '@/components/ui/field';
import { pages } from '@/lib/api/addresses';
import type { LessonText } from '@/lib/lessons/lesson';
import type { Recipe } from '@/lib/recipe/recipe';
import { saveProgress, useLessonProgress } from './use-progress';

/** The lesson after this one. */
export type NextLesson = Pick<LessonText, 'slug' | 'title'>;

type MakeStepProps = { slug: string; recipe: Recipe; next: NextLesson | null };

/** The lesson's end: say why in your own words, then go on alone. */
export function MakeStep({ slug, recipe, next }: MakeStepProps) {
  const { why } = useLessonProgress(slug);
  return (
    <>
      <label className="flex flex-col gap-1">
        <span className="font-medium">Why did it come out so?</span>
        <textarea
          rows={3}
          value={why}
          onChange={(event) => saveProgress(slug, { why: event.target.value })}
          className={`${inputClass} field-sizing-content min-h-20`}
        />
        <span className="text-dim text-sm">In your own words. It stays in this browser.</span>
      </label>
      <p className="sticky bottom-0 z-10 flex flex-wrap gap-x-4 gap-y-1 bg-ground py-1">
        <a href={useDraftAddress(recipe)} className="py-1 text-accent underline">
          Make it yours: open this recipe in the playground
        </a>
        <a href={next ? pages.lesson(next.slug) : pages.learn} className="py-1 text-accent underline">
          {next ? `Next lesson: ${next.title}` : 'All lessons'}
        </a>
      </p>
    </>
  );
}
