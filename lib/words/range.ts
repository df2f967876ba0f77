import type { Range } from '@/lib/recipe/range';

/** "Temperature: Mistral is known to take 0 to 1.5. …" */
export const sayRange = (label: string, provider: string, [min, max]: Range): string =>
  `${label}: ${provider} is known to take ${min} to ${max}. Another value is sent all the same; it may be refused, or read as one of those.`;
