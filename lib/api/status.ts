import { z } from 'zod';

/** A model as it is offered. `about` says more of it, where there is more to say. */
export const OfferedModel = z.object({
  id: z.string(),
  about: z.string().nullable(),
  /** the same recipe gives the same text, by proof */
  exact: z.boolean(),
});
export type OfferedModel = z.infer<typeof OfferedModel>;

/** A service that recipes may name: what it can do besides answering, and the models that it offers. */
export const OfferedProvider = z.object({
  id: z.string(),
  name: z.string(),
  /** what it is, in a few words; null if its name says it */
  about: z.string().nullable(),
  /** its calls cost nothing */
  free: z.boolean(),
  /** it writes as many tokens a second as it is asked for, so that there is something to watch */
  paced: z.boolean(),
  /** it goes on with a last message of the assistant's, as the beginning of its answer */
  continues: z.boolean(),
  /** it has no other models than these; if not, a recipe may name one that is not listed */
  complete: z.boolean(),
  /** none, if it could not be asked */
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
