import type { Range } from '@/lib/recipe/range';

/** "Temperature 0 to 1.5 is all that is known to be taken by Mistral. …" */
export const sayRange = (label: string, provider: string, [min, max]: Range): string =>
  `${label} ${min} to ${max} is all that is known to be taken by ${provider}. Another value is sent all the same; it may be refused, or read as one of those.`;
