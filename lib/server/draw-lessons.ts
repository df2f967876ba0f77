import { makeLens } from '@/lib/lens/lens';
import { seedlingByTag } from '@/lib/lens/seedling-model';
import type { LessonPicture } from '@/lib/lessons/lesson-pictures';
import { lessons } from '@/lib/lessons/lessons';
import { outcomeOf } from '@/lib/lessons/outcome';
import { runExample } from './run-example';
import { services } from './services';

/** The pictures of all lessons, by slug: each is of a recipe of its lesson, which is run for it. */
export async function drawLessons(): Promise<ReadonlyMap<string, LessonPicture>> {
  const { counts, hash } = services().endpoint().seedling;
  const ask = makeLens(() => Promise.resolve(seedlingByTag(counts, hash)));
  const pictures = new Map<string, LessonPicture>();
  for (const { slug, run, change } of lessons)
    for (const { recipe, picture } of [run, change])
      if (picture) pictures.set(slug, picture(await outcomeOf(await runExample(recipe), ask)));
  return pictures;
}
