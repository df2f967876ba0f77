import { makeLens } from '@/lib/lens/lens';
import { saplingByTag } from '@/lib/lens/sapling-model';
import { seedlingByTag } from '@/lib/lens/seedling-model';
import type { LessonPicture } from '@/lib/lessons/lesson-pictures';
import { lessons } from '@/lib/lessons/lessons';
import { outcomeOf } from '@/lib/lessons/outcome';
import { loadSapling } from './load-sapling';
import { runExample } from './run-example';
import { services } from './services';

/** The pictures of all lessons, by slug: each is of a recipe of its lesson, which is run for it. */
export async function drawLessons(): Promise<ReadonlyMap<string, LessonPicture>> {
  const { counts, hash } = services().endpoint().seedling;
  const byTag = { seedling: () => seedlingByTag(counts, hash), sapling: () => saplingByTag(loadSapling()) };
  const ask = makeLens(async (model) => byTag[model]());
  const pictures = new Map<string, LessonPicture>();
  for (const { slug, run, change } of lessons)
    for (const { recipe, picture } of [run, change])
      if (picture) pictures.set(slug, picture(await outcomeOf(await runExample(recipe), ask)));
  return pictures;
}
