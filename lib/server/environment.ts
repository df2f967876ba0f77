import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../store/folder.ts';
import { logFormats, logLevels } from '../telemetry/log-settings.ts';

const text = z.string().trim().optional();

/** A key goes into a header, which holds nothing else. */
export const apiKey = z
  .string()
  .regex(/^[\x21-\x7e]+$/, { error: 'must be ASCII without spaces, as the provider gave it' });

/** Where a provider answers, up to /chat/completions. */
export const baseUrl = z
  .url({ protocol: /^https?$/, error: 'must be a whole address, as in http://localhost:11434/v1' })
  .refine((url) => !/^[^?#]*\/chat\/completions\/*([?#]|$)/.test(url), {
    error: 'must end before /chat/completions, as in http://localhost:11434/v1',
  })
  .refine((url) => !/^\w+:\/\/[^/?#]*@/.test(url), {
    error: 'may hold no user and password; a key belongs into a variable of its own',
  });

const site = z
  .url({ protocol: /^https?$/, error: 'must be a whole address, as in https://seedbed.example' })
  .regex(/^[^?#]*$/, { error: 'may hold no query and no fragment, as in https://seedbed.example' });

const baseUrlOfCollector = z.url({
  protocol: /^https?$/,
  error: 'must be a whole address, as in http://localhost:4318',
});

const databaseUrlError = 'must be an address, as in postgres://user:password@host/name';

/** What the operator may set. An empty value counts as not set. */
export const Environment = z.object({
  OPENAI_API_KEY: text.pipe(apiKey.optional()),
  OPENAI_BASE_URL: text.pipe(baseUrl.optional()),
  /** how often a call is retried before any text has arrived */
  OPENAI_MAX_RETRIES: z.coerce.number().int().min(0).max(5).default(2),
  /** the file that sets further providers; seedbed.config.json is read if it is there */
  SEEDBED_CONFIG: text,
  /** the address or name at which the server listens; beyond 127.0.0.1 others can reach it */
  HOST: text.default('127.0.0.1'),
  /** what whoever comes must know */
  ACCESS_PASSWORD: text.pipe(z.string().min(8, { error: 'must have at least 8 characters' }).optional()),
  /** how long, in milliseconds, running answers may take to end once the server is told to end */
  SHUTDOWN_GRACE_MS: z.coerce.number().int().min(0).max(600_000).default(5000),
  /** how many proxies stand in front, each of which adds to X-Forwarded-For */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** the address visitors see, if a proxy stands in front */
  PUBLIC_URL: text.pipe(site.transform((url) => new URL(url).origin).optional()),
  /** how long, in milliseconds, runs go on after the last page that followed them has gone; 0 ends them at once */
  RECONNECT_GRACE_MS: z.coerce.number().int().min(0).max(86_400_000).default(300_000),
  /** the folder of the embedded database */
  DATA_DIR: text.default('data'),
  /** PostgreSQL instead of the embedded database: postgres://user:password@host/name */
  DATABASE_URL: text.pipe(z.url({ protocol: /^postgres(ql)?$/, error: databaseUrlError }).optional()),
  /** days after which experiments that nobody has shared are deleted; 0: never */
  RETENTION_DAYS: z.coerce.number().int().min(0).max(36_500).default(30),
  /** days after which shared experiments are deleted, from when they were shared; 0: never */
  RETENTION_SHARED_DAYS: z.coerce.number().int().min(0).max(36_500).default(0),
  /** what whoever reads the metrics must know; without it only this machine may, and only while nobody else comes here */
  METRICS_TOKEN: text.pipe(z.string().min(16, { error: 'must have at least 16 characters' }).optional()),
  /** where traces are sent, as OpenTelemetry's OTLP over HTTP; absent: there are none */
  OTEL_EXPORTER_OTLP_ENDPOINT: text.pipe(baseUrlOfCollector.optional()),
  /** headers that the collector wants, as "name=value,name=value"; the exporter reads them itself */
  OTEL_EXPORTER_OTLP_HEADERS: text,
  /** what traces call this server */
  OTEL_SERVICE_NAME: text.default('seedbed'),
  /** how much is told in the log */
  LOG_LEVEL: z.enum(logLevels).default('info'),
  /** JSON or lines for people; absent: whichever suits what it is written to */
  LOG_FORMAT: z.enum(logFormats).optional(),
  /** how often one address may ask Seedling's endpoint */
  SEEDLING_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).default(600),
});
export type Environment = z.infer<typeof Environment>;

/** Sets what the file .env of a folder, if there is one, says and the environment does not. */
export function loadEnvironmentFile(folder: string): void {
  const file = join(folder, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

/** Reads the environment once, or throws with every variable that is wrong. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const given = Object.entries(variables).filter(([, value]) => value?.trim());
  const parsed = Environment.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  throw new Error(`The environment is not usable:\n${z.prettifyError(parsed.error)}`);
}

/**
 * Reads the environment as the server does when it starts: throws also if DATA_DIR, made if it is not there, is no
 * folder that can be written. What is wrong with a database may pass; that is the store's to say.
 */
export function checkEnvironment(variables?: NodeJS.ProcessEnv): Environment {
  const environment = readEnvironment(variables);
  const { DATA_DIR, DATABASE_URL } = environment;
  if (DATABASE_URL !== undefined) return environment;
  try {
    makeFolder(DATA_DIR);
    accessSync(DATA_DIR, constants.W_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The environment is not usable:\n✖ Experiments cannot be kept there: ${why}\n  → at DATA_DIR`);
  }
  return environment;
}
