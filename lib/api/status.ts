import { z } from 'zod';

/** A model as it is offered. `about` says more of it, where there is more to say. */
export const OfferedModel = z.object({
  id: z.string(),
  about: z.string().nullable(),
  /** the same recipe gives the same text, by proof */
  exact: z.boolean(),
});
export type OfferedModel = z.infer<typeof OfferedModel>;

/** A service that recipes may name, and what it can do beside answering. */
export const OfferedProvider = z.object({
  id: z.string(),
  name: z.string(),
  /** it is part of this program: asking it costs nothing and needs no network */
  builtIn: z.boolean(),
  /** no call to it costs money */
  free: z.boolean(),
  /** it writes at the pace that is asked for */
  paced: z.boolean(),
  /** it goes on with a text that the last message, the assistant's, begins */
  continues: z.boolean(),
  /** those that it lists; none, if it could not be asked */
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
