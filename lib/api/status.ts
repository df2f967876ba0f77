import { z } from 'zod';
import { Endpoint } from '@/lib/run/events';

/** A model on offer. `about` is null if its id says enough. */
export const OfferedModel = z.object({
  id: z.string(),
  about: z.string().nullable(),
  /** the same request with the same seed always gives the same text, by construction */
  exact: z.boolean(),
});
export type OfferedModel = z.infer<typeof OfferedModel>;

/** A service that recipes may name, with what it can do and the models that it offers. */
export const OfferedProvider = z.object({
  id: z.string(),
  name: z.string(),
  /** what it is, in a few words; null if its name says it */
  about: z.string().nullable(),
  /** its calls cost nothing */
  free: z.boolean(),
  /** it writes at the pace that it is asked for, so that there is something to watch */
  paced: z.boolean(),
  /** it continues a last message of the assistant's as the beginning of its answer */
  continues: z.boolean(),
  /** where calls are sent now; null if it is inside this server */
  endpoint: Endpoint.nullable(),
  /** the list of models is complete; if not, a recipe may name one that is not listed */
  complete: z.boolean(),
  /** empty if it could not be asked */
  models: z.array(OfferedModel),
});
export type OfferedProvider = z.infer<typeof OfferedProvider>;

/** GET /api/models */
export const ModelsResponse = z.object({ providers: z.array(OfferedProvider) });
export type ModelsResponse = z.infer<typeof ModelsResponse>;

/** GET /api/health: 'failing', with status 503, while experiments cannot be kept. */
export const HealthResponse = z.object({
  status: z.enum(['ok', 'failing']),
  version: z.string(),
  store: z.object({ engine: z.string(), problem: z.string().nullable() }),
  /** ids */
  providers: z.array(z.string()),
});
export type HealthResponse = z.infer<typeof HealthResponse>;
