import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Dialect, dialectAt, dialectNames, dialectOf } from '../recipe/dialect.ts';
import { parameters } from '../recipe/parameters.ts';
import { rangedKeys } from '../recipe/range.ts';
import { isSeed } from '../recipe/seed.ts';
import { apiKey, baseUrl, type Environment } from './environment.ts';
import { isLoopback } from './listening.ts';
import { loopbackQuotas, type Quotas, quotaSettings, usualQuotas } from './quota-settings.ts';

/** A provider as the operator has set it. */
export type ConfiguredProvider = {
  id: string;
  name: string;
  /** OpenAI's if it is undefined */
  baseUrl?: string | undefined;
  /** '' if none is sent */
  apiKey: string;
  header?: 'bearer' | 'api-key' | 'none' | undefined;
  /** what Azure wants in the address */
  apiVersion?: string | undefined;
  /** calls in flight, of all experiments together */
  atOnce: number;
  maxRetries: number;
  /** how it wants requests; as OpenAI does if it is undefined */
  dialect?: Dialect | undefined;
  timeLimits?: { [Limit in 'connectMs' | 'firstTextMs' | 'silenceMs' | 'totalMs']?: number | undefined } | undefined;
  /** all that may be asked for; undefined if the server is to be asked what it has */
  models?: string[] | undefined;
  /** whether visitors may bring keys of their own; without an `apiKey` they must */
  visitorKeys?: boolean | undefined;
};

/** What the operator has set about providers, and how much may be used of them. */
export type Configuration = {
  providers: ConfiguredProvider[];
  /** whether servers on this machine are looked for */
  localServers: boolean;
  /** whether visitors may bring keys of their own, where a provider does not say otherwise */
  visitorKeys: boolean;
  limits: Quotas;
};

/** The file that is read if SEEDBED_CONFIG names no other. It need not be there. */
const usualFile = 'seedbed.config.json';
const usualAtOnce = 32;

/**
 * The limits and the providers that the operator has set: by OPENAI_API_KEY and OPENAI_BASE_URL, and in the file that SEEDBED_CONFIG names.
 * Unless it says otherwise, servers on this machine are looked for too, and tokens are hardly limited, where nobody else may come: at a
 * public address, beyond loopback, or where several instances share a database, what is the operator's would be everybody's. Throws with the mistakes of that file, each with its place: `providers[1].timeLimits.connectMs`.
 */
export function readConfiguration(environment: Environment, variables = process.env): Configuration {
  const short = shortForm(environment);
  const file = environment.SEEDBED_CONFIG ?? usualFile;
  const { PUBLIC_URL, DATABASE_URL, HOST } = environment;
  const localServers = PUBLIC_URL === undefined && DATABASE_URL === undefined && isLoopback(HOST);
  const limits = localServers ? loopbackQuotas : usualQuotas;
  if (environment.SEEDBED_CONFIG === undefined && !existsSync(/* turbopackIgnore: true */ file))
    return {
      providers: short.map((each) => withVisitorKeys(each, true)),
      localServers,
      visitorKeys: true,
      limits,
    };
  const parsed = configurationFile(variables, short, limits).safeParse(readJson(file));
  if (parsed.success) {
    const { visitorKeys = true, providers, ...rest } = parsed.data;
    const all = [...short, ...providers].map((each) => withVisitorKeys(each, visitorKeys));
    return { localServers, limits, ...rest, visitorKeys, providers: all };
  }
  throw new Error(`${file} is not usable:\n${z.prettifyError(parsed.error)}`);
}

/** Services that are sold to anybody, so that a visitor may have a key of theirs. Other servers are the operator's own. */
const publicHosts = [
  ...['api.openai.com', 'openrouter.ai', 'api.anthropic.com', 'generativelanguage.googleapis.com', 'api.mistral.ai'],
  ...['api.groq.com', 'api.together.xyz', 'api.together.ai', 'api.deepseek.com', 'api.x.ai', 'api.fireworks.ai'],
  ...['api.cerebras.ai', 'api.deepinfra.com', 'api.perplexity.ai', 'router.huggingface.co'],
];

/** A provider for which it is settled whether visitors may bring keys: by itself, or else if its host is one of those. */
function withVisitorKeys(provider: ConfiguredProvider, anywhere: boolean): ConfiguredProvider {
  const { protocol, hostname } = new URL(provider.baseUrl ?? openAi);
  const usual = anywhere && protocol === 'https:' && publicHosts.includes(hostname) && provider.header !== 'none';
  return (provider.visitorKeys ?? usual) ? { ...provider, visitorKeys: true } : provider;
}

const openAi = 'https://api.openai.com/v1';

/**
 * What a visitor with a key is offered where the operator has set nothing: OpenAI. The command has no visitors, so this is not
 * among the providers that it reads.
 */
export function forOwnKeysOnly({ providers, visitorKeys }: Configuration): ConfiguredProvider[] {
  if (!visitorKeys || providers.some(({ id }) => id === 'openai')) return [];
  const usual = { apiKey: '', atOnce: usualAtOnce, maxRetries: 2, visitorKeys: true };
  return [{ id: 'openai', name: 'OpenAI', baseUrl: openAi, ...usual }];
}

