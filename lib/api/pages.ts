/** The address of every page, a path. */
export const pages = {
  home: '/',
  /** a recipe as a draft; `fragment` as `recipeToFragment` gives it */
  draft: (fragment: string): string => `/#${fragment}`,
  permalink: (id: string): string => `/e/${id}`,
  /** the permalink that asks whether to delete its experiment */
  deletion: (id: string, token: string): string => `/e/${id}#delete=${token}`,
  embed: (id: string): string => `/e/${id}/embed`,
  preview: (id: string): string => `/e/${id}/opengraph-image`,
  /** its verdict as a small picture */
  badge: (id: string): string => `/e/${id}/badge.svg`,
  history: '/history',
  explore: '/explore',
  exhibit: (slug: string): string => `/explore/${slug}`,
  batchRounding: '/explore/batch-rounding',
  learn: '/learn',
  lesson: (slug: string): string => `/learn/${slug}`,
  paper: (slug: string, paper: string): string => `/learn/${slug}/${paper}`,
  teachers: '/learn/teachers',
  glossary: '/learn/glossary',
  term: (name: string): string => `/learn/glossary#${name}`,
  apiReference: '/api-reference',
};
