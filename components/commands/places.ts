import type { Command } from '@/components/ui/commands';
import { pages } from '@/lib/api/addresses';
import { glossary, lessonTitles } from '@/lib/lessons/glossary';

const to = (group: Command['group'], name: string, address: string): Command => ({
  name,
  group,
  run: () => location.assign(address),
});

/** Everywhere that one can go. */
export const places: readonly Command[] = [
  to('Pages', 'New experiment', pages.home),
  to('Pages', 'Learn', pages.learn),
  to('Pages', 'Explore', pages.explore),
  to('Pages', 'Glossary', pages.glossary),
  to('Pages', 'For teachers', pages.teachers),
  to('Pages', 'History', pages.history),
  to('Pages', 'API', pages.apiReference),
  ...Object.entries(lessonTitles).map(([slug, title]) => to('Lessons', title, pages.lesson(slug))),
  ...glossary.map(({ name, term }) => to('Glossary', term, pages.term(name))),
];
