import { z } from 'zod';

const text = z.string().trim().optional();

/** What the operator may set. An empty value counts as not set. */
export const Environment = z.object({
  OPENAI_API_KEY: text,
  OPENAI_BASE_URL: text.pipe(
    z.url({ protocol: /^https?$/, error: 'must be a whole address, as in http://localhost:11434/v1' }).optional(),
  ),
  /** how often a call is retried before any text has arrived */
  OPENAI_MAX_RETRIES: z.coerce.number().int().min(0).max(5).default(2),
  /** the address visitors see, if a proxy stands in front */
  PUBLIC_URL: text.pipe(
    z
      .url()
      .transform((url) => new URL(url).origin)
      .optional(),
  ),
  /** how long, in milliseconds, runs go on after the last page that followed them has gone; 0 ends them at once */
  RECONNECT_GRACE_MS: z.coerce.number().int().min(0).max(86_400_000).default(300_000),
  /** the folder of the embedded database */
  DATA_DIR: text.default('data'),
  /** PostgreSQL instead of the embedded database: postgres://user:password@host/name */
  DATABASE_URL: text.pipe(z.url({ protocol: /^postgres(ql)?$/ }).optional()),
  /** days after which experiments that nobody has shared are deleted */
  RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).default(30),
  /** how often one address may ask Seedling's endpoint */
  SEEDLING_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).default(600),
});
export type Environment = z.infer<typeof Environment>;

/** Reads the environment once, or throws with every variable that is wrong. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const given = Object.entries(variables).filter(([, value]) => value?.trim());
  const parsed = Environment.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  throw new Error(`The environment is not usable:\n${z.prettifyError(parsed.error)}`);
}
