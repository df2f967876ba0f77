import { defined } from '@/lib/defined';
import type { Recipe } from './schema';

export type { Arm, ChatRequest, Message, Recipe } from './schema';

/** What a recipe may hold, besides what the table of parameters says. */
export const limits = {
  /** arms × repeats */
  runs: 1000,
  messages: 32,
  /** characters of a title, and of an arm's label */
  title: 200,
} as const;

export const roles = ['system', 'developer', 'user', 'assistant'] as const;

/** What the name of a provider looks like. */
export const providerName = /^[a-z][a-z0-9-]{0,63}$/;

/** The name in recipes of the provider that is built in. */
export const builtInProvider = 'seedling';

/** The provider's name in recipes of texts that somebody brought from elsewhere: what they answer is not known. */
export const importedProvider = 'imported';

/** The prompt: the content of the last user message, which every recipe has. */
export const promptOf = ({ request }: Recipe): string =>
  defined(request.messages.findLast(({ role }) => role === 'user')).content;