function shortForm(environment: Environment): ConfiguredProvider[] {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MAX_RETRIES } = environment;
  if (OPENAI_API_KEY === undefined && OPENAI_BASE_URL === undefined) return [];
  return [
    {
      id: 'openai',
      name: OPENAI_BASE_URL ? new URL(OPENAI_BASE_URL).host : 'OpenAI',
      baseUrl: OPENAI_BASE_URL,
      apiKey: OPENAI_API_KEY ?? '',
      atOnce: usualAtOnce,
      maxRetries: OPENAI_MAX_RETRIES,
      dialect: OPENAI_BASE_URL ? dialectAt(OPENAI_BASE_URL) : dialectOf('openai'),
    },
  ];
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(/* turbopackIgnore: true */ file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} is not usable:\n✖ ${error instanceof Error ? error.message : error}`);
  }
}

/** What the file holds, where the environment has these variables and sets these providers already. */
export const configurationFile = (variables: NodeJS.ProcessEnv, short: readonly ConfiguredProvider[], usual: Quotas) =>
  z.strictObject({
    localServers: z.boolean().optional(),
    visitorKeys: z.boolean().optional(),
    limits: quotaSettings(usual).optional(),
    providers: z
      .array(provider(variables))
      .max(50)
      .superRefine((providers, context) => {
        const known = new Set(short.map(({ id }) => id));
        for (const [at, { id }] of providers.entries()) {
          const message = `must be one of its own: there is another provider "${id}"`;
          if (known.has(id)) context.addIssue({ code: 'custom', path: [at, 'id'], message });
          known.add(id);
        }
      }),
  });

/** Names that recipes have for something else. */
const reserved = ['seedling', 'imported'];

const ms = (max: number) => z.int().min(1).max(max).optional();

/** The least and the greatest value of a parameter. A seed may be too long for JSON's numbers, and stands in quotes then. */
const bound = z.union([z.number(), z.string()]).refine((value) => typeof value === 'number' || isSeed(value), {
  error: 'must be a number, or one too long for JSON in quotes',
});

/** A dialect by its name, or what is different from one. */
const dialect = z.preprocess(
  (value) => (typeof value === 'string' ? { like: value } : value),
  z
    .strictObject({
      like: z.enum(dialectNames).optional(),
      names: z.partialRecord(z.enum(parameters.map(({ key }) => key)), z.string().min(1).max(60)).optional(),
      stream: z.boolean().optional(),
      streamOptions: z.boolean().optional(),
      ranges: z.partialRecord(z.enum(rangedKeys), z.tuple([bound, bound])).optional(),
    })
    .transform(({ like, ...own }) => dialectOf(like, own)),
);

const provider = (variables: NodeJS.ProcessEnv) =>
  z
    .strictObject({
      id: z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,63}$/, { error: 'must be small letters, digits and hyphens, as in my-server' })
        .refine((id) => !reserved.includes(id), { error: `may be neither of ${reserved.join(' and ')}` }),
      name: z.string().trim().min(1).max(60).optional(),
      baseUrl,
      keyVariable: keyIn(variables).optional(),
      header: z.enum(['bearer', 'api-key', 'none']).optional(),
      apiVersion: z.string().trim().min(1).max(60).optional(),
      atOnce: z.int().min(1).max(1000).default(usualAtOnce),
      maxRetries: z.int().min(0).max(5).default(2),
      timeLimits: z
        .strictObject({
          connectMs: ms(3_600_000),
          firstTextMs: ms(3_600_000),
          silenceMs: ms(3_600_000),
          totalMs: ms(86_400_000),
        })
        .optional(),
      dialect: dialect.optional(),
      models: z.array(z.string().trim().min(1).max(200)).min(1).max(500).optional(),
      visitorKeys: z.boolean().optional(),
    })
    .superRefine(({ baseUrl, header, keyVariable, visitorKeys = false }, { addIssue }) => {
      const fault = (message: string, path = 'header') => addIssue({ code: 'custom', path: [path], message });
      if (header === 'none' && (keyVariable !== undefined || visitorKeys))
        fault(
          `must be bearer or api-key, since there ${keyVariable === undefined ? 'are visitorKeys' : 'is a keyVariable'}`,
        );
      if (header && header !== 'none' && keyVariable === undefined && !visitorKeys)
        fault('needs a keyVariable that names the key');
      if (visitorKeys && !isPrivatelyReached(baseUrl))
        fault('need an address that begins with https, or is on this machine', 'visitorKeys');
    })
    .transform(({ keyVariable, name, dialect, ...rest }) => ({
      ...rest,
      dialect: dialect ?? dialectAt(rest.baseUrl),
      name: name ?? new URL(rest.baseUrl).host,
      apiKey: keyVariable ?? '',
    }));

/** Whether nobody on the way can read what is sent there. */
function isPrivatelyReached(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** The name of a variable, read as the key that it holds. No message shows the key, nor what may be one. */
const keyIn = (variables: NodeJS.ProcessEnv) =>
  z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'must be the name of an environment variable, not a key' })
    .transform((name, context) => {
      const key = apiKey.safeParse(variables[name]?.trim() ?? '');
      if (key.success) return key.data;
      const why = variables[name]?.trim() ? 'holds no key: it must be ASCII without spaces' : 'is not set';
      context.addIssue({ code: 'custom', message: `the variable ${name} ${why}` });
      return z.NEVER;
    });
