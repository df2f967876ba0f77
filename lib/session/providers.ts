import type { OfferedProvider } from '@/lib/api/status';
import { seedlingOffer } from '@/lib/seedling/offer';

export type { OfferedModel, OfferedProvider } from '@/lib/api/status';
export type ProviderList = readonly OfferedProvider[];

/** The providers before the server has answered: the built-in model. */
export const builtIn: ProviderList = [seedlingOffer];
