import type { OfferedProvider } from '@/lib/api/status';
import { builtInOffer } from '@/lib/built-in/offer';

export type { OfferedModel, OfferedProvider } from '@/lib/api/status';
export type ProviderList = readonly OfferedProvider[];

/** The providers before the server has answered: the built-in one. */
export const builtIn: ProviderList = [builtInOffer];
